"""The figures as files: what an application to a code of principles (such as IFCN's) asks a desk to show.

The code asks for a sample of checks across subjects and sides, with their sources and ratings, for the corrections of
the year, and for how claims are chosen. So: every version that went out, every correction, the balance ledger with its
reasons, the agreement of checkers, and how long it took. Cells that a spreadsheet would run as formulas are defused.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from django.http import HttpRequest

from claims.models import Speaker
from claims.speakers import standing_for
from verification.admin.insight.span import Span
from verification.insight import balance, flow
from verification.insight.judging import judging
from verification.models import Change, Desk, Publication
from verification.publishing.addresses import Addresses
from verification.publishing.spreadsheets import lines


def archive(request: HttpRequest, span: Span) -> bytes:
    """Return a ZIP of tables (CSV, UTF-8 with a byte order mark, as spreadsheets want it) and one JSON summary."""
    addresses = Addresses.of(request)
    published = list(_published(span))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("checks.csv", _table(CHECKS, (_check(each, addresses) for each in published)))
        corrections = [_correction(each, addresses) for each in published if each.verdict.supersedes_id]
        packed.writestr("corrections.csv", _table(CORRECTIONS, corrections))
        for group in balance.GROUPS:
            lines = balance.ledger(group, span.since, span.before)
            packed.writestr(f"balance-by-{group}.csv", _table((group, *LEDGER), (_line(each) for each in lines)))
        packed.writestr("summary.json", json.dumps(_summary(span, published), indent=2, ensure_ascii=False))
    return held.getvalue()


CHECKS = (
    *("published", "address", "headline", "claim", "claimant", "side", "topics", "outlets", "rating"),
    *("version", "change", "sources", "tiers", "second check", "why selected"),
)
CORRECTIONS = ("published", "address", "claim", "change", "rating before", "rating after", "what changed and why")
LEDGER = (
    *("found", "selected", "set aside", "published"),
    *("rated good", "rated caution", "rated bad", "beside the scale", "some reasons for selecting"),
)


def _published(span: Span) -> Iterable[Publication]:
    rows = Publication.objects.filter(
        published_at__gte=span.since, published_at__lt=span.before, edited_at__isnull=True
    )
    together = rows.select_related(
        "verdict__supersedes", "review__claim__speaker__side", "review__claim__speaker__joined_to__side"
    )
    return together.prefetch_related(
        "verdict__evidence", "review__topics", "review__claim__appearances__article__outlet"
    ).order_by("published_at", "pk")


def _check(each: Publication, addresses: Addresses) -> list[object]:
    verdict, review = each.verdict, each.review
    pieces = list(verdict.evidence.all())
    speaker = review.claim.speaker
    outlets = {place.article.outlet.name for place in review.claim.appearances.all() if place.article.outlet}
    return [
        each.published_at.isoformat(),
        addresses.version(review.public, verdict.version),
        verdict.headline,
        verdict.claim_text,
        verdict.claimant or "",
        _side(speaker),
        "; ".join(sorted(topic.name for topic in review.topics.all())),
        "; ".join(sorted(outlets)),
        verdict.rating_label,
        verdict.version,
        verdict.change,
        len({piece.document_id for piece in pieces}),
        " ".join(sorted({f"T{piece.tier}" for piece in pieces})),
        "yes" if verdict.second_by else "no",
        review.selection_reason,
    ]


def _side(speaker: Speaker | None) -> str:
    """Return whose side a speaker is on: that of the row that stands for it, else its own."""
    rows = [standing_for(speaker), speaker] if speaker else []
    return next((row.side.side for row in rows if hasattr(row, "side")), "")


def _correction(each: Publication, addresses: Addresses) -> list[object]:
    verdict, before = each.verdict, each.verdict.supersedes
    return [
        each.published_at.isoformat(),
        addresses.version(each.review.public, verdict.version),
        verdict.claim_text,
        verdict.change,
        before.rating_label if before else "",
        verdict.rating_label,
        verdict.change_note,
    ]


def _line(line: balance.Line) -> list[object]:
    tones = line.tones.values()
    reasons = " | ".join(line.reasons)
    return [line.name or "unknown", line.found, line.selected, line.set_aside, line.published, *tones, reasons]


def _summary(span: Span, published: Sequence[Publication]) -> dict[str, object]:
    found = judging(span.since, span.before)
    changes = [each.verdict.change for each in published]
    return {
        "desk": Desk.get().name,
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "checks": changes.count(Change.INITIAL),
        "corrections": changes.count(Change.CORRECTION),
        "updates": changes.count(Change.UPDATE),
        "withdrawn": changes.count(Change.VOID),
        "agreement": {
            "pairs": found.all.pairs,
            "same": found.all.same,
            "cohen_kappa": found.all.kappa,
            "krippendorff_alpha_nominal": found.all.alpha,
            "krippendorff_alpha_interval": found.all.alpha_interval,
        },
        "median_hours_in_state": {
            stay.state.value: round(stay.median.total_seconds() / 3600, 2)
            for stay in flow.stays(span.since, span.before)
            if stay.median is not None
        },
    }


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return "".join(lines(head, rows))
