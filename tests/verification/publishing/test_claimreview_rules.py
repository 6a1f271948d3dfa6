"""The rules of ClaimReview one by one: what each reads, what it refuses, what it merely recommends."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.publishing.samples import BESIDE, DESK, HERE, VERDICT
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
        "author": "Organization: The Mole Lantern",
        "author.url": "https://lantern.example/",
        "itemReviewed": "Claim",
        "itemReviewed.author": "Person: Ada Quillfeather",
        "itemReviewed.datePublished": "2031-05-04",
        "itemReviewed.appearance": "https://gull.example/lamps",
        "image": "",
    }


def test_what_is_recommended_and_missing_is_no_fault() -> None:
    bare = replace(VERDICT, claimant=None, said=None, appearances=(), rating=BESIDE)
    rules = rules_of(claim_review(bare, DESK, HERE))
    assert {name for name, rule in rules.items() if rule.advice} == {
        "reviewRating.ratingValue",
        "itemReviewed.author",
        "itemReviewed.datePublished",
        "itemReviewed.appearance",
        "image",
    }
    assert not any(rule.fault for rule in rules.values())


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
