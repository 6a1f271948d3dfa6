"""ClaimReview: what it must hold, what it leaves out, and that nothing breaks out of its element."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.verification.publishing.samples import BESIDE, DESK, HERE, HOSTILE, VERDICT, corrected, hostile
from verification.models import Change
from verification.publishing.claimreview import claim_review, faults, script_json
from verification.publishing.published import PublishedVerdict


def review_of(verdict: PublishedVerdict = VERDICT) -> dict[str, Any]:
    return claim_review(verdict, DESK, HERE)


def test_it_holds_what_google_requires_and_recommends() -> None:
    review = review_of()
    assert faults(review) == []
    assert review["claimReviewed"] == "Every captain pays."
    assert review["url"] == HERE.check(VERDICT.check)
    assert review["image"] == f"{HERE.check(VERDICT.check)}v1/card.png"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "False",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert review["author"] == {
        "@type": "NewsMediaOrganization",
        "name": "The Mole Lantern",
        "url": "https://lantern.example/",
        "publishingPrinciples": HERE.page("how"),
    }
    assert (review["datePublished"], review["inLanguage"]) == ("2031-05-05T09:00:00+00:00", "en")
    claim = review["itemReviewed"]
    assert claim["author"] == {"@type": "Person", "name": "Ada Quillfeather"}
    assert claim["datePublished"] == "2031-05-04"
    assert claim["firstAppearance"]["url"] == "https://gull.example/lamps"
    assert "appearance" not in claim


def test_a_first_version_tells_of_no_change() -> None:
    assert {"correction", "dateModified"} & set(review_of()) == set()


def test_a_rating_beside_the_scale_has_words_and_no_number() -> None:
    review = review_of(replace(VERDICT, rating=BESIDE))
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "No primary record"}
    assert faults(review) == []


def test_what_is_unknown_is_left_out() -> None:
    review = review_of(replace(VERDICT, claimant=None, said=None, appearances=()))
    assert review["itemReviewed"] == {"@type": "Claim"}
    assert faults(review) == []


@pytest.mark.parametrize(
    ("claimant", "kind"),
    [
        ("Ada Quillfeather", "Person"),
        ("Ministry of Lamps", "Organization"),
        ("the Port Example Council", "Organization"),
    ],
)
def test_a_claimant_named_as_a_body_is_an_organisation(claimant: str, kind: str) -> None:
    review = review_of(replace(VERDICT, claimant=claimant))
    assert review["itemReviewed"]["author"]["@type"] == kind


def test_a_correction_says_what_when_and_why_and_keeps_the_first_date() -> None:
    review = review_of(corrected())
    assert (review["datePublished"], review["dateModified"]) == (
        "2031-05-05T09:00:00+00:00",
        "2031-05-06T09:00:00+00:00",
    )
    assert [told["text"] for told in review["correction"]] == ["The hour was wrong."]
    assert review["version"] == 2
    assert faults(review) == []


def test_an_update_is_no_correction() -> None:
    review = review_of(corrected(Change.UPDATE, "The port published its figures."))
    assert "correction" not in review
    assert "dateModified" in review


def broken(*path: str, to: object) -> Callable[[dict[str, Any]], None]:
    def do(review: dict[str, Any]) -> None:
        for name in path[:-1]:
            review = review[name]
        review[path[-1]] = to

    return do


@pytest.mark.parametrize(
    ("harm", "names"),
    [
        (broken("@type", to="Review"), "ClaimReview"),
        (broken("claimReviewed", to=" "), "claimReviewed"),
        (broken("url", to="/checks/1/"), "url"),
        (broken("datePublished", to="yesterday"), "datePublished"),
        (broken("reviewRating", to=None), "reviewRating"),
        (broken("reviewRating", "alternateName", to=""), "alternateName"),
        (broken("reviewRating", "ratingValue", to=6), "ratingValue"),
        (broken("reviewRating", "ratingValue", to="1"), "whole numbers"),
        (broken("reviewRating", "worstRating", to=5), "ratingValue"),
        (broken("author", to=None), "author"),
        (broken("itemReviewed", to="a claim"), "itemReviewed"),
        (broken("itemReviewed", "author", to={"@type": "Thing", "name": "x"}), "itemReviewed.author"),
        (broken("itemReviewed", "datePublished", to="2031-13-40"), "itemReviewed.datePublished"),
        (broken("itemReviewed", "appearance", to=[{"@type": "CreativeWork"}]), "appearance"),
        (broken("author", "masthead", to="our team"), "author.masthead"),
    ],
)
def test_each_fault_is_one_sentence_that_names_its_property(harm: Callable[[dict[str, Any]], None], names: str) -> None:
    review = copy.deepcopy(review_of())
    harm(review)
    (fault,) = faults(review)
    assert names in fault
    assert fault.endswith(".")


@pytest.mark.parametrize("date", ["2031", "2031-05", "2031-05-04", "2031-05-04T17:09:00-05:00"])
def test_a_date_may_be_as_exact_as_it_is_known(date: str) -> None:
    review = copy.deepcopy(review_of())
    review["itemReviewed"]["datePublished"] = date
    assert faults(review) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_closes_the_element_or_breaks_the_json(text: str) -> None:
    review = review_of(hostile(text))
    written = script_json(review)
    assert not set("<>&") & set(written)
    assert json.loads(written) == review
    assert faults(review) == []
