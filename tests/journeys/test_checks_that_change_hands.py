"""A check is handed over, put off, given blind, shared out; one person is let play two parts: each page inspected."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PageOf
from tests.journeys.inspecting import faults_of
from tests.verification.admin.full_desk import FullDesk
from verification.models import Hat, Profile, Review
from verification.review.waiving import waive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_on_which_a_check_changes_hands_have_no_fault(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    on_desk, blind = desk.walk().review, desk.walk(second_check=True).proposed().review
    signed = desk.walk().proposed().drafted().review
    desk.checker.groups.add(Group.objects.get(name="editor"))
    waive(signed, desk.editor, User.objects.get(pk=desk.checker.pk), Hat.APPROVER, signed.revision, "All are at sea.")
    Profile.objects.create(person=desk.checker, languages=["en"], capacity=5, weight=2)
    desk.queued(priority=0.9)
    Review.objects.filter(pk=desk.queued(priority=0.8).pk).update(language="pt")
    Profile.objects.create(person=desk.other, languages=["de"])
    editor, faults = page_of(desk.editor), list[str]()
    for name, page, review in (
        ("hand-over", "case_hand_over", on_desk),
        ("postpone", "case_postpone", on_desk),
        ("assign-second", "case_assign_second", blind),
        ("two-parts", "case_waive", on_desk),
        ("two-parts-told", "verification_review_change", signed),
        ("two-parts-signed", "case_sign_off", signed),
    ):
        answer = editor.goto(f"{live_server.url}{reverse(f'admin:{page}', args=[review.pk])}")
        assert answer is not None
        assert answer.status == 200, name
        faults += faults_of(editor, name)
    editor.goto(f"{live_server.url}{reverse('admin:spread')}")
    expect(editor.get_by_text("Nobody who is here reads pt")).to_be_visible()
    faults += faults_of(editor, "spread")
    assert faults == []


def test_a_case_is_handed_over_and_put_off_without_script(page_of: PageOf, live_server: LiveServer) -> None:
    desk = FullDesk()
    review = desk.walk().review
    page: Page = page_of(desk.checker, java_script_enabled=False)
    page.goto(f"{live_server.url}{reverse('admin:verification_review_change', args=[review.pk])}")
    page.get_by_role("link", name="Need more time …").click()
    page.get_by_label("Hours more").fill("2")
    page.get_by_label("Reason").fill("The archive opens at noon.")
    page.get_by_role("button", name="Put it off").click()
    expect(page.get_by_text("The turn ends")).to_be_visible()
    page.get_by_role("link", name="Hand over …").click()
    page.get_by_label("To", exact=True).select_option(label="Sela Rope, 0 open")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text(f"{review.number} is with Sela Rope now.")).to_be_visible()
