"""From a judgment to what is published: drafting, sign-off, publication, and the correction of what went out."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Prefetch, prefetch_related_objects

from claims.models.clock import ClockTimestamp, read_clock
from claims.wording import words
from verification.models import (
    Change,
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
from verification.review.gate import CITATION
from verification.review.judgments import deciding_judgment, submitted_judgments
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import TABLE
from verification.review.transitions import Actor, Move, move

# What ClaimReview consumers accept and readers read (Google's guide asks for a short claim and a headline).
HEADLINE_LENGTH = 200


def draft_of(review: Review, person: User) -> Draft:
    """Return the draft of a review's cycle.

    One that was never saved begins as what is published, or as the deciding reasoning, and is this person's.
    """
    known = Draft.objects.filter(review=review, cycle=review.cycle).select_related("author").first()
    if known:
        return known
    begun = Draft(review=review, cycle=review.cycle, author=person)
    if review.publication:
        published = review.publication.verdict
        begun.headline, begun.explanation = published.headline, published.explanation
    elif judgment := deciding_judgment(review):
        begun.explanation = judgment.reasoning
    return begun


def write(review: Review, person: User, seen: int, *, headline: str, explanation: str, change_note: str = "") -> Draft:
    """Save the draft; `seen` is the draft's revision. Raises Moved when somebody else saved it meanwhile."""
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        if why := refusal(person, TABLE["write"], standing_of(review)):
            raise NotYours(why)
        draft = draft_of(review, person)
        if draft._state.adding:
            draft.save()
        saved = Draft.objects.filter(pk=draft.pk, revision=seen).update(
            headline=" ".join(headline.split()),
            explanation=explanation.strip(),
            change_note=change_note.strip(),
            author=person,
            revision=F("revision") + 1,
            updated_at=ClockTimestamp(),
        )
        if not saved:
            raise Moved(Refusal("moved", words("%(who)s saved this text meanwhile.", who=name_of(draft.author))))
        draft.refresh_from_db()
    return draft


def send_to_sign_off(review: Review, person: User, seen: int) -> Standing:
    """Hand the draft to somebody who signs it off. Raises Unmet while words are missing."""
    with transaction.atomic():
        # Locked, as `write` does: what is logged is what is handed over.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        draft = draft_of(review, person)
        if why := unready(review, draft, deciding_judgment(review)):
            raise Unmet(why)
        return move(review.pk, Move("send_to_sign_off", Actor(person), seen, payload=_words(draft)))


def unready(review: Review, draft: Draft, judgment: Judgment | None) -> Refusal | None:
    """Return what a draft lacks before it can go out; `judgment` is the one it rests on."""
    why = _incomplete(review, draft, judgment)
    if why or judgment is None:
        return why
    records = judgment.searches.values_list("number", flat=True)
    return _uncovered(draft.explanation, judgment.evidence.values_list("number", flat=True).union(records, all=True))


def _uncovered(explanation: str, numbers: Iterable[int]) -> Refusal | None:
    cited = {int(number) for number in CITATION.findall(explanation)}
    missing = ", ".join(f"[{number}]" for number in sorted(cited - set(numbers)))
    if not missing:
        return None
    return Refusal("citation", words("There is no evidence of this number: %(numbers)s.", numbers=missing))


def _incomplete(review: Review, draft: Draft, judgment: Judgment | None) -> Refusal | None:
    if not draft.headline:
        return Refusal("headline", words("Write a headline."))
    if len(draft.headline) > HEADLINE_LENGTH:
        return Refusal("headline", words("Shorten the headline to %(length)s characters.", length=str(HEADLINE_LENGTH)))
    if not draft.explanation:
        return Refusal("explanation", words("Write the explanation."))
    if review.change != Change.INITIAL and not draft.change_note:
        return Refusal("change_note", words("Tell readers what this version changes, and why."))
    if judgment is None:
        return Refusal("judgment", words("There is no submitted judgment in this cycle."))
    return None


def approve(review: Review, person: User, seen: int, *, embargo_until: datetime | None = None) -> Verdict:
    """Sign off: freeze words and evidence as the next version, signed by a person with no other hat in this cycle."""
    with transaction.atomic():
        draft = draft_of(review, person)
        payload = _words(draft) | {"embargo_until": embargo_until.isoformat() if embargo_until else None}
        wish = Move("approve", Actor(person), seen, payload=payload, changes={"embargo_until": embargo_until})
        return _freeze(move(review.pk, wish), draft, person)


def return_text(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Send the text back from sign-off to whoever writes it, with what is wrong."""
    return move(review.pk, Move("return_to_drafting", Actor(person), seen, reason))


def draw_up(
    review: Review, draft: Draft, submitted: Sequence[Judgment] | None = None
) -> tuple[Verdict, list[VerdictEvidence]]:
    """Return, not stored, the version that approving this draft makes, and its evidence.

    Its language and who approves it are left open. `submitted` are the judgments that are in, where they are at hand.
    Raises Unmet while words or a judgment are missing.
    """
    found = submitted_judgments(review) if submitted is None else submitted
    judgment = deciding_judgment(review, found)
    if why := _incomplete(review, draft, judgment):
        raise Unmet(why)
    assert judgment is not None and judgment.rating is not None  # nosec B101 (guarded above)
    rating, claim = judgment.rating, review.claim
    # What is approved is published or withdrawn with its case, so the version before is the published one.
    before = review.publication.verdict if review.publication else None
    pieces = list(judgment.evidence.select_related("document__source", "snapshot").order_by("number"))
    records = SearchEvidence.objects.select_related("search_run__source").order_by("number")
    prefetch_related_objects([judgment], Prefetch("searches", records))
    verdict = Verdict(
        review=review,
        cycle=review.cycle,
        version=before.version + 1 if before else 1,
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
        claimant=claim.speaker.name if claim.speaker else None,
        said=claim.said,
        said_precision=claim.said_precision,
        change=review.change,
        change_note=draft.change_note,
        supersedes=before,
        checked_by=" · ".join(name_of(each.person) for each in found if each.hat == Hat.FIRST),
        second_by=" · ".join(name_of(each.person) for each in found if each.hat == Hat.SECOND),
        evidence_count=len(pieces),
    )
    return verdict, [_frozen(verdict, piece) for piece in pieces]


def attached_to(verdict: Verdict) -> list[VerdictSearch]:
    """Return, not stored, the search records that go out with a version that was drawn up."""
    records = verdict.judgment.searches.all()  # read when it was drawn up
    return [VerdictSearch(verdict=verdict, search_run=each.search_run, number=each.number) for each in records]


def _freeze(standing: Standing, draft: Draft, person: User) -> Verdict:
    verdict, pieces = draw_up(standing.review, draft)
    searches = attached_to(verdict)
    numbers = [piece.number for piece in pieces] + [record.number for record in searches]
    if why := _uncovered(draft.explanation, numbers):
        raise Unmet(why)
    approval = standing.duty_of(person.pk, Hat.APPROVER)
    assert approval is not None  # nosec B101 (the step gives the hat)
    verdict.approval, verdict.approved_by, verdict.language = approval, name_of(person), Desk.get().language
    verdict.save(force_insert=True)
    VerdictEvidence.objects.bulk_create(pieces)
    VerdictSearch.objects.bulk_create(searches)
    return verdict


def _frozen(verdict: Verdict, piece: Evidence) -> VerdictEvidence:
    names = (
        *("number", "document", "snapshot", "snapshot_sha256", "exact", "prefix", "suffix", "start", "end"),
        *("tier", "role", "stance", "quote_check", "figure_checks", "note"),
    )
    return VerdictEvidence(verdict=verdict, **{name: getattr(piece, name) for name in names})


def publish(review: Review, person: User, seen: int) -> Publication:
    """Put the approved version out. Raises Unmet while it is under embargo."""
    with transaction.atomic():
        # Locked before the publication is made: of two who press the button at once, the second is told.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        now = read_clock()
        if review.embargo_until and review.embargo_until > now:
            raise Unmet(Refusal("embargo", words("It is under embargo: wait until that time has passed.")))
        verdict = Verdict.objects.filter(review=review).order_by("-version").first()
        if verdict is None:
            raise Unmet(Refusal("verdict", words("Nothing has been approved yet.")))
        standing = standing_of(review)
        if why := refusal(person, TABLE["publish"], standing):
            raise (Moved if why.guard == "state" else NotYours)(why)
        first = review.publication.first_published_at if review.publication else now
        publication = Publication.objects.create(verdict=verdict, review=review, by=person, first_published_at=first)
        payload = {"verdict": str(verdict.public), "version": verdict.version}
        move(
            review.pk,
            Move("publish", Actor(person), seen, payload=payload, changes={"publication": publication}),
        )
    return publication


def challenge(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Say that a published verdict may be wrong; it stays up until it is reaffirmed or corrected."""
    return move(review.pk, Move("challenge", Actor(person), seen, reason))


def reaffirm(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Say that a challenged verdict stands, and why."""
    return move(review.pk, Move("reaffirm", Actor(person), seen, reason))


def correct(review: Review, person: User, seen: int, change: str, reason: str) -> Standing:
    """Open a new cycle that will end as another version; `change` is correction, update or void."""
    if change not in {Change.CORRECTION, Change.UPDATE, Change.VOID}:
        raise Unmet(Refusal("change", words("Say whether it is a correction, an update, or whether it is void.")))
    changes = {
        "cycle": F("cycle") + 1,
        "change": change,
        "change_reason": reason.strip(),
        "embargo_until": None,
        "second_check": Desk.get().second_check,  # decided anew for each cycle
    }
    return move(review.pk, Move("correct", Actor(person), seen, reason, {"change": change}, changes))


def _words(draft: Draft) -> dict[str, object]:
    return {"headline": draft.headline, "explanation": draft.explanation, "change_note": draft.change_note}
