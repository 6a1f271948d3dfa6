"""The DataFeed: every check that stands, readable by this very project; streamed, and not sent twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.verification.publishing.rows import make_case, publish, set_desk
from verification.connectors.earlier.contract import EarlierFile, EarlierText
from verification.connectors.earlier.files import read_earlier
from verification.models import EarlierCheck
from verification.publishing import data_feed

pytestmark = pytest.mark.django_db
URL = "/checks/data-feed.json"


def feed(client: Client, query: str = "") -> Any:
    answer = client.get(URL + query)
    assert answer["Content-Type"] == "application/ld+json"
    return json.loads(answer.getvalue())


def test_a_desk_without_checks_has_a_feed_without_elements(client: Client) -> None:
    told = feed(client)
    assert (told["@context"], told["@type"], told["dataFeedElement"]) == ("https://schema.org", "DataFeed", [])
    assert told["publisher"]["@type"] == "NewsMediaOrganization"


def test_each_item_has_its_days_and_the_very_claimreview_of_its_page(client: Client) -> None:
    corrected = publish(publish().review, 2)
    (item,) = feed(client)["dataFeedElement"]
    assert item["@type"] == "DataFeedItem"
    assert item["dateCreated"] <= item["dateModified"]
    own = client.get(f"/checks/{corrected.review.public}/claimreview.json").json()
    assert {"@context": "https://schema.org", **item["item"]} == own
    assert own["correction"][0]["text"] == "Version 1 gave the wrong hour."


def test_what_was_withdrawn_says_when_and_is_no_claimreview(client: Client) -> None:
    publish(publish().review, change="void", change_note="Of another day.")
    (item,) = feed(client)["dataFeedElement"]
    assert item["dateDeleted"] == item["dateModified"]
    assert item["item"]["@type"] == "WebPage"


def test_batches_join_to_one_feed_newest_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_feed, "BATCH", 2)
    made = [str(publish().review.public) for _number in range(5)]
    urls = [item["item"]["url"] for item in feed(client)["dataFeedElement"]]
    assert [url.split("/")[-2] for url in urls] == made[::-1]


def test_it_can_be_asked_for_less(client: Client) -> None:
    publish(value=1)
    publish(value=5)
    told = feed(client, "?rating=False")
    assert [item["item"]["reviewRating"]["alternateName"] for item in told["dataFeedElement"]] == ["False"]
    assert told["url"].endswith("?rating=False")
    assert "False" in told["name"]


def test_it_is_streamed_and_whoever_has_it_is_told_so_with_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish()
    first = client.get(URL)
    assert first.streaming
    first.getvalue()
    with django_assert_num_queries(1):
        assert client.get(URL, headers={"if-none-match": first["ETag"]}).status_code == 304
    publish()
    again = client.get(URL, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    again.getvalue()


def test_ten_more_checks_cost_no_further_query(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        publish(make_case(title=f"Lamps {number}"))
    feed(client)
    with django_assert_max_num_queries(8):
        assert len(feed(client)["dataFeedElement"]) == 12


def test_our_own_feed_imported_into_another_desk_gives_the_same_checks(client: Client, tmp_path: Path) -> None:
    set_desk(name="The Mole Lantern", homepage="https://lantern.example/", licence="CC BY 4.0")
    publish(claim_text="Every captain pays.", headline="No captain pays")
    publish(publish(claim_text="Forty lamps burn.").review, 2, claim_text="Forty lamps burn.")
    publish(publish().review, change="void", change_note="Of another day.")
    path = tmp_path / "data-feed.json"
    path.write_bytes(client.get(URL).getvalue())
    (file,) = read_earlier(path)
    assert isinstance(file, EarlierFile)
    rows = list(file.rows)
    assert [type(row) for row in rows] == [EarlierText, EarlierText]
    call_command("import_verdicts", path)
    stored = {check.claim_text: check for check in EarlierCheck.objects.all()}
    assert set(stored) == {"Every captain pays.", "Forty lamps burn."}
    check = stored["Every captain pays."]
    assert (check.rating_label, check.rating_value, check.rating_worst, check.rating_best) == ("False", 1, 1, 5)
    assert (check.title, check.publisher, check.language) == ("No captain pays", "The Mole Lantern", "en")
    assert check.claimant == "Ada Quillfeather"
    assert {stored[text].url.split("/")[-2] for text in stored} == {
        item["item"]["url"].split("/")[-2]
        for item in feed(client)["dataFeedElement"]
        if item["item"]["@type"] == "ClaimReview"
    }
