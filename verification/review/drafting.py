"""The words of one cycle: written, handed on, read by a lawyer, and sent to whoever signs them off."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from claims.models.clock import ClockTimestamp
from claims.wording import words
from verification.models import Change, Draft, EventPayload, Judgment, LegalRead, Review
from verification.review.gate import CITATION
from verification.review.judgments import deciding_judgment
from verification.review.policy import refusal
from verification.review.refusals import Moved, NotYours, Refusal, Unmet
from verification.review.standing import Standing, name_of, standing_of
from verification.review.states import TABLE
from verification.review.transitions import Actor, Move, move

# What ClaimReview consumers accept and readers read (Google's guide asks for a short claim and a headline).
HEADLINE_LENGTH = 200
# What a legal reader says of a text.
CLEARED, HAS_TO_CHANGE = "cleared", "changes"


@dataclass(frozen=True, slots=True)
class Earlier:
    """Words that somebody else, or the same person after a lawyer had read them, changed: by field, and whose."""

    author: int
    words: Mapping[str, str]


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
    """Save the draft; `seen` is the draft's revision. Raises Moved when somebody else saved it meanwhile.

    Whoever changes words that somebody else wrote leaves those in the log. Words that a lawyer has read and that are
    changed are to be read again. Either is a step of the case.
    """
    text = tidy({"headline": headline, "explanation": explanation, "change_note": change_note})
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        if why := refusal(person, TABLE["write"], standing_of(review)):
            raise NotYours(why)
        draft = draft_of(review, person)
        before, author = None if draft._state.adding else words_of(draft), draft.author
        if before is None:
            draft.save()
        saved = Draft.objects.filter(pk=draft.pk, revision=seen).update(
            **text, author=person, revision=F("revision") + 1, updated_at=ClockTimestamp()
        )
        if not saved:
            raise Moved(Refusal("moved", words("%(who)s saved this text meanwhile.", who=name_of(author))))
        if before is not None and before != text:
            _tell_of_change(review, person, author, before)
        draft.refresh_from_db()
    return draft


def _tell_of_change(review: Review, person: User, author: User, before: Mapping[str, str]) -> None:
    """Log the words before, where they were somebody else's or a lawyer had read them."""
    was_read = review.legal_read == LegalRead.READ
    if not was_read and author.pk == person.pk:
        return
    payload = {"person": author.pk, "before": before} | ({"legal_read": LegalRead.ASKED.value} if was_read else {})
    changes = {"legal_read": LegalRead.ASKED} if was_read else {}
    move(review.pk, Move("write", Actor(person), review.revision, payload=payload, changes=changes))


def earlier_words(review: Review) -> list[Earlier]:
    """Return the words that stood in this cycle's draft before each logged change, newest first (one query)."""
    written = EventPayload.objects.filter(event__review=review, event__cycle=review.cycle, event__verb="write")
    bodies = written.order_by("-event__seq").values_list("body", flat=True)
    return [Earlier(told["person"], told["before"]) for told in map(json.loads, bodies)]


def tidy(text: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a draft by field, as `write` stores them."""
    return {name: " ".join(each.split()) if name == "headline" else each.strip() for name, each in text.items()}


def words_of(draft: Draft) -> dict[str, str]:
    """Return what the log keeps of a draft: all of its words."""
    return {"headline": draft.headline, "explanation": draft.explanation, "change_note": draft.change_note}


def send_to_sign_off(review: Review, person: User, seen: int) -> Standing:
    """Hand the draft to somebody who signs it off. Raises Unmet while words are missing."""
    with transaction.atomic():
        # Locked, as `write` does: what is logged is what is handed over.
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        draft = draft_of(review, person)
        if why := unready(review, draft, deciding_judgment(review)):
            raise Unmet(why)
        return move(review.pk, Move("send_to_sign_off", Actor(person), seen, payload=words_of(draft)))


def return_text(review: Review, person: User, seen: int, reason: str) -> Standing:
    """Send the text back from sign-off to whoever writes it, with what is wrong."""
    return move(review.pk, Move("return_to_drafting", Actor(person), seen, reason))


def unready(review: Review, draft: Draft, judgment: Judgment | None) -> Refusal | None:
    """Return what a draft lacks before it can go out; `judgment` is the one it rests on."""
    why = incomplete(review, draft, judgment)
    if why or judgment is None:
        return why
    records = judgment.searches.values_list("number", flat=True)
    return uncovered(draft.explanation, judgment.evidence.values_list("number", flat=True).union(records, all=True))


def uncovered(explanation: str, numbers: Iterable[int]) -> Refusal | None:
    """Return which numbers an explanation cites that are not among those of the evidence."""
    cited = {int(number) for number in CITATION.findall(explanation)}
    missing = ", ".join(f"[{number}]" for number in sorted(cited - set(numbers)))
    if not missing:
        return None
    return Refusal("citation", words("There is no evidence of this number: %(numbers)s.", numbers=missing))


def incomplete(review: Review, draft: Draft, judgment: Judgment | None) -> Refusal | None:
    """Return what is missing of a draft's words, or that there is no judgment it could rest on."""
    if why := wordless(draft.headline, draft.explanation):
        return why
    if review.change != Change.INITIAL and not draft.change_note:
        return Refusal("change_note", words("Tell readers what this version changes, and why."))
    if judgment is None:
        return Refusal("judgment", words("There is no submitted judgment in this cycle."))
    return None


def wordless(headline: str, explanation: str) -> Refusal | None:
    """Return what headline or explanation lack."""
    if not headline:
        return Refusal("headline", words("Write a headline."))
    if len(headline) > HEADLINE_LENGTH:
        return Refusal("headline", words("Shorten the headline to %(length)s characters.", length=str(HEADLINE_LENGTH)))
    if not explanation:
        return Refusal("explanation", words("Write the explanation."))
    return None


def ask_legal_read(review: Review, person: User, seen: int) -> Standing:
    """Ask a legal reader to read the text; until they did, or an editor goes on without, nobody signs it off."""
    return move(review.pk, Move("ask_legal_read", Actor(person), seen, changes={"legal_read": LegalRead.ASKED}))


def legal_read(review: Review, lawyer: User, seen: int, outcome: str, note: str, *, text_seen: int) -> Standing:
    """Record what a legal reader says of the text: it may go out (`CLEARED`), or what has to change first.

    `text_seen` is the draft's revision that they read. While something has to change the read stays asked for, and the
    note stands beside the draft. Raises Moved when the text was changed meanwhile, NotYours for its author, and Unmet
    when it is not said whether it may, or what has to change.
    """
    if outcome not in {CLEARED, HAS_TO_CHANGE}:
        raise Unmet(Refusal("outcome", words("Say whether it may go out.")))
    if outcome == HAS_TO_CHANGE and not note.strip():
        raise Unmet(Refusal("note", words("Say what has to change.")))
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        draft = draft_of(review, lawyer)
        payload = {"outcome": outcome, "note": note.strip() or None, "read": words_of(draft)}
        changes = {"legal_read": LegalRead.READ} if outcome == CLEARED else {}
        standing = move(review.pk, Move("legal_read", Actor(lawyer), seen, payload=payload, changes=changes))
        if draft.revision != text_seen:
            sentence = words("%(who)s changed the text meanwhile: read it again.", who=name_of(draft.author))
            raise Moved(Refusal("moved", sentence))
        if not draft._state.adding and draft.author_id == lawyer.pk:
            raise NotYours(Refusal("four_eyes", words("You wrote this text: another legal reader has to read it.")))
        return standing


def drop_legal_read(review: Review, editor: User, seen: int, reason: str) -> Standing:
    """Go on without the legal read that was asked for."""
    return move(review.pk, Move("drop_legal_read", Actor(editor), seen, reason, changes={"legal_read": LegalRead.NONE}))
