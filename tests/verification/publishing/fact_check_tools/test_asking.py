"""Requests for `claims:search` are read as Google's API reads them, and what is wrong with one is said as there."""

import base64
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.publishing.fact_check_tools.asking import DEFAULT_SIZE, MOST, Wrong, read
from verification.publishing.fact_check_tools.fields import masked, read_mask

ANSWER = {
    "claims": [
        {"text": "Lamps burn.", "claimReview": [{"url": "https://a.example", "publisher": {"name": "The Mole"}}]}
    ],
    "nextPageToken": "x",
}


def asked(**pairs: str) -> Any:
    return read(pairs.items())


def test_names_are_read_in_either_case_and_what_is_not_asked_has_its_default() -> None:
    camel = asked(query="lamps", languageCode="en-GB", maxAgeDays="30", pageSize="5", offset="10")
    snake = asked(query="lamps", language_code="en_gb", max_age_days="30", page_size="5", offset="10")
    assert camel == snake
    assert (camel.language, camel.max_age, camel.size, camel.start) == ("en", 30, 5, 10)
    plain = asked(query="lamps", key="of-somebody", alt="json")
    assert (plain.language, plain.site, plain.max_age, plain.size, plain.start) == ("", "", None, DEFAULT_SIZE, 0)


@pytest.mark.parametrize("name", ["fields", "$fields", "prettyPrint", "$prettyPrint", "$.xgafv", "quotaUser", "$key"])
def test_parameters_of_the_system_may_have_a_dollar_sign(name: str) -> None:
    assert read({"query": "lamps", name: "false"}.items()).query == "lamps"
    assert read({"query": "lamps", "$prettyPrint": "false"}.items()).pretty is False


def test_a_page_is_never_longer_than_the_most() -> None:
    assert asked(query="lamps", pageSize="100000").size == MOST
    assert asked(query="lamps", pageSize="0").size == DEFAULT_SIZE


@pytest.mark.parametrize(
    "site",
    [
        "lantern.example",
        "https://lantern.example:8000/",
        "https://www.lantern.example/checks/",
        "WWW.Lantern.example",
        "http://lantern.example",
    ],
)
def test_a_site_is_known_however_it_is_written(site: str) -> None:
    assert asked(reviewPublisherSiteFilter=site).site == "lantern.example"


@pytest.mark.parametrize(
    ("pairs", "field", "message"),
    [
        ({}, "query", "query or reviewPublisherSiteFilter"),
        ({"query": "  "}, "query", "query or reviewPublisherSiteFilter"),
        ({"query": "x", "pageSize": "ten"}, "page_size", "Invalid value at 'page_size' (TYPE_INT32), \"ten\""),
        ({"query": "x", "offset": "9999999999"}, "offset", "Invalid value at 'offset' (TYPE_INT32)"),
        ({"query": "x", "maxAgeDays": "-1"}, "max_age_days", "must not be negative"),
        ({"query": "x", "languageCode": "../en"}, "language_code", "no language code"),
        ({"query": "x", "alt": "media"}, "alt", "alt=json"),
        ({"query": "x", "callback": "f"}, "callback", "callback"),
        ({"query": "x", "pageToken": "bm9uc2Vuc2U"}, "page_token", "page token"),
        ({"query": "x", "colour": "red"}, "", 'Unknown name "colour"'),
    ],
)
def test_what_is_wrong_is_told_with_the_field_at_fault(pairs: dict[str, str], field: str, message: str) -> None:
    with pytest.raises(Wrong) as told:
        asked(**pairs)
    assert told.value.field == field
    assert message in str(told.value)


def test_a_page_token_goes_on_in_its_own_search_and_in_no_other() -> None:
    first = asked(query="lamps", pageSize="2")
    token = first.token(2)
    assert asked(query="lamps", pageSize="2", pageToken=token).start == 2
    assert asked(query="lamps", pageSize="50", offset="9", pageToken=token).start == 2  # it stands above an offset
    with pytest.raises(Wrong):
        asked(query="ropes", pageToken=token)


@pytest.mark.parametrize("told", ["5", "null", "true", "[" * 1500, '{"a":1}', "[1]", "[-1,2]"])
def test_a_page_token_of_anything_else_is_refused(told: str) -> None:
    token = base64.urlsafe_b64encode(told.encode()).rstrip(b"=").decode()
    with pytest.raises(Wrong, match="page token"):
        asked(query="lamps", pageToken=token)


@given(st.text(max_size=60))
def test_no_page_token_breaks_the_reading(token: str) -> None:
    with suppress(Wrong):
        read([("query", "lamps"), ("pageToken", token)])


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("nextPageToken", {"nextPageToken": "x"}),
        ("claims/text", {"claims": [{"text": "Lamps burn."}]}),
        (
            "claims(text,claimReview/url)",
            {"claims": [{"text": "Lamps burn.", "claimReview": [{"url": "https://a.example"}]}]},
        ),
        ("claims/claimReview/publisher", {"claims": [{"claimReview": [{"publisher": {"name": "The Mole"}}]}]}),
        ("*/text", {"claims": [{"text": "Lamps burn."}], "nextPageToken": "x"}),
        ("nothing", {}),
    ],
)
def test_a_mask_leaves_what_it_names(fields: str, left: dict[str, Any]) -> None:
    assert masked(ANSWER, read_mask(fields)) == left


@given(st.text(alphabet="ab*,()/ é", max_size=30))
def test_a_mask_is_read_or_refused_and_never_adds_anything(fields: str) -> None:
    try:
        mask = read_mask(fields)
    except Wrong:
        return
    assert masked({"a": {"b": 1}}, mask) in ({"a": {"b": 1}}, {"a": {}}, {})


def test_a_mask_of_a_thousand_brackets_is_refused() -> None:
    with pytest.raises(Wrong):
        read_mask("a(" * 1000 + "a" + ")" * 1000)
