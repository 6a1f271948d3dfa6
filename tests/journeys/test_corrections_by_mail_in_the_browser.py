"""Corrections by mail as a reader meets them, and who has a version, on pages that hold."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cases import Walk
from tests.journeys.addresses import open_to_readers
from tests.journeys.conftest import OpenPage, PageOf
from tests.journeys.inspecting import inspect
from tests.verification.admin.opening import second_version
from verification.models import EmbedSite, FeedReader, Subscriber
from verification.publishing.subscribing.links import token_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_subscribes_changes_their_mind_and_leaves(
    live_server: LiveServer, open_page: OpenPage, settings: Settings
) -> None:
    open_to_readers(settings)
    page = open_page()
    page.goto(f"{live_server.url}{reverse('public:checks')}")
    page.get_by_role("link", name="Corrections by mail").click()
    inspect(page, "subscribe")
    page.get_by_label("Your mail address").fill("gull@port")
    page.get_by_role("button", name="Ask for the mails").click()
    expect(page.get_by_text("This is no mail address")).to_be_visible()
    inspect(page, "subscribe-refused")
    page.get_by_label("Your mail address").fill("gull@port.example")
    page.get_by_label("Corrections only").check()
    page.get_by_role("button", name="Ask for the mails").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    inspect(page, "subscribe-sent")

    page.goto(f"{live_server.url}{reverse('public:subscribe_confirm', args=[token_of(Subscriber.objects.get())])}")
    inspect(page, "subscribe-confirm")
    page.get_by_role("button", name="Yes, send them to me").click()
    expect(page.get_by_text("You are sent mail: corrections only.")).to_be_visible()
    page.get_by_label("Every new check, and corrections").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You are sent mail: every new check, and corrections.")).to_be_visible()
    inspect(page, "subscription")
    page.get_by_role("link", name="End the mails").click()
    inspect(page, "subscribe-leave")
    page.get_by_role("button", name="End the mails").click()
    expect(page.get_by_role("heading", name="Nothing is sent to you")).to_be_visible()
    inspect(page, "subscribe-gone")
    assert not Subscriber.objects.exists()


def test_who_has_a_version_is_told_to_the_desk_by_name_and_to_readers_in_counts(
    live_server: LiveServer, open_page: OpenPage, page_of: PageOf
) -> None:
    walk = Walk()
    first = walk.to_publication()
    first_at = timezone.now() - timedelta(days=2)
    EmbedSite.objects.create(review=walk.review, origin="https://gazette.example", version=1, first_at=first_at)
    FeedReader.objects.create(feed="/checks/feed.atom", agent="GullReader/2.0", seen=first)
    second_version(walk).approved().published()
    reader, editor = open_page(), page_of(walk.editor)
    reader.goto(f"{live_server.url}/checks/{walk.review.public}/")
    reader.get_by_role("link", name="Who received this correction").click()
    expect(reader.get_by_text("1 site has not asked since")).to_be_visible()
    inspect(reader, "public-reach")
    editor.goto(f"{live_server.url}{reverse('admin:verification_review_change', args=[walk.review.pk])}")
    editor.get_by_role("link", name="Who has it").click()
    expect(editor.get_by_text("https://gazette.example")).to_be_visible()
    expect(editor.get_by_text("GullReader/2.0")).to_be_visible()
    inspect(editor, "case-file-reach")
