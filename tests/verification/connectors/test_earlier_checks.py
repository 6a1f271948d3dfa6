"""Earlier fact checks as they are published and kept: what is read of them, and what is told of the rest."""

import json
from datetime import UTC, datetime

import pytest

from claims.translation import say
from tests.verification.publishing.samples import DESK, HERE
from tests.verification.publishing.samples import VERDICT as PUBLISHED
from verification.connectors.contract import Skipped
from verification.connectors.earlier.contract import EarlierText
from verification.connectors.earlier.files import read_body
from verification.publishing.claimreview import claim_review, script_json

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://gull.example/checks/lamps",
    "claimReviewed": "Port Example bought ninety lamps.",
    "headline": "No: it bought forty",
    "inLanguage": "en",
    "datePublished": "2029-03-02",
    "author": {"@type": "Organization", "name": "Gull Gazette"},
    "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "worstRating": 1, "bestRating": 5},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Warden Quillfeather"},
        "datePublished": "2029-02",
    },
}
DAY = datetime(2029, 3, 2, tzinfo=UTC)


def read(body: object, name: str = "checks.json") -> list[EarlierText | Skipped]:
    """Read one file: bytes, a text, or what is written as JSON."""
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return list(read_body(name, data).rows)


def checks(body: object, name: str = "checks.json") -> list[EarlierText]:
    found = read(body, name)
    assert all(isinstance(each, EarlierText) for each in found), found
    return [each for each in found if isinstance(each, EarlierText)]


def refusals(body: object, name: str = "checks.json") -> list[str]:
    return [f"{each.stable_id}: {say(each.reason)}" for each in read(body, name) if isinstance(each, Skipped)]


def test_a_claimreview_is_read_with_all_it_says_and_no_more() -> None:
    (check,) = checks(REVIEW)
    assert (check.claim_text, check.claimant) == ("Port Example bought ninety lamps.", "Warden Quillfeather")
    assert (check.said, check.said_precision) == (datetime(2029, 2, 1, tzinfo=UTC), "month")
    assert (check.rating_label, check.rating_value, check.rating_worst, check.rating_best) == ("False", 1, 1, 5)
    assert (check.title, check.url) == ("No: it bought forty", "https://gull.example/checks/lamps")
    assert (check.publisher, check.language) == ("Gull Gazette", "en")
    assert (check.published, check.published_precision, check.place) == (DAY, "day", "checks.json:1")


def test_what_a_check_does_not_say_stays_unknown() -> None:
    (check,) = checks(
        {
            "@type": "ClaimReview",
            "claimReviewed": "The mole is lit.",
            "url": "https://gull.example/1",
            "reviewRating": {"alternateName": "True"},
            "datePublished": "last Tuesday",
            "inLanguage": "the Queen's English",
        }
    )
    unknown = (check.claimant, check.said, check.rating_value, check.publisher, check.language, check.published)
    assert unknown == (None, None, None, None, None, None)
    assert check.published_precision is None


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        REVIEW | {"@type": ["http://schema.org/ClaimReview"]},
    ],
)
def test_a_claimreview_is_found_in_its_wrappings(wrapped: object) -> None:
    assert [check.url for check in checks(wrapped)] == ["https://gull.example/checks/lamps"]


def test_a_graph_may_point_at_its_claim_and_its_claimant() -> None:
    graph = [
        REVIEW | {"itemReviewed": {"@id": "#claim"}, "reviewRating": {"@id": "#rating"}},
        {"@id": "#claim", "@type": "Claim", "author": {"@id": "#who"}},
        {"@id": "#who", "@type": "Person", "name": "Ada Mole"},
        {"@id": "#rating", "@type": "Rating", "alternateName": "Half of it"},
    ]
    (check,) = checks({"@graph": graph})
    assert (check.claimant, check.rating_label) == ("Ada Mole", "Half of it")


def test_a_page_is_read_by_its_scripts_and_a_damaged_one_costs_itself() -> None:
    page = f"""<!doctype html><title>Lamps</title><script type="application/ld+json">{{"@type": </script>
        <script type="application/ld+json">{json.dumps(REVIEW)}</script><p>“Forty”, says the record.</p>"""
    found = read(page, "lamps.html")
    assert [each.url for each in found if isinstance(each, EarlierText)] == ["https://gull.example/checks/lamps"]
    assert len(refusals(page, "lamps.html")) == 1


def test_the_answer_of_a_search_tool_is_one_check_a_review() -> None:
    reviews = [
        {"publisher": {"name": "Gull Gazette"}, "url": f"https://gull.example/{n}", "textualRating": "False"}
        for n in range(2)
    ]
    answer = {"claims": [{"text": "The mole is lit.", "claimant": "Ada Mole", "claimReview": reviews}]}
    assert [(check.url, check.claimant, check.publisher) for check in checks(answer)] == [
        ("https://gull.example/0", "Ada Mole", "Gull Gazette"),
        ("https://gull.example/1", "Ada Mole", "Gull Gazette"),
    ]


def test_what_readout_publishes_comes_back_as_it_went_out() -> None:
    told = claim_review(PUBLISHED, DESK, HERE)
    for body, name in (
        (str(script_json(told)), "claimreview.json"),
        (f'<html><script type="application/ld+json">{script_json(told)}</script></html>', "page.html"),
    ):
        (check,) = checks(body, name)
        assert (check.claim_text, check.claimant, check.title) == (
            PUBLISHED.claim,
            PUBLISHED.claimant,
            PUBLISHED.headline,
        )
        assert (check.rating_label, check.rating_value, check.rating_best) == ("False", 1, 5)
        assert (check.url, check.publisher) == (HERE.check(PUBLISHED.check), DESK.name)
        assert check.published == PUBLISHED.first_published.at


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_cells_and_whatever_its_columns_are_called(mark: str) -> None:
    header = ["Claim text", "Speaker", "Verdict", "Link", "Headline", "Review date", "Claim date", "Outlet", "lang"]
    row = ["The mole is lit.", "Ada Mole", "True", "https://gull.example/1", "Yes", "2 March 2029", "2029"]
    text = mark.join(header) + "\r\n" + mark.join([*row, "Gull Gazette", "en"]) + "\r\n\r\n" + mark.join(["", "x"])
    found = read(b"\xef\xbb\xbf" + text.encode(), "old.csv")
    check = found[0]
    assert isinstance(check, EarlierText)
    assert (check.claim_text, check.claimant, check.rating_label) == ("The mole is lit.", "Ada Mole", "True")
    assert (check.published, check.published_precision, check.said_precision) == (DAY, "day", "year")
    assert (check.publisher, check.language, check.place) == ("Gull Gazette", "en", "old.csv:2")
    assert refusals(b"\xef\xbb\xbf" + text.encode(), "old.csv") == ["old.csv:4: It names no claim."]


def test_a_cell_over_several_lines_does_not_shift_the_places_below_it() -> None:
    text = 'claim,rating,url\n"The mole\nis lit.",True,https://gull.example/1\nDark,False,nowhere\n'
    assert refusals(text, "old.csv") == ["old.csv:4: Its address is none of a web page (http or https)."]


def test_a_line_that_no_reader_takes_costs_itself_only() -> None:
    text = f"claim,rating,url\n{'x' * 200_000},True,https://gull.example/1\nLit,True,https://gull.example/2\n"
    first, second = read(text, "old.csv")
    assert isinstance(first, Skipped)
    assert first.stable_id == "old.csv:2"
    assert isinstance(second, EarlierText)


def test_a_table_without_its_columns_is_refused_with_what_is_missing() -> None:
    (told,) = refusals("claim,link\nDark,https://gull.example/1\n", "old.csv")
    assert told.endswith("“rating” is missing.")


def test_an_address_is_stored_in_its_normal_form_without_credentials() -> None:
    address = "HTTPS://user:secret@Gull.Example:443/a/../b#claim-2"
    (check,) = checks(REVIEW | {"url": address})
    assert check.url == "https://gull.example/b#claim-2"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("claimReviewed", "", "It names no claim."),
        ("claimReviewed", {"a": [1]}, "It names no claim."),
        ("claimReviewed", "lamp " * 2000, "Its claim is longer than 5000 characters."),
        ("reviewRating", {"ratingValue": float("nan")}, "It has no rating in words."),
        ("reviewRating", "False", "It has no rating in words."),
        ("url", None, "It has no address: the page where it was published."),
        ("url", "javascript:alert(1)", "Its address is none of a web page (http or https)."),
        ("url", "https://gull.example/" + "a" * 2500, "Its address is longer than 2000 characters."),
    ],
)
def test_what_lacks_claim_rating_or_address_is_told_with_its_place(field: str, value: object, why: str) -> None:
    assert refusals([REVIEW, REVIEW | {field: value}]) == [f"checks.json:2: {why}"]


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\x00\x01\x02" * 50,
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b'{"@type": "ClaimReview", "url": ' + b"9" * 5000 + b"}",
        b"\xff\xfe" + "claim;rating".encode("utf-16-le")[:-1],
        "null",
        "3",
        '{"@type": {"@type": ["ClaimReview"]}, "claimReview": "x"}',
        '{"@type": "ClaimReview", "itemReviewed": [[]], "reviewRating": [3], "author": [[{}]], "url": {"@id": {}}}',
        '{"text": 1, "claimReview": [1, {}, {"publisher": 3}]}',
        '{"_readout": {"claim": 3, "rating": 7}, "authors": {}}',
    ],
)
@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.csv", "x.html", "x"])
def test_hostile_files_cost_a_sentence_and_no_error(hostile: bytes | str, name: str) -> None:
    found = read(hostile, name)
    assert found
    assert all(isinstance(each, Skipped) for each in found)


def test_numbers_that_are_none_and_marks_that_no_page_shows_are_left_out() -> None:
    rating = {"alternateName": "Fal\x00se\u200b", "ratingValue": "1e999", "worstRating": True, "bestRating": "5"}
    (check,) = checks(REVIEW | {"reviewRating": rating, "headline": "=HYPERLINK(1)\x07", "datePublished": "9999-99-99"})
    assert (check.rating_label, check.rating_value, check.rating_worst, check.rating_best) == ("False", None, None, 5)
    assert (check.title, check.published) == ("=HYPERLINK(1)", None)
