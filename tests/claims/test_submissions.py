"""Handing in: a file or a text at once, an address by a worker; once, whoever clicks twice or dies in between."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from claims import tasks, work
from claims.archiving import Handed
from claims.capture.errors import BadUrl, BinaryInput, EmptyInput, OversizedInput
from claims.capture.policy import PrivateTarget
from claims.capture.told import ORIGIN, Told
from claims.intake import EXTRACT
from claims.models import Article, HostLane, Precision, Snapshot, Submission, Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.running import run_leased
from claims.submitting import FETCH, fetch_submission, submit_address, submit_article
from tests.factories import make_claim
from tests.people import make_person
from verification.models import Duty, Hat, Review
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db
TEXT = (
    "Lamps return to the northern mole\n\n"
    'The lamps on the northern mole will burn again from May, the harbour board of Port Example said. "We bought forty '
    'lamps," warden Ada Quillfeather told reporters.\n\n'
    "The board had switched them off two years ago to save oil, and captains complained.\n"
)
PAGE = f"<html lang=en><head><title>Lamps return</title></head><body><article><p>{TEXT}</p></article></body></html>"


def pasted(text: str = TEXT, **told: Any) -> Handed:
    return Handed(text.encode(), Snapshot.Origin.PASTED, told=Told(**told))


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


@pytest.fixture
def site(httpserver: HTTPServer, settings: Settings) -> HTTPServer:
    target = f"news.example={httpserver.host}:{httpserver.port}".replace("localhost", "127.0.0.1")
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(target),)
    return httpserver


def lamps(site: HTTPServer) -> str:
    return f"http://news.example:{site.port}/lamps"


def fetching(submission: Submission) -> Work:
    return Work.objects.get(kind=FETCH, subject=submission.pk)


def run(submission: Submission, meanwhile: Callable[[work.Lease], None] = lambda _lease: None) -> bool:
    """Do what the task does, under the lease; `meanwhile` is what happens to the row before the result is stored."""

    def verb(lease: work.Lease) -> None:
        meanwhile(lease)
        fetch_submission(Submission.objects.get(pk=lease.subject), lease)

    return run_leased(fetching(submission).pk, verb)


def again(submission: Submission) -> Submission:
    return Submission.objects.select_related("article").get(pk=submission.pk)


def make_due(submission: Submission) -> None:
    Work.objects.filter(kind=FETCH, subject=submission.pk).update(due_at=ClockTimestamp())


def test_a_text_is_read_at_once_and_its_claims_are_due(person: User) -> None:
    submission = submit_article(person, pasted())
    assert submission.article is not None
    assert submission.article.title == "Lamps return to the northern mole"
    assert submission.article.registered_at > submission.submitted_at
    assert Work.objects.get(kind=EXTRACT).subject == submission.article.pk


def test_what_a_person_tells_fills_in_what_the_article_does_not_say(person: User) -> None:
    told: dict[str, Any] = {
        "title": "Another title",
        "outlet": "Port Paper",
        "url": "https://port.example/a",
        "published": date(2031, 5, 4),
    }
    article = submit_article(person, pasted(**told)).article
    assert article is not None
    assert article.title == "Lamps return to the northern mole"
    assert article.outlet is not None
    assert (article.outlet.name, article.url) == ("Port Paper", "https://port.example/a")
    assert article.published == datetime(2031, 5, 4, tzinfo=UTC)
    assert (article.published_precision, article.published_origin) == (Precision.DAY, ORIGIN)


def test_a_date_the_page_states_is_believed_before_a_persons_word(person: User) -> None:
    meta = '<meta property="article:published_time" content="2031-05-04T10:00:00+02:00">'
    handed = Handed(
        PAGE.replace("</head>", f"{meta}</head>").encode(),
        Snapshot.Origin.UPLOADED,
        filename="lamps.html",
        told=Told(published=date(2030, 1, 1)),
    )
    article = submit_article(person, handed).article
    assert article is not None
    assert article.published == datetime(2031, 5, 4, 8, tzinfo=UTC)
    assert article.published_origin != ORIGIN


def test_what_nobody_tells_stays_unknown(person: User) -> None:
    article = submit_article(person, pasted(TEXT.split("\n\n", 1)[1])).article
    assert article is not None
    known = (article.title, article.outlet, article.url, article.published, article.published_origin)
    assert known == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", EmptyInput),
        (b" \r\n\t ", EmptyInput),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, BinaryInput),
        (b"word " * 10_000_001, OversizedInput),
    ],
)
def test_bytes_that_hold_no_article_leave_no_submission(
    body: bytes, error: type[Exception], person: User, archive: Path
) -> None:
    with pytest.raises(error):
        submit_article(person, Handed(body, Snapshot.Origin.UPLOADED, filename="article"))
    assert not Submission.objects.exists()
    assert not Snapshot.objects.exists()
    assert not any(path.is_file() for path in archive.rglob("*"))


def test_an_article_that_is_here_already_is_noted_for_a_second_person_and_not_stored_again(person: User) -> None:
    first = submit_article(person, pasted())
    second = submit_article(make_person("checker"), pasted(TEXT + "\n"))
    assert second.article == first.article
    assert second.article is not None
    assert second.article.registered_at < second.submitted_at
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_on_one_button_one_hands_in(person: User) -> None:
    ready, done = threading.Barrier(4), []

    def click() -> None:
        try:
            ready.wait()
            done.append(submit_article(person, pasted()).pk)
            done.append(submit_address(person, "https://port.example/lamps").pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 8
    assert Submission.objects.count() == 2
    assert (Article.objects.count(), Work.objects.filter(kind=FETCH).count()) == (1, 1)


def test_whoever_handed_an_article_in_wears_that_hat_in_its_cases(person: User) -> None:
    submission = submit_article(person, pasted())
    assert submission.article is not None
    make_claim(submission.article)
    open_cases()
    duties = Duty.objects.filter(review__claim__appearances__article=submission.article)
    assert duties.count() == Review.objects.count() > 0
    assert set(duties.values_list("hat", "person")) == {(Hat.SUBMITTER, person.pk)}


@pytest.mark.parametrize("text", ["port.example", "ftp://port.example/a", "https://", "https://port example/", ""])
def test_a_text_that_is_no_address_is_refused_in_one_sentence(text: str, person: User) -> None:
    with pytest.raises(BadUrl) as caught:
        submit_address(person, text)
    assert "\n" not in str(caught.value.sentence)
    assert not Submission.objects.exists()


def test_an_address_is_fetched_by_a_worker(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html; charset=utf-8")
    submission = submit_address(person, lamps(site))
    tasks.fetch(fetching(submission).pk)
    article = again(submission).article
    assert article is not None
    assert (article.title, article.url) == ("Lamps return", lamps(site))
    assert fetching(submission).done_at is not None
    tasks.fetch(fetching(submission).pk)  # the bell rings once more
    assert [request.path for request, _ in site.log] == ["/robots.txt", "/lamps"]


def test_an_address_that_failed_for_good_is_told_and_not_tried_again(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data("gone", status=404)
    submission = submit_address(person, lamps(site))
    assert run(submission)
    assert "status 404" in again(submission).error
    assert fetching(submission).done_at is not None
    assert Snapshot.objects.get().status == 404


def test_an_address_that_fails_for_now_is_tried_again_until_it_answers(site: HTTPServer, person: User) -> None:
    site.expect_oneshot_request("/lamps").respond_with_data("broken", status=500)
    submission = submit_address(person, lamps(site))
    assert not run(submission)
    assert "status 500" in again(submission).error
    row = fetching(submission)
    assert (row.done_at, row.quarantined_at, row.token) == (None, None, None)
    site.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    make_due(submission)
    assert run(submission)
    assert (again(submission).article is not None, again(submission).error) == (True, "")


def test_an_address_that_fails_each_time_ends_with_its_sentence(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data("broken", status=500)
    submission = submit_address(person, lamps(site))
    outcomes = []
    for _attempt in range(work.MAX_ATTEMPTS):
        make_due(submission)
        outcomes.append(run(submission))
    assert outcomes == [False] * (work.MAX_ATTEMPTS - 1) + [True]
    assert "status 500" in again(submission).error
    assert fetching(submission).done_at is not None


def test_an_address_whose_site_wants_to_be_left_alone_waits_for_that_and_loses_no_attempt(
    site: HTTPServer, person: User
) -> None:
    site.expect_oneshot_request("/lamps").respond_with_data("busy", status=503, headers={"Retry-After": "3600"})
    submission = submit_address(person, lamps(site))
    assert not run(submission)
    make_due(submission)
    assert not run(submission)
    row = fetching(submission)
    assert (row.attempts, row.quarantined_at) == (1, None)
    assert row.due_at > read_clock() + timedelta(minutes=59)
    assert "left alone" in again(submission).error
    HostLane.objects.update(closed_until=None)
    site.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    make_due(submission)
    assert run(submission)
    assert (again(submission).article is not None, again(submission).error) == (True, "")


def test_an_address_that_robots_txt_closes_is_told_and_never_asked_for(site: HTTPServer, person: User) -> None:
    site.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /lamps")
    submission = submit_address(person, lamps(site))
    assert run(submission)
    assert "robots.txt" in again(submission).error
    assert "upload" in again(submission).error
    assert [request.path for request, _ in site.log] == ["/robots.txt"]


def test_a_private_address_is_refused_and_nothing_is_asked(httpserver: HTTPServer, person: User) -> None:
    submission = submit_address(person, f"http://127.0.0.1:{httpserver.port}/")
    assert run(submission)
    assert again(submission).error
    assert httpserver.log == []


def test_a_page_that_is_here_already_leads_to_its_article(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    first, second = submit_address(person, lamps(site)), submit_address(make_person("editor"), lamps(site))
    assert run(first)
    assert run(second)
    assert again(second).article == again(first).article is not None
    assert Article.objects.count() == 1


def test_a_worker_that_lost_its_lease_stores_nothing(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    submission = submit_address(person, lamps(site))

    def taken_over(lease: work.Lease) -> None:
        Work.objects.filter(pk=lease.work_id).update(lease_until=ClockTimestamp() - timedelta(seconds=1))
        assert work.take(lease.work_id) is not None

    assert not run(submission, taken_over)
    assert again(submission).article is None
    assert not Article.objects.exists()


def test_a_worker_that_lost_its_lease_tells_no_failure_either(site: HTTPServer, person: User) -> None:
    site.expect_request("/lamps").respond_with_data("busy", status=503)
    submission = submit_address(person, lamps(site))

    def taken_over(lease: work.Lease) -> None:
        Work.objects.filter(pk=lease.work_id).update(lease_until=ClockTimestamp() - timedelta(seconds=1))
        assert work.take(lease.work_id) is not None

    assert not run(submission, taken_over)
    assert again(submission).error == ""
    assert fetching(submission).token is not None


def test_an_address_can_be_handed_in_again_once_it_was_fetched(site: HTTPServer, person: User) -> None:
    site.expect_oneshot_request("/lamps").respond_with_data("gone", status=404)
    first = submit_address(person, lamps(site))
    assert submit_address(person, lamps(site) + "#top") == first
    assert run(first)
    assert submit_address(person, lamps(site)) != first
