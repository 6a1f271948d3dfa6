"""From a text to what is published: sign-off, which freezes words and evidence, and publication."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Prefetch, prefetch_related_objects

from claims.models.clock import read_clock
from claims.speakers import standing_for
from claims.wording import words
from verification.models import (
    Challenge,
    Desk,
    Draft,
    Evidence,
    Hat,
    Judgment,
    Publication,
    Review,
    SearchEvidence,
    Verdict,
    VerdictEvidence,
    VerdictSearch,
)
from verification.review.challenges import settle
from verification.review.drafting import Earlier, draft_of, earlier_words, incomplete, uncovered, words_of
from verification.review.judgments import deciding_judgment, submitted_judgments
from verification.review.parts import parts_not_out, parts_told
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.signing import signed
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import TABLE
from verification.review.transitions import Actor, Move, move


def approve(review: Review, person: User, seen: int, *, embargo_until: datetime | None = None) -> Verdict:
    """Sign off: freeze words and evidence as the next version, signed by a person with no other hat in this cycle."""
    with transaction.atomic():
        draft = draft_of(review, person)
        if why := wrote_it(standing_of(review), draft, person, earlier_words(review)):
            raise NotYours(why)
        standing = standing_of(review)
        if why := refusal(person, TABLE["approve"], standing):
            raise (Moved if why.guard == "state" else NotYours)(why)
        # Drawn up before the step is logged, whose line names its hash; what changes meanwhile makes the step fail.
        verdict, pieces = _drawn(review, draft)
        payload = words_of(draft) | signed(verdict, pieces)
        payload["embargo_until"] = embargo_until.isoformat() if embargo_until else None
        wish = Move("approve", Actor(person), seen, payload=payload, changes={"embargo_until": embargo_until})
        return _freeze(move(review.pk, wish), verdict, pieces, person)


def wrote_it(standing: Standing, draft: Draft, person: User, earlier: Iterable[Earlier]) -> Refusal | None:
    """Return that a person wrote some of what this text was, and so cannot approve it unless an editor let them.

    `earlier` is what `earlier_words` says of it.
    """
    authors = {each.author for each in earlier} - {draft.author_id}  # of the last, policy tells
    if person.pk not in authors or standing.waived(person.pk, Hat.APPROVER):
        return None
    return Refusal("four_eyes", words("You wrote some of this text: another editor has to approve it."))


def draw_up(
    review: Review, draft: Draft, submitted: Sequence[Judgment] | None = None
) -> tuple[Verdict, list[VerdictEvidence]]:
    """Return, not stored, the version that approving this draft makes, and its evidence.

    Its language and who approves it are left open. `submitted` are the judgments that are in, where they are at hand.
    Raises Unmet while words or a judgment are missing.
    """
    found = submitted_judgments(review) if submitted is None else submitted
    judgment = deciding_judgment(review, found)
    if why := incomplete(review, draft, judgment):
        raise Unmet(why)
    assert judgment is not None and judgment.rating is not None  # nosec B101 (guarded above)
    rating, claim = judgment.rating, review.claim
    before = review.publication.verdict if review.publication else None
    pieces = list(judgment.evidence.select_related("document__source", "snapshot").order_by("number"))
    records = SearchEvidence.objects.select_related("search_run__source").order_by("number")
    prefetch_related_objects([judgment], Prefetch("searches", records))
    verdict = Verdict(
        review=review,
        cycle=review.cycle,
        version=next_version(review),
        judgment=judgment,
        rating=rating,
        rating_label=rating.label,
        rating_tone=rating.tone,
        rating_step=rating.value,
        rating_value=rating.numeric,
        rating_worst=rating.scale.worst,
        rating_best=rating.scale.best,
        headline=draft.headline,
        explanation=draft.explanation,
        claim_text=review.wording,
        claim_kind=claim.kind,
        claimant=standing_for(claim.speaker).name if claim.speaker else None,
        said=claim.said,
        said_precision=claim.said_precision,
        change=review.change,
        change_note=draft.change_note,
        supersedes=before,
        as_of=review.as_of,
        parts=parts_told(review),
        checked_by=" · ".join(name_of(each.person) for each in found if each.hat == Hat.FIRST),
        second_by=" · ".join(name_of(each.person) for each in found if each.hat == Hat.SECOND),
        evidence_count=len(pieces),
    )
    return verdict, [_frozen(verdict, piece) for piece in pieces]


def next_version(review: Review) -> int:
    """Return the number of a case's next version: one that was approved and withdrawn keeps its own.

    What stands is a case's newest version; where nothing does, only a case that was reopened has any (one query then).
    """
    if review.publication:
        return review.publication.verdict.version + 1
    if review.cycle == 1:
        return 1
    newest: int | None = Verdict.objects.filter(review=review).aggregate(Max("version"))["version__max"]
    return (newest or 0) + 1


def attached_to(verdict: Verdict) -> list[VerdictSearch]:
    """Return, not stored, the search records that go out with a version that was drawn up."""
    records = verdict.judgment.searches.all()  # read when it was drawn up
    return [VerdictSearch(verdict=verdict, search_run=each.search_run, number=each.number) for each in records]


def _drawn(review: Review, draft: Draft) -> tuple[Verdict, list[VerdictEvidence]]:
    """Return what is signed off. Raises Unmet where a piece of evidence is not cited, or a citation leads nowhere."""
    verdict, pieces = draw_up(review, draft)
    verdict.language = Desk.get().language
    numbers = [piece.number for piece in pieces] + [record.number for record in attached_to(verdict)]
    if why := uncovered(draft.explanation, numbers):
        raise Unmet(why)
    return verdict, pieces


def _freeze(standing: Standing, verdict: Verdict, pieces: Sequence[VerdictEvidence], person: User) -> Verdict:
    approval = standing.duty_of(person.pk, Hat.APPROVER)
    assert approval is not None  # nosec B101 (the step gives the hat)
    verdict.approval, verdict.approved_by = approval, name_of(person)
    verdict.save(force_insert=True)
    VerdictEvidence.objects.bulk_create(pieces)
    VerdictSearch.objects.bulk_create(attached_to(verdict))
    return verdict


def _frozen(verdict: Verdict, piece: Evidence) -> VerdictEvidence:
    names = (
        *("number", "document", "snapshot", "snapshot_sha256", "exact", "prefix", "suffix", "start", "end"),
        *("tier", "role", "stance", "quote_check", "figure_checks", "place", "note"),
    )
    return VerdictEvidence(verdict=verdict, **{name: getattr(piece, name) for name in names})


def publish(review: Review, person: User, seen: int) -> Publication:
    """Put the approved version out. Raises Unmet while it, or a part it tells of, is not to be seen yet."""
    with transaction.atomic():
        # Locked before the publication is made: of two who press the button at once, the second is told.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        now = read_clock()
        if review.embargo_until and review.embargo_until > now:
            raise Unmet(Refusal("embargo", words("It is under embargo: wait until that time has passed.")))
        verdict = Verdict.objects.filter(review=review).order_by("-version").first()
        if verdict is None:
            raise Unmet(Refusal("verdict", words("Nothing has been approved yet.")))
        if missing := parts_not_out(verdict):
            raise Unmet(missing)
        standing = standing_of(review)
        if why := refusal(person, TABLE["publish"], standing):
            raise (Moved if why.guard == "state" else NotYours)(why)
        first = review.publication.first_published_at if review.publication else now
        publication = Publication.objects.create(verdict=verdict, review=review, by=person, first_published_at=first)
        payload = signed(verdict, verdict.evidence.all())
        if settled := settle(review, Challenge.Outcome.CHANGED, verdict.change_note):
            payload["challenges"] = settled
        changes: dict[str, object] = {"publication": publication}
        if review.review_on and review.review_on <= now:
            changes["review_on"] = None  # it has just been looked at
        move(review.pk, Move("publish", Actor(person), seen, payload=payload, changes=changes))
    return publication
