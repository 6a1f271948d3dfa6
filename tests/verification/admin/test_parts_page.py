"""The parts of a compound claim, on their page, in the case file, beside the judgment and for readers."""

import pytest
from django.urls import reverse

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import as_person, page_of, send, text_of, told
from tests.verification.review.test_parts import TEXTS, checked, divide, submitted
from verification.models import Part, Review, ReviewEvent, Rollup
from verification.review.dividing import PartWish, set_parts
from verification.review.rollup import WEIGHING

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().accepted().taken()


def numbers(review: Review) -> str:
    """Return a claim's parts as the form has them."""
    return "\r\n".join(row.part.number for row in Part.objects.filter(whole=review).select_related("part"))


def test_a_line_is_a_part_in_words_or_the_number_of_a_case(walk: Walk) -> None:
    other = Walk().accepted().review
    lines = f"Forty lamps were lit.\r\n\r\n {other.number.lower()} \r\n"
    answer = send(walk.checker, walk.review, "case_parts", parts=lines, rollup="middle")
    assert answer.status_code == 302
    found = list(Part.objects.filter(whole=walk.review).values_list("part__wording", flat=True))
    assert found == ["Forty lamps were lit.", other.wording]
    assert now(walk.review).rollup == Rollup.MIDDLE
    assert numbers(walk.review).replace("\r", "") in text_of(walk, "case_parts", walk.checker)


def test_a_part_that_leaves_stays_a_case_and_no_line_makes_the_claim_simple_again(walk: Walk) -> None:
    first, second = divide(walk.review, walk.editor, *TEXTS)
    send(walk.editor, walk.review, "case_parts", parts=f"{second.number}\nAnother part.", rollup="weakest")
    assert [row.part.wording for row in Part.objects.filter(whole=walk.review)] == [TEXTS[1], "Another part."]
    assert now(first).state == "queued"
    send(walk.editor, walk.review, "case_parts", parts="", rollup="weakest")
    assert (now(walk.review).rollup, Part.objects.count()) == (Rollup.NONE, 0)


@pytest.mark.parametrize(
    ("lines", "rollup", "why"),
    [
        ("Forty lamps were lit.\nR-999999", "weakest", "There is no case “R-999999”."),
        ("Forty lamps were lit.", "weakest", "Name 2 to 20 parts, one a line."),
        ("Forty lamps were lit.\nNo ship waited.", "", "Choose how the ratings of the parts make one for the whole."),
    ],
)
def test_parts_that_cannot_be_are_told_and_every_line_is_kept(walk: Walk, lines: str, rollup: str, why: str) -> None:
    answer = send(walk.checker, walk.review, "case_parts", parts=lines, rollup=rollup)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert why in html
    assert lines in html
    assert Review.objects.count() == 1


@pytest.mark.parametrize("lines", ["Forty lamps were lit.\nNo ship waited.", ""])
def test_the_same_form_twice_opens_no_case_twice(walk: Walk, lines: str) -> None:
    divide(walk.review, walk.editor, *TEXTS)
    walk.review = now(walk.review)
    form = {"parts": lines, "rollup": "weakest", "revision": walk.review.revision}
    send(walk.editor, walk.review, "case_parts", **form)
    cases = Review.objects.count()
    assert "nothing was done twice" in told(send(walk.editor, walk.review, "case_parts", **form))
    assert Review.objects.count() == cases
    assert ReviewEvent.objects.filter(review=walk.review, verb="set_parts").count() == 2


def test_a_claim_that_somebody_else_divided_meanwhile_is_told(walk: Walk) -> None:
    seen = walk.review.revision
    set_parts(walk.review, walk.editor, seen, [PartWish(text) for text in TEXTS], "weakest")
    lines = "The lamps burn.\nNo captain pays."
    answer = send(walk.checker, walk.review, "case_parts", parts=lines, rollup="weakest", revision=seen)
    assert answer.status_code == 409
    assert lines in answer.content.decode()
    assert Review.objects.count() == 3


def test_the_case_file_tells_how_the_parts_stand_and_of_which_claim_a_case_is_one(walk: Walk) -> None:
    first, second = divide(walk.review, walk.editor, *TEXTS)
    page = text_of(walk, "case_file", walk.editor)
    assert "Not known yet: no verdict on part 1, 2." in page
    checked(walk, first, 4)
    checked(walk, second, 2)
    page = text_of(walk, "case_file", walk.editor)
    assert "The lowest rating of a part: 2 of 5, part 2." in page
    walk.review = first
    part_page = text_of(walk, "case_file", walk.editor)
    assert "Part 1 of" in part_page
    assert Part.objects.get(part=first).whole.number in part_page


def test_a_checker_says_in_the_judgment_how_the_parts_were_weighed(walk: Walk) -> None:
    assert "How the parts were weighed" not in text_of(walk, "verification_review_change", walk.checker)
    divide(walk.review, walk.editor, *TEXTS)
    client = as_person(walk.checker)
    client.get(page_of(walk.review, "verification_review_change"))
    send(walk.checker, walk.review, "case_judge", judgment_revision=0, save="1", **{f"answer-{WEIGHING}": "A detail."})
    assert walk.judgment().answers == {WEIGHING: "A detail."}
    page = client.get(page_of(walk.review, "verification_review_change")).content.decode()
    assert ">A detail.</textarea>" in page
    assert "A verdict on every part: Wait until each part is approved or published: 2 still to come." in page


def test_readers_see_the_parts_the_rule_and_what_it_gave(walk: Walk) -> None:
    first, second = divide(walk.review, walk.editor, *TEXTS)
    checked(walk, first, 4)
    checked(walk, second, 2)
    submitted(walk, 2)
    walk.drafted()
    assert "The parts of this claim" in text_of(walk, "case_sign_off", walk.editor)
    walk.approved().published()
    page = as_person(walk.editor).get(f"/checks/{walk.review.public}/").content.decode()
    assert "The lowest rating of a part: 2 of 5, part 2." in page
    assert "The whole has that rating." in page
    for part in (first, second):
        assert f'href="/checks/{part.public}/"' in page
        assert f'href="/checks/{part.public}/v1/"' in page
        assert as_person(walk.editor).get(f"/checks/{part.public}/").status_code == 200
    assert "The parts of this claim" not in as_person(walk.editor).get(f"/checks/{first.public}/").content.decode()


def test_a_part_without_a_place_of_its_own_has_every_page(walk: Walk) -> None:
    first, _second = divide(walk.review, walk.editor, *TEXTS)
    assert not first.claim.appearances.exists()
    whole, walk.review = walk.review, now(first)
    exact = whole.claim.appearances.get().exact
    for name in ("verification_review_change", "case_file", "case_parts", "case_reword", "plan"):
        page = text_of(walk, name, walk.editor)
        assert TEXTS[0] in page
    assert exact in text_of(walk, "verification_review_change", walk.editor)
    assert as_person(walk.editor).get(reverse("admin:verification_review_changelist")).status_code == 200


def test_whoever_has_no_part_in_the_case_reads_the_page_and_changes_nothing(walk: Walk) -> None:
    auditor = make_person("auditor")
    assert "Set the parts" not in text_of(walk, "case_parts", auditor)
    assert send(auditor, walk.review, "case_parts", parts="A.\nB.", rollup="weakest").status_code == 403
