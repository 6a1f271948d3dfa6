"""Cited pages that are not there, went elsewhere, or cannot be compared: an alarm only where something is known."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from claims.capture.text import text_sha256
from claims.models import Snapshot
from claims.models.clock import read_clock
from tests.cases import now
from tests.replay.answering import Reply
from tests.replay.site import ReplaySite
from tests.verification.research.watched_pages import (
    alarms,
    cited,
    documents,
    look_at_all,
    page,
    paragraphs,
    published,
    the_watch,
)
from verification.models import Document, PageChange, State

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(documents(3)) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


def test_a_page_that_is_missing_once_is_not_gone(site: ReplaySite) -> None:
    published(page(site), cited(1))
    site.remove(1)
    look_at_all()
    watch = the_watch()
    assert (watch.outcome, watch.fate, watch.looks) == ("NOT_FOUND", "", 0)
    assert timedelta(minutes=55) < watch.next_at - read_clock() < timedelta(hours=1)
    site.removed.clear()
    site.change(1, paragraphs(1))
    look_at_all()
    assert (the_watch().missing_since, the_watch().fate) == (None, "same")
    assert not alarms()


def test_a_page_that_is_missing_twice_an_hour_apart_is_gone(site: ReplaySite) -> None:
    walk = published(page(site), cited(1))
    site.remove(1)
    look_at_all()
    look_at_all(after=timedelta(minutes=20))
    assert (now(walk.review).state, the_watch().looks) == (State.PUBLISHED, 0)
    look_at_all(after=timedelta(minutes=50))
    look_at_all()
    assert now(walk.review).state == State.CHALLENGED
    assert ["is not there any more" in told for told in alarms()] == [True]
    assert the_watch().fate == "gone"


def test_a_page_that_leads_to_the_home_page_is_missing(site: ReplaySite) -> None:
    walk = published(page(site), cited(1))
    site.answers[documents(1)[0].path] = Reply(status=301, headers={"Location": "/briefing-room/"})
    look_at_all()
    assert (the_watch().fate, alarms()) == ("", [])
    assert the_watch().missing_since is not None
    look_at_all()
    assert (the_watch().fate, now(walk.review).state) == ("gone", State.CHALLENGED)


def test_a_page_that_went_to_an_archive_with_its_words_has_moved(site: ReplaySite) -> None:
    walk = published(page(site), cited(1))
    site.move([1])
    look_at_all()
    look_at_all()
    assert (the_watch().fate, now(walk.review).state) == ("moved", State.PUBLISHED)
    assert [change.fate for change in PageChange.objects.all()] == ["moved"]


@pytest.mark.parametrize(("status", "outcome"), [(403, "REFUSED"), (500, "FAILED"), (503, "THROTTLED")])
def test_a_site_that_does_not_answer_raises_no_alarm_and_counts_as_no_look(
    site: ReplaySite, status: int, outcome: str
) -> None:
    published(page(site), cited(1))
    site.answers[documents(1)[0].path] = Reply(b"No.", "text/plain", status)
    look_at_all()
    watch = the_watch()
    assert (watch.looks, watch.fate, watch.outcome, alarms()) == (0, "", outcome, [])
    assert watch.sentence
    assert watch.next_at > read_clock() + timedelta(minutes=59)


def test_a_page_that_was_never_there_has_not_gone(site: ReplaySite) -> None:
    document = page(site)
    handed_in = Snapshot.objects.create(origin="uploaded", size=1, sha256="0" * 64)
    Document.objects.filter(pk=document.pk).update(snapshot=handed_in)
    document.refresh_from_db()
    published(document, cited(1))
    site.remove(1)
    for _look in range(3):
        look_at_all()
    assert "was not there when it was looked at first" in the_watch().sentence
    assert (the_watch().fate, alarms()) == ("", [])


def carried_by_a_list(document: Document) -> Document:
    """Let a document be one whose text was read from a list: a part of that exchange."""
    whole = document.snapshot
    own = Snapshot.objects.create(origin="fetched", size=1, sha256="1" * 64, part_of=whole)
    Document.objects.filter(pk=document.pk).update(snapshot=own)
    document.refresh_from_db()
    return document


def test_what_a_list_carried_is_not_held_against_a_page_that_never_had_those_words(site: ReplaySite) -> None:
    document = carried_by_a_list(page(site))
    published(document, cited(1))
    site.change(1, paragraphs(1, cited="The warden spoke of lamps, and of who pays for them."))
    look_at_all()
    assert "has not the words that the source’s list had" in the_watch().sentence
    assert (the_watch().looks, alarms()) == (0, [])
    site.change(1, paragraphs(1))
    look_at_all()
    assert (the_watch().looks, the_watch().sentence) == (1, "")
    site.change(1, paragraphs(1, cited=cited(1).replace("no captain", "every captain")))
    look_at_all()
    assert len(alarms()) == 1
    # The list's own text is what the library keeps.
    assert Document.objects.filter(stable_id=document.stable_id).count() == 1


def test_what_a_list_carries_otherwise_now_is_a_change_without_any_page(site: ReplaySite) -> None:
    document = carried_by_a_list(page(site))
    published(document, cited(1))
    text = document.text.replace("no captain", "every captain")
    newer = Document.objects.get(pk=document.pk)
    Document.objects.filter(pk=document.pk).update(superseded_at=read_clock())
    newer.pk, newer.public, newer.text, newer.text_sha256 = None, uuid4(), text, text_sha256(text)
    newer.save()
    asked = len(site.requests)
    look_at_all()
    assert len(site.requests) == asked
    assert len(alarms()) == 1
    assert PageChange.objects.get().fate == "changed"
