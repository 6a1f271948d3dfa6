"""Quote and figure checks as they are stored, printed and packed: one form, so that one can be held against another."""

from dataclasses import asdict, replace
from datetime import date

from claims.wording import store
from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FIGURE_CHECK_VERSION, FigureCheck
from verification.matching.quotes import QuoteCheck


def quote_check_json(check: QuoteCheck) -> dict[str, object]:
    """Return a quote check as JSON holds it."""
    return {
        "class": str(check.quote_class),
        "flags": list(check.flags),
        "similarity": round(check.similarity, 4),
        "start": check.start,
        "end": check.end,
        "before": check.before,
        "after": check.after,
        "turn_speaker": check.turn_speaker,
        "diff": [asdict(part) for part in check.diff],
        "version": check.version,
    }


def figure_check_json(check: FigureCheck) -> dict[str, object]:
    """Return a figure check as JSON holds it; its places in the source are those in the whole document."""
    return asdict(check) | {"working": store(check.working), "version": FIGURE_CHECK_VERSION}


def figure_checks_json(
    claim: str, passage: str, start: int, *, claim_day: date | None, source_day: date | None
) -> list[dict[str, object]]:
    """Compare a claim's figures with a passage that begins at `start` of its document; return what is stored of it."""
    checks = check_figures(claim, passage, claim_day=claim_day, source_day=source_day)
    moved = (
        replace(check, source_start=check.source_start + start, source_end=check.source_end + start) for check in checks
    )
    return [figure_check_json(check) for check in moved]
