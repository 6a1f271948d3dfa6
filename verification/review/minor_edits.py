"""A slip of the pen in a published version: a new version with the same verdict, logged and not broadcast."""

from django.contrib.auth.models import User
from django.db import transaction

from claims.models.clock import read_clock
from claims.wording import Words, words
from verification.matching.meaning import may_change_meaning
from verification.models import (
    Change,
    Duty,
    Hat,
    Publication,
    Review,
    Verdict,
    VerdictEvidence,
    VerdictSearch,
)
from verification.review.drafting import tidy, uncovered, wordless
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.signing import signed
from verification.review.standing import name_of, standing_of
from verification.review.states import TABLE
from verification.review.transitions import Actor, Move, move
from verification.review.verdicts import next_version

# What a version has of its own: all else the new one takes over from the one it replaces.
_OWN = {
    *("id", "public", "version", "change", "change_note", "supersedes_id"),
    *("approval_id", "approved_by", "approved_at"),
}
_NAMES = " · "
LONGEST_NAMES = 200


def asked_of(published: Verdict, headline: str, explanation: str) -> tuple[Words, ...]:
    """Return what an edit changes that may change the meaning: each has to be looked at before it goes out."""
    text = tidy({"headline": headline, "explanation": explanation})
    found = (
        *may_change_meaning(published.headline, text["headline"]),
        *may_change_meaning(published.explanation, text["explanation"]),
    )
    return tuple(dict.fromkeys(found))


def minor_edit(
    review: Review,
    editor: User,
    seen: int,
    headline: str,
    explanation: str,
    reason: str,
    *,
    meaning_stays: bool = False,
) -> Publication:
    """Put out the standing version with other words and the same verdict; feeds and lists leave it where it was.

    Rating, judgment, evidence, search records, parts and as-of day are those of the version it replaces; the editor
    signs it as the approver, and so cannot be who checked it. `meaning_stays` is the editor's word that figures,
    negations and the like that change leave the meaning as it was. Raises Unmet while that is not given, when nothing
    changes, and for a version that withdraws the check, of which readers see no such text.
    """
    text = tidy({"headline": headline, "explanation": explanation})
    with transaction.atomic():
        # Locked before anything is made: of two who press the button at once, the second is told.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        standing = standing_of(review)
        if why := refusal(editor, TABLE["minor_edit"], standing):
            raise (Moved if why.guard == "state" else NotYours)(why)
        out = review.publication
        assert out is not None  # nosec B101 (a published case has one)
        published = out.verdict
        if why := _another_part(published, editor):
            raise NotYours(why)
        if why := unfit(published, **text, meaning_stays=meaning_stays):
            raise Unmet(why)
        if not reason.strip():
            raise Unmet(Refusal("reason", words("Say what was put right, in one sentence.")))
        edited = _edited(published, text, reason.strip(), editor)
        publication = Publication.objects.create(
            verdict=edited,
            review=review,
            by=editor,
            first_published_at=out.first_published_at,
            published_at=out.published_at,
            edited_at=read_clock(),
        )
        payload = {
            **signed(edited, edited.evidence.all()),
            "before": {"headline": published.headline, "explanation": published.explanation},
            "after": text,
        }
        move(review.pk, Move("minor_edit", Actor(editor), seen, reason, payload, {"publication": publication}))
    return publication


def unfit(published: Verdict, headline: str, explanation: str, *, meaning_stays: bool) -> Refusal | None:
    """Return what keeps such words from going out as a minor edit of a published version."""
    if published.change == Change.VOID:
        return Refusal("void", words("Readers see none of this text: the check is withdrawn. Correct it instead."))
    if (headline, explanation) == (published.headline, published.explanation):
        return Refusal("same", words("Nothing differs from what is published."))
    evidence = published.evidence.values_list("number", flat=True)
    numbers = evidence.union(published.searches.values_list("number", flat=True), all=True)
    if why := wordless(headline, explanation) or uncovered(explanation, numbers):
        return why
    if not meaning_stays and asked_of(published, headline, explanation):
        sentence = words("This may change the meaning: say that it stays, or correct the check instead.")
        return Refusal("meaning", sentence)
    return None


def _another_part(published: Verdict, editor: User) -> Refusal | None:
    """Return that an editor had another part in the cycle of this version: a correction that was dropped is a later."""
    worn = Duty.objects.filter(review=published.review_id, cycle=published.cycle, person=editor).order_by("pk")
    others = [duty for duty in worn if duty.hat != Hat.APPROVER]
    if not others or any(duty.waiver_id for duty in worn if duty.hat == Hat.APPROVER):
        return None
    hat = others[0].get_hat_display()
    return Refusal("four_eyes", words("You are this version’s %(hat)s: somebody else has to do this.", hat=hat))


def _edited(published: Verdict, text: dict[str, str], reason: str, editor: User) -> Verdict:
    """Store the next version: the published one, with its evidence and search records, in these words."""
    signed, _made = Duty.objects.get_or_create(
        review=published.review, cycle=published.cycle, person=editor, hat=Hat.APPROVER
    )
    names = _NAMES.join(dict.fromkeys([*published.approved_by.split(_NAMES), name_of(editor)]))
    kept = {field.attname: getattr(published, field.attname) for field in Verdict._meta.concrete_fields}
    edited = Verdict(
        **{name: value for name, value in kept.items() if name not in {*_OWN, *text}},
        **text,
        version=next_version(published.review),
        approval=signed,
        approved_by=names if len(names) <= LONGEST_NAMES else published.approved_by,
        change=Change.MINOR,
        change_note=reason,
        supersedes=published,
    )
    edited.save(force_insert=True)
    pieces, records = list(published.evidence.all()), list(published.searches.all())
    for piece in pieces:
        piece.pk, piece.verdict = None, edited
    for record in records:
        record.pk, record.verdict = None, edited
    VerdictEvidence.objects.bulk_create(pieces)
    VerdictSearch.objects.bulk_create(records)
    return edited
