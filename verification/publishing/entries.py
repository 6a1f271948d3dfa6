"""A check as an entry of a feed. A correction is the same entry, updated: its id is the check's, its words say why.

In the feed of corrections each version that replaced another is an entry of its own, with an id of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from verification.publishing.addresses import Addresses
from verification.publishing.plain_text import one_line, printable
from verification.publishing.published import PublishedDesk, PublishedEvidence, PublishedVerdict
from verification.publishing.rich_text import evidence_links, rich

TITLE_LENGTH, SUMMARY_LENGTH = 200, 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What all three formats say of a check. Texts hold nothing that XML cannot; `content` is HTML.

    `version_url` is where the version that it tells of stays readable.
    """

    id: str
    url: str
    version_url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    language: str
    verdict: PublishedVerdict


def entry(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> Entry:
    """Return the entry of a check's current version."""
    url, rating = addresses.check(verdict.check), _rating(verdict)
    headline = one_line(verdict.title, TITLE_LENGTH)
    return Entry(
        id=verdict.check.urn,
        url=url,
        version_url=addresses.version(verdict.check, verdict.version),
        title=f"{verdict.change_label}: {headline}" if verdict.superseding else headline,
        summary=one_line(" ".join(_summary(verdict, rating)), SUMMARY_LENGTH),
        content=printable("\n".join(_content(verdict, desk, url, rating))),
        published=verdict.first_published.at,
        updated=verdict.published.at if verdict.superseding else verdict.first_published.at,
        tags=(rating, *map(printable, verdict.topics)),
        language=verdict.language,
        verdict=verdict,
    )


def correction_entry(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> Entry:
    """Return the entry that tells of one version what it changed, and why; a later correction leaves it as it is."""
    url, rating = addresses.version(verdict.check, verdict.version), _rating(verdict)
    return Entry(
        id=verdict.public.urn,
        url=url,
        version_url=url,
        title=f"{verdict.change_label}: {one_line(verdict.title, TITLE_LENGTH)}",
        summary=one_line(" ".join(_summary(verdict, rating)), SUMMARY_LENGTH),
        content=printable("\n".join(_correction(verdict, desk, addresses))),
        published=verdict.published.at,
        updated=verdict.published.at,
        tags=(rating, *map(printable, verdict.topics)),
        language=verdict.language,
        verdict=verdict,
    )


def _rating(verdict: PublishedVerdict) -> str:
    return gettext("Withdrawn") if verdict.void else printable(verdict.rating.label)


def _summary(verdict: PublishedVerdict, rating: str) -> Iterator[str]:
    if verdict.superseding:
        yield f"{verdict.change_label}: {verdict.note}"
        if not verdict.void:
            yield f"{capfirst(verdict.rating_change)}."
    if not verdict.void:
        yield gettext("Rating: %(rating)s.") % {"rating": rating}
    yield gettext("The claim: %(claim)s") % {"claim": verdict.claim}


def _content(verdict: PublishedVerdict, desk: PublishedDesk, url: str, rating: str) -> Iterator[SafeString]:
    if desk.sample:
        yield format_html("<p><em>{}</em></p>", gettext("Sample desk: invented institutions"))
    if verdict.superseding:
        yield _changed(verdict)
    yield from _claimed(verdict)
    if verdict.void:
        return
    yield format_html('<p><strong>{}.</strong> <span dir="auto">{}</span></p>', rating, verdict.headline)
    if verdict.as_of:
        yield format_html("<p>{}</p>", gettext("As of %(day)s.") % {"day": verdict.as_of.words})
    yield rich(verdict.explanation, evidence_links(verdict.numbers, url), outside=True)
    if verdict.evidence:
        rows = ((item.number, _cited(item)) for item in verdict.evidence)
        yield format_html(
            "<h2>{}</h2><ol>{}</ol>", gettext("Evidence"), format_html_join("", '<li value="{}">{}</li>', rows)
        )


def _correction(verdict: PublishedVerdict, desk: PublishedDesk, addresses: Addresses) -> Iterator[SafeString]:
    if desk.sample:
        yield format_html("<p><em>{}</em></p>", gettext("Sample desk: invented institutions"))
    yield _changed(verdict)
    yield from _claimed(verdict)
    if not verdict.void:
        yield format_html('<p><strong>{}.</strong> <span dir="auto">{}</span></p>', _rating(verdict), verdict.headline)
    yield format_html(
        '<p><a href="{}">{}</a></p>', addresses.check(verdict.check), gettext("The check as it stands now")
    )


def _changed(verdict: PublishedVerdict) -> SafeString:
    told = gettext("Version %(version)s, %(date)s") % {
        "version": verdict.changed_in,
        "date": verdict.published.words,
    }
    return format_html(
        '<p><strong>{}.</strong> {}: <span dir="auto">{}</span>{}</p>',
        verdict.change_label,
        told,
        verdict.note,
        "" if verdict.void else f" {capfirst(verdict.rating_change)}.",
    )


def _claimed(verdict: PublishedVerdict) -> Iterator[SafeString]:
    yield format_html('<blockquote dir="auto">{}</blockquote>', verdict.claim)
    if verdict.claimant:
        yield format_html("<p>{} <bdi>{}</bdi></p>", gettext("Claimed by"), verdict.claimant)


def _cited(item: PublishedEvidence) -> SafeString:
    title = format_html('<a href="{}">{}</a>', item.url, item.title) if item.url else format_html("{}", item.title)
    known = [item.issuer, *([item.published.words] if item.published else [])]
    lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in item.exact.splitlines()))  # nosec B308, B703
    told = format_html("<p><strong>{}</strong> <bdi>{}</bdi>, {}</p>", item.stance_badge.label, title, ", ".join(known))
    return told + format_html('<blockquote dir="auto">{}</blockquote>', lines) + _compared(item)


def _compared(item: PublishedEvidence) -> SafeString:
    """Return a quotation as printed and as in its source, what differs marked; nothing where nothing does."""
    if item.comparison is None or not item.comparison.differs:
        return SafeString()
    printed, source = (
        format_html_join(
            "",
            "{}",
            ((format_html(f"<{mark}>{{}}</{mark}>", span.text) if span.changed else span.text,) for span in side),
        )
        for mark, side in (("del", item.comparison.printed), ("ins", item.comparison.source))
    )
    told = '<p>{}: <q dir="auto">{}</q><br>{}: <q dir="auto">{}</q></p>'
    return format_html(told, gettext("Printed"), printed, gettext("Source"), source)
