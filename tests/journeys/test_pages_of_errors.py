"""What somebody sees who asks for what is not there, not theirs, or fails."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.config import failing_pages
from tests.journeys.inspecting import inspect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("no-such-page/", 404, "There is no such page"),
        ("checks/no-such-page/", 404, "All fact checks"),
        ("refused/", 403, "Only an editor gives work to others."),
        ("doubted/", 400, "That request made no sense to us"),
        ("failed/", 500, "Something failed on our side"),
    ],
)
def test_an_error_is_told_calmly(
    page: Page, live_server: LiveServer, settings: Settings, address: str, status: int, says: str
) -> None:
    settings.ROOT_URLCONF = failing_pages.__name__
    answer = page.goto(f"{live_server.url}/{address}")
    assert answer is not None
    assert answer.status == status
    expect(page.get_by_text(says)).to_be_visible()
    inspect(page, f"error-{status}")


def test_a_form_that_cannot_be_trusted_is_told_calmly(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}{reverse('admin:login')}")
    page.context.clear_cookies()
    page.get_by_label("Username:").fill("somebody")
    page.get_by_label("Password:").fill("a guess")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This page was open for too long")).to_be_visible()
    inspect(page, "error-csrf")
