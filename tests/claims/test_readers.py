"""What readers ask: kept once, fetched only when somebody takes it in, and dealt with once."""

import threading
import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connections
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from claims import readers, tasks
from claims.capture.errors import TextlessInput
from claims.capture.policy import PrivateTarget
from claims.models import Article, Submission, Work
from claims.readers import AskedOtherwise, TooManyWait, ask, lines, set_aside, take_in
from claims.submitting import FETCH
from tests.claims.test_submissions import PAGE
from tests.factories import make_claim
from tests.people import make_person
from verification.models import Duty, Hat
from verification.review.triage import open_cases

pytestmark = pytest.mark.django_db
LAMPS = "https://news.example/lamps"


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


def asked(url: str | None = LAMPS, note: str = "", contact: str = "gull@port.example") -> Submission:
    return ask(uuid.uuid4(), url, note, contact)


def test_what_a_reader_asks_waits_and_is_nobodys() -> None:
    kept = asked(note="Are there forty?")
    assert (kept.way, kept.person, kept.url, kept.note) == ("reader", None, LAMPS, "Are there forty?")
    assert not Work.objects.exists()


def test_the_same_form_is_kept_once_and_tells_when_its_words_changed() -> None:
    name = uuid.uuid4()
    assert ask(name, LAMPS, "") == ask(name, LAMPS, "")
    with pytest.raises(AskedOtherwise):
        ask(name, LAMPS, "And the ropes?")
    assert Submission.objects.count() == 1


def test_one_address_is_one_line_and_its_page_is_fetched_once_for_all_who_asked(
    httpserver: HTTPServer, settings: Settings, person: User
) -> None:
    settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"news.example=127.0.0.1:{httpserver.port}"),)
    httpserver.expect_request("/lamps").respond_with_data(PAGE, content_type="text/html")
    address = f"http://news.example:{httpserver.port}/lamps"
    first, second, _other = asked(address), asked(address, "Are there forty?"), asked()
    assert [len(line.all) for line in lines()] == [2, 1]
    assert take_in(second, person)
    assert [line.first.url for line in lines()] == [LAMPS]
    work = Work.objects.get(kind=FETCH)
    assert work.subject == first.pk
    tasks.fetch(work.pk)
    article = Article.objects.get()
    assert list(Submission.objects.filter(article=article).order_by("pk")) == [first, second]
    make_claim(article)
    open_cases()
    assert set(Duty.objects.values_list("hat", "person")) == {(Hat.SUBMITTER, person.pk)}


def test_words_without_an_address_become_the_text_of_an_article(person: User) -> None:
    question = asked(None, "Warden Ada Quillfeather said the board bought 40 lamps in May 2031. Did it?")
    assert take_in(question, person)
    question.refresh_from_db()
    assert question.article is not None
    assert "40 lamps" in question.article.text
    assert (question.article.outlet, question.article.url, question.article.published) == (None, None, None)
    assert question.person == person
    assert not Work.objects.filter(kind=FETCH).exists()


def test_words_that_are_none_are_told_and_stay(person: User) -> None:
    question = asked(None, "???")
    with pytest.raises(TextlessInput):
        take_in(question, person)
    assert [line.first for line in lines()] == [question]


def test_what_is_set_aside_keeps_no_contact_and_is_not_taken_in_later(person: User) -> None:
    first, second = asked(), asked()
    assert set_aside(first, person)
    assert not set_aside(second, person)
    assert not take_in(second, person)
    for kept in Submission.objects.all():
        assert (kept.contact, kept.set_aside_by, kept.person) == ("", person, None)
    assert not Work.objects.exists()


def test_what_was_taken_in_is_not_set_aside(person: User) -> None:
    question = asked()
    assert take_in(question, person)
    assert not take_in(question, make_person("editor"))
    assert not set_aside(question, person)
    question.refresh_from_db()
    assert (question.person, question.contact) == (person, "gull@port.example")


def test_no_more_is_kept_than_somebody_could_read(monkeypatch: pytest.MonkeyPatch, person: User) -> None:
    monkeypatch.setattr(readers, "MOST_WAITING", 2)
    first, _second = asked(), asked()
    with pytest.raises(TooManyWait):
        asked()
    set_aside(first, person)
    asked()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_deal_with_a_line_at_once_one_does(person: User) -> None:
    question, editor = asked(), make_person("editor")
    asked()
    ready, done = threading.Barrier(4), []

    def deal(number: int) -> None:
        try:
            ready.wait()
            verb = take_in if number % 2 else set_aside
            done.append(verb(question, (person, editor)[number // 2]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deal, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    ends = Submission.objects.values_list("person", "set_aside_by").distinct()
    assert len(ends) == 1
    assert Work.objects.filter(kind=FETCH).count() == (ends[0][0] is not None)
