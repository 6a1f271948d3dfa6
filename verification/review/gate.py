"""The evidence gate: what a judgment must have before it can be submitted (design §3, §4.2). Knows no Django."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claims.wording import Words, words

# From here on a source only repeats what others recorded (sources hand-book §12): using it needs a reason.
SECONDARY_TIER = 4
CITATION = re.compile(r"\[(\d{1,2})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """What the gate asks of one piece of evidence; what is one source (`one_source_each`) has the same `source`."""

    number: int
    stance: str
    archived: bool
    anchored: bool
    tier: int
    source: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A compound claim as the gate sees it: how many parts have no verdict yet, and whether they were weighed.

    They were where the rating is the one that their rule gives, or where the judgment says how it came by another.
    """

    open: int
    weighed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """A judgment as the gate sees it. `beside_scale`: the rating has no number, as "no primary record" has none.

    `retired` is the label of a rating that was chosen and is offered no more; `rated` is false then.
    `searches` are the numbers of the search records attached to it, all of which came back.
    """

    rated: bool
    beside_scale: bool
    pieces: tuple[Piece, ...]
    none_supports: bool
    none_refutes: bool
    searches: tuple[int, ...]
    open_warnings: int
    reasoning: str
    sourcing_reason: str
    retired: str = ""
    parts: Parts | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: whether it is met, and if not how to meet it."""

    key: str
    label: Words
    met: bool
    how: Words


def one_source_each(same: Iterable[Collection[int]]) -> dict[int, int]:
    """Return for each document in a group the one that stands for all that are one source with it.

    A group are documents that hold one text, copies or an agreed one (sources hand-book §12); groups that share a
    document are one.
    """
    stands: dict[int, int] = {}

    def first(document: int) -> int:
        while (other := stands.setdefault(document, document)) != document:
            document = other
        return document

    for group in same:
        firsts = {first(document) for document in group}
        for document in firsts:
            stands[document] = min(firsts)
    return {document: first(document) for document in stands}


def checklist(facts: Facts) -> list[Item]:
    """Return the gate's lines in the order they are shown."""
    pieces = facts.pieces
    without = facts.beside_scale and not pieces
    stances = {piece.stance for piece in pieces}
    thin = bool(pieces) and (
        len({piece.source for piece in pieces}) < 2 or any(piece.tier >= SECONDARY_TIER for piece in pieces)
    )
    cited = {int(number) for number in CITATION.findall(facts.reasoning)}
    items = [
        Item("rating", words("A rating"), facts.rated, _which_rating(facts)),
        Item(
            "archived",
            words("Archived source with a hash"),
            all(piece.archived for piece in pieces) and (bool(pieces) or without),
            words("Pick at least one source as evidence."),
        ),
        Item(
            "anchored",
            words("Passage anchored in that copy"),
            all(piece.anchored for piece in pieces) and (bool(pieces) or without),
            words("Pick a passage that stands in the archived copy."),
        ),
        Item(
            "stance",
            words("Stance on every picked source"),
            "" not in stances and (bool(pieces) or without),
            words("Say of each picked source whether it supports, refutes, is mixed or silent."),
        ),
        _both_sides(facts, stances),
        Item(
            "warnings",
            words("Every warning answered"),
            facts.open_warnings == 0,
            words("Answer each warning about a quotation, a figure or a date."),
        ),
        Item(
            "reasoning",
            words("Reasoning that cites a source"),
            bool(facts.reasoning.strip()) and bool(cited & {*(piece.number for piece in pieces), *facts.searches}),
            words("Write why, and cite a picked source by its number, as in [1]."),
        ),
    ]
    if facts.beside_scale:
        items.insert(
            1,
            Item(
                "searched",
                words("Search record attached"),
                bool(facts.searches),
                words("Attach a search that came back: a rating beside the scale rests on having looked."),
            ),
        )
    if facts.parts:
        items += _of_parts(facts.parts)
    if thin:
        items.append(
            Item(
                "sourcing",
                words("Why this sourcing is enough"),
                bool(facts.sourcing_reason.strip()),
                words("Say why one source, or a secondary one, is enough here."),
            )
        )
    return items


def _of_parts(parts: Parts) -> list[Item]:
    return [
        Item(
            "parts",
            words("A verdict on every part"),
            parts.open == 0,
            words("Wait until each part is approved or published: %(count)s still to come.", count=parts.open),
        ),
        Item(
            "weighed",
            words("The parts weighed"),
            parts.weighed,
            words("Say how the parts were weighed: the rating is not the one that their rule gives."),
        ),
    ]


def _both_sides(facts: Facts, stances: Collection[str]) -> Item:
    """Both sides are picked, or said to have been looked for in vain; what is picked was not looked for in vain."""
    supports, refutes = (not {stance, "mixed"}.isdisjoint(stances) for stance in ("supports", "refutes"))
    how = words("Pick what supports and what refutes it, or tick that none was found.")
    if supports and facts.none_supports:
        how = words("Something that supports it is picked: take away the tick that none was found.")
    elif refutes and facts.none_refutes:
        how = words("Something that refutes it is picked: take away the tick that none was found.")
    met = supports != facts.none_supports and refutes != facts.none_refutes
    return Item("both_sides", words("Supports and refutes both looked for"), met, how)


def _which_rating(facts: Facts) -> Words:
    if not facts.retired:
        return words("Choose a rating.")
    return words("Choose a rating again: “%(label)s” is of a scale that is not in use any more.", label=facts.retired)


def unmet(facts: Facts) -> list[Item]:
    """Return the lines that still keep a judgment from being submitted.

    Where nothing was picked that is one line, not one for each thing a pick would have.
    """
    missing = [item for item in checklist(facts) if not item.met]
    if facts.pieces:
        return missing
    return [item for item in missing if item.key not in {"anchored", "stance"}]
