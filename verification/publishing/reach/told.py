"""For each version of a check, who has it: readers of feeds, webhooks, hubs, sites that embed it, subscribers, search.

What is not known is not told: a program that keeps a copy without a name of its own, a site that lets no origin be
seen, a reader who copied the text. A minor edit is broadcast to nobody, and is read by whoever asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.index.collection import PUBLIC
from verification.index.postgres import PostgresIndex
from verification.models import Change, FeedReader, Publication, Review, VerdictPackage, WebhookMessage
from verification.publishing.history import PublishedVersion, published_version
from verification.publishing.reach.embeds import Embed, embeds_of
from verification.publishing.reach.feed_readers import feed_readers
from verification.publishing.reach.hubs import hubs_told
from verification.publishing.reach.mail import mailed

MOST_NAMED: Final = 50
AT_HAND: Final = ("search", "package")


@dataclass(frozen=True, slots=True)
class Named:
    """A consumer by name, how it stands in words, and when it was last heard of."""

    name: str
    words: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way out: how many took a version by it, how many have not, and those that have not by name.

    `taken` and `open` are words, empty where they would say none; `key` is feeds, webhooks, hubs, embeds, mail, search
    or package.
    """

    key: str
    title: str
    count: int
    taken: str
    open: str = ""
    lacking: tuple[Named, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A published version and the ways by which it went out, those alone of which something is known."""

    version: PublishedVersion
    ways: tuple[Way, ...]
    broadcast: bool

    @property
    def counted(self) -> tuple[Way, ...]:
        """The ways by which it was sent to somebody; what lies at hand for whoever asks is left out."""
        return tuple(way for way in self.ways if way.key not in AT_HAND)


def told_of(review: Review) -> tuple[Told, ...]:
    """Return a case's published versions, the newest first, with who has them (some ten queries for each)."""
    publications = Publication.objects.filter(review=review).select_related("verdict__supersedes", "verdict__review")
    rows, embeds, told = list(publications.order_by("-pk")), embeds_of(review.pk), []
    later: Publication | None = None
    for row in rows:
        verdict = row.verdict
        verdict.publication = row
        broadcast = verdict.change != Change.MINOR
        ways = _broadcast(row, later, embeds) if broadcast else ()
        told.append(Told(published_version(verdict), (*ways, *_at_hand(row)), broadcast))
        if broadcast:
            later = row
    return tuple(told)


def _broadcast(row: Publication, later: Publication | None, embeds: Sequence[Embed]) -> Iterator[Way]:
    """List the ways by which a version is sent out; `later` is the one that took its place, if any did."""
    ways = (_feeds(row, later), _webhooks(row), _hubs(row), _embeds(row, later, embeds), _mail(row))
    return (way for way in ways if way is not None)


def _feeds(row: Publication, later: Publication | None) -> Way | None:
    readers = feed_readers(row.pk)
    if later is not None:  # who came when it had been replaced never had it
        came = FeedReader.objects.filter(first_at__lt=later.published_at).values_list("feed", "agent")
        before = set(came)
        readers = [each for each in readers if each.has_it and (each.feed, each.agent) in before]
    have = sum(each.has_it for each in readers)
    lacking = tuple(
        Named(f"{each.agent} ({each.feed})", _("asked last"), each.last_at) for each in readers if not each.has_it
    )
    taken = ngettext("%(count)d reader asked since", "%(count)d readers asked since", have)
    left = ngettext("%(count)d reader has not asked since", "%(count)d readers have not asked since", len(lacking))
    return _way("feeds", _("Feeds"), have, taken, lacking, left)


def _webhooks(row: Publication) -> Way | None:
    messages = list(WebhookMessage.objects.filter(publication=row).select_related("webhook").order_by("pk"))
    lacking = tuple(_message(each) for each in messages if not each.delivered_at)
    have = len(messages) - len(lacking)
    taken = ngettext("%(count)d webhook took it", "%(count)d webhooks took it", have)
    left = ngettext("%(count)d webhook has not taken it", "%(count)d webhooks have not taken it", len(lacking))
    return _way("webhooks", _("Webhooks"), have, taken, lacking, left)


def _message(message: WebhookMessage) -> Named:
    if message.webhook.off_at:
        return Named(message.webhook.name, _("switched off: it waits"), message.webhook.off_at)
    if message.given_up_at:
        return Named(message.webhook.name, _("given up"), message.given_up_at)
    return Named(message.webhook.name, _("will be tried again") if message.attempts else _("waits"), message.due_at)


def _hubs(row: Publication) -> Way | None:
    hubs = hubs_told(row)
    lacking = tuple(
        Named(each.hub.url, each.hub.error or _("waits"), each.hub.tried_at) for each in hubs if not each.told
    )
    have = len(hubs) - len(lacking)
    taken = ngettext("%(count)d hub was told", "%(count)d hubs were told", have)
    left = ngettext("%(count)d hub was not told yet", "%(count)d hubs were not told yet", len(lacking))
    return _way("hubs", _("WebSub hubs"), have, taken, lacking, left)


def _embeds(row: Publication, later: Publication | None, embeds: Sequence[Embed]) -> Way | None:
    version = row.verdict.version
    until = later.verdict.version if later else None
    have = sum(each.version >= version and (until is None or each.version < until) for each in embeds)
    showed = _("showed version %(version)d when it asked last")
    lacking = tuple(
        Named(each.origin, showed % {"version": each.version}, each.last_at)
        for each in embeds
        if later is None and each.version < version
    )
    taken = ngettext("%(count)d site shows it", "%(count)d sites show it", have)
    if later is not None:
        taken = ngettext("%(count)d site never asked again", "%(count)d sites never asked again", have)
    left = ngettext("%(count)d site has not asked since", "%(count)d sites have not asked since", len(lacking))
    return _way("embeds", _("Embedded cards"), have, taken, lacking, left)


def _mail(row: Publication) -> Way | None:
    mail = mailed(row)
    if not mail.sent and not mail.waiting:
        return None
    taken = ngettext("%(count)d mail was sent", "%(count)d mails were sent", mail.sent) % {"count": mail.sent}
    left = ngettext("%(count)d mail is still to go", "%(count)d mails are still to go", mail.waiting) % {
        "count": mail.waiting
    }
    return Way("mail", _("Mail"), mail.sent, taken if mail.sent else "", left if mail.waiting else "")


def _way(key: str, title: str, have: int, taken: str, lacking: tuple[Named, ...], left: str) -> Way | None:
    """Return a way with its counts filled in; None where nobody is known by it. `taken` and `left` hold %(count)d."""
    if not have and not lacking:
        return None
    shown = lacking[:MOST_NAMED]
    open_ = left % {"count": len(lacking)} if lacking else ""
    return Way(key, title, have, taken % {"count": have} if have else "", open_, shown, len(lacking) - len(shown))


def _at_hand(row: Publication) -> Iterator[Way]:
    """List what holds a version for whoever asks: the index of claims:search, its package."""
    if PostgresIndex(PUBLIC).passages(row.pk):
        yield Way("search", _("Search by programs"), 1, _("claims:search finds it"))
    package = VerdictPackage.objects.filter(verdict=row.verdict_id).first()
    if package is not None:
        yield Way("package", _("Package"), 1, _("built, SHA-256 %(sha256)s") % {"sha256": package.sha256})
