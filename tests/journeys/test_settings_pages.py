"""The administrator's forms of desk and rating scales, inspected."""

import pytest
from django.apps import apps
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.models import RatingScale
from verification.review.presets import plant_scales

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_scale_is_looked_at_and_put_in_use(live_server: LiveServer, page_of: PageOf) -> None:
    plant_scales(apps)
    page = page_of(make_person("administrator"))
    scale = RatingScale.objects.get(name="Snopes-like")
    page.goto(live_server.url + reverse("admin:verification_ratingscale_change", args=[scale.pk]))
    expect(page.locator(".ro-rating").first).to_be_visible()
    inspect(page, "rating-scale")
    page.get_by_label("In use").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Snopes-like” is in use now")).to_be_visible()
    inspect(page, "rating-scales")


def test_the_desks_own_form_holds(live_server: LiveServer, page_of: PageOf) -> None:
    page = page_of(make_person("administrator"))
    page.goto(live_server.url + reverse("admin:verification_desk_add"))
    inspect(page, "desk-settings")
