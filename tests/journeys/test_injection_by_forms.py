"""Script injection by forms: each form of each page is sent full of lines; what answers, and what comes of it, is read.

The forms are found on the pages themselves, so that a new one cannot be forgotten: comments, views, searches, people,
tokens, speakers, sources, settings, drafts, challenges, replies, what readers suggest.
"""

import logging
import re

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.injections import lines
from tests.journeys.addresses import Opened, open_all, open_to_readers
from tests.journeys.filling import fill_in, forms
from tests.journeys.furnished import furnish
from tests.journeys.furnished_words import fill
from tests.journeys.poisoning import chunks
from tests.journeys.watching import Watch, Watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1500)]

FORM = re.compile(rb"<form\b.*?</form>", re.DOTALL)
NAMED = re.compile(rb'\b(?:action|name|formaction)="([^"]*)"|<button[^>]*\bvalue="([^"]*)"')
# So much is typed into each field at once.
AT_ONCE = 300_000


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    caplog.set_level(logging.CRITICAL)
    open_to_readers(settings)


def other_forms(opened: Opened, seen: set[bytes]) -> bool:
    """Return whether a page has a form that no page before it had."""
    kinds = {
        re.sub(rb"[0-9a-f-]*\d[0-9a-f-]*", b"0", b" ".join(a or b for a, b in NAMED.findall(form)))
        for form in FORM.findall(opened.body)
    }
    new = kinds - seen
    seen |= kinds
    return bool(new)


def test_no_line_gets_through_that_any_form_was_sent(watch: Watch, live_server: LiveServer) -> None:
    found = lines()
    here = furnish()
    fill()
    seen, browsers, faults = set[bytes](), dict[User | None, Watched](), list[str]()
    pages = [opened for opened in open_all(here.people) if other_forms(opened, seen)]
    sent = set[tuple[str, ...]]()
    short = [line for line in found if len(line) <= 70] or [line[:70] for line in found]
    whole = list(chunks(found, AT_ONCE))
    for opened in pages:
        if opened.person not in browsers:
            browsers[opened.person] = watch(opened.person)
        browser, address = browsers[opened.person], f"{live_server.url}{opened.address}"
        faults += browser.faults(address)
        for form in [form for form in forms(browser) if form.kind not in sent]:
            sent.add(form.kind)
            one = short[len(sent) % len(short)]
            rounds = [(text, text) for text in whole] + [(one, f"https://port.example/?{one}")]
            for number, (text, place) in enumerate(rounds):
                faults += browser.faults(address)
                if form.kind in {each.kind for each in forms(browser)}:
                    again = next(each for each in forms(browser) if each.kind == form.kind)
                    faults += fill_in(
                        browser, again, text, place, f"{found[(len(sent) + number) % len(found)][:200]}.csv"
                    )
            faults += browser.faults(address)
    assert faults == []
    assert len(sent) > 60
