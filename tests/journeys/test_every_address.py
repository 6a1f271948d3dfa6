"""Every named address of the site is opened once, so that no page is forgotten: the browser complains of none."""

import logging

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys.addresses import NO_PAGE, names, open_all, open_to_readers
from tests.journeys.conftest import OpenPage, PageOf
from tests.journeys.furnished import furnish
from tests.journeys.inspecting import complaints_of
from tests.journeys.test_every_page import pages_without_argument

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

# Looked at more closely by tests/journeys/test_every_page.py.
SEEN = ("_change", "_history", "_delete", "_add", "_changelist")


def test_no_page_has_a_complaint_of_the_browser(
    page_of: PageOf, open_page: OpenPage, live_server: LiveServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")  # most people are refused somewhere
    open_to_readers(settings)
    pages: dict[User | None, Page] = {None: open_page()}
    faults: list[str] = []
    seen = {f"admin:{name}" for name, _address in pages_without_argument()}
    for opened in open_all(furnish().people):
        if opened.name in seen or (opened.name.endswith(SEEN) and "review" not in opened.name):
            continue
        if opened.person and opened.person not in pages:
            pages[opened.person] = page_of(opened.person)
        page = pages[opened.person]
        answer = page.goto(f"{live_server.url}{opened.address}")
        assert answer is not None
        assert answer.status == 200, opened.address
        faults += [f"{opened.address}: {complaint}" for complaint in complaints_of(page)]
    assert faults == []


def test_what_is_called_no_page_is_an_address() -> None:
    assert {name for name, _pattern in names()} >= NO_PAGE
