"""JSON Feed against its schema."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.verification.publishing.samples import BESIDE, DESK, HERE, HOSTILE, VERDICT, corrected, hostile
from verification.models import Change
from verification.publishing.entries import entry
from verification.publishing.feeds import feed_head
from verification.publishing.json_feed import json_feed
from verification.publishing.published import PublishedDesk, PublishedVerdict

SCHEMA = json.loads((Path(__file__).parent / "json_feed.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_a_schema_and_refuses_what_the_specification_refuses() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    feed = parsed(VERDICT)
    for change in ({"version": "https://jsonfeed.org/version/1"}, {"title": ""}, {"author": {"name": "x"}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(feed | change, SCHEMA)
    del feed["items"][0]["content_html"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(feed, SCHEMA)


def parsed(*verdicts: PublishedVerdict, desk: PublishedDesk = DESK) -> Any:
    head = feed_head(desk, HERE.page("checks"), HERE.page("json"))
    feed = json.loads(json_feed(head, [entry(verdict, desk, HERE) for verdict in verdicts], HERE))
    jsonschema.validate(feed, SCHEMA)
    return feed


def test_an_item_carries_rating_version_and_where_its_claimreview_is() -> None:
    (item,) = parsed(VERDICT)["items"]
    assert item["id"] == f"urn:uuid:{VERDICT.check}"
    assert item["tags"] == ["False"]
    assert item["image"] == HERE.picture(VERDICT.check, 1)
    assert item["date_published"] == item["date_modified"] == "2031-05-05T09:00:00+00:00"
    assert item["_readout"]["rating"] == {"label": "False", "value": 1, "worst": 1, "best": 5}
    assert item["_readout"]["claimreview_url"] == HERE.claimreview(VERDICT.check)


def test_a_correction_is_the_same_item_and_says_what_changed() -> None:
    (item,) = parsed(corrected())["items"]
    assert item["id"] == f"urn:uuid:{VERDICT.check}"
    assert item["date_published"] < item["date_modified"]
    assert (item["_readout"]["version"], item["_readout"]["change"]) == (2, "correction")
    assert item["_readout"]["note"] == "The hour was wrong."
    assert "The hour was wrong." in item["content_html"]
    assert "The hour was wrong." in item["summary"]


def test_a_withdrawn_check_has_no_rating_any_more() -> None:
    (item,) = parsed(corrected(Change.VOID))["items"]
    assert item["_readout"]["rating"] is None
    assert item["_readout"]["claimreview_url"] is None
    assert item["tags"] == ["Withdrawn"]


def test_an_empty_feed_and_a_rating_beside_the_scale_hold_to_the_schema() -> None:
    assert parsed()["items"] == []
    (item,) = parsed(replace(VERDICT, rating=BESIDE, claimant=None))["items"]
    assert item["_readout"]["rating"]["value"] is None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_feed_or_brings_markup_into_it(text: str) -> None:
    feed = parsed(hostile(text), desk=replace(DESK, name=text))
    assert "<script" not in feed["items"][0]["content_html"]
