"""The quote and figure checks of a version's evidence, each with the inputs that give it again."""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Final

from claims.models import Claim, Precision
from verification.models import Evidence, Verdict, VerdictEvidence
from verification.publishing.package.checking_again import FIGURES, QUOTE, UNKNOWN_INPUTS, WITHHELD, checked_again
from verification.research.match import query_of
from verification.research.retrieval import local_day

# What a quote check says of the source beyond the passage: nothing of it goes out of a document that is withheld.
_AROUND: Final[Mapping[str, Any]] = {"before": "", "after": "", "turn_speaker": None}
_ELSEWHERE: Final[Mapping[str, Any]] = {**_AROUND, "diff": [], "start": None, "end": None}


def checks(verdict: Verdict, pieces: Iterable[VerdictEvidence], hidden: Set[str]) -> list[dict[str, Any]]:
    """Return each check with its inputs. One that its inputs do not give again is told as made, with why.

    `hidden` are the hashes of texts that readers do not see.
    """
    asked = {
        (row.document_id, row.start, row.end): row.candidate.search_run.query
        for row in Evidence.objects.filter(judgment=verdict.judgment_id, candidate__isnull=False)
        .select_related("candidate__search_run")
        .order_by("pk")
        if row.candidate
    }
    told = []
    for piece in pieces:
        query = asked.get((piece.document_id, piece.start, piece.end)) or {}
        words = _asked(verdict.review.claim, query)
        if piece.quote_check:
            told.append(_quote(piece, words, withheld=piece.document.text_sha256 in hidden))
        if piece.figure_checks:
            told.append(_figures(piece, words))
    return told


def _asked(claim: Claim, query: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the search asked with, as it is on record, else as the claim stands."""
    now = query_of(claim)
    of_now = {
        "text": now.text,
        "quotations": list(now.quotations),
        "speaker": now.speaker,
        "said": now.said.isoformat() if now.said else None,
        "published": now.published.isoformat() if now.published else None,
    }
    exact_day = claim.said_precision not in (Precision.MONTH, Precision.YEAR)
    told = {name: query.get(name, value) for name, value in of_now.items()}
    return told | {"day": (told["said"] if exact_day else None) or told["published"]}


def _quote(piece: VerdictEvidence, words: Mapping[str, Any], *, withheld: bool) -> dict[str, Any]:
    quotations = words["quotations"] or [words["text"]]
    inputs = {"quote": max(quotations, key=len), "speaker": words["speaker"]}
    result: dict[str, Any] = piece.quote_check or {}
    if withheld:
        start, end = result.get("start"), result.get("end")
        cited = start is not None and end is not None and piece.start <= start <= end <= piece.end
        return _told(piece, QUOTE, {**result, **(_AROUND if cited else _ELSEWHERE)}, inputs, WITHHELD)
    again = _again(QUOTE, inputs, piece.document.text) == result
    return _told(piece, QUOTE, result, inputs, "" if again else UNKNOWN_INPUTS)


def _figures(piece: VerdictEvidence, words: Mapping[str, Any]) -> dict[str, Any]:
    day = local_day(piece.document)
    inputs = {
        "claim": words["text"],
        "start": piece.start,
        "claim_day": words["day"],
        "source_day": day.isoformat() if day else None,
    }
    again = _again(FIGURES, inputs, piece.exact) == piece.figure_checks
    return _told(piece, FIGURES, piece.figure_checks, inputs, "" if again else UNKNOWN_INPUTS)


def _again(kind: str, inputs: Mapping[str, Any], text: str) -> Any:
    return json.loads(json.dumps(checked_again(kind, inputs, text)))


def _told(piece: VerdictEvidence, kind: str, result: Any, inputs: Mapping[str, Any], not_again: str) -> dict[str, Any]:
    first: Mapping[str, Any] = next(_each(result), {})
    return {
        "evidence": piece.number,
        "kind": kind,
        "version": first.get("version"),
        "inputs": inputs,
        "result": result,
        "not_again": not_again or None,
    }


def _each(result: Any) -> Iterator[Mapping[str, Any]]:
    yield from result if isinstance(result, list) else [result]
