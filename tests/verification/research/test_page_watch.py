"""Cited pages, looked at again: what became of the passages, told once, and to whom it matters."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from claims import work
from claims.models import Work
from claims.models.clock import read_clock
from claims.running import run_leased
from tests.cases import now
from tests.replay.site import ReplaySite
from tests.verification.research.watched_pages import (
    OPENING,
    alarms,
    cited,
    documents,
    look,
    look_at_all,
    page,
    paragraphs,
    proposed,
    published,
    the_watch,
)
from verification.models import Challenge, Document, EventPayload, PageChange, PageWatch, ReviewEvent, State
from verification.research.page_reading import see
from verification.research.page_watch import AFTER_CITING, LOOK, THEN_EVERY, enlist_looks, gap_after
from verification.review.proof import faults
from verification.review.transitions import Actor, Move, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Settings) -> Iterator[ReplaySite]:
    settings.FETCH_GAP_SECONDS = 0.0
    with ReplaySite(documents(3)) as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        yield site


def remarks() -> list[str]:
    return list(EventPayload.objects.filter(event__verb="source_changed").values_list("body", flat=True))


def test_what_submitted_judgments_cite_is_watched_and_nothing_else(site: ReplaySite) -> None:
    first, second, third = (page(site, number) for number in (1, 2, 3))
    proposed(first, cited(1))
    enlist_looks()
    enlist_looks()
    assert [watch.document for watch in PageWatch.objects.all()] == [first]
    Document.objects.filter(pk=second.pk).update(withheld=True)
    Document.objects.filter(pk=third.pk).update(url=None)
    proposed(second, cited(2))
    proposed(third, cited(3))
    enlist_looks()
    assert PageWatch.objects.count() == 1
    assert not Work.objects.filter(kind=LOOK).exists()


def test_looks_become_ever_less_frequent(site: ReplaySite) -> None:
    times = [gap_after(looks) for looks in range(9)]
    assert sum(times[:3], timedelta()) == AFTER_CITING[2]
    assert sum(times[:7], timedelta()) == timedelta(days=30)
    assert times[7] == times[8] == THEN_EVERY
    proposed(page(site), cited(1))
    assert look_at_all() == 1
    watch = the_watch()
    assert (watch.looks, watch.outcome, watch.fate) == (1, "NOT_MODIFIED", "same")
    assert timedelta(hours=4.9) < watch.next_at - read_clock() < timedelta(hours=5)
    assert enlist_looks() == 0


def test_what_became_of_a_very_long_passage_is_kept_and_kept_once(site: ReplaySite) -> None:
    proposed(page(site), cited(1))
    look_at_all()
    long = " ".join(str(number * number * 7919) for number in range(3000))  # no index holds a value of this length
    kept = PageChange(watch=the_watch(), fate="gone", exact=long)
    kept.save()
    with pytest.raises(IntegrityError, match="pagechange_is_told_once"), transaction.atomic():
        PageChange(watch=the_watch(), fate="gone", exact=long).save()


def test_a_passage_that_was_changed_challenges_what_is_published_once(site: ReplaySite) -> None:
    document = page(site)
    walk = published(document, cited(1))
    site.change(1, paragraphs(1, cited=cited(1).replace("no captain", "every captain")))
    for _look in range(3):
        look_at_all()
    assert now(walk.review).state == State.CHALLENGED
    (told,) = alarms()
    assert "Remarks on Berth 1" in told
    assert site.address() in told
    assert "no captain will pay" in told
    assert "every captain will pay" in told
    challenge, change = Challenge.objects.get(), PageChange.objects.get()
    assert (challenge.origin, challenge.by) == (Challenge.Origin.WATCH, None)
    assert (change.fate, change.exact) == ("changed", cited(1))
    assert [(part["quote"].strip(), part["source"].strip()) for part in change.diff if part["op"] != "equal"] == [
        ("no", "every")
    ]
    assert (the_watch().looks, the_watch().fate) == (3, "changed")
    assert not list(faults())


def test_the_new_copy_is_kept_beside_the_one_that_evidence_stays_bound_to(site: ReplaySite) -> None:
    document = page(site)
    walk = published(document, cited(1))
    site.change(1, paragraphs(1, cited="No lamp was bought for berth 1, and no captain will pay a penny for any."))
    look_at_all()
    newer = Document.objects.get(superseded_at__isnull=True, stable_id=document.stable_id)
    assert "No lamp was bought" in newer.text
    assert newer.snapshot == PageChange.objects.get().snapshot
    document.refresh_from_db()
    assert document.superseded_at is not None
    evidence = walk.review.publication.verdict.evidence.get() if walk.review.publication else None
    assert evidence is not None
    assert (evidence.document, evidence.snapshot_sha256) == (document, document.snapshot.sha256)


def test_what_changes_elsewhere_on_the_page_raises_no_alarm(site: ReplaySite) -> None:
    walk = published(page(site), cited(1))
    site.change(1, paragraphs(1, closing="The board will not meet again."))
    look_at_all()
    assert the_watch().fate == "same"
    site.change(1, ["Corrected on Wednesday.", *paragraphs(1)])
    look_at_all()
    assert (the_watch().fate, now(walk.review).state) == ("moved", State.PUBLISHED)
    assert [change.fate for change in PageChange.objects.all()] == ["moved"]
    assert not alarms()


def test_a_case_is_told_of_the_passage_that_it_cites_and_of_no_other(site: ReplaySite) -> None:
    document = page(site)
    one, other = published(document, cited(1)), published(document, OPENING)
    site.change(1, paragraphs(1, opening=OPENING.replace("Tuesday", "Friday")))
    look_at_all()
    assert (now(one.review).state, now(other.review).state) == (State.PUBLISHED, State.CHALLENGED)


def test_a_case_that_is_being_worked_on_is_told_in_its_log_and_stays_where_it_is(site: ReplaySite) -> None:
    document = page(site)
    walk = proposed(document, cited(1), second_check=True)
    before = now(walk.review)
    site.change(1, paragraphs(1, cited=cited(1).replace("41 lamps", "14 lamps")))
    look_at_all()
    look_at_all()
    after = now(walk.review)
    assert (after.state, after.revision) == (before.state, before.revision)
    (told,) = remarks()
    assert "14 lamps" in told
    assert ReviewEvent.objects.get(verb="source_changed").actor == "service:watch"
    assert not alarms()
    assert not list(faults())


def test_a_further_change_of_a_challenged_verdict_is_filed_beside_the_first(site: ReplaySite) -> None:
    walk = published(page(site), cited(1))
    site.change(1, paragraphs(1, cited=cited(1).replace("no captain", "every captain")))
    look_at_all()
    site.change(1, paragraphs(1, cited=cited(1).replace("a penny", "a pound")))
    look_at_all()
    assert len(alarms()) == 2
    assert now(walk.review).state == State.CHALLENGED


def test_a_passage_that_was_changed_back_and_changed_again_is_told_of_twice(site: ReplaySite) -> None:
    published(page(site), cited(1))
    other = paragraphs(1, cited=cited(1).replace("no captain", "every captain"))
    for words in (other, paragraphs(1), other):
        site.change(1, words)
        look_at_all()
    assert [change.fate for change in PageChange.objects.order_by("pk")] == ["changed", "same", "changed"]
    # The same doubt about the same publication is one, while it is open.
    assert len(alarms()) == 1


def test_a_page_that_is_cited_anew_is_watched_from_the_beginning(site: ReplaySite) -> None:
    document = page(site)
    proposed(document, cited(1))
    PageWatch.objects.update(looks=8)
    enlist_looks()
    PageWatch.objects.update(looks=8, looked_at=read_clock() - timedelta(days=3), next_at=read_clock() + THEN_EVERY)
    enlist_looks()
    assert the_watch().looks == 0
    assert the_watch().next_at < read_clock() + timedelta(hours=1, minutes=1)
    look_at_all()
    enlist_looks()
    assert the_watch().looks == 1


def test_what_nobody_rests_on_any_more_is_not_fetched(site: ReplaySite) -> None:
    walk = proposed(page(site), cited(1))
    enlist_looks()
    move(walk.review.pk, Move("withdraw", Actor(walk.editor), None, "The captain took it back."))
    asked = len(site.requests)
    look_at_all()
    assert len(site.requests) == asked
    assert the_watch().next_at > read_clock() + timedelta(days=89)


def test_a_worker_that_dies_between_fetching_and_storing_costs_no_alarm_and_makes_no_second_one(
    site: ReplaySite,
) -> None:
    document = page(site)
    walk = published(document, cited(1))
    site.change(1, paragraphs(1, cited=cited(1).replace("no captain", "every captain")))
    enlist_looks()
    PageWatch.objects.update(next_at=read_clock() - timedelta(minutes=1))
    enlist_looks()
    row = Work.objects.get(kind=LOOK)
    dead = work.take(row.pk)
    assert dead
    assert see(the_watch(), document).outcome == "OK"
    assert not alarms()
    Work.objects.filter(pk=row.pk).update(lease_until=read_clock() - timedelta(seconds=1))
    assert run_leased(row.pk, look)
    with pytest.raises(work.LeaseLost):
        look(dead)
    assert len(alarms()) == PageChange.objects.count() == 1
    assert now(walk.review).state == State.CHALLENGED
    assert Document.objects.filter(stable_id=document.stable_id).count() == 2
