"""Publication and correction: seen as readers see it, done once, by whose it is."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, second_version, send, text_of, told
from verification.models import Desk, Publication, ReviewEvent, State
from verification.review import assignment, challenges, verdicts
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def signing() -> Walk:
    return Walk().accepted().taken().proposed().drafted()


@pytest.fixture
def approved(signing: Walk) -> Walk:
    return signing.approved()


@pytest.mark.parametrize("role", ["intake", "checker", "publisher", "auditor", "administrator", ""])
def test_only_editors_sign_off_and_correct(signing: Walk, role: str) -> None:
    person = make_person(role)
    for name in ("case_sign_off", "case_correct"):
        assert as_person(person).get(page_of(signing.review, name)).status_code == 403
        assert send(person, signing.review, name, reason="x", change="update").status_code == 403
    assert now(signing.review).state == State.SIGN_OFF


@pytest.mark.parametrize("role", ["intake", "checker", "editor", "auditor", "administrator", ""])
def test_only_publishers_publish(approved: Walk, role: str) -> None:
    person = make_person(role)
    assert as_person(person).get(page_of(approved.review, "case_publish")).status_code == 403
    assert send(person, approved.review, "case_publish").status_code == 403
    assert not Publication.objects.exists()


def test_the_publisher_sees_page_and_claimreview(
    approved: Walk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(approved.publisher)
    with django_assert_max_num_queries(20):
        text = client.get(page_of(approved.review, "case_publish")).content.decode()
    assert "No: the record says otherwise" in text
    found = re.search(r'aria-label="ClaimReview"><code>(.*?)</code>', text, re.DOTALL)
    assert found
    markup = json.loads(unescape(found[1]))
    assert markup["@type"] == "ClaimReview"
    assert markup["reviewRating"]["alternateName"] == "False"
    assert "holds to its rules" in text


def test_it_goes_out_only_when_the_publisher_says_that_they_read_it(approved: Walk) -> None:
    answer = send(approved.publisher, approved.review, "case_publish")
    assert (answer.status_code, "Say that you have read it" in answer.content.decode()) == (409, True)
    assert not Publication.objects.exists()


def test_it_is_published_once_and_its_page_linked(approved: Walk) -> None:
    seen = approved.review.revision
    answer = send(approved.publisher, approved.review, "case_publish", read="1", revision=seen)
    assert f'<a href="/checks/{approved.review.public}/">' in told(answer)
    assert "Version 1 is published" in told(answer)
    again = send(approved.publisher, approved.review, "case_publish", read="1", revision=seen)
    assert (again.status_code, told(again)) == (302, "This was done already; nothing was done twice.")
    assert Publication.objects.count() == 1
    page = as_person(approved.publisher).get(f"/checks/{approved.review.public}/")
    assert (page.status_code, "No: the record says otherwise" in page.content.decode()) == (200, True)
    away = as_person(approved.publisher).get(page_of(approved.review, "case_publish"))
    assert (away.status_code, "does not apply" in told(away)) == (302, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_publishes_and_the_other_is_told() -> None:
    walk = Walk().accepted().taken().proposed().drafted().approved()
    start = threading.Barrier(2)

    def click(_number: int) -> int:
        try:
            start.wait(timeout=10)
            return int(
                send(walk.publisher, walk.review, "case_publish", read="1", revision=walk.review.revision).status_code
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, range(2))) == [302, 302]
    assert Publication.objects.count() == 1
    assert ReviewEvent.objects.filter(review=walk.review, verb="publish").count() == 1


def test_what_is_shown_before_publication_is_what_readers_get(approved: Walk) -> None:
    before = text_of(approved, "case_publish", approved.publisher)
    shown = re.search(r'<section class="ro-shown.*?<article[^>]*>(.*?)</article>\s*</section>', before, re.DOTALL)
    assert shown
    send(approved.publisher, approved.review, "case_publish", read="1")
    public = as_person(approved.publisher).get(f"/checks/{approved.review.public}/").content.decode()
    assert " ".join(shown[1].split()) in " ".join(public.split())


def test_an_embargo_is_told_and_holds(signing: Walk) -> None:
    until = timezone.now() + timedelta(days=2)
    verdicts.approve(signing.review, signing.editor, signing.review.revision, embargo_until=until)
    text = text_of(signing, "case_publish", signing.publisher)
    assert "Under embargo until" in text
    assert "Publish</button>" not in text
    answer = send(signing.publisher, signing.review, "case_publish", read="1")
    assert "It is under embargo" in told(answer)
    assert not Publication.objects.exists()


def test_a_case_that_moved_meanwhile_is_not_published(approved: Walk) -> None:
    seen = approved.review.revision
    assignment.pause(approved.review, approved.editor, seen, "hold", "Legal reads it.")
    answer = send(approved.publisher, approved.review, "case_publish", read="1", revision=seen)
    assert "does not apply" in told(answer)
    review = now(approved.review)
    assignment.resume(review, approved.editor, review.revision, "release")
    answer = send(approved.publisher, approved.review, "case_publish", read="1", revision=seen)
    assert "Edda Quay was here" in told(answer)
    assert not Publication.objects.exists()


def test_a_faulty_claimreview_keeps_it_from_sign_off_and_publication(signing: Walk) -> None:
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"name": " "})
    assert "author is not a person" in text_of(signing, "case_sign_off", signing.editor)
    answer = send(signing.editor, signing.review, "case_sign_off", embargo_until="")
    assert (answer.status_code, now(signing.review).state) == (409, State.SIGN_OFF)
    signing.approved()
    text = text_of(signing, "case_publish", signing.publisher)
    assert "author is not a person" in text
    assert "Publish</button>" not in text
    assert "author is not a person" in told(send(signing.publisher, signing.review, "case_publish", read="1"))
    assert not Publication.objects.exists()


def test_a_withdrawal_has_no_claimreview_and_says_so() -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk, "void").approved()
    text = text_of(walk, "case_publish", walk.publisher)
    assert "None goes out: the check is withdrawn." in text
    assert "Version 1 had the wrong hour." in text
    assert send(walk.publisher, walk.review, "case_publish", read="1").status_code == 302
    assert Publication.objects.count() == 2


def test_a_correction_opens_a_cycle_once_and_says_where_the_case_is() -> None:
    walk = Walk()
    walk.to_publication()
    text = text_of(walk, "case_correct", walk.editor)
    for part in ("What stands now", "No: the record says otherwise", "Correction", "Update", "Withdrawal"):
        assert part in text
    seen = walk.review.revision
    fields = {"change": "correction", "reason": "The hour was wrong.", "revision": seen}
    answer = send(walk.editor, walk.review, "case_correct", **fields)
    assert f"{walk.review.number} is in <a href=" in told(answer)
    assert "cycle 2" in told(answer)
    again = send(walk.editor, walk.review, "case_correct", **fields)
    assert (again.status_code, told(again)) == (302, "This was done already; nothing was done twice.")
    review = now(walk.review)
    assert (review.state, review.cycle, review.change) == (State.QUEUED, 2, "correction")
    assert ReviewEvent.objects.filter(review=review, verb="correct").count() == 1


def test_a_correction_without_kind_or_reason_is_told_and_keeps_the_rest() -> None:
    walk = Walk()
    walk.to_publication()
    answer = send(walk.editor, walk.review, "case_correct", change="initial", reason="The hour <b>was</b> wrong.")
    assert answer.status_code == 409
    assert "Say whether it is a correction" in answer.content.decode()
    assert "The hour &lt;b&gt;was&lt;/b&gt; wrong." in answer.content.decode()
    answer = send(walk.editor, walk.review, "case_correct", change="update", reason=" ")
    assert "Say why, in one sentence." in answer.content.decode()
    assert 'value="update" required checked' in answer.content.decode()
    assert now(walk.review).state == State.PUBLISHED


def test_a_correction_of_a_case_that_moved_meanwhile_keeps_the_reason(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    walk = Walk()
    walk.to_publication()
    seen = walk.review.revision
    challenges.challenge(walk.review, Actor(walk.checker), seen, "reader", "A reader wrote.")
    fields = {"change": "correction", "reason": "The hour was wrong.", "revision": seen}
    answer = send(walk.editor, walk.review, "case_correct", **fields)
    assert answer.status_code == 409
    assert "Cato Lamp was here" in answer.content.decode()
    assert "The hour was wrong." in answer.content.decode()
    client = as_person(walk.editor)
    with django_assert_max_num_queries(20):
        assert client.get(page_of(walk.review, "case_correct")).status_code == 200
    assert send(walk.editor, walk.review, "case_correct", **fields | {"revision": now(walk.review).revision}).url
    assert now(walk.review).cycle == 2


def test_what_is_not_published_is_not_corrected(signing: Walk) -> None:
    answer = as_person(signing.editor).get(page_of(signing.review, "case_correct"))
    assert (answer.status_code, "does not apply" in told(answer)) == (302, True)
    answer = send(signing.editor, signing.review, "case_correct", change="update", reason="The hour was wrong.")
    assert (answer.status_code, "The hour was wrong." in answer.content.decode()) == (409, True)
