"""What goes on from a judgment: into the log, and into the draft of a correction."""

from verification.models import Evidence, Judgment, SearchEvidence


def begin_as(judgment: Judgment, published: Judgment) -> None:
    """Let a draft begin as what was published: its words, its evidence, its search records."""
    for name in ("rating", "rating_label", "reasoning", "none_supports", "none_refutes", "sourcing_reason", "answers"):
        setattr(judgment, name, getattr(published, name))
    judgment.save()
    pieces = list(published.evidence.all())
    for piece in pieces:
        piece.pk, piece.judgment = None, judgment
    Evidence.objects.bulk_create(pieces)
    records = list(published.searches.all())
    for record in records:
        record.pk, record.judgment = None, judgment
    SearchEvidence.objects.bulk_create(records)


def told(judgment: Judgment) -> dict[str, object]:
    """Return what the log keeps of a judgment: all of it, since a draft can be reopened."""
    return {
        "hat": judgment.hat,
        "rating": judgment.rating.label if judgment.rating else None,
        "reasoning": judgment.reasoning,
        "none_supports": judgment.none_supports,
        "none_refutes": judgment.none_refutes,
        "sourcing_reason": judgment.sourcing_reason,
        "answers": judgment.answers,
        "evidence": [
            {
                "number": piece.number,
                "document": str(piece.document.public),
                "sha256": piece.snapshot_sha256,
                "start": piece.start,
                "end": piece.end,
                "role": piece.role,
                "stance": piece.stance,
            }
            for piece in judgment.evidence.select_related("document").order_by("number")
        ],
        "searches": [
            {
                "number": record.number,
                "search": str(record.search_run.public),
                "outcome": record.search_run.outcome,
                "documents": record.search_run.documents,
            }
            for record in judgment.searches.select_related("search_run").order_by("number")
        ],
    }
