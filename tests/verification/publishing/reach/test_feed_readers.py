"""Who polls which feed, and what they were given: noted without an address, seldom, and never without limit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Speaker
from tests.verification.publishing.rows import make_case, publish, settle
from verification.models import FeedReader, Publication
from verification.publishing.reach import feed_readers
from verification.publishing.reach.feed_readers import OTHERS, agent_of, followed, forget
from verification.publishing.reach.forgetting import forget_unseen

pytestmark = pytest.mark.django_db
ATOM = "/checks/feed.atom"
READER = "Lantern-Reader/2.1 (+https://lantern.example/bot; 42 subscribers; crew@lantern.example)"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    forget()
    yield
    forget()


def ask(client: Client, address: str = ATOM, agent: str = READER, **headers: str) -> int:
    answer = client.get(address, headers={"user-agent": agent, **headers})
    return answer.status_code


def noted() -> list[tuple[str, str, int | None]]:
    return list(FeedReader.objects.order_by("pk").values_list("feed", "agent", "seen"))


def at_hand(publication: Publication) -> Publication:
    rows = Publication.objects.select_related("verdict__supersedes", "review__claim__speaker__joined_to")
    return rows.get(pk=publication.pk)


def have(publication: Publication) -> tuple[int, list[tuple[str, str]]]:
    """Return how many were given a publication, and who was not."""
    found = followed([at_hand(publication)], 50)[publication.pk]
    assert found.lack == len(found.lacking)
    return found.have, [(each.feed, each.agent) for each in found.lacking]


def unseen(days: float, **which: str) -> None:
    FeedReader.objects.filter(**which).update(last_at=F("last_at") - timedelta(days=days))


def test_a_program_is_known_by_what_it_calls_itself_and_by_what_it_was_given(client: Client) -> None:
    publication = publish()
    assert ask(client) == 200
    assert noted() == [(ATOM, "Lantern-Reader/2.1", publication.pk)]
    assert have(publication) == (1, [])
    correction = publish(publication.review, 3)
    assert have(correction) == (0, [(ATOM, "Lantern-Reader/2.1")])
    ask(client)
    assert have(correction) == (1, [])


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_who_is_told_that_they_have_it_has_it(client: Client, validator: str) -> None:
    publication = publish()
    settle()
    header = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[validator]
    value = client.get(ATOM)[validator]
    assert ask(client, agent="Gull/1", **{header: value}) == 304
    assert (ATOM, "Gull/1", publication.pk) in noted()


@pytest.mark.parametrize(
    ("header", "agent"),
    [
        ("", "unnamed"),
        ("   ", "unnamed"),
        ("(a (nested) comment) Gull/1.0", "Gull/1.0"),
        ("crew@lantern.example Gull", "Gull"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/128.0", "Mozilla/5.0 Gecko/20100101 Firefox/128.0"),
        ("<script>alert(1)</script>", "unnamed"),
        ("Gull/1\x00\x1b[31m", "unnamed"),
        ("https://lantern.example/bot", "unnamed"),
        ("((((", "unnamed"),
        ("a" * 500, "a" * 120),
        ("others", "others"),
    ],
)
def test_of_a_name_only_its_products_are_kept(header: str, agent: str) -> None:
    assert agent_of(header) == agent


def test_who_asks_again_within_a_minute_costs_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    ask(client)
    before = FeedReader.objects.get().last_at
    with django_assert_num_queries(1):
        assert ask(client) == 200
    assert FeedReader.objects.get().last_at == before
    monkeypatch.setattr(feed_readers, "AGAIN_AFTER", 0.0)
    ask(client)
    assert FeedReader.objects.get().last_at > before


def test_a_page_of_older_checks_a_head_and_a_refusal_note_nothing(client: Client) -> None:
    publish()
    ask(client, f"{ATOM}?before=1-1")
    ask(client, f"{ATOM}?before=x")
    ask(client, f"{ATOM}?speaker=x")
    client.head(ATOM)
    assert noted() == []


def test_a_chosen_feed_is_noted_as_it_is_and_one_that_has_nothing_is_not(client: Client) -> None:
    publication = publish()
    ask(client, f"{ATOM}?language=en&utm_source=mail&rating=False&until=2031-01-01")
    ask(client, f"{ATOM}?topic=invented+by+a+stranger")
    assert noted() == [(f"{ATOM}?rating=False&language=en", "Lantern-Reader/2.1", publication.pk)]


def test_a_publication_is_followed_where_it_stands_and_nowhere_else(client: Client) -> None:
    review = make_case()
    review.claim.speaker = Speaker.objects.create(name="Ada Quillfeather")
    review.claim.save(update_fields=["speaker"])
    publication, other = publish(review), publish(value=5, language="pt-BR")
    own = [ATOM, f"{ATOM}?speaker={review.claim.speaker.public}", f"{ATOM}?rating=False&language=en"]
    for address in (*own, f"{ATOM}?language=pt-BR", "/checks/corrections/feed.rss"):
        ask(client, address)
    assert have(publication)[0] == len(own)
    assert have(other)[0] == 2
    correction = publish(publication.review, 3)
    told, lacking = have(correction)
    assert (told, {feed for feed, _agent in lacking}) == (0, {*own, "/checks/corrections/feed.rss"})


def test_all_versions_are_counted_at_once_and_few_of_many_are_named(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = publish()
    for number in range(5):
        ask(client, agent=f"Gull/{number}")
    second = publish(first.review, 3)
    ask(client, agent="Gull/1")
    ask(client, agent="Tern/1")
    rows = [at_hand(second), at_hand(first)]
    with django_assert_num_queries(3 + 2 * len(rows)):
        found = followed(rows, 2)
    assert (found[first.pk].have, found[first.pk].lack) == (5, 0)  # who came later never had it
    assert (found[second.pk].have, found[second.pk].lack) == (2, 4)
    assert [each.agent for each in found[second.pk].lacking] == ["Gull/4", "Gull/3"]
    assert followed([], 2) == {}


def test_programs_beyond_the_limit_are_the_others(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_readers, "MOST_AGENTS", 3)
    publication = publish()
    for number in range(6):
        ask(client, agent=f"Gull/{number}")
    assert {agent for _feed, agent, _seen in noted()} == {"Gull/0", "Gull/1", "Gull/2", OTHERS}
    correction = publish(publication.review, 3)
    for number in (1, 5):
        ask(client, agent=f"Gull/{number}")
    seen = {agent: newest for _feed, agent, newest in noted()}
    assert (seen["Gull/1"], seen[OTHERS]) == (correction.pk, correction.pk)
    assert seen["Gull/0"] == publication.pk
    forget()  # as another process, which has yet to learn who is known
    ask(client, agent="Gull/0")
    ask(client, agent="Gull/9")
    assert {agent for _feed, agent, _seen in noted()} == {"Gull/0", "Gull/1", "Gull/2", OTHERS}


def test_chosen_feeds_beyond_the_limit_are_not_noted_and_those_of_all_checks_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_readers, "MOST_CHOSEN", 1)
    publish()
    for query in ("?rating=False", "?language=en", "?rating=False&language=en", ""):
        ask(client, f"{ATOM}{query}")
    assert [feed for feed, _agent, _seen in noted()] == [f"{ATOM}?rating=False", ATOM]


def test_a_program_that_was_not_seen_for_a_day_makes_room_for_a_new_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_readers, "MOST_AGENTS", 2)
    publish()
    for number in range(3):
        ask(client, agent=f"Gull/{number}")
    unseen(1.1, agent="Gull/0")
    unseen(1.2, agent="Gull/1")
    ask(client, agent="Tern/1")
    assert {agent for _feed, agent, _seen in noted()} == {"Gull/0", "Gull/1", OTHERS}  # it is full for a while
    forget()
    ask(client, agent="Tern/1")
    ask(client, agent="Tern/2")
    ask(client, agent="Tern/3")
    assert {agent for _feed, agent, _seen in noted()} == {"Tern/1", "Tern/2", OTHERS}


def test_a_chosen_feed_that_nobody_asked_for_in_a_day_makes_room_for_another(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_readers, "MOST_CHOSEN", 1)
    publish()
    for agent in ("Gull/1", "Gull/2"):
        ask(client, f"{ATOM}?rating=False", agent)
    ask(client)
    unseen(1.1, agent="Gull/1")
    unseen(2)
    unseen(-2, agent="Gull/2")
    ask(client, f"{ATOM}?language=en")
    assert {feed for feed, _agent, _seen in noted()} == {ATOM, f"{ATOM}?rating=False"}  # one was seen today
    unseen(2)
    ask(client, f"{ATOM}?language=en", "Tern/1")
    assert {feed for feed, _agent, _seen in noted()} == {ATOM, f"{ATOM}?language=en"}


def test_a_program_that_was_not_seen_for_ninety_days_is_forgotten(client: Client) -> None:
    for agent in ("Gull/1", "Tern/1"):
        ask(client, agent=agent)
    unseen(89, agent="Gull/1")
    unseen(91, agent="Tern/1")
    forget_unseen()
    assert [agent for _feed, agent, _seen in noted()] == ["Gull/1"]


def test_a_desk_that_has_published_nothing_knows_who_asks(client: Client) -> None:
    assert not Publication.objects.exists()
    ask(client)
    assert noted() == [(ATOM, "Lantern-Reader/2.1", None)]


def test_a_failure_to_write_keeps_nobody_from_the_feed(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    publish()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET TRANSACTION READ ONLY")
    assert ask(client) == 200
    assert "could not be noted" in caplog.text
