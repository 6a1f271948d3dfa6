"""Verdicts for tests, stored row by row: what they say is up to the test, and the road to them is tested elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from claims.models import Appearance, Outlet
from claims.models.clock import read_clock
from tests.cases import make_document
from tests.factories import make_article, make_claim
from tests.lives import TO_APPROVAL, begin, lead
from tests.people import make_person
from verification.models import (
    Change,
    Desk,
    Document,
    Duty,
    Hat,
    Judgment,
    Publication,
    PublicChange,
    Rating,
    Review,
    Role,
    SearchRun,
    Stance,
    Verdict,
    VerdictEvidence,
)

PRINTED = "We bought forty lamps for the northern mole, and every captain will pay a penny for them."
SAID = "We bought forty lamps for the northern mole, and no captain will pay a penny for them."
CHECK = {
    "class": "altered",
    "flags": ["negation", "quantifier"],
    "similarity": 0.93,
    "diff": [
        {"op": "equal", "quote": "We bought forty lamps for the northern mole, and ", "source": SAID[:49]},
        {"op": "replace", "quote": "every ", "source": "no "},
        {
            "op": "equal",
            "quote": "captain will pay a penny for them",
            "source": "captain will pay a penny for them",
        },
    ],
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage to be laid beside a claim."""

    document: Document
    role: str = Role.SAID_WHERE
    stance: str = Stance.REFUTES
    quote_check: Mapping[str, object] | None = None


def set_desk(**fields: Any) -> None:
    """Store what the desk says of itself."""
    Desk(pk=Desk.ONLY, **fields).save()


def settle(hours: int = 1) -> None:
    """Let some hours pass since the last change that readers see: from then on a date names what stands."""
    PublicChange.objects.update(at=F("at") - timedelta(hours=hours))


def make_case(**article: object) -> Review:
    """Store a case in triage whose claim stands in an article of an invented newspaper."""
    outlet, _made = Outlet.objects.get_or_create(name="The Mole Lantern")
    values: dict[str, object] = {"outlet": outlet, "title": "Lamps return", "url": "https://lantern.example/lamps"}
    claim = make_claim(make_article("", **values | article), kind="quotation")
    return begin(Review(claim=claim, wording=claim.text))


def approve(review: Review, value: int = 1, pieces: list[Piece] | None = None, **words: Any) -> Verdict:
    """Store the next version of a case's verdict, approved and not published."""
    before = Verdict.objects.filter(review=review).order_by("-version").first()
    review.refresh_from_db()
    lead(review, "correct" if before else "accept", *TO_APPROVAL)
    cycle = review.cycle
    checker, editor = make_person(name="Cato Lamp"), make_person(name="Edda Quay")
    first = Duty.objects.create(review=review, cycle=cycle, person=checker, hat=Hat.FIRST)
    approval = Duty.objects.create(review=review, cycle=cycle, person=editor, hat=Hat.APPROVER)
    rating = Rating.objects.select_related("scale").get(scale__in_use=True, value=value)
    judgment = Judgment.objects.create(
        duty=first, review=review, cycle=cycle, person=checker, hat=Hat.FIRST, rating=rating, submitted_at=read_clock()
    )
    if pieces is None:
        pieces = [Piece(make_document(SAID, url="https://port.example/remarks"), quote_check=CHECK)]
    values: dict[str, object] = {
        "review": review,
        "cycle": cycle,
        "version": before.version + 1 if before else 1,
        "judgment": judgment,
        "approval": approval,
        "rating": rating,
        "rating_label": rating.label,
        "rating_tone": rating.tone,
        "rating_step": rating.value,
        "rating_value": rating.numeric,
        "rating_worst": rating.scale.worst,
        "rating_best": rating.scale.best,
        "headline": "The transcript has “no captain”, not “every captain”",
        "explanation": "The transcript gives the sentence with “no captain” [1].\n\nNothing else differs.",
        "claim_text": review.wording,
        "claim_kind": "quotation",
        "claimant": "Ada Quillfeather",
        "language": "en",
        "change": Change.CORRECTION if before else Change.INITIAL,
        "change_note": "Version 1 gave the wrong hour." if before else "",
        "supersedes": before,
        "checked_by": "Cato Lamp",
        "approved_by": "Edda Quay",
        "evidence_count": len(pieces),
    }
    if not pieces:
        SearchRun.objects.create(claim=review.claim, query={}, documents=9, outcome="EMPTY", started_at=read_clock())
    with transaction.atomic():
        verdict = Verdict.objects.create(**values | words)
        VerdictEvidence.objects.bulk_create(_evidence(verdict, number, piece) for number, piece in enumerate(pieces, 1))
    return verdict


def _evidence(verdict: Verdict, number: int, piece: Piece) -> VerdictEvidence:
    document = piece.document
    return VerdictEvidence(
        verdict=verdict,
        number=number,
        document=document,
        snapshot=document.snapshot,
        snapshot_sha256=document.snapshot.sha256,
        exact=document.text,
        prefix="Warden Quillfeather: ",
        suffix=" (Applause.)",
        start=0,
        end=len(document.text),
        tier=document.tier,
        role=piece.role,
        stance=piece.stance,
        quote_check=piece.quote_check,
    )


def put_out(verdict: Verdict, **times: object) -> Publication:
    """Publish a version: from then on it is the one that stands."""
    review = Review.objects.get(pk=verdict.review_id)
    first = review.publication.first_published_at if review.publication else verdict.approved_at
    values: dict[str, object] = {"first_published_at": first}
    with transaction.atomic():
        publication = Publication.objects.create(
            verdict=verdict, review=review, by=make_person(name="Piet Tide"), **values | times
        )
        lead(review, "publish", payload={"version": verdict.version}, publication=publication)
    return publication


def publish(review: Review | None = None, value: int = 1, **words: Any) -> Publication:
    """Approve and publish the next version of a case, of a new one if none is given."""
    return put_out(approve(review or make_case(), value, **words))


def see_in(review: Review, outlet: str) -> Appearance:
    """Let a case's claim stand in an article of another newspaper, too."""
    text = review.claim.text
    paper, _made = Outlet.objects.get_or_create(name=outlet)
    article = make_article(text, outlet=paper, url=f"https://paper.example/{paper.pk}")
    return Appearance.objects.create(
        claim=review.claim,
        article=article,
        snapshot=article.snapshot,
        snapshot_sha256=article.snapshot.sha256,
        exact=text,
        start=0,
        end=len(text),
    )
