"""Task `numbers`: figures and dates read out of sentences, against a table of expressions.

`python -m benchmarks numbers [--data rows.jsonl] [--show-wrong] [--json]`, one row a line: `{"id", "text",
"quantities": [{"span": [start, end], "value", "low", "high", "unit", "approx"}]}` or `{"id", "text", "base",
"dates": [{"span": [start, end], "from", "to", "precision"}]}`, where `base` is the day of publication or null. A row
may hold both. Without `--data` our own table in benchmarks/expressions is run.

A row is right when each of its figures and dates is right and none is invented. A figure is right when the spans
share at least 80 % of what both take in, value and bounds agree within 0.1 % (none with none), and unit and
approximation are the same; a date when span, first and last day and precision are. A date annotated with neither day is
unknown without a base, and is not to be read. `accuracy` is the share of right
rows, `quantities` and `dates` the same over the rows of either kind, `held_out` over the third of our rows (by the
SHA-256 of their ids) that the grammar was not tuned to and `tuned` over the others.

What our table takes for granted where the definition is silent:

- "just over" and "just under" give a bound and are approximate, as "nearly" is; "more than", "at least", "up to" and
  "fewer than" give a bound and are exact; "some", "roughly", "or so" and "give or take" are only approximate.
- A sum in cents or pence is in the currency: 50 cents is USD 0.5. A compound is one figure in its larger unit: 6ft 2in
  is 6.167 feet. A rate keeps the unit of what is counted: barrels a day are barrels. An age without a word for years
  has no unit, "45-year-old" is 45 years, and its span ends before "-old".
- "from 4 to 5" is a change and two figures, "ranged from 4 to 5", "4-5" and "four or five" are ranges. 217-213 is a
  score and no figure; "by 52 votes to 48" counts votes.
- "dozens", "a couple", "tripled" and "a decade" are no figures, "more than a decade" is one.
- A date's span leaves out "in", "on", "by" and "until", and takes in "since", "early", "mid-", "late", "the end of",
  "the" and "ago"; what is early or late in a year covers the year.
- 03/04/2021 can be read in two ways and is no date; 24/01/2021 is one, and 03.04.2021 is 3 April. Seasons depend on
  the place and are none.
- A fiscal year is that of the United States government, a financial year that of the British one. "Two weeks ago" is a
  week and "a decade ago" a decade.
- A day or month without a year is the last one before the base, or the next one behind "will", "is due" and the like.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.result import Result
from claims.extraction.numbers.periods import periods
from claims.extraction.numbers.quantities import quantities

_OWN = Path(__file__).parent / "expressions"
_SHARED, _WITHIN = 0.8, 0.001


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a row was read right, and what we read in it."""

    id: str
    right: bool
    has_quantities: bool
    has_dates: bool
    read: Sequence[Mapping[str, Any]]


def run(argv: list[str]) -> Result:
    """Return our figures on the rows of `--data`, or on our own table; exits with a sentence when the file is
    unusable.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks numbers")
    parser.add_argument("--data", type=Path, help="rows of expressions; without it our own table")
    parser.add_argument("--show-wrong", action="store_true", help="print the ids of the wrong rows and what was read")
    options = parser.parse_args(argv)
    files = [options.data] if options.data else sorted(_OWN.glob("*.jsonl"))
    try:
        rows = [
            json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        started = time.perf_counter()
        outcomes = [outcome(row) for row in rows]
        seconds = time.perf_counter() - started
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{files[0]} cannot be read as rows of expressions, one JSON object a line: {error!r}")
    if options.show_wrong:
        for wrong in (each for each in outcomes if not each.right):
            print(wrong.id, json.dumps(wrong.read, ensure_ascii=False), file=sys.stderr)
    metrics = {
        "accuracy": _share(outcomes, lambda _row: True),
        "quantities": _share(outcomes, lambda row: row.has_quantities),
        "dates": _share(outcomes, lambda row: row.has_dates),
    }
    if options.data is None:
        metrics["tuned"] = _share(outcomes, lambda row: not held_out(row.id))
        metrics["held_out"] = _share(outcomes, lambda row: held_out(row.id))
    return Result(task="numbers", n=len(rows), metrics=metrics, seconds=seconds)


def held_out(row_id: str) -> bool:
    """Tell whether a row of our own table is one of the third that is not tuned to."""
    return int(sha256(row_id.encode()).hexdigest(), 16) % 3 == 0


def outcome(row: Mapping[str, Any]) -> Outcome:
    """Read one row and score it; raises KeyError, TypeError or ValueError where it is none."""
    text: str = row["text"]
    read: list[Mapping[str, Any]] = []
    right = True
    if "quantities" in row:
        figures = [
            {"span": [figure.start, figure.end], "value": figure.value, "low": figure.low, "high": figure.high,
             "unit": figure.unit, "approx": figure.approx}
            for figure in quantities(text)
        ]  # fmt: skip
        right = _all_right(row["quantities"], figures, _same_figure)
        read += figures
    if "dates" in row:
        base = date.fromisoformat(row["base"]) if row.get("base") else None
        dates = [
            {"span": [period.start, period.end], "from": _day(period.first), "to": _day(period.last),
             "precision": period.precision}
            for period in periods(text, base)
        ]  # fmt: skip
        told = [each for each in row["dates"] if each.get("from") or each.get("to")]
        right = _all_right(told, dates, _same_date) and right
        read += dates
    if "quantities" not in row and "dates" not in row:
        raise KeyError("quantities or dates")
    return Outcome(str(row["id"]), right, "quantities" in row, "dates" in row, read)


def _share(outcomes: Sequence[Outcome], wanted: Callable[[Outcome], bool]) -> float:
    chosen = [outcome for outcome in outcomes if wanted(outcome)]
    return sum(outcome.right for outcome in chosen) / len(chosen) if chosen else 0.0


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _all_right(
    gold: Sequence[Mapping[str, Any]],
    ours: Sequence[Mapping[str, Any]],
    same: Callable[[Mapping[str, Any], Mapping[str, Any]], bool],
) -> bool:
    """Tell whether each of the annotated expressions was read, and nothing else."""
    left = list(ours)
    for expression in gold:
        found = next(
            (each for each in left if _overlap(expression["span"], each["span"]) and same(expression, each)), None
        )
        if found is None:
            return False
        left.remove(found)
    return not left


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _SHARED * (max(one[1], other[1]) - min(one[0], other[0]))


def _same_figure(gold: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    return (
        all(_close(gold.get(part), ours[part]) for part in ("value", "low", "high"))
        and gold.get("unit") == ours["unit"]
        and bool(gold.get("approx")) == ours["approx"]
    )


def _close(gold: float | None, ours: float | None) -> bool:
    if gold is None or ours is None:
        return gold is ours
    return math.isclose(gold, ours, rel_tol=_WITHIN, abs_tol=1e-9)


def _same_date(gold: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    return all(gold.get(part) == ours[part] for part in ("from", "to", "precision"))
