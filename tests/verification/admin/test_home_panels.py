"""Home's further panels: sources that fail, evidence that changed, agreement at second check, and first steps."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from claims.models import Outlet, OutletFeed
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.opening import as_person
from tests.verification.admin.sources_at_hand import make_source
from verification.models import Challenge, Profile, SearchRun, Source, SourceRun
from verification.review import challenges
from verification.review.remarks import SOURCE_CHANGED, WATCH, remark

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HOME = reverse("admin:index")
TOLD = (
    "“Minutes” (https://board.example/1) was changed after it was cited. It said: “Forty lamps.” It says now: “Four.”"
)


def home(person: User) -> Any:
    answer = as_person(person).get(HOME)
    assert answer.status_code == 200
    return answer


def words(answer: Any) -> str:
    main = answer.content.decode().split('id="content-start"')[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def fail(name: str, **fields: object) -> Source:
    told: dict[str, object] = {"enabled": True, "outcome": "FAILED", "sentence": "It did not answer in time."}
    return make_source(
        name, configuration={"feeds": [f"https://{name.split()[0].lower()}.example/feed"]}, **told | fields
    )


def visited(source: Source, outcome: str, hours_ago: int, verb: str = "poll") -> None:
    at = timezone.now() - timedelta(hours=hours_ago)
    SourceRun.objects.create(source=source, verb=verb, outcome=outcome, started_at=at, finished_at=at)


def asked(review: Any, source: Source, outcome: str) -> None:
    SearchRun.objects.create(
        claim=review.claim, source=source, query={}, documents=0, outcome=outcome, step="live",
        started_at=timezone.now(),
    )  # fmt: skip


def test_sources_that_fail_are_named_with_since_when_and_how_many_cases_wait() -> None:
    desk = FullDesk()
    source, fine = fail("Board of Port Example"), make_source("Gazette", enabled=True, outcome="OK")
    for outcome, hours, verb in (
        ("FAILED", 50, "poll"), ("OK", 40, "poll"), ("REFUSED", 30, "poll"), ("FAILED", 5, "poll"), ("OK", 1, "try"),
    ):  # fmt: skip
        visited(source, outcome, hours, verb)
    waiting, answered, closed = desk.queued(), desk.queued(), desk.opened()
    for review in (waiting, answered, closed):
        asked(review, source, "FAILED")
    asked(waiting, fine, "FAILED")
    asked(answered, source, "EMPTY")
    answer = home(desk.administrator)
    text = words(answer)
    assert "Sources that fail 1 of 2 Board of Port Example It did not answer in time. For 1 day, 6 hours." in text
    assert "1 case waits for it. Look" in text
    assert "Gazette" not in text
    page = reverse("admin:verification_source_change", args=[source.pk])
    assert f'<form method="post" action="{page}">' in answer.content.decode()
    Source.objects.update(next_at=timezone.now() + timedelta(days=1))
    assert as_person(desk.administrator).post(page, {"do": "ask"}).status_code == 302
    source.refresh_from_db()
    assert source.next_at <= timezone.now() + timedelta(minutes=1)


def test_only_those_who_may_open_sources_learn_which_fail_and_only_administrators_try_them() -> None:
    desk = FullDesk()
    fail("Board of Port Example")
    feed = OutletFeed(outlet=Outlet.objects.create(name="Gull Gazette"), url="https://gull.example/feed")
    feed.enabled, feed.outcome = True, "REFUSED"
    feed.save()
    for person in (desk.editor, desk.auditor):
        text = words(home(person))
        assert "Sources that fail 2 of 2" in text
        assert "Gull Gazette It did not say why. Look" in text
        assert "Try now" not in text
    assert "Try now" in words(home(desk.administrator))
    for person in (desk.checker, desk.intake, desk.publisher):
        assert "Sources that fail" not in words(home(person))


def test_where_nothing_fails_there_is_no_such_panel() -> None:
    desk = FullDesk()
    make_source(enabled=True, outcome="THROTTLED")
    fail("Off", enabled=False)
    assert "Sources that fail" not in words(home(desk.administrator))


def test_evidence_that_changed_is_told_to_editors_and_to_whoever_judged_by_it() -> None:
    desk = FullDesk()
    published = desk.walk(desk.other).proposed().drafted().approved().published().review
    challenges.challenge(published, WATCH, None, Challenge.Origin.WATCH, TOLD)
    signing = desk.walk().proposed().drafted().review
    blind = desk.walk(second_check=True).proposed().review
    remark(SOURCE_CHANGED, [(case, {"fate": "changed", "note": f"{TOLD} {case.number}"}) for case in (signing, blind)])
    shown = {panel.key: panel for panel in home(desk.editor).context["agenda"].panels}
    assert [(line.row.review, line.note) for line in shown["changed"].lines] == [(published, TOLD)]
    assert "challenged" not in shown
    text = words(home(desk.checker))
    assert "Evidence that changed since it was cited" in text
    assert f"{TOLD} {signing.number}" in text
    assert f"{TOLD} {blind.number}" not in text
    for person in (desk.other, desk.publisher):
        assert "Evidence that changed" not in words(home(person))


def test_agreement_at_second_check_is_left_out_until_there_was_one() -> None:
    desk = FullDesk()
    assert "agreed at second check" not in words(home(desk.auditor))
    desk.differing()
    assert home(desk.auditor).context["figures"].agreed == 0
    assert "agreed at second check, in 14 days 0 %" in words(home(desk.auditor))


def test_first_steps_are_put_away_and_shown_again_from_ones_own_settings() -> None:
    person = make_person("checker")
    browser = as_person(person)
    assert "Press ? to see the keys" in words(browser.get(HOME))
    browser.post(reverse("admin:hints"), {"do": "hide"})
    text = words(browser.get(HOME))
    assert "The first steps are hidden." in text
    assert "Press ? to see the keys" not in text
    assert Profile.objects.get(person=person).hints_hidden
    assert "Show again" in browser.get(reverse("admin:me")).content.decode()
    browser.post(reverse("admin:hints"), {"do": "show"})
    assert "Take a case" in words(browser.get(HOME))
    assert browser.get(reverse("admin:hints")).status_code == 302
    assert not Profile.objects.get(person=person).hints_hidden


def test_enter_opens_the_first_case_and_each_case_can_be_walked_to() -> None:
    desk = FullDesk()
    case = desk.walk().review
    html = home(desk.checker).content.decode()
    assert re.search(rf'href="[^"]*/{case.pk}/change/" data-key="Enter"', html)
    desk.queued(deadline=timezone.now() - timedelta(hours=1))
    html = home(desk.editor).content.decode()
    assert html.count('data-key="Enter"') == 1
    assert re.search(r'<li data-item id="late-\d+">\s*<a [^>]* data-open data-key="Enter"', html)
