"""Holds, replies and parts in a browser: every page of them holds, and each is done by its buttons."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models.clock import read_clock
from tests.cases import Walk, now
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.verification.review.test_parts import TEXTS, checked, divide, submitted
from verification.models import ReplyRequest, Review, State
from verification.review import replies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(page: Page, site: str, review: Review, name: str) -> Page:
    """Open one of a case's pages."""
    page.goto(f"{site}{reverse(f'admin:{name}', args=[review.pk])}")
    return page


def ask(walk: Walk, person: User, asked: str) -> ReplyRequest:
    """Ask for a reply by the verb."""
    review = now(walk.review)
    deadline = read_clock() + timedelta(days=2)
    return replies.ask_reply(review, person, review.revision, asked, "e-mail", "How many lamps burn?", deadline)


def test_an_editor_holds_a_case_until_a_day(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted()
    page = opened(page_of(walk.editor), live_server.url, walk.review, "case_hold")
    inspect(page, "hold")
    page.get_by_label("Reason").fill("The board meets first.")
    page.get_by_label("Until the day").fill("2001-01-01")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("That has passed already: name a later one.")).to_be_visible()
    inspect(page, "hold-refused")
    page.get_by_label("Until the day").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("comes back by itself")).to_be_visible()
    assert now(walk.review).state == State.ON_HOLD


def test_a_checker_asks_and_records_what_came(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    page = opened(page_of(walk.checker), live_server.url, walk.review, "case_replies")
    inspect(page, "replies-none")
    page.get_by_role("textbox", name="Whom").fill("The harbour board of Port Example")
    page.get_by_role("textbox", name="How").fill("e-mail")
    page.get_by_role("textbox", name="What", exact=True).fill("How many lamps burn on the northern mole?")
    later = timezone.localtime() + timedelta(days=2)
    page.get_by_label("Answer by").fill(later.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Note the request").click()
    page.get_by_text("Record a reply …").first.click()
    inspect(page, "replies-asked")
    page.get_by_label("Answered").check()
    page.get_by_label("The answer, in their words").fill("Thirty-eight.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Thirty-eight.")).to_be_visible()
    inspect(page, "replies-answered")
    inspect(opened(page, live_server.url, walk.review, "case_file"), "file-replies")
    ask(walk, walk.checker, "Captain Rope")
    walk.review = now(walk.review)
    walk.proposed()
    inspect(opened(page, live_server.url, walk.review, "case_draft"), "draft-replies")


def test_a_claim_is_divided_and_its_parts_reach_the_reader(page_of: PageOf, live_server: LiveServer) -> None:
    walk = Walk().accepted().taken()
    page = opened(page_of(walk.editor), live_server.url, walk.review, "case_parts")
    inspect(page, "parts-none")
    page.get_by_label("Parts", exact=False).first.fill("Forty lamps were lit.")
    page.get_by_role("button", name="Set the parts").click()
    expect(page.get_by_text("Name 2 to 20 parts, one a line.")).to_be_visible()
    inspect(page, "parts-refused")
    first, second = divide(walk.review, walk.editor, *TEXTS)
    inspect(opened(page, live_server.url, walk.review, "case_parts"), "parts-open")
    checked(walk, first, 4)
    checked(walk, second, 2)
    inspect(opened(page, live_server.url, walk.review, "case_file"), "file-parts")
    inspect(opened(page, live_server.url, first, "case_file"), "file-part")
    judging = opened(page_of(walk.checker), live_server.url, walk.review, "verification_review_change")
    expect(judging.get_by_label("How the parts were weighed")).to_be_visible()
    inspect(judging, "case-compound")
    submitted(walk, 2)
    walk.drafted()
    inspect(opened(page, live_server.url, walk.review, "case_sign_off"), "sign-off-parts")
    walk.approved().published()
    page.goto(f"{live_server.url}/checks/{walk.review.public}/")
    expect(page.get_by_role("heading", name="The parts of this claim")).to_be_visible()
    inspect(page, "public-parts")
