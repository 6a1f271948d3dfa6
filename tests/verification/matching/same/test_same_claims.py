import random
import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from verification.matching.same.scoring import STRONG, KnownClaim, Strength, same_claims

SUBJECTS = ["Unemployment in Ellery", "The budget of Osmund", "Support for Mayor Holm", "Fishing off Norland"]
MOVES = [("rose", "fell"), ("increased", "decreased"), ("climbed", "dropped"), ("grew", "shrank")]
AMOUNTS = ["to 4.1 %", "by $3,500", "to 12 million tonnes", "by a quarter", "by 17 boats"]
WHENS = ["in May 2031", "on 24 January 2031", "last year", "since 2029", "after the storm"]
WHYS = ["because the harbour closed", "said the council", "according to the statistics office", "as ministers promised"]
OTHERS = [
    KnownClaim(90, "A whale swam up the river at Osmund.", "Did a Whale Swim up the River?", 0.1),
    KnownClaim(91, "The statistics office of Norland burned down in 2030.", "Did the Office Burn Down?", 0.2),
    KnownClaim(92, "Ministers promised every fisher a boat.", "Was Every Fisher Promised a Boat?", 0.2),
]

claims = st.builds(
    lambda subject, move, amount, when, why: f"{subject} {move[0]} {amount} {when}, {why}.",
    st.sampled_from(SUBJECTS),
    st.sampled_from(MOVES),
    st.sampled_from(AMOUNTS),
    st.sampled_from(WHENS),
    st.sampled_from(WHYS),
)


def strength(text: str, known: str) -> Strength | None:
    found = same_claims(text, [*OTHERS, KnownClaim(1, known, f"Is It True That {known}", 0.6)])
    return next(each.strength for each in found if each.id == 1)


@given(claims)
@settings(max_examples=60, deadline=None)
def test_a_text_is_strongly_the_same_as_itself(claim: str) -> None:
    assert strength(claim, claim) is Strength.STRONG
    alone = same_claims(claim, [KnownClaim(1, claim, "", 0.0)])
    assert [each.strength for each in alone] == [Strength.STRONG]
    assert alone[0].score == 1


@given(claims, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_not_put_in_anywhere_is_never_strong(claim: str, chance: random.Random) -> None:
    words = claim.split()
    words.insert(chance.randrange(1, len(words)), chance.choice(["not", "never", "NOT"]))
    assert strength(" ".join(words), claim) is not Strength.STRONG
    assert strength(claim, " ".join(words)) is not Strength.STRONG


@given(claims, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_another_digit_is_never_strong(claim: str, chance: random.Random) -> None:
    places = [match.start() for match in re.finditer(r"\d", claim)]
    assume(places)
    place = chance.choice(places)
    other = chance.choice([digit for digit in "123456789" if digit != claim[place]])
    changed = claim[:place] + other + claim[place + 1 :]
    assert strength(changed, claim) is not Strength.STRONG
    assert strength(claim, changed) is not Strength.STRONG


@given(claims)
@settings(max_examples=60, deadline=None)
def test_the_other_direction_is_never_strong(claim: str) -> None:
    up, down = next(move for move in MOVES if move[0] in claim)
    assert strength(claim.replace(up, down), claim) is not Strength.STRONG
    assert strength(claim, claim.replace(up, down)) is not Strength.STRONG


@given(claims, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_case_punctuation_and_quotation_marks_do_not_matter(claim: str, chance: random.Random) -> None:
    words = claim.split()
    first = chance.randrange(len(words) - 2)
    opening, closing = chance.choice([("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»")])
    words[first], words[first + 1] = opening + words[first], words[first + 1] + closing
    dressed = " ".join(words)
    for variant in (dressed, dressed.upper(), dressed.lower(), dressed.rstrip(".") + "!", f"“{claim}”"):
        assert strength(variant, claim) is Strength.STRONG, variant


def test_a_post_that_repeats_a_claim_comes_first_with_its_reasons() -> None:
    known = KnownClaim(
        7, "In May 2031 the mayor of Ellery sold the harbour to Osmund for $40 million.", "Was the Harbour Sold?", 0.5
    )
    post = "Unbelievable!! Mayor of #Ellery SELLS our harbour to Osmund for $40 million — Jo (@jo_example) May 9, 2031"
    best = same_claims(post, [*OTHERS, known])[0]
    assert best.id == 7
    assert best.strength is not None
    assert "has the same figures: 40" in map(str, best.reasons)
    assert best.guards == ()


def test_however_high_a_score_few_words_in_common_are_never_strong() -> None:
    text = "Mayor Holm said that the ferry to Osmund will leave from the new harbour."
    chance = KnownClaim(1, "A whale was seen from a ferry near Norland.", "", 1.0)
    likely = same_claims(text, [chance])[0]
    assert likely.score > STRONG
    assert likely.strength is None
    some = KnownClaim(
        2, "Mayor Holm said that the ferry to Osmund is too slow and costs each family a fortune.", "", 1.0
    )
    assert same_claims(text, [some])[0].strength is Strength.SUGGEST


def test_of_a_few_words_one_that_differs_makes_another_claim() -> None:
    other = KnownClaim(1, "Osmund raised its harbour tax.", "", 1.0)
    assert same_claims("Osmund raised its ferry tax.", [other])[0].strength is Strength.SUGGEST


@given(claims)
@settings(max_examples=40, deadline=None)
def test_a_text_of_common_words_alone_is_the_same_as_itself_only(claim: str) -> None:
    assert (
        same_claims("It is what it is.", [KnownClaim(1, "It is what it is!", "", 1.0)])[0].strength is Strength.STRONG
    )
    assert same_claims("It is what it is.", [KnownClaim(1, claim, "", 1.0)])[0].strength is None


def test_two_claims_of_the_same_words_keep_the_order_they_came_in() -> None:
    text = "The mayor of Ellery sold the harbour."
    found = same_claims(text, [KnownClaim(5, f"“{text}”", "", 0.4), KnownClaim(3, text.upper(), "", 0.4)])
    assert [each.id for each in found] == [5, 3]


def test_nothing_known_is_nothing_found_and_no_words_are_no_match() -> None:
    assert same_claims("The ferry sank.", []) == []
    assert same_claims("😱", [KnownClaim(1, "…", "", 0.0)])[0].strength is None


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=3, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_text_is_compared_without_falling_over(texts: list[str]) -> None:
    text, known, title = texts
    (found,) = same_claims(text, [KnownClaim(1, known, title, 0.5)])
    assert 0 <= found.score <= 1
    assert found.reasons
    assert found.strength is not Strength.STRONG or not found.guards
