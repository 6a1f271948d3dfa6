"""What in an edit may change the meaning is asked about; a slip of the pen is not."""

import pytest

from claims.translation import say
from verification.matching.meaning import may_change_meaning


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The board recieved forty lamps [1].", "The board received forty lamps [1].", []),
        ("The board  bought lamps", "The board bought lamps.", []),
        ("It bought forty lamps.", "It bought fourteen lamps.", ["a number differs"]),
        ("No captain will pay.", "Every captain will pay.", ["a negation differs", "a word of quantity differs"]),
        ("Dues fell last year.", "Dues rose last year.", ["one says fell, the other rose"]),
        ("He may pay.", "He will pay.", ["a modal verb differs"]),
        ("It rests on the record [1].", "It rests on the record [2].", ["a number differs"]),
        ("It was on 4 May 2031.", "It was on 5 May 2031.", ["a number differs", "the days differ"]),
        ("The lamp is lit.", "The lamp was lit.", ["the tense differs"]),
    ],
)
def test_an_edit_is_asked_about_where_its_meaning_may_change(before: str, after: str, told: list[str]) -> None:
    found = [say(each) for each in may_change_meaning(before, after)]
    assert len(found) == len(told)
    assert all(each.startswith(words) for each, words in zip(found, told, strict=True))


def test_one_word_in_a_very_long_text_is_found_and_nothing_else() -> None:
    text = " ".join(f"lamp{number % 97}" for number in range(20_000))
    assert [say(each) for each in may_change_meaning(f"{text} all {text}", f"{text} few {text}")] == [
        "a word of quantity differs"
    ]
