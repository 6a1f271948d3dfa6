"""Readers who have it already are told so, with one query; those who have an older one are given the new."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils.http import http_date, parse_http_date
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from claims.models import Outlet
from tests.verification.publishing.rows import publish, see_in, set_desk, settle
from verification.models import Challenge, Publication, Rating
from verification.publishing.edition import edition

pytestmark = pytest.mark.django_db

ALL = ["", "how/", "corrections/", "feed.rss", "feed.atom", "feed.json"]
OF_A_CHECK = ["", "v1/", "v1/card.png", "claimreview.json"]
MEDIA = {
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "claimreview.json": "application/ld+json",
    "card.png": "image/png",
    "": "text/html; charset=utf-8",
}


def addresses(publication: Publication) -> list[str]:
    own = [f"/checks/{publication.review.public}/{rest}" for rest in OF_A_CHECK]
    return [*(f"/checks/{rest}" for rest in ALL), *own]


def test_each_answer_has_a_validator_a_date_and_its_media_type(client: Client) -> None:
    publication = publish()
    settle()
    changed = edition().changed
    assert changed
    for url in addresses(publication):
        answer = client.get(url)
        assert answer["ETag"].startswith('W/"'), url  # some are sent it compressed
        assert parse_http_date(answer["Last-Modified"]) == int(changed.timestamp()), url
        assert answer["Cache-Control"] == "public, no-cache", url
        kind = url.rsplit("/", 1)[1]
        assert answer["Content-Type"] == MEDIA[kind], url


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_has_it_is_told_so_with_one_query(
    client: Client, method: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publication = publish()
    settle()
    for url in addresses(publication):
        first = client.get(url)
        for header, value in (("if-none-match", first["ETag"]), ("if-modified-since", first["Last-Modified"])):
            with django_assert_num_queries(1):
                again = getattr(client, method)(url, headers={header: value})
            assert again.status_code == 304, url
            assert again.content == b""
            assert again["ETag"] == first["ETag"]
            assert again["Last-Modified"] == first["Last-Modified"]
            assert again["Cache-Control"] == first["Cache-Control"]
            assert set(again["Vary"].split(", ")) == set(first["Vary"].split(", ")) >= {"Accept-Encoding"}, url


def test_what_is_not_there_is_not_unchanged(client: Client) -> None:
    publication = publish()
    settle()
    late = http_date(parse_http_date(client.get("/checks/")["Last-Modified"]) + 3600)
    own = f"/checks/{publication.review.public}/"
    gone = [f"{own}v9/", "/checks/feed.atom?speaker=x", "/checks/about/team/", "/checks/sitemap-9.xml"]
    gone += [
        f"/checks/oembed?url=http://testserver{own}v9/",
        f"/api/v1/verdicts/{publication.review.public}/versions/9/",
    ]
    for url in gone:
        for header, value in (
            ("if-none-match", "*"),
            ("if-none-match", client.get(own)["ETag"]),
            ("if-none-match", client.get("/checks/")["ETag"]),
            ("if-modified-since", late),
        ):
            answer = client.get(url, headers={header: value})
            assert answer.status_code == 404, (url, header)
            assert not answer.has_header("ETag"), url
            assert not answer.has_header("Last-Modified"), url


def test_what_programs_read_takes_no_post_and_may_be_read_from_any_origin() -> None:
    check = publish().review.public
    strict = Client(enforce_csrf_checks=True)
    void = publish(publish().review, change="void", change_note="It was another day.").review.public
    for url, status in (("feed.rss?before=x", 400), ("feed.atom?speaker=x", 404), (f"{void}/claimreview.json", 410)):
        refused = strict.get(f"/checks/{url}")
        assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (status, "*")
    for url in ("feed.rss", "feed.atom", "feed.json", "corrections/feed.json", f"{check}/claimreview.json"):
        assert strict.post(f"/checks/{url}").status_code == 405, url
        assert strict.get(f"/checks/{url}")["Access-Control-Allow-Origin"] == "*", url
    answer = strict.get("/checks/data-feed.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.getvalue()
    assert strict.post("/checks/data-feed.json").status_code == 405


def test_the_same_again_is_the_same_to_the_byte(client: Client) -> None:
    for url in addresses(publish()):
        assert client.get(url).content == client.get(url).content, url


def test_head_is_get_without_its_body(client: Client) -> None:
    publication = publish()
    settle()
    for url in addresses(publication):
        got, head = client.get(url), client.head(url)
        assert head.status_code == 200
        assert head.content == b""
        for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
            assert head[name] == got[name], (url, name)


def test_a_new_publication_is_seen_at_the_next_look(client: Client) -> None:
    first = publish()
    seen = {url: client.get(url) for url in addresses(first)}
    second = publish(first.review, 2)
    for url, before in seen.items():
        again = client.get(url, headers={"if-none-match": before["ETag"]})
        assert again.status_code == 200, url
        assert again["ETag"] != before["ETag"], url
    entry = feedparser.parse(client.get("/checks/feed.atom").content).entries[0]
    assert entry.id == f"urn:uuid:{first.review.public}"
    assert entry.updated == second.published_at.isoformat()


def test_a_date_before_the_newest_publication_is_too_old(client: Client) -> None:
    publication = publish()
    old = http_date((publication.published_at - timedelta(seconds=2)).timestamp())
    for url in addresses(publication):
        assert client.get(url, headers={"if-modified-since": old}).status_code == 200, url


def test_a_change_that_is_not_a_minute_old_has_no_date_and_whoever_asks_by_date_is_given_it(client: Client) -> None:
    publication = publish()
    settle(hours=3)
    dates = {url: client.get(url)["Last-Modified"] for url in addresses(publication)}
    Challenge.objects.create(review=publication.review, publication=publication, origin="reader", text="No.")
    Rating.objects.filter(value=1).update(label="Untrue")
    for url, before in dates.items():
        again = client.get(url, headers={"if-modified-since": before})
        assert again.status_code == 200, url
        assert "Last-Modified" not in again, url
    settle()
    for url, before in dates.items():
        assert client.get(url, headers={"if-modified-since": before}).status_code == 200, url


def test_a_publication_of_another_case_leaves_a_check_as_it_was(client: Client) -> None:
    publication = publish()
    url = f"/checks/{publication.review.public}/"
    before = client.get(url)["ETag"]
    publish()
    assert client.get(url)["ETag"] == before


def test_whatever_is_shown_beside_the_verdict_counts_too(client: Client, settings: Settings) -> None:
    publication = publish()
    url = f"/checks/{publication.review.public}/"
    tags = [client.get(url)["ETag"]]
    set_desk(name="The Mole Lantern")
    tags.append(client.get(url)["ETag"])
    see_in(publication.review, "Gull Gazette")
    tags.append(client.get(url)["ETag"])
    Outlet.objects.filter(name="Gull Gazette").update(name="The Gull Gazette")
    tags.append(client.get(url)["ETag"])
    Rating.objects.filter(value=3).update(label="Lacks context")
    tags.append(client.get(url)["ETag"])
    settings.PUBLIC_URL = "https://checks.lantern.example"
    tags.append(client.get(url)["ETag"])
    assert len(set(tags)) == len(tags)


def test_a_desk_that_has_published_nothing_answers_too(client: Client) -> None:
    for rest in ALL:
        answer = client.get(f"/checks/{rest}")
        assert answer.status_code == 200
        assert "Last-Modified" not in answer
        again = client.get(f"/checks/{rest}", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_a_withdrawn_claimreview_is_gone_and_never_unchanged(client: Client) -> None:
    publication = publish()
    url = f"/checks/{publication.review.public}/claimreview.json"
    before = client.get(url)
    publish(publication.review, change="void", change_note="It was another day.")
    assert client.get(url, headers={"if-none-match": before["ETag"]}).status_code == 410
