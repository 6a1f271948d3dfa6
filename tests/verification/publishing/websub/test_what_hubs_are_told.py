"""Which feeds a hub is told of: those that changed, by the very addresses that they give as their own."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Outlet, Speaker
from tests.cases import Walk
from tests.verification.publishing.following import follow
from tests.verification.publishing.rows import make_case, publish, see_in
from tests.verification.publishing.webhooks.receiver import Receiver
from tests.verification.publishing.websub.telling import DESK, heard, tell_due
from verification.models import Hub, Topic
from verification.publishing.websub import setting
from verification.review.minor_edits import minor_edit
from verification.review.sealing import seal

pytestmark = pytest.mark.django_db


def test_a_first_verdict_is_told_of_every_feed_that_it_is_in(hub: Hub, receiver: Receiver) -> None:
    review = make_case()
    review.claim.speaker = Speaker.objects.create(name="Ada Quillfeather")
    review.claim.save(update_fields=["speaker"])
    review.topics.add(Topic.objects.create(name="Lamps & oil"))
    publish(review)
    tell_due()
    lantern = Outlet.objects.get(name="The Mole Lantern")
    queries = [
        "",
        f"?speaker={review.claim.speaker.public}",
        f"?outlet={lantern.public}",
        "?topic=Lamps+%26+oil",
        "?rating=False",
        "?language=en",
    ]
    forms = ("atom", "rss", "json")
    assert heard(receiver) == [f"{DESK}/checks/feed.{form}{query}" for query in queries for form in forms]


def test_a_correction_is_told_of_the_corrections_and_of_the_rating_that_was_taken_away(
    hub: Hub, receiver: Receiver
) -> None:
    first = publish(value=1)
    tell_due()
    receiver.requests.clear()
    publish(first.review, 5)
    tell_due()
    told = heard(receiver)
    for query in ("", "?rating=False", "?rating=Accurate", "?language=en"):
        for below in ("feed", "corrections/feed"):
            assert f"{DESK}/checks/{below}.json{query}" in told
    assert len(told) == len(set(told))


def test_what_is_told_is_what_the_feed_calls_itself_and_that_feed_names_the_hub(
    hub: Hub, receiver: Receiver, client: Client
) -> None:
    first = publish()
    see_in(first.review, "Gull & Gazette")
    first.review.topics.add(Topic.objects.create(name="Öl/“Lampen” 100%"))
    publish(first.review, 3, language="pt-BR")
    tell_due()
    told = heard(receiver)
    assert len(told) > 20
    for topic in told:
        feed = follow(client, topic)
        assert feed.links["self"] == feed.header["self"] == [topic]
        assert feed.header["hub"] == [receiver.url]


def test_a_minor_edit_is_told_to_no_hub(hub: Hub, receiver: Receiver) -> None:
    walk = Walk()
    walk.to_publication()
    assert walk.review.publication
    verdict = walk.review.publication.verdict
    tell_due()
    receiver.requests.clear()
    words = (verdict.headline + ".", verdict.explanation, "A full stop was missing.")
    minor_edit(walk.review, walk.editor, walk.review.revision, *words, meaning_stays=True)
    tell_due()
    assert receiver.requests == []
    assert Hub.objects.get().error == ""


def test_a_joined_speakers_feeds_are_told_too(hub: Hub, receiver: Receiver) -> None:
    stands, joined = Speaker.objects.create(name="Ada Quillfeather"), Speaker.objects.create(name="A. Quillfeather")
    joined.joined_to = stands
    joined.save(update_fields=["joined_to"])
    review = make_case()
    review.claim.speaker = joined
    review.claim.save(update_fields=["speaker"])
    publish(review)
    tell_due()
    for speaker in (stands, joined):
        assert f"{DESK}/checks/feed.atom?{urlencode({'speaker': speaker.public})}" in heard(receiver)


def test_a_hub_is_told_once_of_what_two_publications_changed(hub: Hub, receiver: Receiver) -> None:
    publish()
    publish()
    tell_due()
    told = heard(receiver)
    assert len(told) == len(set(told))
    tell_due()
    assert heard(receiver) == told


def test_what_was_published_before_a_hub_was_added_is_not_told(receiver: Receiver, administrator: User) -> None:
    publish()
    seal()
    setting.add(administrator, receiver.url)
    tell_due()
    assert receiver.requests == []
    publish()
    tell_due()
    assert heard(receiver)
