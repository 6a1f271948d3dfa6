"""The rules of ClaimReview one by one: what each reads, what it refuses, what it merely recommends."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.publishing.samples import APPEARANCE, BESIDE, DESK, HERE, VERDICT
from verification.models import DeskText
from verification.publishing.claimreview import claim_review, faults
from verification.publishing.claimreview_rules import BEST_LENGTH, Checked, checked

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("ClaimReview")
ANYTHING = st.recursive(LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(max_size=9), each), max_leaves=8)
PLACES = [
    ("@type",),
    ("url",),
    ("author",),
    ("image",),
    ("claimReviewed",),
    ("datePublished",),
    ("reviewRating",),
    ("reviewRating", "alternateName"),
    ("reviewRating", "ratingValue"),
    ("itemReviewed",),
    ("itemReviewed", "author"),
    ("itemReviewed", "datePublished"),
    ("itemReviewed", "appearance"),
    ("itemReviewed", "firstAppearance"),
    ("author", "masthead"),
]


def rules_of(review: dict[str, Any], base: str = HERE.base) -> dict[str, Checked]:
    return {rule.name: rule for rule in checked(review, base)}


def test_each_rule_says_what_it_read() -> None:
    read = {name: rule.read for name, rule in rules_of(claim_review(VERDICT, DESK, HERE)).items()}
    assert read == {
        "@type": "https://schema.org ClaimReview",
        "ClaimReview": "1",
        "claimReviewed": "Every captain pays. (19 characters)",
        "url": HERE.check(VERDICT.check),
        "datePublished": "2031-05-05T09:00:00+00:00",
        "reviewRating": "Rating",
        "reviewRating.alternateName": "False",
        "reviewRating.ratingValue": "worstRating 1 ratingValue 1 bestRating 5",
        "author": "NewsMediaOrganization: The Mole Lantern",
        "author.url": "https://lantern.example/",
        "author.policies": "publishingPrinciples",
        "itemReviewed": "Claim",
        "itemReviewed.author": "Person: Ada Quillfeather",
        "itemReviewed.datePublished": "2031-05-04",
        "itemReviewed.appearance": "https://gull.example/lamps",
        "itemReviewed.origin": "",
        "image": HERE.picture(VERDICT.check, 1),
    }


def test_what_is_recommended_and_missing_is_no_fault() -> None:
    bare = replace(VERDICT, claimant=None, said=None, appearances=(), rating=BESIDE)
    rules = rules_of(claim_review(bare, DESK, HERE))
    assert {name for name, rule in rules.items() if rule.advice} == {
        "reviewRating.ratingValue",
        "author.policies",
        "itemReviewed.author",
        "itemReviewed.datePublished",
        "itemReviewed.appearance",
        "itemReviewed.origin",
    }
    assert not any(rule.fault for rule in rules.values())


@pytest.mark.parametrize("image", ["card.png", "javascript:alert(1)", {"@type": "ImageObject"}, ["card.png"], 5])
def test_a_picture_without_an_address_of_its_own_is_a_fault(image: object) -> None:
    assert rules_of({**claim_review(VERDICT, DESK, HERE), "image": image})["image"].fault


def test_a_picture_may_be_an_object_with_an_address_and_is_asked_for_where_there_is_none() -> None:
    review = claim_review(VERDICT, DESK, HERE)
    drawn = {"@type": "ImageObject", "url": "https://lantern.example/lamps.png"}
    assert rules_of({**review, "image": drawn})["image"].holds
    del review["image"]
    missing = rules_of(review)["image"]
    assert missing.advice
    assert not missing.fault


@pytest.mark.parametrize(("length", "holds"), [(BEST_LENGTH, True), (BEST_LENGTH + 1, False)])
def test_a_claim_that_a_phone_cuts_off_is_told_with_its_length(length: int, holds: bool) -> None:
    rule = rules_of(claim_review(replace(VERDICT, claim="x" * length), DESK, HERE))["claimReviewed"]
    assert (rule.holds, rule.fault, f"({length} characters)" in rule.read) == (holds, "", True)


@pytest.mark.parametrize("base", ["https://elsewhere.example", "https://checks.lantern.exampl"])
def test_an_address_on_another_host_is_a_fault(base: str) -> None:
    rule = rules_of(claim_review(VERDICT, DESK, HERE), base)["url"]
    assert rule.fault == f"url is not below {base}, where the page stands."


def test_a_second_claimreview_in_the_markup_is_a_fault() -> None:
    review = claim_review(VERDICT, DESK, HERE) | {"hasPart": [{"@type": "ClaimReview"}]}
    assert [rule.name for rule in checked(review) if rule.fault] == ["ClaimReview"]


def test_a_first_appearance_is_an_appearance() -> None:
    review: dict[str, Any] = claim_review(replace(VERDICT, appearances=()), DESK, HERE)
    review["itemReviewed"]["firstAppearance"] = {"@type": "CreativeWork", "url": "https://gull.example/first"}
    assert rules_of(review)["itemReviewed.appearance"].read == "https://gull.example/first"


def test_a_claim_that_stands_on_the_desk_s_own_pages_only_is_advised_against() -> None:
    own = replace(APPEARANCE, url=HERE.page("how"))
    rules = rules_of(claim_review(replace(VERDICT, appearances=(own,)), DESK, HERE))
    assert "own pages" in rules["itemReviewed.origin"].advice
    assert not rules["itemReviewed.origin"].fault


def test_what_the_desk_has_not_written_of_itself_is_named() -> None:
    rules = rules_of(claim_review(VERDICT, replace(DESK, texts=("corrections", "team")), HERE))["author.policies"]
    assert rules.read == "publishingPrinciples · correctionsPolicy · masthead"
    assert "ethicsPolicy, ownershipFundingInfo, actionableFeedbackPolicy" in rules.advice


def test_a_desk_that_has_written_all_of_it_is_told_nothing() -> None:
    rules = rules_of(claim_review(VERDICT, replace(DESK, texts=tuple(DeskText.Kind)), HERE))
    assert rules["author.policies"].holds


@pytest.mark.parametrize(("worst", "holds"), [(0, False), (1, True)])
def test_a_scale_that_begins_below_one_is_advised_against(worst: int, holds: bool) -> None:
    rating = replace(VERDICT.rating, worst=worst)
    rule = rules_of(claim_review(replace(VERDICT, rating=rating), DESK, HERE))["reviewRating.ratingValue"]
    assert (rule.holds, rule.fault) == (holds, "")


@given(place=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_there_is_read_and_every_fault_belongs_to_one_rule(place: tuple[str, ...], value: Any) -> None:
    review: dict[str, Any] = claim_review(VERDICT, DESK, HERE)
    part = review
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    rules = checked(review)
    assert [rule.fault for rule in rules if not rule.holds and not rule.advice] == faults(review)
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.asks and isinstance(rule.read, str) for rule in rules)
