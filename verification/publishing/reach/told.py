"""For each version of a check, who has it: readers of feeds, webhooks, hubs, sites that embed it, subscribers, search.

What is not known is not told: a program that keeps a copy without a name of its own, a site that lets no origin be
seen, a reader who copied the text. A minor edit is broadcast to nobody, and is read by whoever asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.index.collection import PUBLIC
from verification.index.postgres import PostgresIndex
from verification.models import Change, Publication, Review, VerdictPackage, WebhookDelivery, WebhookMessage
from verification.publishing.history import PublishedVersion, published_version
from verification.publishing.reach.embeds import Embed, embeds_of
from verification.publishing.reach.feed_readers import Followed, followed
from verification.publishing.reach.hubs import hubs_told
from verification.publishing.reach.mail import NO_MAIL, mailed

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
    rows, told = _published(review), []
    known = _Known.of(review, rows, MOST_NAMED)
    for row, later in _with_later(rows):
        ways = (*_broadcast(row, later, known), _mail(row)) if _is_broadcast(row) else ()
        told.append(Told(published_version(row.verdict), (*filter(None, ways), *_at_hand(row)), _is_broadcast(row)))
    return tuple(told)


def told_publicly(review: Review) -> tuple[Told, ...]:
    """Return the versions that replaced another, the newest first, with what readers may know: counts, and no names.

    Sites count that were seen on two days, and mail without a number: how many subscribe is nobody's business.
    """
    rows, told = _published(review), []
    known = _Known.of(review, rows, 0)
    known = replace(known, embeds=tuple(each for each in known.embeds if each.stays))
    for row, later in _with_later(rows):
        if _is_broadcast(row) and row.verdict.change != Change.INITIAL:
            ways = (*_broadcast(row, later, known), _mail_uncounted(row))
            told.append(Told(published_version(row.verdict), tuple(filter(None, ways)), broadcast=True))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a case's versions all at once: the sites of its card, the readers of feeds of each."""

    embeds: tuple[Embed, ...]
    feeds: dict[int, Followed]

    @classmethod
    def of(cls, review: Review, rows: Sequence[Publication], named: int) -> Self:
        return cls(tuple(embeds_of(review.pk)), followed([row for row in rows if _is_broadcast(row)], named))


def _published(review: Review) -> list[Publication]:
    at_hand = ("verdict__supersedes", "verdict__review", "review__claim__speaker__joined_to")
    rows = list(Publication.objects.filter(review=review).select_related(*at_hand).order_by("-pk"))
    for row in rows:
        row.verdict.publication = row
    return rows


def _is_broadcast(row: Publication) -> bool:
    return row.verdict.change != Change.MINOR


def _with_later(rows: Sequence[Publication]) -> Iterator[tuple[Publication, Publication | None]]:
    """Pair each version with the one that was broadcast in its place, if any was. The newest come first."""
    later: Publication | None = None
    for row in rows:
        yield row, later
        if _is_broadcast(row):
            later = row


def _broadcast(row: Publication, later: Publication | None, known: _Known) -> Iterator[Way | None]:
    """List the ways by which a version is sent out, mail left out; `later` is the one that took its place, if any."""
    yield _feeds(known.feeds[row.pk])
    yield _webhooks(row)
    yield _hubs(row)
    yield _embeds(row, later, known.embeds)


def _feeds(readers: Followed) -> Way | None:
    lacking = tuple(Named(f"{each.agent} ({each.feed})", _("asked last"), each.last_at) for each in readers.lacking)
    have, lack = readers.have, readers.lack
    taken = ngettext("%(count)d reader asked since", "%(count)d readers asked since", have)
    left = ngettext("%(count)d reader has not asked since", "%(count)d readers have not asked since", lack)
    return _way("feeds", _("Feeds"), have, taken, lacking, left, lack)


def _webhooks(row: Publication) -> Way | None:
    messages = list(WebhookMessage.objects.filter(publication=row).select_related("webhook").order_by("pk"))
    settled = list(WebhookDelivery.objects.filter(publication=row).select_related("webhook").order_by("pk"))
    lacking = (
        *(Named(each.webhook.name, _("given up"), each.given_up_at) for each in settled if not each.taken_at),
        *(_message(each) for each in messages if not each.delivered_at),
    )
    have = len(settled) + len(messages) - len(lacking)
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
    if mail == NO_MAIL:
        return None
    taken = ngettext("%(count)d mail was sent", "%(count)d mails were sent", mail.sent) % {"count": mail.sent}
    waits = ngettext("%(count)d mail is still to go", "%(count)d mails are still to go", mail.waiting)
    lost = ngettext(
        "%(count)d mail was given up: the mail server refused its words",
        "%(count)d mails were given up: the mail server refused their words",
        mail.given_up,
    )
    left = [words % {"count": count} for words, count in ((waits, mail.waiting), (lost, mail.given_up)) if count]
    return Way("mail", _("Mail"), mail.sent, taken if mail.sent else "", "; ".join(left))


def _mail_uncounted(row: Publication) -> Way | None:
    mail = mailed(row)
    if mail == NO_MAIL:
        return None
    left = [
        words
        for words, count in (
            (_("some mails are still to go"), mail.waiting),
            (_("some mails were refused by mail servers"), mail.given_up),
        )
        if count
    ]
    return Way("mail", _("Mail"), 0, _("sent to subscribers") if mail.sent else "", "; ".join(left))


def _way(
    key: str, title: str, have: int, taken: str, lacking: tuple[Named, ...], left: str, lack: int | None = None
) -> Way | None:
    """Return a way with its counts filled in; None where nobody is known by it. `taken` and `left` hold %(count)d.

    `lack` is how many do not have it, where `lacking` does not name them all.
    """
    lack = len(lacking) if lack is None else lack
    if not have and not lack:
        return None
    shown = lacking[:MOST_NAMED]
    open_ = left % {"count": lack} if lack else ""
    return Way(key, title, have, taken % {"count": have} if have else "", open_, shown, lack - len(shown))


def _at_hand(row: Publication) -> Iterator[Way]:
    """List what holds a version for whoever asks: the index of claims:search, its package."""
    if PostgresIndex(PUBLIC).passages(row.pk):
        yield Way("search", _("Search by programs"), 1, _("claims:search finds it"))
    package = VerdictPackage.objects.filter(verdict=row.verdict_id).first()
    if package is not None:
        yield Way("package", _("Package"), 1, _("built, SHA-256 %(sha256)s") % {"sha256": package.sha256})
