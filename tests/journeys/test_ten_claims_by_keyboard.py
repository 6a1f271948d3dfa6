"""Ten claims judged by keyboard alone, beside the same ten in plain admin forms: at most a third of the steps."""

from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cases import RECORD, make_candidate, make_document, make_run
from tests.factories import open_review
from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import inspect
from tests.people import make_person
from verification.models import Candidate, Desk, Judgment, Rating, Review, Source, State
from verification.review import assignment, triage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLAIMS = 10
REASONING = "Both records name forty lamps, not sixty [1] [2]."


@dataclass
class Steps:
    """Whatever a person does is a step: a key or a chord, a text typed or pasted, a choice made, a thing clicked."""

    page: Page
    taken: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.taken.append(key)
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.taken.append("text")
        self.page.keyboard.type(text)

    def fill(self, selector: str, text: str) -> None:
        self.taken.append(f"fill {selector}")
        self.page.locator(selector).fill(text)

    def choose(self, selector: str, value: str) -> None:
        self.taken.append(f"choose {selector}")
        self.page.locator(selector).select_option(value)

    def click(self, selector: str) -> None:
        self.taken.append(f"click {selector}")
        self.page.locator(selector).first.click()


def queued(count: int) -> list[Review]:
    """Put claims into the queue, each with a passage of two sources."""
    intake = make_person("intake")
    other, _made = Source.objects.get_or_create(name="Lamp Board", defaults={"tier": 2})
    cases = []
    for number in range(count):
        review = open_review()
        run = make_run(review.claim)
        for rank, source in enumerate((None, other), start=1):
            text = f"The books hold a bill for forty lamps, mole {number}." if source else RECORD
            named = {"source": source} if source else {}
            document = make_document(text, title=f"Record {number}.{rank}", **named)
            make_candidate(review.claim, document, run, rank=rank)
        triage.accept(review, intake, review.revision, why="It names a figure.")
        cases.append(Review.objects.get(pk=review.pk))
    return cases


def by_keyboard(page: Page, home: str) -> Steps:
    """Take and judge each claim, without a mouse."""
    steps = Steps(page)
    page.goto(home)
    for number in range(CLAIMS):
        steps.press("t")  # take the next one
        page.get_by_role("heading", name="Your judgment").wait_for()
        page.wait_for_load_state()
        for _source in range(2):
            steps.press("j")
            steps.press("r")  # it refutes
        steps.press("1")  # the rating
        steps.press("[")  # what supports it was looked for as well
        steps.press("w")
        steps.type(REASONING)
        if number == 0:
            # The checklist turns green while one works.
            expect(page.locator("#gate .is-caution")).to_have_count(0, timeout=20_000)
            inspect(page, "judging-by-keyboard")
        steps.press("Control+Enter")
        page.get_by_text("Your judgment is in.").wait_for()
        page.wait_for_load_state()
    return steps


def in_plain_forms(page: Page, site: str, cases: list[Review]) -> Steps:
    """Write the same judgments into stock forms, each value pasted in one go; the claim was taken already."""
    steps = Steps(page)
    false = Rating.objects.get(scale__in_use=True, value=1)
    for review in cases:
        duty = review.duties.get()
        page.goto(f"{site}/plain/verification/candidate/")
        steps.fill("#searchbar", str(review.claim_id))
        steps.press("Enter")
        page.wait_for_url("**q=**")
        for place in range(2):  # read what the sources say
            steps.click(f"#result_list tbody tr:nth-child({place + 1}) th a")
            page.wait_for_url("**/change/**")
            page.go_back()
        steps.click("#nav-sidebar a[href$='/judgment/add/']")
        page.wait_for_url("**/add/")
        steps.fill("#id_duty", str(duty.pk))
        steps.fill("#id_review", str(review.pk))
        steps.fill("#id_cycle", "1")
        steps.choose("#id_person", str(duty.person_id))
        steps.choose("#id_hat", "first")
        steps.choose("#id_rating", str(false.pk))
        steps.fill("#id_rating_label", false.label)
        steps.fill("#id_reasoning", REASONING)
        steps.click("#id_none_supports")
        for place, found in enumerate(Candidate.objects.filter(claim=review.claim).order_by("rank")):
            row = f"#id_evidence-{place}-"
            values = {
                "number": place + 1,
                "document": found.document_id,
                "snapshot": found.snapshot_id,
                "snapshot_sha256": found.snapshot_sha256,
                "exact": found.exact,
                "start": found.start,
                "end": found.end,
                "tier": found.document.tier,
                "candidate": found.pk,
            }
            for name, value in values.items():
                steps.fill(f"{row}{name}", str(value))
            steps.choose(f"{row}role", "tests_claim")
            steps.choose(f"{row}stance", "refutes")
        steps.click("[name=_save]")
        page.wait_for_url("**/judgment/")
    return steps


def taken(cases: list[Review], checker: User) -> list[Review]:
    for review in cases:
        assignment.take(review, checker, review.revision)
    return cases


def test_ten_claims_by_keyboard_take_a_third_of_the_steps_of_plain_forms(
    page_of: PageOf, live_server: LiveServer
) -> None:
    Desk.objects.create(pk=Desk.ONLY, second_check=False)
    ours = queued(CLAIMS)
    page = page_of(make_person("checker", name="Cato Lamp"))
    keyed = by_keyboard(page, f"{live_server.url}/admin/")
    judged = Judgment.objects.filter(review__in=ours, submitted_at__isnull=False)
    assert judged.count() == CLAIMS
    assert all(judgment.evidence.count() == 2 and judgment.reasoning == REASONING for judgment in judged)
    assert set(Review.objects.filter(pk__in=[each.pk for each in ours]).values_list("state", flat=True)) == {
        State.DRAFTING
    }

    checker = make_person("checker")
    theirs = taken(queued(CLAIMS), checker)
    User.objects.filter(pk=checker.pk).update(is_superuser=True)
    page.goto("about:blank")  # an open case goes on asking how it stands
    stock = [settings.TEMPLATES[0] | {"DIRS": []}]
    with override_settings(ROOT_URLCONF="tests.journeys.plain_admin", TEMPLATES=stock):
        plain = in_plain_forms(page_of(User.objects.get(pk=checker.pk)), live_server.url, theirs)
    assert Judgment.objects.filter(review__in=theirs, evidence__isnull=False).distinct().count() == CLAIMS
    print(f"steps: {len(keyed.taken)} by keyboard, {len(plain.taken)} in plain forms")  # noqa: T201 (for RESULTS)
    assert 3 * len(keyed.taken) <= len(plain.taken)
