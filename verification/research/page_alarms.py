"""Whom it concerns that a cited page changed: what is published is challenged, what is being written is remarked on."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.extraction.contract import Selector
from claims.extraction.fates import Fate
from claims.models import Snapshot
from verification.models import Challenge, Change, Document, Evidence, PageChange, Review, State, VerdictEvidence
from verification.review.challenges import challenge
from verification.review.remarks import SOURCE_CHANGED, WATCH, remark, shortened
from verification.review.states import OPEN

_READ = (Snapshot.Outcome.OK, Snapshot.Outcome.NOT_MODIFIED)


def cited_passages(document: Document) -> list[Selector]:
    """Return the passages of a document that cases rest on now, each once: what was published, what is judged."""
    found: dict[tuple[int, int], Selector] = {}
    for evidence in (_judged(document), _published(document)):
        for exact, prefix, suffix, start, end in evidence.values_list("exact", "prefix", "suffix", "start", "end"):
            found[start, end] = Selector(exact, prefix, suffix, start, end)
    return [found[place] for place in sorted(found)]


def alarm(document: Document, url: str, changes: Sequence[PageChange]) -> None:
    """Tell of passages that were changed or are gone, in the caller's transaction.

    A case that is published and cites one is challenged, or the doubt is filed beside the one that is open; in the log
    of a case that is being worked on, and rests on one, it is noted.
    """
    by_passage = {change.exact: change for change in changes}
    told = Q(exact__in=by_passage)
    concerned = set(_published(document).filter(told).values_list("verdict__review", flat=True))
    concerned |= set(_judged(document).filter(told).values_list("judgment__review", flat=True))
    cases = Review.objects.select_for_update(no_key=True).filter(pk__in=concerned).order_by("pk")
    remarks = []
    for review in list(cases):
        published = _of_case(by_passage, _published(document).filter(verdict__review=review))
        judged = _of_case(by_passage, _judged(document).filter(judgment__review=review))
        if published:
            challenge(review, WATCH, None, Challenge.Origin.WATCH, _told(document, url, published))
        elif judged:
            payload = {
                "document": str(document.public),
                "fate": judged[0].fate,
                "note": _told(document, url, judged),
            }
            remarks.append((review, payload))
    remark(SOURCE_CHANGED, remarks)


def _published(document: Document) -> QuerySet[VerdictEvidence]:
    """Return what of a document readers have as evidence now."""
    stands = VerdictEvidence.objects.filter(document=document, verdict__publication__current_of__isnull=False)
    return stands.exclude(verdict__change=Change.VOID)


def _judged(document: Document) -> QuerySet[Evidence]:
    """Return what of a document the judgments rest on of cases that are not published yet, or are checked again."""
    submitted = Evidence.objects.filter(
        document=document,
        judgment__submitted_at__isnull=False,
        judgment__cycle=F("judgment__review__cycle"),
        judgment__review__state__in=(*OPEN, State.ON_HOLD),
    )
    return submitted.order_by("pk")


def _of_case(
    by_passage: dict[str, PageChange], evidence: QuerySet[Evidence] | QuerySet[VerdictEvidence]
) -> list[PageChange]:
    cited = dict.fromkeys(evidence.values_list("exact", flat=True))
    return [by_passage[exact] for exact in cited if exact in by_passage]


def _told(document: Document, url: str, changes: Sequence[PageChange]) -> str:
    """Return what happened to the passages of one case, in plain sentences."""
    sentences = [_sentence(document, url, changes[0])]
    if more := len(changes) - 1:
        told = ngettext(
            "%(count)s more passage that is cited from it was changed or is gone.",
            "%(count)s more passages that are cited from it were changed or are gone.",
            more,
        )
        sentences.append(told % {"count": more})
    return " ".join(sentences)


def _sentence(document: Document, url: str, change: PageChange) -> str:
    said = {"page": shortened(str(document)), "url": url, "was": shortened(change.exact)}
    if change.fate == Fate.CHANGED:
        now = "".join(part["source"] for part in change.diff)
        told = _("“%(page)s” (%(url)s) was changed after it was cited. It said: “%(was)s” It says now: “%(now)s”")
        return told % (said | {"now": shortened(now)})
    if change.snapshot is not None and change.snapshot.outcome in _READ:
        return _("“%(page)s” (%(url)s) does not say any more what is cited from it: “%(was)s”") % said
    return _("“%(page)s” (%(url)s) is not there any more. What is cited from it: “%(was)s”") % said
