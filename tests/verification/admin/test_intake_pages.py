"""The pages of intake: three ways in, one sentence for what does not work, nothing typed lost, and what comes of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from claims import work
from claims.capture.policy import PrivateTarget
from claims.intake import EXTRACT
from claims.lanes import close
from claims.models import Article, Snapshot, Submission, Work
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission, submit_address
from tests.cases import make_candidate
from tests.claims.test_submissions import PAGE, TEXT
from tests.factories import make_claim
from tests.people import make_person
from tests.verification.admin.articles_with_claims import make_article_with
from tests.verification.admin.opening import as_person, told
from tests.verification.publishing.samples import HOSTILE
from verification.models import SearchRun
from verification.review import triage
from verification.review.triage import RESEARCH

pytestmark = pytest.mark.django_db
ADD = reverse("admin:claims_submission_add")


def page_of(submission: Submission) -> str:
    return reverse("admin:claims_submission_change", args=[submission.pk])


def seen(browser: Client, submission: Submission) -> str:
    answer = browser.get(page_of(submission))
    assert answer.status_code == 200
    return str(answer.content.decode())


def hand_in(browser: Client, **fields: Any) -> Submission:
    answer = browser.post(ADD, fields)
    submission = Submission.objects.latest("pk")
    assert answer.status_code == 302
    assert answer["Location"] == page_of(submission)
    return submission


def refused(browser: Client, **fields: Any) -> str:
    answer = browser.post(ADD, fields)
    assert answer.status_code == 422
    assert not Submission.objects.exists()
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("role", "status"),
    [("intake", 200), ("checker", 200), ("editor", 200), ("publisher", 403), ("auditor", 403), ("administrator", 403)],
)
def test_who_may_hand_in_is_asked_of_the_policy(role: str, status: int) -> None:
    browser = as_person(make_person(role))
    assert browser.get(ADD).status_code == status
    assert (browser.post(ADD, {"text": TEXT}).status_code == 403) == (status == 403)
    assert Article.objects.exists() == (status == 200)


def test_a_pasted_text_is_read_at_once(browser: Client, person: User) -> None:
    submission = hand_in(browser, text=TEXT, outlet="Port Paper", found_at="https://port.example/lamps#top")
    article = submission.article
    assert article is not None
    assert (article.url, str(article.outlet)) == ("https://port.example/lamps", "Port Paper")
    assert article.snapshot.origin == Snapshot.Origin.PASTED
    assert submission.person == person
    page = seen(browser, submission)
    assert "Lamps return to the northern mole" in page
    assert "Port Paper" in page


def test_a_file_is_read_under_its_name(browser: Client) -> None:
    submission = hand_in(browser, file=SimpleUploadedFile("lamps.html", PAGE.encode()), published="2031-05-04")
    article = submission.article
    assert article is not None
    assert (article.title, article.snapshot.filename) == ("Lamps return", "lamps.html")
    assert "told by whoever handed it in" in seen(browser, submission)


def test_an_address_becomes_due_and_waits(browser: Client) -> None:
    submission = hand_in(browser, url=" https://port.example/lamps ")
    assert submission.url == "https://port.example/lamps"
    assert Work.objects.get(kind=FETCH).subject == submission.pk
    page = seen(browser, submission)
    assert "Look again" in page
    assert 'data-finished="no"' in page


def test_nothing_or_several_at_once_is_one_sentence_and_loses_nothing(browser: Client) -> None:
    assert "one of the three" in refused(browser)
    page = refused(browser, url="https://port.example/a", text="The lamps burn.", title="Lamps", published="2031-05-04")
    for typed in ("https://port.example/a", "The lamps burn.", 'value="Lamps"', 'value="2031-05-04"'):
        assert typed in page
    assert "one thing at a time" in page


def test_a_chosen_file_that_a_browser_cannot_keep_is_said_to_be_lost(browser: Client) -> None:
    page = refused(browser, file=SimpleUploadedFile("a.txt", b"The lamps burn."), text="The lamps burn.")
    assert "Choose the file again" in page
    assert "Choose the file again" not in refused(browser, text="")


def test_what_one_knows_of_a_page_is_asked_of_the_page(browser: Client) -> None:
    page = refused(browser, url="https://port.example/a", outlet="Port Paper")
    assert "says itself what it is" in page
    assert "Port Paper" in page


@pytest.mark.parametrize(("field", "more"), [("url", {}), ("found_at", {"text": TEXT})])
def test_what_is_no_address_is_told_where_it_was_typed(browser: Client, field: str, more: dict[str, str]) -> None:
    page = refused(browser, **{field: "port.example/lamps"}, **more)
    assert "beginning with https://" in page
    assert "port.example/lamps" in page


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "There is nothing in it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "a PNG image"),
        (b"\x00\x01\x02" * 500, "a binary file"),
        (b"word " * 10_000_000, "longer than"),
        (b"%PDF-1.7\n garbage", "PDF"),
    ],
)
def test_a_file_that_holds_no_article_is_one_sentence(browser: Client, body: bytes, sentence: str) -> None:
    page = refused(browser, file=SimpleUploadedFile("article", body))
    assert sentence in page
    assert page.count('class="errorlist"') == 1
    assert not Snapshot.objects.exists()


def test_a_text_of_nothing_but_signs_is_one_sentence_and_kept(browser: Client) -> None:
    page = refused(browser, text="?!… —")
    assert "There are no words in it" in page
    assert "?!… —" in page


def test_the_same_article_again_leads_to_the_one_that_is_here(browser: Client) -> None:
    first = hand_in(browser, text=TEXT)
    assert "On the desk already" not in seen(browser, first)
    answer = browser.post(ADD, {"text": TEXT})
    assert answer["Location"] == page_of(first)
    assert "before" in told(answer)
    other = hand_in(as_person(make_person("editor")), text=TEXT)
    assert (other.pk, other.article) != (first.pk, None)
    assert "On the desk already" in seen(browser, other)
    assert Article.objects.count() == 1


def test_the_road_from_an_address_to_triage_is_told_step_by_step(
    browser: Client, person: User, httpserver: HTTPServer, settings: Settings
) -> None:
    target = f"news.example={httpserver.host}:{httpserver.port}".replace("localhost", "127.0.0.1")
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(target),)
    httpserver.expect_oneshot_request("/lamps").respond_with_data("broken", status=500)
    submission = hand_in(browser, url=f"http://news.example:{httpserver.port}/lamps")
    row = Work.objects.get(kind=FETCH)

    def fetch(lease: work.Lease) -> None:
        fetch_submission(Submission.objects.get(pk=lease.subject), lease)

    assert not run_leased(row.pk, fetch)
    page = seen(browser, submission)
    assert "status 500" in page
    assert "tried again by itself (1 of 5 attempts made)" in page
    httpserver.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    work.release(row.pk)
    assert run_leased(row.pk, fetch)
    assert "What was read" in seen(browser, submission)
    article = Article.objects.get()
    claim = make_claim(article)
    Article.objects.update(extracted_by="english 1")
    triage.open_cases()
    page = seen(browser, submission)
    assert "1 claim found" in page
    assert "0 of 1 claims searched for" in page
    assert reverse("admin:triage_article", args=[article.public]) in page
    make_candidate(claim)
    page = seen(browser, submission)
    assert "1 of 1 claims searched for, something found for 1" in page
    assert 'data-finished="yes"' in page
    assert "Look again" not in page


def test_an_address_whose_host_is_not_to_be_asked_yet_says_why_it_waits(browser: Client) -> None:
    close("news.example", 3600, "429")
    submission = hand_in(browser, url="http://news.example/lamps")
    row = Work.objects.get(kind=FETCH)
    assert not run_leased(row.pk, lambda lease: fetch_submission(submission, lease))
    page = seen(browser, submission)
    assert "“news.example” asked to be left alone for a while." in page
    assert 'data-finished="yes"' not in page


def test_an_address_that_failed_for_good_says_what_to_do(browser: Client, person: User) -> None:
    submission = submit_address(person, "http://127.0.0.1:9/lamps")
    run_leased(Work.objects.get(kind=FETCH).pk, lambda lease: fetch_submission(submission, lease))
    page = seen(browser, submission)
    assert 'data-finished="yes"' in page
    assert "Hand it in another way" in page
    assert Submission.objects.get().error
    assert "not begun" in page


def test_work_that_fails_each_time_is_told_and_not_called_nothing_found(browser: Client) -> None:
    submission = hand_in(browser, text=TEXT)
    article = Article.objects.get()

    def give_up(kind: str) -> None:
        lease = work.take(Work.objects.get(kind=kind, done_at__isnull=True).pk)
        assert lease is not None
        work.fail(lease, "KeyError: lamps", permanent=True)

    give_up(EXTRACT)
    page = seen(browser, submission)
    assert "It failed each time" in page
    assert "KeyError" not in page
    claim = make_claim(article)
    Article.objects.update(extracted_by="english 1")
    triage.open_cases()
    SearchRun.objects.create(
        claim=claim, query={}, documents=1, outcome=SearchRun.Outcome.FAILED, started_at=claim.created_at
    )
    give_up(RESEARCH)
    page = seen(browser, submission)
    assert "The library could not be asked for 1" in page
    assert 'data-finished="yes"' in page
    assert "Decide 1 claim" in page


def test_an_article_without_claims_is_said_to_have_none(browser: Client) -> None:
    submission = hand_in(browser, text=TEXT)
    Article.objects.update(extracted_by="english 1")
    page = seen(browser, submission)
    assert "no claim that can be checked was found" in page
    assert 'data-finished="yes"' in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(browser: Client, text: str) -> None:
    answer = browser.post(ADD, {"text": TEXT, "title": text, "outlet": text[:200], "url": "x" + text})
    assert "<script>alert(1)" not in answer.content.decode()
    submission = hand_in(browser, text=TEXT.split("\n\n", 1)[1], title=text)
    for page in (seen(browser, submission), browser.get(ADD).content.decode()):
        assert "<script>alert(1)" not in page
        assert "onmouseover='alert" not in page


@pytest.mark.parametrize("number", ["0", "999999999", "1" * 30, "lamps", "_5F", "٣"])
def test_a_submission_that_is_not_there_is_not_found(browser: Client, number: str) -> None:
    assert browser.get(f"/admin/claims/submission/{number}/change/").status_code == 404


@pytest.mark.parametrize("role", ["publisher", "auditor", "administrator"])
def test_others_may_look_and_are_offered_nothing(browser: Client, role: str) -> None:
    submission = hand_in(browser, text=TEXT)
    make_claim(Article.objects.get())
    Article.objects.update(extracted_by="english 1")
    triage.open_cases()
    page = seen(as_person(make_person(role)), submission)
    assert "1 claim waits in triage." in page
    assert ADD not in page
    assert "/triage/" not in page


def test_progress_asks_the_database_little_however_many_claims_there_are(
    browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article, _cases = make_article_with(40)
    submission = Submission.objects.create(person=make_person("editor"), article=article)
    with django_assert_max_num_queries(12):
        assert "40 claims found" in seen(browser, submission)
