"""What stored figure checks ask a checker, and that the judgment form takes the answers."""

from django.http import QueryDict

from claims.wording import Words
from verification.admin.case.judgment_form import from_post
from verification.review.questions import HARMLESS, questions_of

_AGREES = {"outcome": "agrees", "warns": False, "claim": "17", "source": "17"}
_DIFFERS = {"outcome": "differs", "warns": True, "claim": "8,412", "source": "8,142"}
_POINTS = {"outcome": "not_comparable", "warns": True, "claim": "5 per cent", "source": "5 points"}


def test_only_what_warns_is_asked_and_only_what_differs_is_severe() -> None:
    asked = questions_of([(2, "7", None, [_AGREES, _DIFFERS, _POINTS])])
    assert [(question.key, question.number, question.severe) for question in asked] == [
        ("7:figure1", 2, True),
        ("7:figure2", 2, False),
    ]
    assert str(asked[0].text) == "“8,412” is printed, the source has “8,142”."


def test_the_quotation_is_asked_about_before_the_figures() -> None:
    check = {"class": "exact", "flags": ["truncated"]}
    asked = questions_of([(1, "7", check, [_DIFFERS]), (2, "8", None, None)])
    assert [question.key for question in asked] == ["7:truncated", "7:figure0"]


def test_a_question_is_one_message_whatever_its_figures() -> None:
    one, two = (questions_of([(1, "7", None, [check])])[0].text for check in (_DIFFERS, _POINTS))
    assert isinstance(one, Words)
    assert one.msgid == two.msgid


def test_the_form_takes_answers_about_figures_and_passes_over_what_was_not_asked() -> None:
    post = QueryDict(mutable=True)
    for key in ("7:figure0", "7:figure12", "7:figure", "7:figurex", "x:figure0", "7:truncated", "7:nonsense"):
        post[f"answer-{key}"] = HARMLESS
    assert set(from_post(post).answers) == {"7:figure0", "7:figure12", "7:truncated"}
