"""Hostile lines in every text of the desk, in a real browser: nothing runs, and no markup of theirs gets through.

`INJECTIONS=lines.txt python -m pytest tests/journeys/test_injection.py` does it with the lines of a file.
"""

import logging
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlencode

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.injections import lines
from tests.journeys.addresses import Opened, open_all
from tests.journeys.furnished import furnish
from tests.journeys.poisoning import chunks, poison
from verification.models import Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

LISTS = ("admin:verification_review_changelist", "admin:earlier", "admin:speakers", "public:checks")
FEEDS = ("public:rss", "public:atom", "public:json", "public:checkpoint", "public:seals")
LONGEST_QUERY = 3000
# Whatever a line might call is heard of, and so is what the policy had to stop.
LISTENING = """
window.told = [];
window.ran = number => { window.told.push(`line ${number} ran`); };
document.addEventListener("securitypolicyviolation", refused =>
    window.told.push(`the policy had to refuse ${refused.violatedDirective} ${refused.blockedURI} ${refused.sample}`));
"""
# Our pages have no such element or attribute: each of them would be somebody's words taken for markup.
MARKUP = """() => {
    const found = [...(window.told || ["nothing listened on this page"])];
    const scheme = /^[\\u0000-\\u0020]*(javascript|data|vbscript|livescript|blob|feed|view-source)[\\s]*:/i;
    const leads = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "to"]);
    const foreign = "iframe, object, embed, base, frame, math, marquee, applet, foreignObject, animate, plaintext, " +
        "xmp, video, audio, style, meta[http-equiv=refresh], " +
        "script:not([src]):not([type='application/json']):not([type='application/ld+json'])";
    for (const element of document.querySelectorAll(foreign)) found.push(element.outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (/^on/i.test(name) || name === "x-ran" || name === "srcdoc" || name === "style" ||
                (leads.has(name.toLowerCase()) && scheme.test(value))) {
                found.push(`${name}="${value}" in ${element.outerHTML.slice(0, 200)}`);
            }
        }
    }
    return found;
}"""


class Watched:
    """Pages of one browser context that are opened one after another; what goes wrong is kept with its address."""

    def __init__(self, context: BrowserContext) -> None:
        """Listen to all that its pages do."""
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.add_init_script(LISTENING)
        self.page.on("dialog", lambda dialog: (self._dialogs.append(dialog.message), dialog.dismiss()))
        self._dialogs: list[str] = []

    def faults(self, address: str) -> list[str]:
        """Open an address and list what got through there."""
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        if answer.status >= 500:
            return [f"{address}: {answer.status}"]
        return self.told(address)

    def told(self, address: str) -> list[str]:
        """List what got through on the page as it stands."""
        told = [*self.page.evaluate(MARKUP), *(f"a dialog opened: {dialog}" for dialog in self._dialogs)]
        self._dialogs.clear()
        return [f"{address}: {each}" for each in told]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.READER_SUBMISSIONS = True


def watched(browser: Browser, site: LiveServer, person: User | None, *, policy: bool = True) -> Watched:
    """Open a browser for a person, with our content security policy in force or, to see what would run, without."""
    context = browser.new_context(bypass_csp=not policy, viewport={"width": 1440, "height": 900})
    if person:
        client, name = Client(), configured.SESSION_COOKIE_NAME
        client.force_login(person)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
    return Watched(context)


def walk(browser: Browser, site: LiveServer, pages: list[Opened], *, policy: bool) -> Iterator[str]:
    """Open every page that there was before, and list what got through."""
    browsers: dict[User | None, Watched] = {}
    for opened in pages:
        if opened.person not in browsers:
            browsers[opened.person] = watched(browser, site, opened.person, policy=policy)
        yield from browsers[opened.person].faults(f"{site.url}{opened.address}")
    for one in browsers.values():
        one.page.context.close()


@pytest.mark.parametrize("policy", [True, False], ids=["as readers have it", "without our policy"])
def test_no_line_gets_through_on_any_page(browser: Browser, live_server: LiveServer, policy: bool) -> None:
    found = lines()
    pages = list(open_all(furnish().people))
    assert poison(found, 0 if policy else len(found) // 2) > 1500
    assert list(walk(browser, live_server, pages, policy=policy)) == []


def test_no_line_gets_through_as_a_query_or_a_feed(browser: Browser, live_server: LiveServer) -> None:
    found = lines()
    person = furnish().administrator
    poison(found)
    page = watched(browser, live_server, person)
    faults: list[str] = []
    for name, text in ((name, text) for name in LISTS for text in chunks(found, LONGEST_QUERY)):
        faults += page.faults(f"{live_server.url}{reverse(name)}?{urlencode({'q': text})}")
    checks = Publication.objects.values_list("review__public", flat=True)
    addresses = chain(map(reverse, FEEDS), (reverse("public:claimreview", args=[check]) for check in checks))
    for address in addresses:
        page.page.goto(f"{live_server.url}{address}")
        faults += page.told(address)
    assert faults == []


def careless(request: HttpRequest) -> HttpResponse:
    body = f'<!DOCTYPE html><title>x</title><input value="{request.GET["q"]}"><p>{request.GET["q"]}'
    return HttpResponse(body, headers={"Content-Security-Policy": "default-src 'self'"})


urlpatterns = [path("careless/", careless)]


def test_a_page_that_prints_a_line_raw_is_caught(browser: Browser, live_server: LiveServer, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    missed, ran = [], 0
    page, unguarded = watched(browser, live_server, None), watched(browser, live_server, None, policy=False)
    for number, line in enumerate(lines()[:120]):
        address = f"{live_server.url}/careless/?{urlencode({'q': line})}"
        if not page.faults(address):
            missed.append(line)
        ran += any(f"line {number} ran" in fault for fault in unguarded.faults(address))
    assert missed == []
    assert ran > 20
