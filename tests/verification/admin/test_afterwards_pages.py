"""The pages of what comes after a verdict: challenges, minor edits, legal reads, days; done once, nothing is lost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, text_of, told
from verification.models import Challenge, LegalRead, ReviewEvent, State, Verdict
from verification.review import afterwards, drafting

pytestmark = pytest.mark.django_db

DOUBT = {"origin": "reader", "text": "The gauge was <b>moved</b>.", "contact": "reader@mole.example"}
EDIT = {
    "headline": "No: the record says otherwise",
    "explanation": "The transcript differs, we found [1].",
    "reason": "A comma was missing.",
}


@pytest.fixture
def out() -> Walk:
    walk = Walk()
    walk.to_publication()
    return walk


@pytest.fixture
def lawyer() -> User:
    return make_person("legal", name="Lex Anchor")


@pytest.fixture
def asked() -> Walk:
    walk = Walk().accepted().taken().proposed()
    draft = drafting.draft_of(walk.review, walk.checker)
    text = {"headline": EDIT["headline"], "explanation": "The transcript differs [1]."}
    drafting.write(walk.review, walk.checker, draft.revision, **text)
    drafting.ask_legal_read(walk.review, walk.checker, walk.review.revision)
    walk.review = now(walk.review)
    return walk


def edited(walk: Walk, **fields: object) -> str:
    """Let an editor change the words of the draft, and return the page after it."""
    draft = drafting.draft_of(walk.review, walk.editor)
    values: dict[str, object] = {"headline": draft.headline, "explanation": draft.explanation, "save": "1"}
    answer = send(walk.editor, walk.review, "case_draft", draft_revision=draft.revision, **values | fields)
    assert answer.status_code == 302
    return text_of(walk, "case_draft", walk.editor)


def test_a_challenge_is_recorded_once_and_kept_out_of_sight_of_those_it_does_not_concern(out: Walk) -> None:
    seen = out.review.revision
    for words in ("Recorded.", "This was done already"):
        answer = send(out.checker, out.review, "case_challenge", revision=seen, **DOUBT)
        assert answer.status_code == 302
        assert words in told(answer)
    assert Challenge.objects.filter(review=out.review).count() == 1
    page = text_of(out, "case_file", out.editor)
    assert "The gauge was &lt;b&gt;moved&lt;/b&gt;." in page
    assert "reader@mole.example" in page
    assert "reader@mole.example" not in text_of(out, "case_file", make_person("auditor"))
    assert "reader@mole.example" not in text_of(out, "verification_review_change", out.editor)
    assert "Raised by a reader" in text_of(out, "verification_review_change", out.editor)


def test_a_challenge_that_lacks_something_keeps_the_rest(out: Walk) -> None:
    answer = send(out.checker, out.review, "case_challenge", **DOUBT | {"origin": ""})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Say who raises it." in text
    assert "The gauge was &lt;b&gt;moved&lt;/b&gt;.</textarea>" in text
    assert 'value="reader@mole.example"' in text
    assert not Challenge.objects.exists()


def test_a_further_challenge_is_filed_from_the_case_file(out: Walk) -> None:
    send(out.checker, out.review, "case_challenge", **DOUBT)
    assert "Record another challenge" in text_of(out, "case_file", out.publisher)
    assert "is filed beside the challenge that is open" in text_of(out, "case_challenge", out.publisher)
    answer = send(out.publisher, out.review, "case_challenge", **DOUBT | {"text": "And the year was another."})
    assert "Filed beside" in told(answer)
    assert Challenge.objects.filter(review=out.review, outcome="").count() == 2


def test_what_is_not_published_has_no_challenges() -> None:
    walk = Walk().accepted()
    answer = as_person(walk.editor).get(page_of(walk.review, "case_challenge"))
    assert (answer.status_code, "does not apply" in told(answer)) == (302, True)
    assert "Nobody has challenged" not in text_of(walk, "case_file", walk.editor)


@pytest.mark.parametrize("name", ["case_challenge", "case_minor_edit", "case_legal_read", "case_dates"])
def test_other_roles_do_not_get_in(out: Walk, name: str) -> None:
    for role in ("intake", "auditor", "administrator", ""):
        person = make_person(role)
        assert as_person(person).get(page_of(out.review, name)).status_code == 403
        assert send(person, out.review, name, **DOUBT).status_code == 403


def looked_at(out: Walk, **more: str) -> dict[str, str]:
    """Return the form of an edit as it is once what changes was looked at."""
    fields = EDIT | more
    answer = send(out.editor, out.review, "case_minor_edit", **fields)
    assert answer.status_code == 200
    return fields | {"looked_at": answer.context["looked_at"]}


def test_a_minor_edit_goes_out_once(out: Walk, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = as_person(out.editor)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(out.review, "case_minor_edit")).content.decode()
    assert "The transcript differs [1].</textarea>" in text
    seen, fields = out.review.revision, looked_at(out)
    answer = send(out.editor, out.review, "case_minor_edit", revision=seen, **fields)
    assert told(answer) == "Edited: version 2 is out."
    again = send(out.editor, out.review, "case_minor_edit", revision=seen, **fields)
    assert (again.status_code, told(again)) == (302, "This was done already; nothing was done twice.")
    assert Verdict.objects.filter(review=out.review).count() == 2
    assert "put out a minor edit, version 2" in text_of(out, "verification_review_change", out.editor)


def test_what_an_edit_changes_is_shown_beside_what_stands_before_it_goes_out_and_again_when_it_is_changed(
    out: Walk,
) -> None:
    text = send(out.editor, out.review, "case_minor_edit", **EDIT).content.decode()
    assert "<ins>" in text
    for part in ("we found", "version 1, which stands now", "version 2, not published yet"):
        assert part in text
    assert "Nothing: an edit is no correction." in text
    assert "See what changes" not in text
    fields = looked_at(out) | {"explanation": "The transcript differs, we saw [1]."}
    text = send(out.editor, out.review, "case_minor_edit", **fields).content.decode()
    assert "The transcript differs, we saw [1].</textarea>" in text
    assert "we saw" in text.split('id="versions-h"')[1].split("</table>")[0]
    assert Verdict.objects.count() == 1


def test_an_edit_that_may_change_the_meaning_is_shown_and_asked_about(out: Walk) -> None:
    fields = EDIT | {"explanation": "The transcript does not differ [1]."}
    assert "I looked at it" not in text_of(out, "case_minor_edit", out.editor)
    fields = looked_at(out, **fields)
    answer = send(out.editor, out.review, "case_minor_edit", **fields)
    text = answer.content.decode()
    assert answer.status_code == 409
    for part in ("A negation differs", "I looked at it: the meaning stays.", "<ins>does not differ</ins>"):
        assert part in text
    assert "does not differ [1].</textarea>" in text
    assert Verdict.objects.count() == 1
    assert send(out.editor, out.review, "case_minor_edit", meaning_stays="1", **fields).status_code == 302
    assert Verdict.objects.count() == 2


def test_words_for_a_version_that_was_challenged_meanwhile_are_not_lost(out: Walk) -> None:
    seen = out.review.revision
    send(out.checker, out.review, "case_challenge", **DOUBT)
    answer = send(out.editor, out.review, "case_minor_edit", revision=seen, **EDIT)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The transcript differs, we found [1].</textarea>" in text
    assert "readonly" in text
    assert "Put it out</button>" not in text


def test_a_lawyer_reads_what_readers_will_get_and_clears_it_once(
    asked: Walk, lawyer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(lawyer)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(asked.review, "case_legal_read")).content.decode()
    for part in ("As readers see it", "The transcript differs", "no captain will pay a penny", "May it go out?"):
        assert part in text
    fields = {"outcome": "cleared", "note": "", "revision": asked.review.revision, "draft_revision": 1}
    assert "Recorded" in told(send(lawyer, asked.review, "case_legal_read", **fields))
    assert "done already" in told(send(lawyer, asked.review, "case_legal_read", **fields))
    assert now(asked.review).legal_read == LegalRead.READ
    assert ReviewEvent.objects.filter(review=asked.review, verb="legal_read").count() == 1


def test_what_a_lawyer_wants_changed_stands_beside_the_text_and_at_sign_off(asked: Walk, lawyer: User) -> None:
    fields = {"outcome": "changes", "draft_revision": 1}
    answer = send(lawyer, asked.review, "case_legal_read", note=" ", **fields)
    assert (answer.status_code, "Say what has to change." in answer.content.decode()) == (409, True)
    send(lawyer, asked.review, "case_legal_read", note="Name nobody.", **fields)
    drafting.send_to_sign_off(asked.review, asked.checker, now(asked.review).revision)
    for name, person in (("case_draft", asked.checker), ("case_sign_off", asked.editor)):
        text = text_of(asked, name, person)
        assert "Name nobody." in text
        assert "Lex Anchor" in text
        assert "Nobody can sign it off until a lawyer has read it" in text
    answer = send(asked.editor, asked.review, "case_sign_off", embargo_until="")
    assert (answer.status_code, now(asked.review).state) == (409, State.SIGN_OFF)


def test_a_note_on_a_text_that_changed_meanwhile_is_kept(asked: Walk, lawyer: User) -> None:
    edited(asked, explanation="It differs greatly [1].")
    answer = send(lawyer, asked.review, "case_legal_read", outcome="cleared", note="Fine.", draft_revision=1)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Edda Quay changed the text meanwhile: read it again." in text
    assert "Fine.</textarea>" in text
    assert 'name="draft_revision" value="2"' in text


def test_a_lawyer_reads_a_text_that_is_not_finished_and_whatever_it_says(asked: Walk, lawyer: User) -> None:
    edited(asked, headline="", explanation="</textarea><script>alert(1)</script>")
    text = as_person(lawyer).get(page_of(asked.review, "case_legal_read")).content.decode()
    assert "Write a headline." in text
    assert "<script>alert" not in text


def test_what_waits_for_a_lawyer_stands_on_their_home_page(asked: Walk, lawyer: User) -> None:
    home = as_person(lawyer).get("/admin/").content.decode()
    assert "Legal read" in home
    assert asked.review.wording in home


def test_an_editors_change_of_a_checkers_words_is_shown_at_sign_off(asked: Walk) -> None:
    drafting.drop_legal_read(asked.review, asked.editor, asked.review.revision, "Nobody is named.")
    text = edited(asked, explanation="The transcript disagrees [1].")
    assert "written by Cato Lamp, edited by Edda Quay" in text
    drafting.send_to_sign_off(asked.review, asked.editor, now(asked.review).revision)
    text = text_of(asked, "case_sign_off", make_person("editor"))
    assert "<del>differs</del>" in text
    assert "<ins>disagrees</ins>" in text


def test_a_text_that_changes_hands_is_saved_and_sent_in_one_go(asked: Walk) -> None:
    drafting.drop_legal_read(asked.review, asked.editor, asked.review.revision, "Nobody is named.")
    fields = {"headline": EDIT["headline"], "explanation": "It disagrees [1].", "draft_revision": 1, "send": "1"}
    answer = send(asked.editor, asked.review, "case_draft", **fields)
    assert told(answer) == "Saved and sent to sign-off."
    assert now(asked.review).state == State.SIGN_OFF


def test_an_editor_who_wrote_some_of_it_is_told_before_they_try_to_sign_it(asked: Walk) -> None:
    drafting.drop_legal_read(asked.review, asked.editor, asked.review.revision, "Nobody is named.")
    edited(asked, explanation="The transcript disagrees [1].")
    draft = drafting.draft_of(asked.review, asked.checker)
    text = {"headline": draft.headline, "explanation": "The transcript disagrees, then [1]."}
    drafting.write(asked.review, asked.checker, draft.revision, **text)
    drafting.send_to_sign_off(asked.review, asked.checker, now(asked.review).revision)
    page = text_of(asked, "case_sign_off", asked.editor)
    assert "You cannot approve it. You wrote some of this text: another editor has to approve it." in page
    assert "Approve</button>" not in page


def test_days_are_set_once_and_told(out: Walk) -> None:
    walk = Walk().accepted().taken()
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    fields = {"as_of": "2031-05-12", "review_on": later, "revision": walk.review.revision}
    assert told(send(walk.checker, walk.review, "case_dates", **fields)) == "Saved."
    assert "done already" in told(send(walk.checker, walk.review, "case_dates", **fields))
    review = now(walk.review)
    assert (str(review.as_of), timezone.localtime(review.review_on).date().isoformat()) == ("2031-05-12", later)
    assert "As of 12 May 2031" in text_of(walk, "verification_review_change", walk.editor)
    form = text_of(walk, "case_dates", walk.checker)
    assert 'value="2031-05-12"' in form
    assert f'value="{later}"' in form


def test_a_day_that_is_none_or_has_passed_is_told_and_kept(out: Walk) -> None:
    answer = send(out.editor, out.review, "case_dates", as_of="", review_on="soon")
    assert (answer.status_code, "Give a day, such as" in answer.content.decode()) == (400, True)
    assert 'value="soon"' in answer.content.decode()
    answer = send(out.editor, out.review, "case_dates", as_of="", review_on="2001-01-01")
    assert (answer.status_code, "This day has passed" in answer.content.decode()) == (409, True)
    assert 'value="2001-01-01"' in answer.content.decode()


def test_what_was_signed_keeps_its_day_whatever_the_form_says(out: Walk) -> None:
    assert "disabled" in text_of(out, "case_dates", out.editor)
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    assert send(out.editor, out.review, "case_dates", as_of="2031-05-12", review_on=later).status_code == 302
    assert now(out.review).as_of is None
    assert now(out.review).review_on is not None
    afterwards.correct(now(out.review), out.editor, now(out.review).revision, "update", "There is more.")
    assert now(out.review).review_on is not None
