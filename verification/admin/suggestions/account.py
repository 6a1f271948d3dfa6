"""The machine's suggestions beside what people decided: right, wrong, or not decided. Counted by the database.

Decided is what was approved: the newest approved version of a case, unless it withdraws the check or was itself
withdrawn. Nothing of a judgment that is still open counts, so this page tells nobody of a blind one.

Of each claim those suggestions count that its checker had before them: of the newest search of the whole library that
came back before the first judgment was submitted, and of each document laid beside the claim by then; of a document
that was found twice the newer one. While nothing is decided it is the newest search there is.

- *supported* is right where the document went out as evidence that supports, *contradicted* where it refutes; any other
  stance makes it wrong.
- *altered quotation* is right where the checker answered a warning about this quotation with "changes the meaning",
  wrong where all were answered with "does not". Where none was answered (an adjudicator is not asked) the stance
  decides: refutes or mixed is right, supports is wrong, silent decides nothing.
- *not found* is right where the version has no evidence; wrong where it has any that was in the library when it was
  searched. Evidence that came in later decides nothing.
- A passage that was not picked is not decided: nobody said that it was wrong.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from verification.admin.suggestions.precision import Share
from verification.models import Suggestion

MOST_WRONG = 20

# What was judged is gathered once, and read twice: counted by group, and the newest wrong ones.
_ACCOUNT = """
WITH newest AS (
  SELECT DISTINCT ON (verdict.review_id)
         verdict.id, verdict.change, verdict.approved_at, verdict.rating_label, review.id AS review_id, review.claim_id,
         judgment.answers, COALESCE((
           SELECT min(every.submitted_at) FROM verification_judgment AS every
            WHERE every.review_id = verdict.review_id AND every.cycle = verdict.cycle
         ), verdict.approved_at) AS judged_at
    FROM verification_verdict AS verdict
    JOIN verification_review AS review ON review.id = verdict.review_id
    JOIN verification_judgment AS judgment ON judgment.id = verdict.judgment_id
   WHERE review.state <> 'withdrawn'
   ORDER BY verdict.review_id, verdict.version DESC
), decided AS (
  SELECT * FROM newest WHERE change <> 'void'
), run AS (
  SELECT run.id, run.claim_id, run.source_id, run.started_at, decided.id AS verdict_id, decided.answers,
         row_number() OVER (PARTITION BY run.claim_id, run.source_id IS NULL ORDER BY run.id DESC) AS back
    FROM verification_searchrun AS run
    LEFT JOIN decided ON decided.claim_id = run.claim_id
   WHERE run.outcome IN ('OK', 'EMPTY') AND (decided.id IS NULL OR run.finished_at <= decided.judged_at)
), shown AS (
  SELECT DISTINCT ON (run.claim_id, candidate.document_id)
         suggestion.id, suggestion.kind, suggestion.confidence, run.verdict_id, run.started_at, run.answers,
         candidate.document_id, candidate.quote_check
    FROM run
    JOIN verification_suggestion AS suggestion ON suggestion.search_run_id = run.id
    LEFT JOIN verification_candidate AS candidate ON candidate.id = suggestion.candidate_id
   WHERE run.source_id IS NOT NULL OR run.back = 1
   ORDER BY run.claim_id, candidate.document_id, run.source_id IS NULL, run.id DESC
), judged AS (
  SELECT shown.*, document.source_id, told.stances, CASE
    WHEN shown.verdict_id IS NULL THEN NULL
    WHEN shown.kind = 'not_found' THEN CASE
      WHEN NOT EXISTS (SELECT 1 FROM verification_verdictevidence WHERE verdict_id = shown.verdict_id) THEN true
      WHEN EXISTS (
        SELECT 1 FROM verification_verdictevidence AS piece
          JOIN verification_document AS used ON used.id = piece.document_id
         WHERE piece.verdict_id = shown.verdict_id AND used.created_at <= shown.started_at
      ) THEN false END
    WHEN told.stances IS NULL THEN NULL
    WHEN shown.kind = 'supported' THEN array_remove(told.stances, 'silent') = ARRAY['supports']
    WHEN shown.kind = 'contradicted' THEN array_remove(told.stances, 'silent') = ARRAY['refutes']
    WHEN 'meaning' = ANY (answered.answers) THEN true
    WHEN 'harmless' = ANY (answered.answers) THEN false
    WHEN told.stances && ARRAY['refutes', 'mixed'] THEN true
    WHEN told.stances && ARRAY['supports'] THEN false
    END AS is_right, answered.answers AS given
    FROM shown
    LEFT JOIN verification_document AS document ON document.id = shown.document_id
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT stance::text) AS stances FROM verification_verdictevidence AS piece
       WHERE piece.verdict_id = shown.verdict_id AND piece.document_id = shown.document_id
    ) AS told ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(shown.answers ->> (shown.document_id || ':' || flag)) AS answers
        FROM jsonb_array_elements_text(COALESCE(shown.quote_check -> 'flags', '[]') || '["altered"]') AS flag
    ) AS answered ON true
), wrong AS (
  SELECT judged.id, decided.review_id AS review, decided.rating_label AS rating, judged.stances, judged.given,
         decided.approved_at AS at
    FROM judged JOIN decided ON decided.id = judged.verdict_id
   WHERE is_right = false ORDER BY decided.approved_at DESC, judged.id DESC LIMIT %s
)
SELECT judged.kind, source.name, GROUPING(judged.kind), GROUPING(source.id), count(*), count(is_right),
       count(*) FILTER (WHERE is_right), avg(confidence) FILTER (WHERE is_right IS NOT NULL),
       (SELECT jsonb_agg(wrong ORDER BY wrong.at DESC, wrong.id DESC) FROM wrong)::text
  FROM judged LEFT JOIN verification_source AS source ON source.id = judged.source_id
 GROUP BY GROUPING SETS ((), (judged.kind), (source.id, source.name), (judged.kind, source.id, source.name))
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One group's figures. `kind` and `source` are None for all of them; a source is empty for the whole library.

    `stated` is the mean confidence of the decided ones, None where none is.
    """

    kind: str | None
    source: str | None
    made: int
    share: Share
    stated: float | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A suggestion that was wrong, the case, and what people decided: the rating, stances and answers."""

    suggestion: Suggestion
    review: int
    rating: str
    stances: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All groups (everything, each kind, each source, each kind of each source) and those last found to be wrong."""

    rows: tuple[Row, ...]
    wrong: tuple[Wrong, ...]


def account() -> Account:
    """Return how right the suggestions were (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, [MOST_WRONG])
        found = cursor.fetchall()
    rows = tuple(
        Row(None if no_kind else kind, None if no_source else source or "", made, Share(right, of), stated)
        for kind, source, no_kind, no_source, made, of, right, stated, _wrong in found
    )
    return Account(rows, tuple(_wrong_ones(json.loads(found[0][-1] or "[]"))))


def _wrong_ones(told: Sequence[Mapping[str, Any]]) -> Iterator[Wrong]:
    wanted = Suggestion.objects.select_related("search_run__claim", "candidate__document__source")
    known = wanted.defer("candidate__document__text").in_bulk([each["id"] for each in told])
    for each in told:
        answers = tuple(dict.fromkeys(filter(None, each["given"] or ())))
        yield Wrong(known[each["id"]], each["review"], each["rating"], tuple(each["stances"] or ()), answers)
