"""A slip of the pen in what is published: another version of the same verdict, signed by who did not check it."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from tests.cases import Walk, finding, make_run, now
from tests.people import make_person
from tests.verification.admin.opening import second_version
from verification.models import Change, Duty, EventPayload, Hat, Publication, State, Verdict
from verification.review import afterwards, assignment, challenges, judgments, minor_edits
from verification.review.judgments import judgment_of
from verification.review.proof import faults
from verification.review.refusals import Moved, NotYours, Refused, Unmet
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db

HEADLINE, TEXT = "No: the record says otherwise", "The transcript differs [1]."
SAME = {"headline": HEADLINE, "explanation": TEXT, "reason": "A word too many."}


@pytest.fixture
def walk() -> Walk:
    walk = Walk()
    walk.accepted().taken().proposed().drafted(explanation="The transcript differs differs [1].").approved().published()
    return walk


def edit(walk: Walk, **fields: object) -> Publication:
    values: dict[str, object] = SAME | fields
    person = values.pop("person", walk.editor)
    publication = minor_edits.minor_edit(walk.review, person, walk.review.revision, **values)  # type: ignore[arg-type]
    walk.review = now(walk.review)
    return publication


def test_an_edit_is_the_next_version_of_the_same_verdict(walk: Walk) -> None:
    before = walk.review.publication
    assert before is not None
    out = edit(walk)
    new, old = out.verdict, before.verdict
    assert (walk.review.state, walk.review.publication) == (State.PUBLISHED, out)
    assert (new.version, new.change, new.change_note, new.supersedes) == (2, Change.MINOR, "A word too many.", old)
    assert (new.explanation, new.public == old.public) == (TEXT, False)
    for name in ("judgment", "rating", "rating_label", "cycle", "claim_text", "parts", "as_of", "evidence_count"):
        assert getattr(new, name) == getattr(old, name), name
    assert [(each.number, each.exact, each.stance) for each in new.evidence.all()] == [
        (each.number, each.exact, each.stance) for each in old.evidence.all()
    ]
    assert (out.published_at, out.first_published_at) == (before.published_at, before.first_published_at)
    assert out.edited_at is not None
    assert out.edited_at > before.published_at
    assert old.explanation == "The transcript differs differs [1]."
    assert list(faults()) == []


def test_its_line_in_the_log_says_what_stood_there_and_what_stands_there(walk: Walk) -> None:
    edit(walk)
    told = EventPayload.objects.get(event__review=walk.review, event__verb="minor_edit").body
    assert "differs differs" in told
    assert '"explanation":"The transcript differs [1]."' in told
    assert "A word too many." in told


def test_an_edit_of_an_edit_follows_it_and_a_correction_follows_both(walk: Walk) -> None:
    edit(walk)
    edit(walk, headline="No, the record says otherwise")
    second_version(walk).approved().published()
    versions = Verdict.objects.filter(review=walk.review).order_by("version").values_list("version", "change")
    assert list(versions) == [(1, "initial"), (2, "minor"), (3, "minor"), (4, "correction")]


def test_whoever_checked_it_does_not_edit_it() -> None:
    walk = Walk()
    walk.to_publication()
    walk.checker.groups.add(*walk.editor.groups.all())
    walk.checker = type(walk.checker).objects.get(pk=walk.checker.pk)
    with pytest.raises(NotYours, match="somebody else has to do this"):
        edit(walk, person=walk.checker, headline="No, the record says otherwise")
    for role in ("checker", "publisher", "legal"):
        with pytest.raises(NotYours):
            edit(walk, person=make_person(role), headline="No, the record says otherwise")
    assert Verdict.objects.count() == 1


def test_after_a_dropped_correction_whoever_checked_the_standing_version_still_does_not_edit_it(walk: Walk) -> None:
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour.")
    walk.review = now(walk.review)
    challenges.abandon(walk.review, walk.editor, walk.review.revision, "It was right.")
    walk.review = now(walk.review)
    walk.checker.groups.add(*walk.editor.groups.all())
    with pytest.raises(NotYours, match="first checker"):
        edit(walk, person=type(walk.checker).objects.get(pk=walk.checker.pk))
    out = edit(walk, person=make_person("editor", name="Egon Pier"))
    assert (out.verdict.cycle, walk.review.cycle) == (1, 2)
    assert out.verdict.approved_by == "Edda Quay · Egon Pier"
    assert out.verdict.approval.cycle == 1


def test_what_may_change_the_meaning_asks_for_a_word_that_it_does_not(walk: Walk) -> None:
    for text in ("The transcript does not differ [1].", "The transcript differs in 4 places [1]."):
        with pytest.raises(Unmet, match="This may change the meaning"):
            edit(walk, explanation=text)
    assert edit(walk, explanation="The transcript differs in 4 places [1].", meaning_stays=True).verdict.version == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"explanation": "The transcript differs differs [1]."}, "Nothing differs"),
        ({"headline": " "}, "Write a headline"),
        ({"headline": "x" * 201}, "Shorten the headline"),
        ({"explanation": ""}, "Write the explanation"),
        ({"explanation": "The transcript differs [1] [7].", "meaning_stays": True}, "no evidence of this number"),
        ({"reason": " "}, "Say what was put right"),
    ],
)
def test_words_that_cannot_go_out_do_not(walk: Walk, fields: dict[str, object], why: str) -> None:
    with pytest.raises(Unmet, match=why):
        edit(walk, **fields)
    assert (Verdict.objects.count(), Duty.objects.filter(hat=Hat.APPROVER).count()) == (1, 1)


def test_a_withdrawn_check_has_no_text_to_edit(walk: Walk) -> None:
    second_version(walk, "void").approved().published()
    with pytest.raises(Unmet, match="the check is withdrawn"):
        edit(walk, headline="Misleading, the record has more")


def test_what_is_challenged_or_unpublished_is_not_edited(walk: Walk) -> None:
    challenges.challenge(walk.review, Actor(walk.checker), walk.review.revision, "reader", "I doubt it.")
    walk.review = now(walk.review)
    with pytest.raises(Moved, match="does not apply"):
        edit(walk)


def test_of_two_edits_at_once_the_later_is_told(walk: Walk) -> None:
    seen = walk.review.revision
    edit(walk)
    with pytest.raises(Moved, match="Edda Quay was here"):
        minor_edits.minor_edit(walk.review, walk.editor, seen, HEADLINE, "The transcript differs. [1]", "A stop.")
    assert Verdict.objects.count() == 2


def test_search_records_go_along() -> None:
    walk = Walk().accepted().taken()
    run = make_run(walk.review.claim)
    found = finding(walk.review, 0, picks=[], searches=[run], reasoning="Nothing was found [1].")
    duty = walk.review.duties.get(person=walk.checker)
    judgments.submit(walk.review, walk.checker, found, seen=judgment_of(duty).revision, case_seen=walk.review.revision)
    walk.review = now(walk.review)
    walk.drafted(explanation="Nothing was found found [1].").approved().published()
    out = edit(walk, explanation="Nothing was found [1].")
    assert [each.search_run for each in out.verdict.searches.all()] == [run]


def test_the_database_refuses_an_edit_that_changes_the_verdict(walk: Walk) -> None:
    out = edit(walk)
    forged = Verdict.objects.get(pk=out.verdict_id)
    forged.pk, forged.version, forged.supersedes, forged.rating_label = None, 3, out.verdict, "Accurate"
    forged.public = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save(force_insert=True)


def test_a_withdrawn_case_has_nothing_to_edit() -> None:
    walk = Walk().accepted()
    assignment.end(walk.review, walk.editor, walk.review.revision, "withdraw", "Nobody needs it.")
    walk.review = now(walk.review)
    with pytest.raises(Refused):
        edit(walk)
