"""Handing in many: every row is told of, a bad one stops no other, and the same list does nothing twice."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.capture.listing import ListOfArticles, read_list
from claims.importing import import_articles
from claims.models import Article, Precision, Snapshot, Submission, Work
from claims.models.clock import ClockTimestamp
from claims.submitting import FETCH, submit_address
from tests.people import make_person

pytestmark = pytest.mark.django_db
LAMPS, ROPES = "https://news.example/lamps", "https://news.example/ropes"
LIST = f"""url,text,title,outlet,published
{LAMPS},,,,
,"The board bought forty lamps in May, warden Ada Quillfeather said.",Lamps return,Port Paper,May 2031
no address,,,,
,"The mole is 900 metres long.",Mole,Port Paper,04/05/2031
{LAMPS}#top,,,,
"""


@pytest.fixture
def person() -> User:
    return make_person("intake", name="Ines Mole")


def listed(body: str = LIST) -> ListOfArticles:
    return read_list("list.csv", body.encode(), max_bytes=100_000)


def kinds(person: User, body: str = LIST, *, dry_run: bool = False) -> dict[int, str]:
    return {told.row: told.kind for told in import_articles(person, listed(body), dry_run=dry_run)}


def test_each_row_is_taken_in_or_here_already_or_refused(person: User) -> None:
    assert kinds(person) == {2: "taken", 3: "taken", 4: "refused", 5: "refused", 6: "known"}
    address, text = Submission.objects.order_by("pk")
    assert (address.way, address.url, address.person) == ("import", LAMPS, person)
    assert Work.objects.get(kind=FETCH).subject == address.pk
    assert text.way == "import"
    article = Article.objects.get()
    assert text.article == article
    assert (article.title, article.published_precision) == ("Lamps return", Precision.MONTH)
    assert (article.snapshot.origin, article.snapshot.filename) == (Snapshot.Origin.IMPORTED, "list.csv:3")


def test_the_same_list_does_nothing_twice_not_even_for_an_address_that_failed(person: User) -> None:
    kinds(person)
    Work.objects.filter(kind=FETCH).update(done_at=ClockTimestamp())
    Submission.objects.filter(url=LAMPS).update(error="The page is gone.")
    told = {told.row: told for told in import_articles(person, listed())}
    assert [each.kind for each in told.values()] == ["known", "known", "refused", "refused", "known"]
    assert "The page is gone." in str(told[2].told)
    assert (Submission.objects.count(), Article.objects.count(), Work.objects.filter(kind=FETCH).count()) == (2, 1, 1)


def test_a_dry_run_tells_the_same_and_stores_nothing(person: User) -> None:
    assert kinds(person, dry_run=True) == {2: "taken", 3: "taken", 4: "refused", 5: "refused", 6: "known"}
    assert not Submission.objects.exists()
    assert not Snapshot.objects.exists()
    kinds(person)
    assert set(kinds(person, dry_run=True).values()) == {"known", "refused"}


def test_an_address_somebody_else_had_read_is_noted_and_not_fetched_again(person: User) -> None:
    kinds(person, f'url,text\n{ROPES},"The ropes are new, the board said."\n')
    other = make_person("editor")
    assert kinds(other, f"url\n{ROPES}\n") == {2: "known"}
    assert Submission.objects.get(person=other).article == Article.objects.get()
    assert not Work.objects.filter(kind=FETCH).exists()


def test_an_address_that_waits_by_hand_is_here_already(person: User) -> None:
    waiting = submit_address(person, LAMPS)
    (told,) = import_articles(person, listed(f"url\n{LAMPS}\n"))
    assert (told.kind, told.submission) == ("known", waiting)
    assert waiting.way == Submission.Way.DESK


@pytest.mark.django_db(transaction=True)
def test_a_list_sent_four_times_at_once_is_taken_in_once(person: User) -> None:
    ready = threading.Barrier(4)
    done: list[str] = []

    def send() -> None:
        try:
            ready.wait()
            done.extend(told.kind for told in import_articles(person, listed()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (done.count("taken"), done.count("known"), done.count("refused")) == (2, 10, 8)
    assert (Submission.objects.count(), Article.objects.count()) == (2, 1)
