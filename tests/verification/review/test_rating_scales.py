"""Rating scales are data: shipped, readable in every tone, renamed or retired without a word being lost."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ProtectedError

from tests.cases import Walk, finding, make_candidate, make_document, now
from verification.models import Rating, RatingScale, State, Verdict
from verification.review import assignment, judgments
from verification.review.presets import FURTHER_SCALES, SCALE, plant_scales, uproot_scales
from verification.review.refusals import Unmet

SHEET = Path(settings.BASE_DIR) / "config/static/readout/readout.css"
in_database = pytest.mark.django_db


def shade(colour: str) -> float:
    """Return a colour's relative luminance (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted([shade(one), shade(other)])
    return (light + 0.05) / (dark + 0.05)


def tokens() -> dict[str, tuple[str, str]]:
    """Return the colours of the style sheet by name, each for light and dark."""
    pairs = re.findall(
        r"(--[\w-]+):\s*light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)", SHEET.read_text(encoding="utf-8")
    )
    return {name: (light, dark) for name, light, dark in pairs}


def test_the_contrast_of_two_colours_is_computed_as_wcag_says() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tone", Rating.Tone.values)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_tone_can_be_read_on_its_own_ground_and_on_the_pages(tone: str, theme: int) -> None:
    known = tokens()
    front = known[f"--{tone}-fg"][theme]
    for ground in (f"--{tone}-bg", "--body-bg", "--darkened-bg", "--selected-bg"):
        assert contrast(front, known[ground][theme]) >= 4.5, ground


@in_database
def test_one_scale_is_in_use_and_the_others_are_there_to_choose_from() -> None:
    plant_scales(apps)
    assert list(RatingScale.objects.filter(in_use=True).values_list("name", flat=True)) == [SCALE]
    assert set(RatingScale.objects.filter(in_use=False).values_list("name", flat=True)) == {
        scale.name for scale in FURTHER_SCALES
    }
    plant_scales(apps)
    assert Rating.objects.count() == 6 + sum(len(scale.ratings) for scale in FURTHER_SCALES)
    for rating in Rating.objects.select_related("scale"):
        assert rating.meaning
        assert 0 <= rating.value <= 9
        assert rating.numeric is None or rating.scale.worst <= rating.numeric <= rating.scale.best
    assert Rating.objects.get(label="Not Enough Evidence").numeric is None


@in_database
def test_a_scale_that_a_judgment_uses_is_not_taken_away() -> None:
    plant_scales(apps)
    walk = Walk().accepted().taken()
    wish = finding(walk.review, rating=Rating.objects.get(label="Half true"))
    judgments.save(walk.review, walk.checker, wish, seen=walk.judgment().revision)
    with pytest.raises(ProtectedError):
        uproot_scales(apps)
    judgments.save(walk.review, walk.checker, finding(walk.review), seen=walk.judgment().revision)
    uproot_scales(apps)
    assert RatingScale.objects.count() == 1


def rename(now_called: str = "Untrue") -> None:
    Rating.objects.filter(scale__in_use=True, value=1).update(label=now_called)


def retire() -> None:
    plant_scales(apps)
    RatingScale.objects.update(in_use=False)
    RatingScale.objects.filter(name="AVeriTeC").update(in_use=True)


@in_database
def test_a_rating_renamed_in_mid_review_leaves_what_was_submitted_and_published_in_its_words() -> None:
    walk = Walk()
    walk.to_publication()
    rename()
    assert walk.judgment().rating_label == "False"
    assert Verdict.objects.get().rating_label == "False"


@in_database
def test_a_rating_renamed_while_its_form_was_open_is_told_and_nothing_is_submitted() -> None:
    walk = Walk().accepted().taken()
    wish = finding(walk.review, rating_seen="False")
    rename()
    with pytest.raises(Unmet, match="“False”, which you chose, is called “Untrue” now"):
        judgments.submit(walk.review, walk.checker, wish, seen=walk.judgment().revision, case_seen=walk.review.revision)
    draft = walk.judgment()
    assert (draft.rating_label, draft.reasoning) == ("False", "The record says otherwise [1].")
    assert now(walk.review).state == State.RESEARCHING
    wish = finding(walk.review, rating_seen="Untrue")
    judgments.submit(walk.review, walk.checker, wish, seen=draft.revision, case_seen=walk.review.revision)
    assert walk.judgment().rating_label == "Untrue"


@in_database
def test_a_draft_of_a_scale_not_in_use_any_more_is_kept_and_has_to_choose_again() -> None:
    walk = Walk().accepted().taken()
    wish = finding(walk.review)
    judgments.save(walk.review, walk.checker, wish, seen=walk.judgment().revision)
    retire()
    with pytest.raises(Unmet, match="Choose a rating again: “False” is of a scale that is not in use any more"):
        judgments.submit(walk.review, walk.checker, wish, seen=walk.judgment().revision, case_seen=walk.review.revision)
    draft = walk.judgment()
    assert (draft.rating and draft.rating.label, draft.reasoning) == ("False", "The record says otherwise [1].")


@in_database
def test_a_submitted_judgment_of_a_retired_scale_goes_out_in_its_words() -> None:
    walk = Walk().accepted().taken().proposed()
    retire()
    walk.drafted().approved().published()
    assert Verdict.objects.get().rating_label == "False"


@in_database
def test_all_that_is_missing_is_named_at_once() -> None:
    walk = Walk().accepted().taken()
    empty = finding(walk.review, rating=None, reasoning="", picks=[], none_supports=False, none_refutes=False)
    with pytest.raises(Unmet) as refused:
        judgments.submit(
            walk.review, walk.checker, empty, seen=walk.judgment().revision, case_seen=walk.review.revision
        )
    assert str(refused.value) == (
        "4 things are missing. Choose a rating. Pick at least one source as evidence. Pick what supports and what "
        "refutes it, or tick that none was found. Write why, and cite a picked source by its number, as in [1]."
    )


@in_database
def test_a_second_check_after_a_return_is_logged_as_not_blind() -> None:
    walk = Walk(second_check=True).accepted().taken().proposed()
    blind = []
    for _time in range(2):
        assignment.take(walk.review, walk.second, verb="take_second")
        review = now(walk.review)
        seen = judgments.judgment_of(review.duties.get(person=walk.second)).revision
        judgments.submit(review, walk.second, finding(review), seen=seen, case_seen=review.revision)
        blind.append('"blind":true' in now(review).events.filter(verb="agree").latest("seq").payload.body)
        if len(blind) == 1:
            make_candidate(review.claim, make_document("The tide table."))
            judgments.return_to_research(now(review), walk.editor, now(review).revision, "Read the tide table.")
            walk.review = now(review)
            walk.proposed()
    assert blind == [True, False]
