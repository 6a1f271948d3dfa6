"""The inspection itself: a page with every kind of fault is not let through."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.journeys.inspecting import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAULTY = """<!DOCTYPE html><html lang="en"><head><title>Faulty</title><link rel="icon" href="data:,"></head>
<body><main><h1>Faulty</h1><input type="text"><pre>{line}</pre><style>h1 {{ color: red }}</style>
<script>document.title = "changed"</script><script src="/no-such-script.js"></script></main></body></html>"""


def faulty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(FAULTY.format(line="lamps on the northern mole " * 60))


urlpatterns = [path("faulty/", faulty)]


def test_each_kind_of_fault_is_told(page: Page, live_server: LiveServer, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    page.goto(f"{live_server.url}/faulty/")
    told = "\n".join(faults_of(page, "faulty"))
    assert "faulty at 1440 px, light: label: " in told
    assert "faulty at 390 px, dark: label: " in told
    assert "faulty at 390 px, light: scrolls sideways: " in told
    assert "refused by the policy: style-src-elem inline" in told
    assert "refused by the policy: script-src-elem inline" in told
    assert "Failed to load resource" in told
