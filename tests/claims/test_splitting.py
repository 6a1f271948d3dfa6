"""A compound claim becomes several, and each says where it stands."""

import pytest

from claims.models import Claim, Speaker
from claims.splitting import split_claim
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db

TEXT = "Forty lamps were lit on the northern mole in spring, and no ship waited at the bar, the warden said."


def compound(**fields: object) -> Claim:
    """Store a claim of two statements."""
    return make_claim(make_article(TEXT), speaker=Speaker.objects.create(name="Ada Quillfeather"), **fields)


def test_a_part_whose_words_stand_there_has_its_own_place_inside_the_whole() -> None:
    whole = compound()
    first, second = split_claim(whole, ["Forty lamps were lit on the northern mole in spring.", "No  ship waited."])
    places = [part.appearances.get() for part in (first, second)]
    assert [place.exact for place in places] == [
        "Forty lamps were lit on the northern mole in spring",
        "no ship waited",
    ]
    assert all(place.article.text[place.start : place.end] == place.exact for place in places)
    assert places[1].prefix.endswith("in spring, and ")
    assert first.speaker == whole.speaker


def test_a_part_that_is_worded_anew_has_no_place_of_its_own() -> None:
    (part,) = split_claim(compound(), ["The northern mole got forty lamps."])
    assert not part.appearances.exists()


def test_words_inside_other_words_are_no_place() -> None:
    (part,) = split_claim(compound(), ["amps were lit"])
    assert not part.appearances.exists()


def test_a_place_stays_the_claim_that_stands_there() -> None:
    whole = compound()
    split_claim(whole, ["no ship waited"])
    (again,) = split_claim(whole, ["no ship waited"])
    assert not again.appearances.exists()


def test_a_part_keeps_only_the_figures_and_quotations_that_stand_in_it() -> None:
    figure = {"text": "Forty lamps", "value": 40, "low": None, "high": None, "unit": "lamps", "approx": False}
    whole = compound(kind=Claim.Kind.QUANTITY, quantities=[figure])
    first, second = split_claim(whole, ["Forty lamps were lit.", "No ship waited."])
    assert (first.kind, first.quantities) == (Claim.Kind.QUANTITY, [figure])
    assert (second.kind, second.quantities) == (Claim.Kind.STATEMENT, [])


def test_a_part_that_was_proposed_asserts_what_the_proposal_says_and_keeps_its_kind() -> None:
    exact = "Forty lamps were lit on the northern mole in spring"
    proposed = {"start": 0, "end": len(exact), "exact": exact, "asserts": ["quantity", "event"], "wording": None}
    (part,) = split_claim(compound(kind=Claim.Kind.TREND, parts=[proposed]), [exact])
    assert (part.kind, part.asserts) == (Claim.Kind.TREND, ["quantity", "event"])
