"""What readers see of what came after: an edit moves nothing, a challenge is told, a correction says what changed."""

import json
from datetime import date
from typing import Any

import feedparser
import pytest
from django.test import Client

from tests.cases import Walk, now
from tests.verification.admin.opening import second_version
from tests.verification.publishing.reading import FEEDS, address, claimreview_in, text_of
from verification.models import Publication
from verification.review import afterwards, assignment, challenges, minor_edits
from verification.review.transitions import Actor

pytestmark = pytest.mark.django_db


def published(walk: Walk | None = None, **words: str) -> Walk:
    walk = walk or Walk()
    walk.accepted().taken().proposed().drafted(explanation="The transcript differs differs [1].", **words)
    walk.approved().published()
    return walk


def edit(walk: Walk) -> Publication:
    headline = walk.review.publication.verdict.headline if walk.review.publication else ""
    text = (headline, "The transcript differs [1].", "A word stood there twice.")
    out = minor_edits.minor_edit(walk.review, walk.editor, walk.review.revision, *text)
    walk.review = now(walk.review)
    return out


def corrected(walk: Walk) -> Walk:
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    words = {"explanation": "The transcript differs differs [1].", "change_note": "Version 1 had the wrong hour."}
    walk.taken().proposed(value=2).drafted(**words).approved().published()
    return walk


def entries(client: Client) -> list[Any]:
    return list(feedparser.parse(client.get("/checks/feed.atom").content).entries)


def test_a_minor_edit_moves_no_list_and_no_feed(client: Client) -> None:
    first, second = published(), published()
    before = [(each.id, each.title, each.published, each.updated) for each in entries(client)]
    edit(first)
    after = entries(client)
    assert [(each.id, each.title, each.published, each.updated) for each in after] == before
    assert "differs differs" in after[0].content[0].value
    assert "differs differs" not in after[1].content[0].value
    assert "Minor edit" not in client.get("/checks/feed.atom").content.decode()
    text = text_of(client, "/checks/")
    assert text.index(second.review.wording) < text.index(first.review.wording)
    assert "version 2" not in text


def test_whoever_keeps_a_copy_gets_the_edited_words(client: Client) -> None:
    walk = published()
    urls = ["/checks/", *FEEDS, f"/checks/{walk.review.public}/"]
    seen = {url: client.get(url)["ETag"] for url in urls}
    edit(walk)
    for url in urls:
        assert client.get(url, headers={"if-none-match": seen[url]}).status_code == 200, url


def test_the_page_says_that_it_was_edited_and_lists_the_version(client: Client) -> None:
    walk = published()
    out = edit(walk)
    text = text_of(client, address(out))
    assert "Edited" in text
    assert "Version 2: Minor edit. A word stood there twice." in text
    assert "differs differs" not in text
    assert "differs differs" in text_of(client, address(out, "v1/"))
    review = claimreview_in(client, address(out))
    assert "dateModified" not in review
    assert review["version"] == 2


def test_corrections_do_not_list_a_minor_edit_and_an_edited_correction_stays_one(client: Client) -> None:
    edit(published())
    assert "Nothing that we published has been changed so far." in text_of(client, "/checks/corrections/")
    walk = corrected(published())
    out = edit(walk)
    text = text_of(client, "/checks/corrections/")
    assert text.count("Version 1 had the wrong hour.") == 1
    assert "A word stood there twice." not in text
    page = text_of(client, address(out))
    assert "Version 1 had the wrong hour. Rating changed from False to Misleading. All versions" in page
    assert "Version 3: Minor edit." in page
    item = json.loads(client.get("/checks/feed.json").content)["items"][0]
    assert item["title"].startswith("Correction: ")
    assert (item["_readout"]["change"], item["_readout"]["rating_before"]) == ("correction", "False")
    assert "Correction. Version 2, " in item["content_html"].replace("</strong>", "").replace("<strong>", "")


@pytest.mark.parametrize(("value", "told"), [(2, "Rating changed from False to Misleading."), (1, "Rating unchanged.")])
def test_a_correction_says_what_became_of_the_rating(client: Client, value: int, told: str) -> None:
    walk = published()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken().proposed(value=value).drafted(change_note="The hour was wrong.").approved().published()
    assert told in text_of(client, f"/checks/{walk.review.public}/")
    assert told.removesuffix(".") in text_of(client, "/checks/corrections/")
    assert told in entries(client)[0].summary


def test_what_follows_a_withdrawal_was_not_rated_before(client: Client) -> None:
    walk = published()
    for change in ("void", "update"):
        second_version(walk, change).approved().published()
    assert "Rating changed from withdrawn to Misleading." in text_of(client, f"/checks/{walk.review.public}/")


def test_a_challenge_is_told_without_its_words_until_it_is_settled(client: Client) -> None:
    walk = published()
    url = f"/checks/{walk.review.public}/"
    before = client.get(url)
    told = "This check has been challenged and is being looked at again."
    assert told not in before.content.decode()
    challenges.challenge(
        walk.review, Actor(walk.checker), walk.review.revision, "reader", "The gauge!", "me@mole.example"
    )
    walk.review = now(walk.review)
    page = client.get(url, headers={"if-none-match": before["ETag"]})
    assert page.status_code == 200
    assert told in page.content.decode()
    assert "gauge" not in page.content.decode()
    second_version(walk)
    assert told in text_of(client, url)
    walk.approved().published()
    assert told not in text_of(client, url)
    assert told not in text_of(client, f"{url}v1/")


def test_the_day_for_which_a_verdict_holds_goes_out_with_it(client: Client) -> None:
    walk = Walk().accepted().taken()
    afterwards.set_dates(walk.review, walk.checker, walk.review.revision, date(2031, 5, 12), None)
    walk.review = now(walk.review)
    walk.proposed().drafted().approved().published()
    assert "as of 12 May 2031" in text_of(client, f"/checks/{walk.review.public}/")
    item = json.loads(client.get("/checks/feed.json").content)["items"][0]
    assert "As of 12 May 2031." in item["content_html"]
    assert item["_readout"]["as_of"] == "2031-05-12"


def test_a_version_that_was_withdrawn_before_it_was_out_is_nowhere(client: Client) -> None:
    walk = Walk().accepted().taken().proposed().drafted(headline="Never out").approved()
    assignment.end(walk.review, walk.editor, walk.review.revision, "withdraw", "The article was taken down.")
    walk.review = now(walk.review)
    afterwards.reopen(walk.review, walk.editor, walk.review.revision, "It is printed again.")
    walk.review = now(walk.review)
    walk.taken().proposed().drafted().approved().published()
    url = f"/checks/{walk.review.public}/"
    assert "Version 2. Published." in text_of(client, url)
    assert "Never out" not in client.get(url).content.decode()
    assert client.get(f"{url}v1/").status_code == 404
