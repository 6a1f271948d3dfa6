"""The settings, their trials, the forms of desk and scales, and the guide: used, and inspected in all four ways."""

import pytest
from django.apps import apps
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.models import Desk, RatingScale
from verification.review.presets import plant_scales

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go(page: Page, site: LiveServer, name: str, query: str = "") -> None:
    answer = page.goto(f"{site.url}{reverse(f'admin:{name}')}{query}")
    assert answer is not None
    assert answer.status == 200


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


def test_the_desks_own_form_holds_and_tries_its_rule_before_it_is_saved(
    live_server: LiveServer, page_of: PageOf
) -> None:
    Walk().to_publication()
    page = page_of(make_person("administrator"))
    go(page, live_server, "verification_desk_add")
    inspect(page, "desk-settings")
    page.get_by_label("Contact").fill("desk@newsroom.example")
    page.get_by_label("Further second checks").select_option("sample")
    page.get_by_label("By sample: per cent").fill("100")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Of your last accepted case")).to_be_visible()
    expect(page.locator(".ro-figures dd").first).to_have_text("1")
    expect(page.get_by_label("Contact")).to_have_value("desk@newsroom.example")
    assert not Desk.objects.exists()
    inspect(page, "desk-settings-tried")
    page.get_by_label("Contact").press("Enter")  # saves, as everywhere, and does not try
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert Desk.get().sample_percent == 100


def test_settings_are_read_and_tried_without_a_script(live_server: LiveServer, page_of: PageOf) -> None:
    plant_scales(apps)
    Walk().to_publication()
    page = page_of(make_person("editor"), java_script_enabled=False)
    go(page, live_server, "settings")
    page.get_by_role("link", name="Try it (Policies)").click()
    page.get_by_label("Further second checks").select_option("risk")
    page.get_by_label("By risk: from priority").fill("0")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".ro-figures dd").first).to_have_text("1")
    go(page, live_server, "settings")
    page.get_by_role("link", name="Try it (Rating scale)").click()
    page.get_by_role("link", name="Misleading").click()
    expect(page.locator(".pub-rate .ro-rating")).to_have_text("Misleading")
    expect(page.locator("pre").last).to_contain_text('"alternateName": "Misleading"')


def test_the_settings_and_every_trial_hold(live_server: LiveServer, page_of: PageOf) -> None:
    plant_scales(apps)
    page = page_of(make_person("administrator"))
    for name in ("settings", "try_scale", "try_rule", "try_feeds", "try_roles", "try_log"):
        go(page, live_server, name)
        inspect(page, f"{name}-of-an-empty-desk")
    Walk().to_publication()
    for name in ("settings", "try_scale", "try_rule", "try_feeds"):
        go(page, live_server, name)
        inspect(page, name)
    go(page, live_server, "try_rule", "?second_check=&second_check_rule=risk&risk_from=0&sample_percent=20")
    page.get_by_text("One would be decided otherwise").click()
    inspect(page, "try_rule-otherwise")
    wrong = page.goto(f"{live_server.url}{reverse('admin:try_rule')}?second_check_rule=risk&risk_from=7")
    assert wrong is not None
    assert wrong.status == 422
    inspect(page, "try_rule-refused")


def test_the_guide_is_read_on_the_desk(live_server: LiveServer, page_of: PageOf) -> None:
    page = page_of(make_person("administrator"))
    go(page, live_server, "settings")
    page.get_by_role("link", name="Guide Settings").click()
    expect(page).to_have_url(f"{live_server.url}{reverse('admin:guide')}#settings")
    page.wait_for_function("() => document.querySelector('article img').naturalWidth > 0")
    inspect(page, "guide")
    page.get_by_role("link", name="invitation", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="People, and what they are told")).to_be_visible()
    inspect(page, "guide-people")
