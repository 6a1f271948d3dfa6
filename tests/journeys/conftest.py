"""A real browser: Debian's chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.inspecting import listen_to
from tests.journeys.running import RunningDesk
from tests.journeys.watching import Watch, watching

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


class PageOf(Protocol):
    """Opens a page for somebody who is logged in already."""

    def __call__(self, person: User, **options: Any) -> Page: ...


class OpenPage(Protocol):
    """Opens a page whose cookies no other page shares; `options` are those of Playwright's new_page."""

    def __call__(self, **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser; its absence fails the test, because CI must not pass without one."""
    assert CHROMIUM, "No chromium found: install Debian's package chromium, or name one in CHROMIUM."
    # Playwright runs an event loop in this thread; Django's guard against that is for servers, not for tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a page for each person of a journey; a complaint of the browser about any of them fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def open_one(**options: Any) -> Page:
        page = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options).new_page()
        opened.append((page, listen_to(page)))
        return page

    yield open_one
    for page, _complaints in opened:
        if page.url.startswith("http"):
            # A case's page asks again and again how it stands: none may be answered while the tables are emptied.
            page.wait_for_load_state("networkidle")
        page.context.close()
    assert [complaint for _page, complaints in opened for complaint in complaints] == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open a page; a complaint of the browser about it (script error, refused style) fails the test."""
    return open_page()


@pytest.fixture
def page_of(open_page: OpenPage, live_server: LiveServer) -> PageOf:
    """Open a page for a person without the log-in form, which has a test of its own."""

    def open_for(person: User, **options: Any) -> Page:
        client = Client()
        client.force_login(person)
        page = open_page(**options)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return open_for


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Run a whole desk with its sample: web, worker and beat on servers of its own."""
    running = RunningDesk(tmp_path_factory.mktemp("desk"))
    yield running
    running.close()


@pytest.fixture
def watch(browser: Browser, live_server: LiveServer) -> Iterator[Watch]:
    """Open browsers that watch for words which a page took for markup."""
    with watching(browser, live_server) as watch:
        yield watch
