"""Who embeds a card is noted by origin alone, within limits, with the version that was fetched last."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.verification.publishing.reading import address
from tests.verification.publishing.rows import publish
from verification.models import EmbedSite, Publication
from verification.publishing.reach import embeds
from verification.publishing.reach.embeds import embeds_of, note_embed, origin_of
from verification.publishing.reach.forgetting import forget_unseen

pytestmark = pytest.mark.django_db
GULL = "https://gull.example"


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    embeds._noted.clear()


def fetch(client: Client, publication: Publication, referer: str, **headers: str) -> int:
    told = {"referer": referer, **headers}
    return client.get(address(publication, "embed/"), headers=told).status_code


def known(publication: Publication) -> list[tuple[str, int]]:
    return [(each.origin, each.version) for each in embeds_of(publication.review_id)]


def unseen(days: float, **which: str) -> None:
    EmbedSite.objects.filter(**which).update(last_at=F("last_at") - timedelta(days=days))


@pytest.mark.parametrize(
    ("referer", "origin"),
    [
        ("https://gull.example/2031/lamps?reader=ada#here", GULL),
        ("https://ada:secret@gull.example/", GULL),
        ("HTTPS://GULL.example:443/", GULL),
        ("http://gull.example:8080/", "http://gull.example:8080"),
        ("https://môle.example/", "https://xn--mle-kna.example"),
        ("ftp://gull.example/", ""),
        ("about:srcdoc", ""),
        ("lamps", ""),
        ("", ""),
        ("https://" + "gull." * 60 + "example/", ""),
        ("https://gull.example/" + "x" * 9000, ""),
        ("https://gu\x00ll.example/", ""),
    ],
)
def test_only_scheme_and_host_of_a_page_are_kept(referer: str, origin: str) -> None:
    assert origin_of(referer) == origin


def test_a_site_is_noted_once_with_the_version_it_has(client: Client) -> None:
    first = publish()
    fetch(client, first, f"{GULL}/a")
    fetch(client, first, f"{GULL}/b")
    assert known(first) == [(GULL, 1)]
    second = publish(first.review, 2)
    fetch(client, second, f"{GULL}/a")
    assert known(second) == [(GULL, 2)]


def test_a_site_that_has_it_already_is_noted_too(client: Client) -> None:
    first = publish()
    url = address(first, "embed/")
    seen = client.get(url)
    assert client.get(url, headers={"if-none-match": seen["ETag"], "referer": f"{GULL}/"}).status_code == 304
    assert known(first) == [(GULL, 1)]


def test_within_a_minute_nothing_is_written_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publication = publish()
    fetch(client, publication, f"{GULL}/")
    before = embeds_of(publication.review_id)[0].last_at
    with django_assert_num_queries(0):
        note_embed(GULL, publication.pk)
    monkeypatch.setattr(embeds, "PAUSE", 0)
    note_embed(GULL, publication.pk)
    (site,) = embeds_of(publication.review_id)
    assert site.last_at > before


def test_our_own_pages_and_who_follows_a_link_are_no_sites(client: Client) -> None:
    publication = publish()
    fetch(client, publication, "http://testserver/checks/")
    fetch(client, publication, f"{GULL}/", **{"sec-fetch-dest": "document"})
    client.head(address(publication, "embed/"), headers={"referer": f"{GULL}/"})
    client.get(address(publication, "embed/"))
    assert known(publication) == []
    fetch(client, publication, f"{GULL}/", **{"sec-fetch-dest": "iframe"})
    assert known(publication) == [(GULL, 1)]


def test_a_stranger_can_make_so_many_rows_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeds, "MOST_OF_A_CHECK", 2)
    monkeypatch.setattr(embeds, "MOST", 3)
    one, other = publish(), publish()
    for publication in (one, other):
        for number in range(3):
            fetch(client, publication, f"https://gull{number}.example/")
    assert (len(known(one)), len(known(other)), EmbedSite.objects.count()) == (2, 1, 3)
    second = publish(one.review, 2)
    fetch(client, second, "https://gull1.example/")
    assert ("https://gull1.example", 2) in known(second)  # whoever is known stays known


@pytest.mark.parametrize(("of_a_check", "of_all"), [(2, 50), (50, 3)])
def test_a_site_that_was_not_seen_for_a_day_makes_room_for_a_new_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, of_a_check: int, of_all: int
) -> None:
    monkeypatch.setattr(embeds, "MOST_OF_A_CHECK", of_a_check)
    monkeypatch.setattr(embeds, "MOST", of_all)
    publication, other = publish(), publish()
    note_embed(GULL, other.pk)
    for number in range(2):
        note_embed(f"https://gull{number}.example", publication.pk)
    note_embed("https://tern.example", publication.pk)
    assert len(known(publication)) == 2
    unseen(1.1)
    unseen(1, origin="https://gull0.example")
    embeds._noted.clear()
    note_embed("https://tern.example", publication.pk)
    assert {origin for origin, _version in known(publication)} == {"https://gull1.example", "https://tern.example"}
    assert known(other) == [(GULL, 1)]


def test_a_site_that_was_not_seen_for_ninety_days_is_forgotten() -> None:
    publication = publish()
    for origin in (GULL, "https://tern.example"):
        note_embed(origin, publication.pk)
    unseen(89)
    unseen(2, origin=GULL)
    forget_unseen()
    assert known(publication) == [("https://tern.example", 1)]


def test_what_it_remembers_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeds, "_MOST_REMEMBERED", 3)
    publication = publish()
    for number in range(10):
        note_embed(f"https://gull{number}.example", publication.pk)
    assert len(embeds._noted) <= 3


def test_a_note_that_cannot_be_written_breaks_no_card(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(embeds, "_NOTE", "INSERT INTO no_such_table VALUES (%(origin)s)")
    publication = publish()
    assert fetch(client, publication, f"{GULL}/") == 200
    assert "could not be noted" in caplog.text
    assert known(publication) == []


def test_a_version_is_never_taken_back_by_a_late_note() -> None:
    first = publish()
    second = publish(first.review, 2)
    note_embed(GULL, second.pk)
    note_embed(GULL, first.pk)
    assert known(second) == [(GULL, 2)]
