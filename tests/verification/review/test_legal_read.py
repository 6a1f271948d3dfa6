"""A legal read: asked for, done on the very words, asked for again when they change; and whose words those are."""

import pytest

from tests.cases import Walk, now
from tests.people import make_person
from verification.models import Draft, EventPayload, LegalRead, State
from verification.review import afterwards, drafting, verdicts
from verification.review.drafting import CLEARED, HAS_TO_CHANGE, earlier_words
from verification.review.refusals import Moved, NotYours, Unmet

pytestmark = pytest.mark.django_db

TEXT = {"headline": "No: the record says otherwise", "explanation": "The transcript differs [1]."}


@pytest.fixture
def walk() -> Walk:
    walk = Walk().accepted().taken().proposed()
    write(walk)
    drafting.ask_legal_read(walk.review, walk.checker, walk.review.revision)
    walk.review = now(walk.review)
    return walk


def write(walk: Walk, who: str = "checker", **words: str) -> Draft:
    person = getattr(walk, who)
    draft = drafting.draft_of(walk.review, person)
    written = drafting.write(walk.review, person, draft.revision, **TEXT | words)
    walk.review = now(walk.review)
    return written


def read(walk: Walk, outcome: str = CLEARED, note: str = "", text_seen: int | None = None) -> None:
    lawyer = make_person("legal", name="Lex Anchor")
    seen = drafting.draft_of(walk.review, lawyer).revision if text_seen is None else text_seen
    drafting.legal_read(walk.review, lawyer, walk.review.revision, outcome, note, text_seen=seen)
    walk.review = now(walk.review)


def sent(walk: Walk) -> Walk:
    drafting.send_to_sign_off(walk.review, walk.checker, walk.review.revision)
    walk.review = now(walk.review)
    return walk


def test_nobody_signs_what_a_lawyer_still_has_to_read(walk: Walk) -> None:
    sent(walk)
    with pytest.raises(NotYours, match="A legal read was asked for"):
        verdicts.approve(walk.review, walk.editor, walk.review.revision)
    read(walk)
    assert walk.review.legal_read == LegalRead.READ
    assert verdicts.approve(walk.review, walk.editor, walk.review.revision).version == 1


def test_the_log_keeps_the_words_that_were_read(walk: Walk) -> None:
    read(walk, note="Fine by me.")
    told = EventPayload.objects.get(event__review=walk.review, event__verb="legal_read").body
    assert TEXT["explanation"] in told
    assert "Fine by me." in told


def test_a_text_that_has_to_change_stays_unread_and_says_why(walk: Walk) -> None:
    with pytest.raises(Unmet, match="Say what has to change"):
        read(walk, HAS_TO_CHANGE)
    with pytest.raises(Unmet, match="Say whether it may go out"):
        read(walk, "perhaps")
    read(walk, HAS_TO_CHANGE, "Name nobody.")
    assert walk.review.legal_read == LegalRead.ASKED


def test_words_that_change_after_a_read_are_read_again_and_the_same_words_are_not(walk: Walk) -> None:
    read(walk)
    write(walk)
    assert walk.review.legal_read == LegalRead.READ
    write(walk, explanation="The transcript differs a lot [1].")
    assert walk.review.legal_read == LegalRead.ASKED
    assert earlier_words(walk.review)[0].words["explanation"] == TEXT["explanation"]


def test_whoever_read_an_older_text_is_told(walk: Walk) -> None:
    seen = drafting.draft_of(walk.review, walk.checker).revision
    write(walk, explanation="The transcript differs a lot [1].")
    with pytest.raises(Moved, match="Cato Lamp changed the text meanwhile"):
        read(walk, text_seen=seen)
    assert walk.review.legal_read == LegalRead.ASKED


def test_only_a_legal_reader_reads_and_not_their_own_words(walk: Walk) -> None:
    seen = drafting.draft_of(walk.review, walk.editor).revision
    with pytest.raises(NotYours):
        drafting.legal_read(walk.review, walk.editor, walk.review.revision, CLEARED, "", text_seen=seen)
    both = make_person("editor", "legal")
    walk.editor = both
    draft = write(walk, "editor", explanation="Mine [1].")
    with pytest.raises(NotYours, match="You wrote this text"):
        drafting.legal_read(walk.review, both, walk.review.revision, CLEARED, "", text_seen=draft.revision)


def test_an_editor_goes_on_without_it_and_says_why(walk: Walk) -> None:
    sent(walk)
    drafting.drop_legal_read(walk.review, walk.editor, walk.review.revision, "Nobody is named.")
    walk.review = now(walk.review)
    assert walk.review.legal_read == LegalRead.NONE
    assert verdicts.approve(walk.review, walk.editor, walk.review.revision).version == 1


def test_another_cycle_begins_unread(walk: Walk) -> None:
    read(walk)
    sent(walk).approved().published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "update", "There is more.")
    assert now(walk.review).legal_read == LegalRead.NONE


def test_words_that_change_hands_are_kept_whole_and_ones_own_are_not_logged(walk: Walk) -> None:
    write(walk, explanation="The transcript differs greatly [1].")
    assert earlier_words(walk.review) == []
    write(walk, "editor", explanation="It differs [1].")
    (earlier,) = earlier_words(walk.review)
    assert (earlier.author, earlier.words["explanation"]) == (walk.checker.pk, "The transcript differs greatly [1].")
    write(walk, "editor", explanation="It differs, greatly [1].")
    assert len(earlier_words(walk.review)) == 1


def test_whoever_wrote_some_of_a_text_does_not_approve_it_when_another_had_the_last_word() -> None:
    walk = Walk().accepted().taken().proposed()
    write(walk, "editor")
    write(walk, "checker", explanation="The transcript differs, then [1].")
    assert sent(walk).review.state == State.SIGN_OFF
    with pytest.raises(NotYours, match="You wrote some of this text"):
        verdicts.approve(walk.review, walk.editor, walk.review.revision)
    assert verdicts.approve(walk.review, make_person("editor"), walk.review.revision).version == 1
