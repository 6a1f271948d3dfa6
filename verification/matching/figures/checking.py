"""The figure check: each figure and date of a claim beside its counterpart in a passage, with the arithmetic."""

from collections.abc import Iterable, Iterator
from datetime import date

from claims.wording import Words, words
from verification.matching.figures.comparing import AGREES, DIFFERS, WITHIN
from verification.matching.figures.contract import FigureCheck
from verification.matching.figures.dates import DatePair, date_pairs
from verification.matching.figures.pairing import Pair, pairs
from verification.matching.figures.reading import read
from verification.matching.figures.working import (
    apart_lines,
    direction_line,
    figure_lines,
    period_lines,
    read_line,
)


def check_figures(
    claim: str, source: str, *, claim_day: date | None, source_day: date | None
) -> tuple[FigureCheck, ...]:
    """Compare the figures and dates of a claim with their counterparts in a passage of a source, if they have any.

    `claim_day` and `source_day` are the days that relative dates are read from; without one they stay unknown. Offsets
    are into the texts handed in. The order is that of the claim.
    """
    ours, theirs = read(claim, claim_day), read(source, source_day)
    figures = pairs(ours, theirs)
    told = {id(pair.periods[0]) for pair in figures if pair.periods}
    checks = [_of_figures(pair) for pair in figures]
    checks += [
        _of_dates(pair, claim_day, source_day)
        for pair in date_pairs(ours, theirs)
        if id(pair.claim) not in told or pair.outcome != DIFFERS
    ]
    return tuple(sorted(checks, key=lambda check: (check.claim_start, check.claim_end)))


def _of_figures(pair: Pair) -> FigureCheck:
    return _check("quantity", pair, _working(pair), bool(pair.apart) or pair.outcome == DIFFERS)


def _working(pair: Pair) -> Iterator[Words]:
    if pair.numbers is None:
        yield from apart_lines(pair.claim, pair.source, pair.apart)
        return
    yield from figure_lines(pair.claim, pair.source, pair.numbers)
    if pair.opposite:
        yield direction_line(pair.claim, pair.source)
    if pair.periods is not None:
        yield from period_lines(*pair.periods)


def _of_dates(pair: DatePair, claim_day: date | None, source_day: date | None) -> FigureCheck:
    last = {
        AGREES: words("the same"),
        WITHIN: words("the one lies within the other"),
        DIFFERS: words("not the same"),
    }[pair.outcome]
    working = (
        read_line(pair.claim, pair.claim_days, claim_day),
        read_line(pair.source, pair.source_days, source_day),
        last,
    )
    return _check("date", pair, working, pair.outcome == DIFFERS)


def _check(kind: str, pair: Pair | DatePair, working: Iterable[Words], warns: bool) -> FigureCheck:
    ours, theirs = pair.claim, pair.source
    return FigureCheck(
        kind,
        pair.outcome,
        ours.text,
        ours.start,
        ours.end,
        theirs.text,
        theirs.start,
        theirs.end,
        tuple(working),
        warns,
    )
