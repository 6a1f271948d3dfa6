"""`claims:search` finds what is public, and nothing else, as soon as it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims.models import Precision
from tests.cases import Walk
from tests.verification.publishing.rows import approve, make_case, publish, set_desk
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild
from verification.models import Change, IndexedPublication
from verification.publishing.fact_check_tools import finding
from verification.review import afterwards

pytestmark = pytest.mark.django_db
URL = "/v1alpha1/claims:search"


def found(client: Client, **asked: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = search(client, **asked).get("claims", [])
    return claims


def search(client: Client, **asked: str) -> dict[str, Any]:
    answer = client.get(URL, asked)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def listed(*titles: str, **values: Any) -> None:
    for title in titles:
        publish(headline=title, **values)
    rebuild(collection=PUBLIC)


def test_a_check_is_found_from_the_moment_it_goes_out_and_answered_as_googles_api_does(client: Client) -> None:
    set_desk(name="The Mole Lantern", homepage="https://www.lantern.example/")
    walk = Walk().accepted().taken().proposed().drafted().approved()
    words = walk.review.wording
    assert found(client, query=words) == []  # approved is not public
    publication = walk.published()
    (claim,) = found(client, query=words)
    assert claim["text"] == words
    (review,) = claim["claimReview"]
    assert review == {
        "publisher": {"name": "The Mole Lantern", "site": "lantern.example"},
        "url": f"http://testserver/checks/{walk.review.public}/",
        "title": publication.verdict.headline,
        "reviewDate": publication.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "textualRating": publication.verdict.rating_label,
        "languageCode": publication.verdict.language,
    }


def test_a_correction_takes_the_place_of_what_it_corrects_and_a_withdrawal_leaves_nothing(client: Client) -> None:
    walk = Walk()
    walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, Change.CORRECTION, "The hour was wrong.")
    walk._again()
    words = walk.review.wording
    assert len(found(client, query=words)) == 1
    walk.taken().proposed().drafted(
        headline="A better headline", change_note="The hour was wrong."
    ).approved().published()
    (claim,) = found(client, query=words)
    assert claim["claimReview"][0]["title"] == "A better headline"
    assert IndexedPublication.objects.count() == 1
    afterwards.correct(walk.review, walk.editor, walk.review.revision, Change.VOID, "It should not stand.")
    walk._again()
    walk.taken().proposed().drafted(change_note="It should not stand.").approved().published()
    assert found(client, query=words) == []
    assert rebuild(collection=PUBLIC) == 0  # nothing is left to be put in


def test_the_likest_comes_first_and_what_shares_a_common_word_alone_does_not_come(client: Client) -> None:
    listed("Ropes", claim_text="The harbour board bought ropes for the southern mole.", claimant="Sela Rope")
    listed("Lamps", claim_text="The harbour board bought forty lamps for the northern mole.", claimant="Ada Quay")
    listed("Bread", claim_text="Bread is dearer than it was in spring.", claimant="Cato Mill")
    titles = [each["claimReview"][0]["title"] for each in found(client, query="forty lamps on the northern mole")]
    assert titles[0] == "Lamps"
    assert "Bread" not in titles
    assert [each["claimant"] for each in found(client, query="Cato Mill")] == ["Cato Mill"]


def test_a_claim_that_nobody_checked_is_not_answered_with_what_shares_its_small_words(client: Client) -> None:
    things = ("lamps", "ropes", "barges", "anchors", "ledgers", "windows", "wagons", "kettles", "benches", "bells")
    for number, thing in enumerate(things):
        publish(claim_text=f"The harbour board bought {number + 40} {thing} in the spring, and the mayor was told.")
        publish(claim_text=f"Was the price of the {thing} in a contract of the office cut to {number + 3} crowns?")
    rebuild(collection=PUBLIC)
    for unasked in (
        "The moon landing was staged in a studio",
        "Is the vaccine a danger to children?",
        "Did aliens crash in Peru in the fifties?",
    ):
        assert found(client, query=unasked) == [], unasked
    for asked, first in (("the harbour board bought kettles", "kettles"), ("wagons", "wagons")):
        assert first in found(client, query=asked)[0]["text"]


def test_pages_follow_one_another_to_the_end_and_nothing_comes_twice(client: Client) -> None:
    listed(*(f"Lamps {number}" for number in range(5)))
    seen, token = [], ""
    for _page in range(4):
        told = search(client, query="lamps", pageSize="2", **({"pageToken": token} if token else {}))
        seen += [each["claimReview"][0]["title"] for each in told["claims"]]
        token = told.get("nextPageToken", "")
        if not token:
            break
    assert sorted(seen) == [f"Lamps {number}" for number in range(5)]
    assert [each["claimReview"][0]["title"] for each in found(client, query="lamps", offset="4")] == seen[4:]


def test_a_site_alone_lists_the_newest_first_and_another_site_nothing(client: Client) -> None:
    set_desk(homepage="https://lantern.example/")
    listed("First", "Second")
    for site in ("lantern.example", "https://www.lantern.example/checks", "testserver"):
        titles = [each["claimReview"][0]["title"] for each in found(client, reviewPublisherSiteFilter=site)]
        assert titles == ["Second", "First"]
    assert search(client, reviewPublisherSiteFilter="other.example") == {}
    assert search(client, query="lamps", reviewPublisherSiteFilter="other.example") == {}


def test_languages_and_ages_narrow_it_down(client: Client) -> None:
    listed("Lamps", language="en-GB")
    listed("Lampen", claim_text="Die Lampen brennen am Hafen.", language="de")
    site = {"reviewPublisherSiteFilter": "testserver"}
    assert [each["claimReview"][0]["title"] for each in found(client, languageCode="de-AT", **site)] == ["Lampen"]
    assert [each["claimReview"][0]["title"] for each in found(client, languageCode="en", **site)] == ["Lamps"]
    assert len(found(client, maxAgeDays="1", **site)) == 2
    assert len(found(client, maxAgeDays="2000000000", **site)) == 2


@pytest.mark.parametrize("few", [0, 2, 100])
def test_a_language_is_found_behind_any_number_of_likelier_checks_in_others(
    client: Client, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FIRST_LOOK", 2)
    monkeypatch.setattr(finding, "LOOK_ON", 1)
    monkeypatch.setattr(finding, "FEW", few)
    for number in range(4):
        publish(headline=f"Corvina {number}", claim_text="Corvina", language="en")
    for number in range(2):
        longer = "Der Bagger Corvina lag lange vor der Mole im Hafen und sank."
        publish(headline=f"Bagger {number}", claim_text=longer, language="de-AT")
    rebuild(collection=PUBLIC)
    asked = {"query": "Corvina", "languageCode": "de", "pageSize": "1"}
    first = search(client, **asked)
    second = search(client, **asked, pageToken=first["nextPageToken"])
    titles = [claim["claimReview"][0]["title"] for told in (first, second) for claim in told["claims"]]
    assert titles == ["Bagger 1", "Bagger 0"]
    assert "nextPageToken" not in second
    assert search(client, query="Corvina", languageCode="pt") == {}
    assert len(found(client, query="Corvina", maxAgeDays="1", pageSize="9")) == 6


def test_a_search_names_so_many_at_most_and_its_pages_end_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_LISTED", 3)
    listed(*(f"Lamps {number}" for number in range(5)))
    told = search(client, query="lamps", pageSize="2")
    last = search(client, query="lamps", pageSize="2", pageToken=told["nextPageToken"])
    assert [each["claimReview"][0]["title"] for each in (*told["claims"], *last["claims"])] == [
        "Lamps 4",
        "Lamps 3",
        "Lamps 2",
    ]
    assert "nextPageToken" not in last


def test_a_network_that_asks_too_often_is_told_when_to_ask_again_and_others_are_answered(
    client: Client, settings: Settings
) -> None:
    cache.clear()
    settings.CLAIMS_SEARCH_PER_MINUTE = 2
    answers = [client.get(URL, {"query": "lamps"}, REMOTE_ADDR="203.0.113.9") for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    refused = answers[-1]
    error, wait = refused.json()["error"], refused["Retry-After"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert 0 < int(wait) <= 60
    assert error["details"] == [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{wait}s"}]
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused["Cache-Control"] == "no-store"
    assert client.get(URL, {"query": "lamps"}, REMOTE_ADDR="203.0.113.10").status_code == 200
    cache.clear()


def test_words_are_read_in_the_desks_own_language_where_none_is_asked_for(client: Client) -> None:
    set_desk(language="ja")
    listed("灯台", claim_text="港湾局は北防波堤のために四十個のランプを買った。", language="ja")
    assert len(found(client, query="北防波堤のランプ")) == 1


def test_a_date_is_told_as_exactly_as_a_day_or_not_at_all(client: Client) -> None:
    said = datetime(2031, 5, 4, tzinfo=UTC)
    listed("A day", claim_text="On a day.", said=said, said_precision=Precision.DAY, claimant=None)
    listed("A month", claim_text="In a month.", said=said, said_precision=Precision.MONTH)
    month, day = found(client, reviewPublisherSiteFilter="testserver")
    assert day["claimDate"] == "2031-05-04T00:00:00Z"
    assert "claimant" not in day
    assert "claimDate" not in month


def test_a_check_made_lately_is_new_however_old_what_was_said(client: Client) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    listed("Old", claim_text="Forty lamps burn.", said=long_ago, said_precision=Precision.SECOND)
    assert len(found(client, query="lamps", maxAgeDays="30")) == 1


def test_what_is_wrong_is_answered_as_googles_api_does(client: Client) -> None:
    answer = client.get(URL, {"query": "lamps", "pageSize": "ten"})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["details"][0]["fieldViolations"][0]["field"] == "page_size"
    refused = client.post(URL, {"query": "lamps"})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_nothing_that_is_not_out_is_ever_found(client: Client) -> None:
    approve(make_case(), headline="Only approved")
    rebuild(collection=PUBLIC)
    assert search(client, reviewPublisherSiteFilter="testserver") == {}
    assert search(client, query="captain lamps mole") == {}


@pytest.mark.parametrize("query", ["\x00", "%_\\", "x" * 5000, "\u202eabc", "' OR 1=1 --", "🦆", "a\ud800b"])
def test_no_query_breaks_it(client: Client, query: str) -> None:
    listed("Lamps")
    address = f"{URL}?query=" + "".join(f"%{byte:02x}" for byte in query.encode("utf-8", "surrogatepass"))
    assert client.get(address).status_code in {200, 400}


def test_part_of_an_answer_can_be_asked_for(client: Client) -> None:
    listed("Lamps")
    assert search(client, query="lamps", fields="claims/claimReview/title") == {
        "claims": [{"claimReview": [{"title": "Lamps"}]}]
    }
    assert b"\n  " not in client.get(URL, {"query": "lamps", "prettyPrint": "false"}).content


def test_a_browser_that_asks_first_may_send_a_key(client: Client) -> None:
    asked = {"origin": "https://gull.example", "access-control-request-headers": "x-goog-api-key"}
    answer = client.options(URL, headers=asked)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Headers"].startswith("*")


def test_any_origin_may_read_it_and_no_cookie_is_set(client: Client) -> None:
    answer = client.get(URL, {"query": "lamps"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
