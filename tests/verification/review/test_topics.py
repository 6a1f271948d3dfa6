"""Topics: given in triage or planning, kept in the log, and found in the queue."""

import json

import pytest
from django.urls import reverse

from tests.cases import Walk
from tests.verification.admin.opening import as_person
from verification.models import ReviewEvent, Topic
from verification.review import triage

pytestmark = pytest.mark.django_db


def logged(walk: Walk, verb: str) -> dict[str, object]:
    event = ReviewEvent.objects.filter(review=walk.review, verb=verb).latest("seq")
    told: dict[str, object] = json.loads(event.payload.body)
    return told


def test_topics_are_given_when_a_claim_is_accepted_and_told_in_the_log() -> None:
    walk, topic = Walk(), Topic.objects.create(name="shipping")
    triage.accept(walk.review, walk.intake, walk.review.revision, why="A figure.", about=[topic])
    assert list(walk.review.topics.all()) == [topic]
    assert logged(walk, "accept")["topics"] == ["shipping"]


def test_planning_changes_topics_only_where_they_were_touched() -> None:
    walk, topic = Walk().accepted(), Topic.objects.create(name="shipping")
    walk.review.topics.add(topic)
    triage.plan(walk.review, walk.editor, walk.review.revision, priority=0.4, deadline=None, second_check=False)
    assert list(walk.review.topics.all()) == [topic]
    walk.review.refresh_from_db()
    triage.plan(
        walk.review, walk.editor, walk.review.revision, priority=0.4, deadline=None, second_check=False, about=[]
    )
    assert not walk.review.topics.exists()
    assert logged(walk, "plan")["topics"] == []


def test_a_topic_that_is_out_of_use_stays_with_the_case_that_has_it() -> None:
    walk, topic = Walk().accepted(), Topic.objects.create(name="shipping", in_use=False)
    other = Topic.objects.create(name="weather", in_use=False)
    walk.review.topics.add(topic)
    shown = as_person(walk.editor).get(reverse("admin:plan", args=[walk.review.pk])).content.decode()
    assert "shipping" in shown
    assert other.name not in shown


def test_the_queue_is_filtered_by_topic() -> None:
    walk, other = Walk().accepted(), Walk().accepted()
    walk.review.topics.add(Topic.objects.create(name="shipping"))
    queue = reverse("admin:verification_review_changelist")
    shown = as_person(walk.editor).get(f"{queue}?topic={Topic.objects.get().pk}").content.decode()
    assert walk.review.number in shown
    assert f"{other.review.number}<" not in shown
