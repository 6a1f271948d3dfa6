"""The score of a claim, what it is made of, and the reasons given for it."""

import json

import pytest

from claims.extraction.contract import Attribution, Quotation
from claims.extraction.grammar import read_texts
from claims.extraction.numbers.quantities import quantities
from claims.extraction.worth import FEATURES, MODEL_FILE, features, features_of, reasons, score, shipped, tells

_NAMED = Attribution(speaker="Jo Marsh", mention="Marsh", span=(0, 5))


def found_in(text: str, attribution: Attribution = _NAMED) -> dict[str, float]:
    (doc,) = read_texts([text])
    return features(list(doc), attribution, ())


@pytest.mark.parametrize(
    ("worthier", "less_worthy"),
    [
        (
            "the council spent 40 million euros on the new convoy",
            "the council spent a little on the new convoy of ships",
        ),
        (
            "the council passed the law on the closure of the strait",
            "the council perhaps might do some kind of thing at the strait",
        ),
        ("the toll on ships rose to the highest level in a decade", "I think the toll on ships is a terrible thing"),
        ("we cut taxes by 4 per cent in 2030", "thank you very much, and let us all be good to each other"),
    ],
)
def test_what_a_record_can_test_outranks_vagueness_and_opinion(worthier: str, less_worthy: str) -> None:
    assert score(found_in(worthier)) > score(found_in(less_worthy))


def test_a_named_source_outranks_an_unnamed_one() -> None:
    text = "the council closed the strait to every ship in spring"
    assert score(found_in(text)) > score(found_in(text, Attribution(mention="officials", span=(0, 9))))


def test_official_in_a_name_is_no_unnamed_source() -> None:
    named = Attribution(speaker="Official Harbour Register", mention="the Official Harbour Register", span=(0, 5))
    assert "named_source" in found_in("the strait was closed to every ship", named)


def test_reasons_tell_what_is_particular_first_and_of_that_the_weightiest() -> None:
    found = found_in("the council spent 40 million euros on the new bridge")
    told = reasons(found)
    assert FEATURES["named_source"].reason in told
    particular = {
        name: abs(value * FEATURES[name].weight)
        for name, value in found.items()
        if name not in ("together", "words", "form", "length")
    }
    heaviest = FEATURES[max(particular, key=lambda name: particular[name])]
    assert told[0] in (heaviest.reason, heaviest.against)
    assert told.index(FEATURES["figure"].reason) < told.index(FEATURES["form"].reason)


def test_a_feature_that_a_desk_puts_out_of_force_counts_nothing_and_is_no_reason() -> None:
    found = found_in("the council spent 40 million euros on the new bridge")
    assert score(found, {"figure": 0.0}) < score(found) < score(found, {"figure": 2.0})
    assert FEATURES["figure"].reason not in reasons(found, {"figure": 0.0})


def test_points_move_a_score_and_names_that_are_not_known_do_not() -> None:
    found = found_in("the council spent 40 million euros on the new bridge")
    assert score(found, points=-2.0) < score(found) < score(found, points=2.0)
    assert score({**found, "of another version": 5.0}) == score(found)


def test_a_score_stays_between_nought_and_one() -> None:
    assert 0 <= score({"words": -900.0}) <= score({"words": 900.0}) <= 1


def test_nobody_is_weighed_by_name() -> None:
    one, other = read_texts([f"Mr. {name} raised taxes by 4 per cent last year." for name in ("Marsh", "Lowell")])
    assert features_of(list(one)) == features_of(list(other))
    words = [word for pair in shipped().weights["words"] for word in pair.split() if not word.startswith("<")]
    assert words
    assert all(word == word.lower() for word in words)


def test_the_model_holds_words_and_pairs_of_words_and_says_where_it_comes_from() -> None:
    told = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    assert set(told["weights"]) <= set(FEATURES)
    assert all(len(name.split()) <= 2 for name in told["weights"]["words"])
    assert told["provenance"]["least_texts"] >= 100
    assert all(len(each["sha256"]) == 64 for each in told["provenance"]["data"])
    assert shipped().start == told["start"]


def test_quoted_words_count_from_four_words_on() -> None:
    (doc,) = read_texts(["the strait was closed to every ship"])
    few, many = (Quotation(0, len(words), words) for words in ("closed to every", "closed to every single ship"))
    assert "quoted" not in features(list(doc), _NAMED, [few])
    assert "quoted" in features(list(doc), _NAMED, [many])


@pytest.mark.parametrize(
    ("text", "told"), [("95 minutes", True), ("40 ships", True), ("two ships", False), ("a 12-year-old", False)]
)
def test_small_counts_in_words_and_ages_are_no_figures_to_check(text: str, told: bool) -> None:
    assert any(tells(quantity) for quantity in quantities(text)) is told
