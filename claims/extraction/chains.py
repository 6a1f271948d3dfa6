"""Chains of attribution: a paper that reported that officials said that a ministry was preparing something."""

from collections.abc import Callable, Sequence

from claims.extraction.contract import Attribution, Link
from claims.extraction.reading import Read
from claims.extraction.sentences import Span

_MOST = 0.6
"""Of the words that one source hands over, how many another must answer for to be the one who is credited."""


def chain_within(read: Read, reads: Sequence[Read], counts: Callable[[Read], bool]) -> tuple[Read, tuple[Link, ...]]:
    """Return who really answers for what `read` hands over, and the chain to them; itself and no chain for most.

    `reads` are those of the sentence; `counts` tells which of them are statements of somebody's.
    """
    links = [read]
    while True:
        outer = links[-1]
        inner = next((other for other in reads if _hands_on(outer, other) and counts(other)), None)
        if inner is None or any(_is_same(inner, link) for link in links):
            break
        links.append(inner)
    return links[-1], _told(links)


def chain_around(read: Read, reads: Sequence[Read]) -> tuple[Link, ...]:
    """Return the chain to the source of a quotation, from the outermost on; nothing where it is the only one."""
    cue = read.attribution.cue_span
    if cue is None or read.attribution.mention is None:
        return ()
    outer = [
        other
        for other in reads
        if other is not read and other.attribution.mention is not None and _inside(cue, reach(other))
    ]
    outer.sort(key=lambda other: reach(other)[0] - reach(other)[1])
    links: list[Read] = []
    for other in outer:
        if not any(_is_same(other, link) for link in [*links, read]):
            links.append(other)
    return _told([*links, read])


def reach(read: Read) -> Span:
    """Return from where to where what a source hands over stands, in characters of the article."""
    content = read.attribution.content
    return min(start for start, _ in content), max(end for _, end in content)


def _hands_on(outer: Read, inner: Read) -> bool:
    cue, mention = inner.attribution.cue_span, inner.attribution.span
    if inner is outer or cue is None or mention is None or not _inside(cue, reach(outer)):
        return False
    start, end = reach(outer)
    own = sum(max(0, min(last, end) - max(first, start)) for first, last in (cue, mention))
    handed = sum(max(0, min(last, end) - max(first, start)) for first, last in inner.attribution.content)
    return handed >= _MOST * max(1, end - start - own)


def _is_same(one: Read, other: Read) -> bool:
    """Tell whether two sources are one: a chain goes on to somebody else (`Russia vowed to counter …` has one)."""
    if one is other or one.attribution.span == other.attribution.span:
        return True
    return one.attribution.speaker is not None and one.attribution.speaker == other.attribution.speaker


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _told(reads: Sequence[Read]) -> tuple[Link, ...]:
    if len(reads) < 2:
        return ()
    return tuple(_link(read.attribution) for read in reads)


def _link(attribution: Attribution) -> Link:
    return Link(attribution.mention or "", attribution.speaker, attribution.span or (0, 0), attribution.cue)
