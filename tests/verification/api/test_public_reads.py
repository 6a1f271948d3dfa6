"""What is published is read by anybody: in pages that stand still, conditionally, without what is withheld."""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from claims.models.clock import read_clock
from tests.cases import make_document
from tests.verification.api.programs import API, problem
from tests.verification.publishing.rows import SAID, Piece, approve, make_case, publish, put_out, set_desk
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild
from verification.models import Change, Verdict

pytestmark = pytest.mark.django_db


def checks(client: Client, query: str = "") -> list[str]:
    return [each["check"] for each in client.get(f"{API}verdicts/{query}").json()["results"]]


def test_nothing_that_is_not_out_is_told(client: Client) -> None:
    approve(make_case(), headline="An embargoed headline")
    for path in ("verdicts/", "claims/", "evidence/"):
        assert client.get(API + path).json() == {"results": [], "next": None}
    assert "embargoed" not in client.get(f"{API}export/verdicts.jsonl").getvalue().decode()
    check = Verdict.objects.get().review.public
    problem(client.get(f"{API}verdicts/{check}/"), 404)
    problem(client.get(f"{API}verdicts/{check}/versions/1/"), 404)


def test_a_withdrawn_check_is_told_without_its_conclusion(client: Client) -> None:
    first = publish(headline="A secret conclusion")
    publish(first.verdict.review, headline="A secret conclusion", change=Change.VOID, change_note="It was a mix-up.")
    check = first.verdict.review.public
    for path in ("verdicts/", f"verdicts/{check}/", "claims/", "evidence/"):
        told = client.get(API + path).content.decode()
        assert "A secret conclusion" not in told
        assert SAID not in told
    whole = client.get(f"{API}verdicts/{check}/").json()
    assert (whole["withdrawn"], whole["rating"], whole["note"], whole["claimreview"]) == (
        True,
        None,
        "It was a mix-up.",
        None,
    )
    assert [each["rating"] for each in whole["versions"]] == [None, first.verdict.rating_label]
    before = client.get(f"{API}verdicts/{check}/versions/1/").json()
    assert before["headline"] == "A secret conclusion"


def test_of_a_withheld_document_the_passage_alone_is_told(client: Client) -> None:
    letter = make_document(SAID, withheld=True, title="")
    publish(pieces=[Piece(letter)])
    (told,) = client.get(f"{API}evidence/").json()["results"]
    assert (told["withheld"], told["exact"]) == (True, SAID)
    assert (told["prefix"], told["suffix"], told["start"], told["end"], told["url"]) == ("", "", None, None, None)


def test_names_are_told_where_the_desk_shows_them(client: Client) -> None:
    set_desk(names_public=False)
    publish()
    (hidden,) = client.get(f"{API}verdicts/").json()["results"]
    set_desk(names_public=True)
    (shown,) = client.get(f"{API}verdicts/").json()["results"]
    assert (hidden["checked_by"], shown["checked_by"]) == ("", "Cato Lamp")


def test_pages_stand_still_while_more_comes_in(client: Client) -> None:
    every = [str(publish().verdict.review.public) for _number in range(5)]
    page = client.get(f"{API}verdicts/?limit=2")
    seen = [each["check"] for each in page.json()["results"]]
    assert page["Link"] == f'<{page.json()["next"]}>; rel="next"'
    publish()
    while following := page.json()["next"]:
        page = client.get(following)
        seen += [each["check"] for each in page.json()["results"]]
    assert seen == every[::-1]


def test_pages_part_rows_of_the_same_moment(client: Client) -> None:
    moment = read_clock() - timedelta(hours=1)
    every = [put_out(approve(make_case()), published_at=moment) for _number in range(3)]
    seen, following = [], f"{API}verdicts/?limit=1"
    while following:
        page = client.get(following).json()
        seen += [each["check"] for each in page["results"]]
        following = page["next"]
    assert seen == [str(each.verdict.review.public) for each in reversed(every)]


def test_the_same_words_choose_as_everywhere(client: Client) -> None:
    good, bad = publish(value=5, language="cy"), publish(value=1)
    rating = good.verdict.rating_label
    assert checks(client, f"?rating={rating}") == [str(good.verdict.review.public)]
    assert checks(client, "?language=en") == [str(bad.verdict.review.public)]
    assert checks(client, "?since=2999-01-01") == []
    assert checks(client, "?speaker=no-id") == []


@pytest.mark.parametrize(
    "query", ["since=2031-99-01", "until=yesterday", "since=0001-01-01", "raiting=False", "page=2"]
)
def test_what_cannot_be_read_is_refused_instead_of_answered_with_all(client: Client, query: str) -> None:
    publish()
    for path in ("verdicts/", "claims/", "evidence/", "export/verdicts.csv", "export/verdicts.jsonl"):
        told = problem(client.get(f"{API}{path}?{query}"), 400)
        assert [each["field"] for each in told["errors"]] == [query.partition("=")[0]]


def test_each_operation_knows_its_own_parameters(client: Client) -> None:
    check = publish().verdict.review.public
    problem(client.get(f"{API}verdicts/{check}/?language=cy"), 400)
    problem(client.get(f"{API}verdicts/?versions=all"), 400)
    problem(client.get(f"{API}export/verdicts.csv?limit=1"), 400)
    assert client.get(f"{API}export/verdicts.csv?versions=all").getvalue()
    assert client.get("/checks/?since=yesterday&raiting=False").status_code == 200
    problem(client.get(f"{API}nothing/?language=cy"), 404)


def test_words_are_looked_for(client: Client) -> None:
    found = publish(headline="A heron stood on the mole", claim_text="A heron stood on the mole.")
    publish()
    rebuild(collection=PUBLIC)
    assert checks(client, "?q=heron+mole") == [str(found.verdict.review.public)]


def test_a_reader_who_has_it_is_told_so(client: Client) -> None:
    publication = publish()
    for path in ("verdicts/", f"verdicts/{publication.verdict.review.public}/", "claims/", "evidence/", "openapi.json"):
        first = client.get(API + path)
        again = client.get(API + path, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        assert first["Cache-Control"] == "public, no-cache"
    etag = client.get(f"{API}verdicts/")["ETag"]
    publish()
    assert client.get(f"{API}verdicts/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "limit=٣", "cursor=x", "cursor=%00", "cursor=WzEsMl0", "cursor=W10"]
)
def test_a_page_that_is_none_is_refused(client: Client, query: str) -> None:
    for path in ("verdicts/", "evidence/"):
        told = problem(client.get(f"{API}{path}?{query}"), 400)
        assert told["errors"][0]["field"] == query.partition("=")[0]


def test_an_answer_is_one_of_json(client: Client) -> None:
    publish(headline="\u2028 <script>alert(1)</script>")
    answer = client.get(f"{API}verdicts/")
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["results"][0]["headline"].endswith("</script>")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("moment", ["2031-01-01T00:00:00+23:59", "2031-01-01T00:00:00-23:59:59.999999"])
def test_a_cursor_may_be_of_any_zone(client: Client, moment: str) -> None:
    publish()
    cursor = base64.urlsafe_b64encode(json.dumps([moment, 1]).encode()).decode().rstrip("=")
    assert client.get(f"{API}verdicts/?cursor={cursor}").status_code == 200


def test_the_next_page_lies_below_the_address_of_the_desk(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://checks.example", ["*"]
    publish()
    publish()
    answer = client.get(f"{API}verdicts/?limit=1&language=en", headers={"Host": "evil.example"})
    following = answer.json()["next"]
    assert following.startswith(f"https://checks.example{API}verdicts/?limit=1&language=en&cursor=")
    assert answer["Link"] == f'<{following}>; rel="next"'
