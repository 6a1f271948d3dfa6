"""The administrator's forms: one scale in use at a time, each rating as it looks, and faults said at their row."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.people import make_person
from tests.verification.admin.opening import as_person
from verification.models import Rating, RatingScale
from verification.review.presets import SCALE, plant_scales

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    plant_scales(apps)
    return as_person(make_person("administrator"))


def address(scale: RatingScale) -> str:
    return reverse("admin:verification_ratingscale_change", args=[scale.pk])


def form_of(scale: RatingScale, **fields: Any) -> dict[str, Any]:
    """Return a scale's form as it stands, with these fields of it changed."""
    ratings = list(scale.ratings.order_by("-value"))
    form: dict[str, Any] = {"name": scale.name, "worst": scale.worst, "best": scale.best}
    form |= {"in_use": "on"} if scale.in_use else {}
    form |= {"ratings-TOTAL_FORMS": len(ratings), "ratings-INITIAL_FORMS": len(ratings)}
    for number, rating in enumerate(ratings):
        for name in ("value", "label", "tone", "meaning"):
            form[f"ratings-{number}-{name}"] = getattr(rating, name)
        form[f"ratings-{number}-numeric"] = "" if rating.numeric is None else rating.numeric
        form |= {f"ratings-{number}-id": rating.pk, f"ratings-{number}-scale": scale.pk}
    return form | fields


def test_ticking_a_scale_takes_the_other_out_of_use_and_says_so(administrator: Client) -> None:
    scale = RatingScale.objects.get(name="AVeriTeC")
    answer = administrator.post(address(scale), form_of(scale, in_use="on"), follow=True)
    assert list(RatingScale.objects.filter(in_use=True).values_list("name", flat=True)) == ["AVeriTeC"]
    assert f"“AVeriTeC” is in use now, and “{SCALE}” is not offered any more." in answer.content.decode()


def test_the_desk_is_never_left_without_a_scale(administrator: Client) -> None:
    scale = RatingScale.objects.get(name=SCALE)
    form = form_of(scale)
    del form["in_use"]
    answer = administrator.post(address(scale), form)
    assert "The desk needs a scale: tick “in use” at the one to use instead." in answer.content.decode()
    assert RatingScale.objects.get(name=SCALE).in_use


def test_each_rating_is_shown_as_it_looks(administrator: Client) -> None:
    text = administrator.get(address(RatingScale.objects.get(name="AVeriTeC"))).content.decode()
    for label, tone, meter in (("Supported", "good", "r5"), ("Refuted", "bad", "r1"), ("Not Enough", "quiet", "r0")):
        assert f'<span class="ro-rating is-{tone}"><svg class="ro-meter"' in text
        assert f'href="#{meter}"/></svg>{label}' in text
    assert (
        "Supported · Conflicting Evidence/Cherry-picking"
        in administrator.get(reverse("admin:verification_ratingscale_changelist")).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"ratings-0-value": "12"}, "A key is one figure, from 0 to 9."),
        ({"ratings-0-value": "4"}, "Two ratings have the same key: give each one its own."),
        ({"ratings-0-label": "  "}, "This field is required."),
        ({"ratings-0-label": "mostly Accurate"}, "Another rating of this scale has it already."),
        ({"ratings-0-numeric": "6"}, "It lies outside the scale, which is from 1 to 5."),
        ({"ratings-0-numeric": "4"}, "Another rating of this scale has it already."),
        ({"best": "1"}, "The best number has to be higher than the worst."),
    ],
)
def test_a_fault_is_said_where_it_is_and_nothing_is_stored(
    administrator: Client, fields: dict[str, str], told: str
) -> None:
    scale = RatingScale.objects.get(name=SCALE)
    before = list(Rating.objects.values())
    answer = administrator.post(address(scale), form_of(scale, **fields))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert list(Rating.objects.values()) == before


def test_a_rating_is_renamed(administrator: Client) -> None:
    scale = RatingScale.objects.get(name=SCALE)
    answer = administrator.post(address(scale), form_of(scale, **{"ratings-0-label": "Right"}))
    assert answer.status_code == 302
    assert Rating.objects.get(scale=scale, value=5).label == "Right"


def test_the_desks_form_explains_its_rules(administrator: Client) -> None:
    text = administrator.get(reverse("admin:verification_desk_add")).content.decode()
    assert "the log tells what was drawn, and anybody can compute it again." in text
    for field in ("second_check_rule", "risk_from", "sample_percent", "names_to_adjudicator", "postponements"):
        assert f'name="{field}"' in text
