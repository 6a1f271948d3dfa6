from datetime import date

import pytest

from verification.matching.same.days import said_apart
from verification.matching.same.guards import opposed


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("The council closed 4 schools.", "The council closed 5 schools.", "the figures differ: 4 and 5"),
        ("Ellery owes 5 million.", "Ellery owes 5 billion.", "the figures differ: 5 million and 5 billion"),
        ("Growth was -4 %.", "Growth was 4 %.", "the figures differ: -4 and 4"),
        ("The G7 met in Ellery.", "The G8 met in Ellery.", "the figures differ: 7 and 8"),
        ("Rents rose 4 per cent.", "Rents rose 4 euros.", "the units differ: 4 per cent and 4 euros"),
        ("Up to 9 left.", "More than 9 left.", "one gives a least, the other a most: Up to 9 and More than 9"),
        ("The port lost 300 jobs.", "The port lost jobs.", "only one gives the figure 300"),
        ("It closed on 24 May 2031.", "It closed on May 25, 2031.", "the days differ: 24 May 2031 and May 25, 2031"),
        ("It closed in 2031.", "It closed in 2032.", "the days differ: 2031 and 2032"),
        ("It closed on Monday.", "It closed on Tuesday.", "the days differ: Monday and Tuesday"),
        ("Unemployment rose to 4.1 %.", "Unemployment fell to 4.1 %.", "one says rose, the other fell"),
        ("Exports rose and imports fell.", "Exports fell and imports rose.", "one says rose, the other fell"),
        ("Holm backs the plan and will win.", "Holm backs the plan and will lose.", "one says win, the other lose"),
        ("The harbour is open.", "The harbour isn’t open.", "one is negated, the other is not"),
        ("A deal is likely.", "A deal is unlikely.", "one is negated, the other is not"),
        ("The ferry sank.", "It is false that the ferry sank.", "only one says false"),
        ("The mayor of Ellery resigned.", "The mayor of Osmund resigned.", "the names differ: Ellery and Osmund"),
        ("Norland attacked Sudmark.", "Sudmark attacked Norland.", "the same words stand in another order"),
    ],
)  # fmt: skip
def test_what_speaks_against_is_told_from_either_side(one: str, other: str, told: str) -> None:
    assert told in map(str, opposed(one, other))
    assert opposed(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bill costs $1.2 billion.", "The bill costs 1,200 million dollars."),
        ("Two ferries sank on 24 May 2031.", "On May 24, 2031, 2 ferries sank."),
        ("It closed on 24 May 2031.", "It closed in May."),
        ("Prices rose to 4.1 %.", "Prices climbed to 4.1 percent."),
        ("The harbour isn't open.", "The harbour is not open."),
        ("The mayor of Ellery resigned.", "Ellery's mayor has resigned."),
        ("", ""),
    ],
)
def test_the_same_said_otherwise_raises_no_guard(one: str, other: str) -> None:
    assert opposed(one, other) == ()


def test_what_a_long_post_says_besides_is_not_held_against_it() -> None:
    post = (
        "I could not believe it when I read the news this morning with my 3 kids. "
        "The mayor of Ellery closed the harbour. Never vote for such people, prices will only go up!"
    )
    assert opposed(post, "The mayor of Ellery closed the harbour.") == ()


def test_yesterday_is_another_day_when_it_was_said_on_another_day() -> None:
    may, june = date(2031, 5, 3), date(2031, 6, 3)
    text = "Two ferries sank yesterday."
    assert str(said_apart(text, may, text, june)) == "said on different days: 2031-05-03 and 2031-06-03"
    assert said_apart(text, may, text, may) is None
    assert said_apart(text, may, text, None) is None
    assert said_apart("Two ferries sank.", may, "Two ferries sank.", june) is None
