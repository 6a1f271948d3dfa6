"""Two rows are one: joined by a person, parted again as if they never had been, or said to be two.

`SpeakerJoin` keeps what people said; `Speaker.joined_to` is what follows from all of it that holds: the row that
stands for the others. So whatever is undone, in whatever order, the rest stays as it was said.
"""

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from claims.models import Speaker, SpeakerJoin
from claims.speakers.refusing import SpeakerRefused
from claims.wording import words

LONGEST_REASON: Final = 300
# Groups are joined and parted one at a time; any constant that nothing else uses as an advisory lock.
_TURN: Final = 7_151_942


@transaction.atomic
def join(speaker: Speaker, into: Speaker, by: User, reason: str = "") -> SpeakerJoin:
    """Say that two rows are one, and that the second stands for both; return the join.

    Whom the first one stood for comes along; `part` gives all of it back. The same join twice is one. Raises
    SpeakerRefused where the first was joined already, or they are one.
    """
    first, second = _both(speaker, into)
    if first.pk == second.pk:
        raise SpeakerRefused(words("“%(name)s” is one speaker already: choose another.", name=first.name))
    standing = SpeakerJoin.objects.filter(speaker=first, undone_at__isnull=True).select_related("joined_to").first()
    if standing is not None:
        if standing.joined_to_id == second.pk:
            return standing
        raise SpeakerRefused(
            words(
                "“%(name)s” is joined to “%(other)s” already: part them first, or join “%(other)s” to somebody.",
                name=first.name,
                other=standing.joined_to.name,
            )
        )
    stands = second.joined_to_id or second.pk
    if stands == first.pk:
        raise SpeakerRefused(words("“%(name)s” stands for “%(other)s” already.", name=first.name, other=second.name))
    joined = SpeakerJoin.objects.create(speaker=first, joined_to=second, by=by, reason=_on_one_line(reason))
    # Those behind it first: the database lets no row be joined that others are joined to.
    Speaker.objects.filter(joined_to=first).update(joined_to=stands)
    Speaker.objects.filter(pk=first.pk).update(joined_to=stands)
    return joined


@transaction.atomic
def part(joined: SpeakerJoin, by: User) -> SpeakerJoin:
    """Undo a join; every other join holds on, so that each row stands where it would if this one had never been made.

    Undone twice is undone once, by who came first.
    """
    _take_turn()
    standing = SpeakerJoin.objects.select_related("speaker").get(pk=joined.pk)
    if standing.undone_at is not None:
        return standing
    speaker = standing.speaker
    _locked([speaker.pk])
    behind = _behind(speaker)
    SpeakerJoin.objects.filter(pk=standing.pk).update(undone_by=by, undone_at=Now())
    Speaker.objects.filter(pk=speaker.pk).update(joined_to=None)
    Speaker.objects.filter(pk__in=behind).update(joined_to=speaker)
    standing.refresh_from_db()
    return standing


@transaction.atomic
def keep_apart(speaker: Speaker, other: Speaker, by: User, reason: str = "") -> SpeakerJoin:
    """Say that two rows are two, so that nobody is asked again; return the record: a join undone as it was made.

    Said twice it is kept once; who joins them by hand later may. Raises SpeakerRefused where they are one.
    """
    first, second = _both(speaker, other)
    if (first.joined_to_id or first.pk) == (second.joined_to_id or second.pk):
        raise SpeakerRefused(
            words("“%(name)s” and “%(other)s” are one speaker: part them.", name=first.name, other=second.name)
        )
    between = Q(speaker=first, joined_to=second) | Q(speaker=second, joined_to=first)
    known = SpeakerJoin.objects.filter(between, undone_at__isnull=False).order_by("-pk").first()
    if known is not None:
        return known
    kept = SpeakerJoin.objects.create(
        speaker=first,
        joined_to=second,
        by=by,
        reason=_on_one_line(reason),
        joined_at=Now(),
        undone_by=by,
        undone_at=Now(),
    )
    kept.refresh_from_db()
    return kept


def was_kept_apart(joined: SpeakerJoin) -> bool:
    """Tell whether a record says that two are two: it never held, being undone in the moment it was made."""
    return joined.undone_at == joined.joined_at


def _both(speaker: Speaker, other: Speaker) -> tuple[Speaker, Speaker]:
    """Wait for one's turn; return both rows as they stand now, locked with all that are one with them."""
    _take_turn()
    rows = _locked([speaker.pk, other.pk])
    return rows[speaker.pk], rows[other.pk]


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _locked(ids: Iterable[int]) -> dict[int, Speaker]:
    """Lock these rows and all that are one with them, in the order of their ids, as everybody locks speakers."""
    stands = {joined_to or pk for pk, joined_to in Speaker.objects.filter(pk__in=ids).values_list("pk", "joined_to")}
    rows = Speaker.objects.select_for_update(no_key=True).filter(Q(pk__in=stands) | Q(joined_to__in=stands))
    return {row.pk: row for row in rows.order_by("pk")}


def _behind(speaker: Speaker) -> list[int]:
    """Return the ids of those who are joined to a row, directly or through another."""
    open_joins = SpeakerJoin.objects.filter(undone_at__isnull=True, speaker__joined_to=speaker.joined_to_id)
    pairs = list(open_joins.values_list("speaker_id", "joined_to_id"))
    behind: list[int] = []
    reached = [speaker.pk]
    while reached:
        reached = [one for one, to in pairs if to in reached]
        behind += reached
    return behind


def _on_one_line(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]
