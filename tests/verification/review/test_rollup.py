"""How the ratings of parts make a proposal for the whole."""

import pytest

from verification.review.rollup import BY_HAND, MIDDLE, WEAKEST, Rated, must_be_weighed, propose


def rated(*values: int | None) -> list[Rated]:
    """Return finished parts with these ratings, on a scale from 1 to 5."""
    return [Rated(number, True, value, 1, 5) for number, value in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("rule", "values", "proposed", "working"),
    [
        (WEAKEST, (5, 3, 2), 2, "The lowest rating of a part: 2 of 5, part 3."),
        (WEAKEST, (1, 4, 1), 1, "The lowest rating of a part: 1 of 5, part 1, 3."),
        (MIDDLE, (5, 1, 4), 4, "The middle rating of the parts (1, 4, 5): 4 of 5."),
        (MIDDLE, (5, 2), 2, "The lower of the two ratings in the middle (2, 5): 2 of 5."),
        (BY_HAND, (5, 2), None, "Weighed by the checker, who says how."),
        (WEAKEST, (5, None), None, "No number follows: none for part 2."),
    ],
)
def test_a_rule_proposes_a_rating_and_tells_how_it_came_about(
    rule: str, values: tuple[int | None, ...], proposed: int | None, working: str
) -> None:
    proposal = propose(rule, rated(*values))
    assert (proposal.value, str(proposal.working)) == (proposed, working)


@pytest.mark.parametrize("rule", [WEAKEST, MIDDLE, BY_HAND])
def test_nothing_is_proposed_while_a_part_has_no_verdict(rule: str) -> None:
    proposal = propose(rule, [*rated(1), Rated(2, finished=False)])
    assert proposal.value is None
    assert str(proposal.working) == "Not known yet: no verdict on part 2."


def test_ratings_of_two_scales_make_no_number() -> None:
    assert propose(WEAKEST, [*rated(3), Rated(2, True, 1, 0, 6)]).value is None


def test_only_the_very_rating_of_the_rule_needs_no_word() -> None:
    proposal = propose(WEAKEST, rated(4, 2))
    assert not must_be_weighed(proposal, 2, 1, 5)
    assert must_be_weighed(proposal, 3, 1, 5)
    assert must_be_weighed(proposal, None, 1, 5)
    assert must_be_weighed(proposal, 2, 0, 6)
    assert must_be_weighed(propose(BY_HAND, rated(4, 2)), 2, 1, 5)
