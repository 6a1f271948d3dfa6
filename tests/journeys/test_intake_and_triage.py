"""Intake and triage in a real browser: an article comes in, its claims are decided, in all four ways of looking."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import work
from claims.archiving import Handed
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.intake import EXTRACT
from claims.models import Article, Snapshot, Work
from claims.running import run_leased
from claims.submitting import FETCH, submit_address, submit_article
from tests.cases import make_candidate, make_document
from tests.claims.extraction.articles import SUMMIT
from tests.journeys.inspecting import inspect
from tests.people import make_person
from tests.verification.publishing.samples import HOSTILE
from verification.models import Review, State
from verification.review import triage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENGINES = ["claims.extraction.english.EnglishEngine"]


def let_in(page: Page, live_server: LiveServer, person: User) -> None:
    """Log a person in, without the form."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def lift_out(article: Article) -> None:
    """Do what a worker does: lift the claims out, and open their cases."""
    row = Work.objects.get(kind=EXTRACT, subject=article.pk)
    assert run_leased(row.pk, lambda lease: extract_claims(article, load_engines(ENGINES), lease))
    triage.open_cases()


def summit(person: User) -> Article:
    """Hand in an article whose claims wait in triage, two with sources, and two decided."""
    article = submit_article(person, Handed(SUMMIT.encode(), Snapshot.Origin.PASTED)).article
    assert article is not None
    lift_out(article)
    reviews = list(Review.objects.order_by("claim__appearances__start"))
    check = {"class": "altered", "flags": ["quantifier", "truncated"], "similarity": 0.9, "diff": []}
    record = make_document(
        "Complete agreement with most of the harbour states.", title="Remarks by Premier Halden after the talks"
    )
    make_candidate(reviews[0].claim, record, quote_check=check)
    make_candidate(reviews[3].claim)
    triage.accept(reviews[1], person, 0, why="She said it herself.")
    triage.set_aside(reviews[2], person, 0, "not_checkable", "What somebody will ask is no fact yet.")
    return article


@pytest.fixture
def intake(page: Page, live_server: LiveServer) -> User:
    """Log somebody of intake in."""
    person = make_person("intake", name="Ines Mole")
    let_in(page, live_server, person)
    return person


def test_the_form_of_intake_holds_empty_refused_and_with_what_came_lately(
    page: Page, live_server: LiveServer, intake: User
) -> None:
    page.goto(f"{live_server.url}{reverse('admin:claims_submission_add')}")
    inspect(page, "intake")
    summit(intake)
    submit_address(intake, "https://www.ledger.example/lamps")
    page.get_by_label("Address", exact=True).fill("ledger/lamps")
    page.get_by_label("Text", exact=True).fill("The lamps burn again.")
    page.get_by_label("Title").fill("Lamps")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_text("Hand in one thing at a time")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value("The lamps burn again.")
    inspect(page, "intake-refused")


def test_progress_shows_itself_and_ends_at_the_claims(page: Page, live_server: LiveServer, intake: User) -> None:
    page.goto(f"{live_server.url}{reverse('admin:claims_submission_add')}")
    page.get_by_label("Text", exact=True).fill(SUMMIT)
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    inspect(page, "progress-waiting")
    lift_out(Article.objects.get())
    expect(page.get_by_role("link", name="Decide")).to_be_visible(timeout=10_000)
    for review in Review.objects.all():
        make_candidate(review.claim)
    expect(page.get_by_role("link", name="Look again")).to_have_count(0, timeout=10_000)
    inspect(page, "progress-done")


def test_progress_tells_what_failed(page: Page, live_server: LiveServer, intake: User) -> None:
    submission = submit_address(intake, "https://www.ledger.example/lamps")
    address = f"{live_server.url}{reverse('admin:claims_submission_change', args=[submission.pk])}"
    page.goto(address)
    inspect(page, "progress-fetching")
    lease = work.take(Work.objects.get(kind=FETCH).pk)
    assert lease is not None
    work.fail(lease, "KeyError: lamps", permanent=True)
    page.goto(address)
    expect(page.get_by_text("It failed each time")).to_be_visible()
    inspect(page, "progress-failed")


def test_what_was_handed_in_is_cancelled_and_goes_on(page: Page, live_server: LiveServer, intake: User) -> None:
    page.goto(f"{live_server.url}{reverse('admin:intake_many')}")
    lines = "url\nhttps://www.ledger.example/lamps\nhttps://www.ledger.example/mole\n"
    page.get_by_label("List of articles").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="Hand in").click()
    inspect(page, "list-told")
    page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_text("2 to be fetched")).to_be_visible()
    inspect(page, "list-waiting")
    row = Work.objects.filter(kind=FETCH).earliest("pk")
    lease = work.take(row.pk)
    assert lease is not None
    work.fail(lease, "KeyError: lamps", permanent=True)
    expect(page.get_by_text("1 failed")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Cancel all that is not done yet").click()
    expect(page.get_by_text("1 cancelled")).to_be_visible()
    inspect(page, "list-cancelled")
    page.get_by_role("link", name="https://www.ledger.example/mole").click()
    expect(page.get_by_text("Ines Mole wants no more of it.")).to_be_visible()
    inspect(page, "progress-cancelled")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Cancel what is not done yet")).to_be_visible()
    inspect(page, "progress-goes-on")


def test_the_pages_of_triage_hold(page: Page, live_server: LiveServer, intake: User) -> None:
    page.goto(f"{live_server.url}{reverse('admin:triage')}")
    inspect(page, "triage-nothing")
    article = summit(intake)
    submit_article(intake, Handed(HOSTILE["an element's end"].encode() + b" said Bram Oxley.", Snapshot.Origin.PASTED))
    lift_out(Article.objects.latest("pk"))
    page.goto(f"{live_server.url}{reverse('admin:triage')}")
    inspect(page, "triage-list")
    page.get_by_role("link", name=str(article)[:30]).click()
    inspect(page, "triage-article")
    page.get_by_role("link", name="Strongest first").click()
    inspect(page, "triage-strongest")
    page.get_by_label(re.compile("^Wording")).fill("The premier claimed complete agreement.")
    page.get_by_role("button", name="Not checkable").click()
    expect(page.get_by_text("Say why, in one sentence.")).to_be_visible()
    inspect(page, "triage-refused")
    Review.objects.filter(state=State.TRIAGE).update(revision=F("revision") + 1, wording="What the editor wrote.")
    page.locator("button[value=accept]").click()
    expect(page.get_by_text("Saved meanwhile")).to_be_visible()
    inspect(page, "triage-moved")


def test_keys_decide_but_never_while_somebody_types(
    page: Page, live_server: LiveServer, intake: User, open_page: Callable[[], Page]
) -> None:
    article = summit(intake)
    page.goto(f"{live_server.url}{reverse('admin:triage_article', args=[article.public])}")
    for key, number in (("j", 2), ("j", 3), ("j", 4), ("j", 5), ("k", 4)):
        page.keyboard.press(key)
        expect(page.locator(".ro-found > li.is-on > .n")).to_have_text(str(number))
    page.keyboard.press("x")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("ajx")
    expect(page.get_by_label("Reason")).to_have_value("ajx")
    page.get_by_label("Reason").blur()
    page.keyboard.press("x")
    expect(page.get_by_text("is set aside as not checkable")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("is back in triage")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_label("The claim of this article that says the same")).to_be_focused()
    page.get_by_label("The claim of this article that says the same").select_option(index=1)
    page.get_by_label("The claim of this article that says the same").blur()
    page.keyboard.press("m")
    expect(page.get_by_text("is merged into")).to_be_visible()
    inspect(page, "triage-merged")
    page.keyboard.press("u")
    expect(page.get_by_text("is back in triage")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("is accepted and waits in the queue")).to_be_visible()
    inspect(page, "triage-undo-offered")
    page.get_by_text("Not checkable: the other").click()
    page.get_by_label("Why none of these can be checked").fill("Praise, no measure named.")
    inspect(page, "triage-rest")
    page.get_by_role("button", name="claims aside").click()
    expect(page.get_by_text("are set aside as not checkable")).to_be_visible()
    inspect(page, "triage-all-decided")
    page.keyboard.press("u")
    expect(page.get_by_text("claims are back in triage")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_label("Parts", exact=False).first).to_be_visible()
    page.goto(f"{live_server.url}{reverse('admin:triage_article', args=[article.public])}")
    page.get_by_role("button", name="Switch keys off").click()
    page.locator("h1").click()
    before = Review.objects.filter(state=State.TRIAGE).count()
    page.keyboard.press("a")
    page.reload()
    expect(page.get_by_role("button", name="Switch keys on")).to_be_visible()
    assert Review.objects.filter(state=State.TRIAGE).count() == before
