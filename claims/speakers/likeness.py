"""Which speakers may be one: proposed with the reason, never joined without a person.

Names are compared inside small blocks (the same surname, the same initials, the same words at one end), so that ten
thousand speakers take about as many steps, and not their square.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q

from claims.extraction.names import ROLES, TITLES
from claims.models import Speaker, SpeakerJoin
from claims.speakers.short_names import may_be_short
from claims.wording import Words, words

LOOKED_AT: Final = 20_000
"""So many of the newest speakers are compared."""

_MOST_OF_A_SURNAME: Final = 60
_LONGEST: Final = 12
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){3,7}")
_SMALL: Final = frozenset(["the", "a", "an", "of", "for", "and", "in", "on", "to", "de", "la", "du", "des"])
_ARTICLES: Final = frozenset(["the", "a", "an"])
_GENERATIONS: Final = frozenset(["jr", "sr", "ii", "iii", "iv"])
_TOGETHER: Final = """
SELECT pair.one, pair.other FROM unnest(%(ones)s::bigint[], %(others)s::bigint[]) AS pair(one, other)
 WHERE EXISTS (
   SELECT FROM claims_claim AS claim JOIN claims_appearance AS place ON place.claim_id = claim.id
     JOIN claims_appearance AS beside ON beside.article_id = place.article_id
     JOIN claims_claim AS another ON another.id = beside.claim_id
    WHERE claim.speaker_id = pair.one AND another.speaker_id = pair.other)
"""


@dataclass(frozen=True, slots=True)
class LikelyJoin:
    """Two rows that may be one: `speaker` would be joined to `into`, the fuller name; `reason` says why."""

    speaker: Speaker
    into: Speaker
    reason: Words


@dataclass(frozen=True, slots=True)
class _Name:
    """A speaker's name taken apart: `folded` words without accents, points, article and generation, and without the
    titles before it in `bare`; `capitals` says which of `folded` were written with one.
    """

    pk: int
    text: str
    kind: str
    folded: tuple[str, ...]
    bare: tuple[str, ...]
    capitals: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names that may be one; `rank` 0 is the likeliest kind, `told_apart` where an article with both speaks
    against it.
    """

    rank: int
    one: _Name
    into: _Name
    reason: Words
    told_apart: bool = True


def suggested_joins(limit: int) -> list[LikelyJoin]:
    """Return at most so many pairs that may be one, the likeliest first (at most four queries).

    Left out are pairs that a person parted or called two, and full names that differ and stand in one article: it tells
    them apart.
    """
    rows = Speaker.objects.filter(joined_to=None).order_by("-pk").values_list("pk", "name", "kind")[:LOOKED_AT]
    names = [name for row in rows if (name := _taken_apart(*row)) is not None]
    pairs = _once(sorted(_pairs(names), key=lambda pair: (pair.rank, pair.into.text, pair.one.text)))
    likely = _not_parted(pairs, 8 * limit)
    together = _in_one_article([pair for pair in likely if pair.told_apart])
    kept = [pair for pair in likely if not (pair.told_apart and (pair.one.pk, pair.into.pk) in together)][:limit]
    found = Speaker.objects.in_bulk({name.pk for pair in kept for name in (pair.one, pair.into)})
    return [LikelyJoin(found[pair.one.pk], found[pair.into.pk], pair.reason) for pair in kept]


def _taken_apart(pk: int, text: str, kind: str) -> _Name | None:
    written = _WORD.findall(text)[:_LONGEST]
    if len(written) > 1 and text.split()[0].lower() in _ARTICLES:
        written = written[1:]
    if len(written) > 1 and _folded(written[-1]) in _GENERATIONS:
        written = written[:-1]
    if not written:
        return None
    folded = tuple(_folded(word) for word in written)
    bare = folded
    while len(bare) > 1 and bare[0] in TITLES:
        bare = bare[1:]
    return _Name(pk, text, kind, folded, bare, tuple(word[0].isupper() for word in written))


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(character for character in plain if character.isalnum() or character == "-")


def _pairs(names: Sequence[_Name]) -> Iterator[_Pair]:
    for found in (_spelt_alike(names), _beside_titles(names), _by_surname(names), _initials(names), _held(names)):
        yield from (pair for pair in found if {pair.one.kind, pair.into.kind} != {"person", "organisation"})


def _spelt_alike(names: Sequence[_Name]) -> Iterator[_Pair]:
    for block in _blocks(("".join(name.folded), name) for name in names):
        first, *others = sorted(block, key=lambda name: (name.text.isupper(), len(name.text), name.pk))
        for other in others:
            reason = words("the same but for an article, points, blanks, accents or capitals")
            yield _Pair(0, other, first, reason, told_apart=False)


def _beside_titles(names: Sequence[_Name]) -> Iterator[_Pair]:
    for block in _blocks((" ".join(name.bare), name) for name in names if len(name.bare) > 1):
        first, *others = sorted(block, key=lambda name: (len(name.folded), name.pk))
        for other in others:
            if other.folded != first.folded:
                yield _Pair(0, other, first, words("the same name, with a title or role before it"), told_apart=False)


def _by_surname(names: Sequence[_Name]) -> Iterator[_Pair]:
    for block in _blocks((name.bare[-1], name) for name in names if name.capitals[-1] and name.kind != "organisation"):
        full = [name for name in block if len(name.bare) > 1 and all(name.capitals[-len(name.bare) :])]
        given = {name.bare[0] for name in full}
        for name in block:
            if len(name.bare) == 1 and len(given) == 1:
                into = max(full, key=lambda other: (len(other.text), -other.pk))
                titled = len(name.folded) > 1
                reason = (
                    words("a title or role with the surname; nobody else has it here")
                    if titled
                    else words("the surname alone; nobody else has it here")
                )
                yield _Pair(2 if titled else 3, name, into, reason)
        for place, one in enumerate(full):
            for other in full[place + 1 :]:
                short, long = sorted((one, other), key=lambda name: (len("".join(name.bare)), -name.pk))
                if reason_given := _given_names(short, long):
                    yield _Pair(1, short, long, reason_given)


def _given_names(short: _Name, long: _Name) -> Words | None:
    """Return why two full names of one surname may be one, or None."""
    if short.bare[0] == long.bare[0] and len(short.bare) != len(long.bare):
        return words("the same first and last name, one with a name in between")
    first, second = sorted((short.bare[0], long.bare[0]), key=len)
    if first == second or len(short.bare) > 3 or len(long.bare) > 3:
        return None
    if len(first) == 1 and second.startswith(first):
        return words("the same surname, and an initial that fits the first name")
    if may_be_short(first, second):
        return words("the same surname, and a first name that can be short for the other")
    return None


def _initials(names: Sequence[_Name]) -> Iterator[_Pair]:
    spelt: dict[str, list[_Name]] = {}
    for name in names:
        letters = [word[0] for word, capital in zip(name.folded, name.capitals, strict=True) if capital]
        if len(letters) > 2 and name.kind != "person":
            spelt.setdefault("".join(letters), []).append(name)
    for name in names:
        if len(name.folded) == 1 and _ACRONYM.fullmatch(name.text.split()[-1]):
            found = spelt.get(name.folded[0], [])
            if len(found) == 1:
                yield _Pair(1, name, found[0], words("the initials of its words"), told_apart=False)


def _held(names: Sequence[_Name]) -> Iterator[_Pair]:
    """Find names that end another (`Ministry of Trade`), or begin one that goes on with “of” or the like."""
    known: dict[tuple[str, ...], _Name] = {}
    for name in names:
        if len(name.folded) > 1 and name.capitals[0] and name.capitals[-1]:
            known.setdefault(name.folded, name)
    for name in names:
        size = len(name.folded)
        parts = [name.folded[start:] for start in range(1, size - 1) if name.folded[start] not in _SMALL]
        parts += [name.folded[:end] for end in range(2, size) if name.folded[end] in _SMALL]
        for part in parts:
            held = known.get(part)
            if held is not None and held.pk != name.pk:
                one, into = (name, held) if _has_office(name, part) or held.kind == "person" else (held, name)
                yield _Pair(4, one, into, words("one name holds the other"))


def _has_office(name: _Name, end: tuple[str, ...]) -> bool:
    """Tell whether a role, or words in small letters, stand before the name that another one ends with."""
    before = name.folded[: -len(end)] if name.folded[-len(end) :] == end else ()
    return bool(before) and (not name.capitals[0] or not ROLES.isdisjoint(before))


def _blocks(keyed: Iterable[tuple[str, _Name]]) -> Iterator[list[_Name]]:
    """Return the names that share a key, where there are at least two and not very many."""
    found: dict[str, list[_Name]] = {}
    for key, name in keyed:
        found.setdefault(key, []).append(name)
    return (block for block in found.values() if 1 < len(block) <= _MOST_OF_A_SURNAME)


def _once(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Keep, of each two rows, the first pair."""
    found: dict[frozenset[int], _Pair] = {}
    for pair in pairs:
        found.setdefault(frozenset((pair.one.pk, pair.into.pk)), pair)
    return list(found.values())


def _not_parted(pairs: Sequence[_Pair], most: int) -> list[_Pair]:
    """Return the first pairs that nobody parted, nor called two."""
    ids = {name.pk for pair in pairs for name in (pair.one, pair.into)}
    undone = SpeakerJoin.objects.filter(Q(speaker__in=ids) & Q(joined_to__in=ids), undone_at__isnull=False)
    parted = {frozenset(pair) for pair in undone.values_list("speaker_id", "joined_to_id")}
    return [pair for pair in pairs if frozenset((pair.one.pk, pair.into.pk)) not in parted][:most]


def _in_one_article(pairs: Sequence[_Pair]) -> set[tuple[int, int]]:
    """Return which pairs of full names that differ have claims in the same article."""
    full = [pair for pair in pairs if len(pair.one.bare) > 1 and len(pair.into.bare) > 1]
    if not full:
        return set()
    with connection.cursor() as cursor:
        values = {"ones": [pair.one.pk for pair in full], "others": [pair.into.pk for pair in full]}
        cursor.execute(_TOGETHER, values)
        return set(cursor.fetchall())
