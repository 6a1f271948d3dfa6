"""Cancelling what was handed in: nothing more is done for it, nothing that is done is lost, and it can go on."""

import threading

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from claims import work
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.intake import EXTRACT
from claims.models import Article, Claim, Submission, Work
from claims.running import run_leased
from claims.submitting import FETCH, submit_address
from tests.cases import make_candidate, now
from tests.claims.test_submissions import TEXT
from tests.factories import make_claim
from tests.people import make_person
from tests.verification.admin.articles_with_claims import make_article_with, make_claim_at
from tests.verification.admin.opening import as_person, told
from verification.models import Review, State
from verification.review import triage
from verification.review.triage import RESEARCH

pytestmark = pytest.mark.django_db
ADDRESS = "https://port.example/lamps"
MANY = reverse("admin:intake_many")


def page_of(submission: Submission) -> str:
    return reverse("admin:claims_submission_change", args=[submission.pk])


def seen(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def press(browser: Client, submission: Submission, do: str = "cancel") -> str:
    answer = browser.post(reverse("admin:intake_cancel", args=[submission.pk]), {"do": do})
    assert answer["Location"] == page_of(submission)
    return told(answer)


def still_open(kind: str) -> set[int]:
    return set(Work.objects.filter(work.OPEN, kind=kind).values_list("subject", flat=True))


def test_an_address_that_still_waits_is_cancelled_and_goes_on_when_asked(browser: Client, person: User) -> None:
    submission = submit_address(person, ADDRESS)
    assert "Cancel what is not done yet" in seen(browser, page_of(submission))
    assert press(browser, submission) == "Cancelled: 1 piece of work was ended. What is done stays."
    row = Work.objects.get()
    assert (row.last_error, work.take(row.pk), work.sweep()) == ("cancelled by Ines Mole", None, [])
    page = seen(browser, page_of(submission))
    assert "Ines Mole wants no more of it." in page
    assert 'data-finished="yes"' in page
    assert "Hand it in another way" not in page
    assert press(browser, submission).endswith("Nothing was left to cancel.")
    assert press(browser, submission, "go_on").endswith("It goes on.")
    assert still_open(FETCH) == {submission.pk}
    assert press(browser, submission, "go_on").endswith("Nothing of it is cancelled.")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_at_it_loses_its_lease_and_stores_nothing(browser: Client) -> None:
    browser.post(reverse("admin:claims_submission_add"), {"text": TEXT})
    article, submission = Article.objects.get(), Submission.objects.get()
    row = Work.objects.get(kind=EXTRACT)
    taken, cancelled = threading.Event(), threading.Event()

    def verb(lease: work.Lease) -> None:
        taken.set()
        assert cancelled.wait(20)
        extract_claims(article, load_engines(["claims.extraction.english.EnglishEngine"]), lease)

    def at_work() -> None:
        try:
            finished.append(run_leased(row.pk, verb))
        finally:
            connections.close_all()

    finished: list[bool] = []
    worker = threading.Thread(target=at_work)
    worker.start()
    assert taken.wait(20)
    press(browser, submission)
    cancelled.set()
    worker.join()
    article.refresh_from_db()
    assert (finished, Claim.objects.count(), article.extracted_by) == ([False], 0, None)
    row.refresh_from_db()
    assert row.last_error == "cancelled by Ines Mole"


def test_searches_that_were_made_stay_and_the_claims_wait_in_triage(browser: Client, person: User) -> None:
    article, cases = make_article_with(3)
    submission = Submission.objects.create(person=person, article=article)
    make_candidate(cases[0].claim)
    Work.objects.filter(kind=RESEARCH, subject=cases[0].claim_id).update(done_at=article.registered_at)
    press(browser, submission)
    page = seen(browser, page_of(submission))
    assert "1 of 3 claims searched for, something found for 1. The searches for 2 were cancelled." in page
    assert "Decide 3 claims" in page
    assert still_open(RESEARCH) == set()
    press(browser, submission, "go_on")
    assert still_open(RESEARCH) == {cases[1].claim_id, cases[2].claim_id}


def test_claims_that_have_no_case_yet_get_one_and_no_search(browser: Client, person: User) -> None:
    browser.post(reverse("admin:claims_submission_add"), {"text": TEXT})
    claim = make_claim(Article.objects.get())
    Article.objects.update(extracted_by="english 1")
    press(browser, Submission.objects.get())
    triage.open_cases()
    assert Review.objects.get(claim=claim).state == State.TRIAGE
    assert still_open(RESEARCH) == set()


def test_what_others_wait_for_is_searched_for_as_before(browser: Client, person: User) -> None:
    article, cases = make_article_with(3)
    other, _cases = make_article_with(1)
    make_claim_at(other, 0, 9)
    other.appearances.filter(end=9).update(claim=cases[0].claim)
    triage.accept(cases[1], person, 0)
    press(browser, Submission.objects.create(person=person, article=article))
    assert {cases[0].claim_id, cases[1].claim_id} <= still_open(RESEARCH)
    assert cases[2].claim_id not in still_open(RESEARCH)


def test_a_claim_that_is_accepted_is_searched_for_after_all(browser: Client, person: User) -> None:
    article, (review,) = make_article_with(1)
    press(browser, Submission.objects.create(person=person, article=article))
    assert still_open(RESEARCH) == set()
    triage.accept(now(review), person, 0)
    assert still_open(RESEARCH) == {review.claim_id}


def test_an_address_that_is_handed_in_again_goes_on_where_it_was_cancelled(browser: Client, person: User) -> None:
    submission = submit_address(person, ADDRESS)
    press(browser, submission)
    answer = browser.post(reverse("admin:claims_submission_add"), {"url": ADDRESS})
    assert told(answer).endswith("It had been cancelled, and goes on now.")
    assert (answer["Location"], still_open(FETCH)) == (page_of(submission), {submission.pk})
    again = browser.post(reverse("admin:claims_submission_add"), {"url": ADDRESS})
    assert told(again).count("goes on now") == 1


def test_a_text_that_is_handed_in_again_goes_on_whoever_had_cancelled_it(browser: Client) -> None:
    browser.post(reverse("admin:claims_submission_add"), {"text": TEXT})
    press(browser, Submission.objects.get())
    other = as_person(make_person("intake"))
    answer = other.post(reverse("admin:claims_submission_add"), {"text": TEXT})
    assert "It had been cancelled, and goes on now." in told(answer)
    assert still_open(EXTRACT) == {Article.objects.get().pk}


def test_searches_that_were_cancelled_are_made_when_the_address_is_handed_in_again(person: User) -> None:
    article, (review,) = make_article_with(1)
    press(as_person(person), Submission.objects.create(person=person, article=article, url=ADDRESS))
    answer = as_person(make_person("intake")).post(reverse("admin:claims_submission_add"), {"url": ADDRESS})
    assert told(answer) == "It had been cancelled, and goes on now."
    assert still_open(RESEARCH) == {review.claim_id}


def test_only_whoever_handed_it_in_and_editors_cancel(person: User) -> None:
    submission = submit_address(person, ADDRESS)
    address = reverse("admin:intake_cancel", args=[submission.pk])
    for role in ("intake", "checker", "auditor", "administrator"):
        browser = as_person(make_person(role))
        assert "Cancel what is not done yet" not in seen(browser, page_of(submission))
        assert browser.post(address, {"do": "cancel"}).status_code == 403
    assert still_open(FETCH) == {submission.pk}
    press(as_person(make_person("editor")), submission)
    assert still_open(FETCH) == set()


def test_a_cancelled_piece_of_work_is_not_called_stuck(person: User) -> None:
    work.cancel(FETCH, [submit_address(person, ADDRESS).pk], "Ines Mole")
    page = seen(as_person(make_person("administrator")), reverse("admin:index"))
    assert "Nothing is stuck." in page
    assert "cancelled by" not in page


def test_a_list_shows_how_far_it_is_and_all_that_is_not_done_is_cancelled(browser: Client, person: User) -> None:
    mine = submit_address(person, "https://port.example/by-hand")
    body = (
        f"url;text\n{ADDRESS};\nhttps://port.example/mole;\n;{TEXT.splitlines()[0]} Forty lamps were bought in May.\n"
    )
    page = browser.post(MANY, {"list_file": SimpleUploadedFile("list.csv", body.encode())}).content.decode()
    first, *_others, last = Submission.objects.filter(way="import").order_by("pk").values_list("pk", flat=True)
    address = reverse("admin:intake_list", args=[first, last])
    assert address in page
    assert "2 to be fetched</span><span>1 to be read for claims" in seen(browser, address)
    lease = work.take(Work.objects.get(kind=EXTRACT).pk)
    assert lease is not None
    extract_claims(Article.objects.get(), [], lease)
    page = seen(browser, address)
    assert "2 to be fetched</span><span>1 done" in page
    assert "1 of 3 articles done with" in page
    answer = browser.post(reverse("admin:intake_list_cancel", args=[first, last]), {"do": "cancel"})
    assert "2 pieces of work were ended" in told(answer)
    page = seen(browser, address)
    assert "2 cancelled</span><span>1 done" in page
    assert 'data-finished="yes"' in page
    assert still_open(FETCH) == {mine.pk}
    browser.post(reverse("admin:intake_list_cancel", args=[first, last]), {"do": "go_on"})
    assert len(still_open(FETCH)) == 3


def test_a_list_of_somebody_else_is_not_found_and_not_cancelled(person: User) -> None:
    browser = as_person(person)
    browser.post(MANY, {"list_file": SimpleUploadedFile("list.csv", f"url\n{ADDRESS}\n".encode())})
    pk = Submission.objects.get().pk
    stranger = as_person(make_person("intake"))
    assert stranger.get(reverse("admin:intake_list", args=[pk, pk])).status_code == 404
    stranger.post(reverse("admin:intake_list_cancel", args=[pk, pk]), {"do": "cancel"})
    assert still_open(FETCH) == {pk}
