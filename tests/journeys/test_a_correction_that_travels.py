"""A correction followed from the form of the desk to each consumer, over real servers on loopback, one after the other.

A reader of feeds, a webhook's receiver, a WebSub hub, a subscriber with a mail server, a site that embeds the check, a
program that searches, and somebody who opens the page: each has the first version, and then the second.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote
from urllib.request import Request, urlopen

import feedparser
import pytest
from celery import current_app
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from claims.models import Work
from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import send, text_of
from tests.verification.people.smtp_sink import MailSink
from tests.verification.publishing.subscribing.readers import text_of as words_of
from tests.verification.publishing.webhooks.hooks import make_hook
from tests.verification.publishing.webhooks.receiver import Receiver
from verification import tasks
from verification.models import Publication, Subscriber
from verification.publishing.reach import feed_readers
from verification.publishing.reach.told import told_of
from verification.publishing.subscribing import sending
from verification.publishing.webhooks import delivering
from verification.publishing.websub import setting, telling
from verification.review import drafting
from verification.review.sealing import seal

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
GULL = "gull@port.example"
PAPER = "https://gazette.example"
FIRST, SECOND = "No: the record says otherwise", "Misleading: the record has more"


@dataclass(frozen=True, slots=True)
class World:
    """The desk as it is reached from outside, and who listens to it."""

    site: str
    receiver: Receiver
    hub: Receiver
    sink: MailSink

    def fetch(self, path: str, **headers: str) -> str:
        """Return what a stranger is answered."""
        asked = Request(self.site + path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        with urlopen(asked, timeout=20) as answer:  # the test's own server
            text: str = answer.read().decode()
        return text

    def feed(self) -> feedparser.FeedParserDict:
        """Poll the feed as a reader's program does."""
        return feedparser.parse(f"{self.site}/checks/feed.atom", agent="GullReader/2.0")

    def card(self, walk: Walk) -> str:
        """Open the card in a page of another site."""
        return self.fetch(f"/checks/{walk.review.public}/embed/", Referer=f"{PAPER}/lamps", Sec_Fetch_Dest="iframe")

    def search(self, words: str) -> list[str]:
        """Return the headlines (`title`) that a program finds."""
        found = json.loads(self.fetch(f"/v1alpha1/claims:search?query={quote(words)}&languageCode=en"))
        return [review["title"] for claim in found.get("claims", []) for review in claim["claimReview"]]


@pytest.fixture
def world(live_server: LiveServer, settings: Settings) -> Iterator[World]:
    feed_readers.forget()
    with Receiver() as receiver, Receiver() as hub, MailSink() as sink:
        settings.PUBLIC_URL = live_server.url
        settings.FETCH_PRIVATE_TARGETS = (receiver.target, hub.target)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.DEFAULT_FROM_EMAIL = "Fact desk <desk@newsroom.example>"
        hub.behave(202)
        yield World(live_server.url, receiver, hub, sink)
    feed_readers.forget()


def work_all() -> None:
    """Do what the beat and the workers do, by their own tasks, until nothing is due."""
    seal()
    tasks.tell_webhooks()
    tasks.tell_hubs()
    tasks.tell_subscribers()
    kinds = (delivering.DELIVER, telling.TELL, sending.MAIL)
    for kind, pk in Work.objects.filter(kind__in=kinds, done_at=None).values_list("kind", "pk"):
        current_app.tasks[kind](pk)


def subscribe(world: World) -> None:
    """Subscribe as a reader does: form, mail, button."""
    page = world.fetch("/checks/subscribe/")
    name = page.partition('name="form" value="')[2].partition('"')[0]
    urlopen(f"{world.site}/checks/subscribe/", f"form={quote(name)}&address={GULL}&wants=all".encode(), timeout=20)
    work_all()
    (question,) = world.sink.taken
    link = next(word for word in words_of(question).split() if word.startswith(world.site))
    urlopen(link, b"wants=all", timeout=20)  # the test's own server
    assert Subscriber.objects.get(address=GULL).confirmed_at is not None


def everybody_asks(world: World, walk: Walk) -> None:
    """Let those who ask by themselves ask."""
    world.feed()
    world.card(walk)


def subjects(world: World) -> list[str]:
    return [str(each["Subject"]).strip() for each in world.sink.taken][1:]


def correct(walk: Walk, note: str) -> Publication:
    """Correct a check through the forms of the desk: opened, judged again, written, signed off, put out."""
    assert (
        send(walk.editor, walk.review, "case_correct", change="correction", reason="The hour was wrong.").status_code
        == 302
    )
    walk.review = now(walk.review)
    walk.taken().proposed(value=2)
    draft = drafting.draft_of(walk.review, walk.checker)
    words = {"headline": SECOND, "explanation": "The transcript differs [1].", "change_note": note}
    sent = send(walk.checker, walk.review, "case_draft", draft_revision=draft.revision, send="1", **words)
    assert sent.status_code == 302
    assert send(walk.editor, walk.review, "case_sign_off", embargo_until="").status_code == 302
    assert send(walk.publisher, walk.review, "case_publish", read="1").status_code == 302
    walk.review = now(walk.review)
    assert walk.review.publication is not None
    return walk.review.publication


def test_a_correction_reaches_every_consumer_and_the_desk_sees_who_took_it(world: World) -> None:
    administrator = make_person("administrator", name="Anders Keel")
    make_hook(administrator, world.receiver.url)
    setting.add(administrator, world.hub.url)
    subscribe(world)
    walk = Walk()
    walk.to_publication()
    check, claim = f"/checks/{walk.review.public}/", walk.review.wording
    work_all()
    everybody_asks(world, walk)

    (entry,) = world.feed().entries
    known_as, was_updated = entry.id, entry.updated_parsed
    assert FIRST in entry.title + entry.summary
    assert [each.told["type"] for each in world.receiver.taken] == ["verdict.published"]
    assert subjects(world) == [f"Fact check: {FIRST}"]
    assert (FIRST in world.card(walk), FIRST in world.fetch(check)) == (True, True)
    assert world.search(claim) == [FIRST]
    told_to_hub = len(world.hub.taken)
    assert told_to_hub >= 1
    (told,) = told_of(walk.review)
    assert {way.key for way in told.ways if not way.open} >= {"feeds", "webhooks", "hubs", "embeds", "mail", "search"}

    note = "Version 1 had the wrong hour."
    correct(walk, note)
    page = text_of(walk, "case_file", walk.editor)
    assert "1 reader has not asked since" in page  # nobody was told and nobody has asked yet
    assert f"{PAPER}: showed version 1 when it asked last" in " ".join(
        page.replace("<bdi>", "").replace("</bdi>", "").split()
    )
    assert "1 mail is still to go" in page
    work_all()
    everybody_asks(world, walk)

    (entry,) = world.feed().entries
    assert (entry.id, entry.updated_parsed >= was_updated) == (known_as, True)
    assert SECOND in entry.title + entry.summary
    assert note in json.dumps(entry)
    first, second = world.receiver.taken
    assert (second.told["type"], first.id != second.id) == ("verdict.corrected", True)
    assert subjects(world)[1:] == [f"Correction: {SECOND}"]
    assert note in words_of(world.sink.taken[-1])
    assert (SECOND in world.card(walk), FIRST in world.card(walk)) == (True, False)
    assert SECOND in world.fetch(check)
    assert world.search(claim) == [SECOND]
    assert len(world.hub.taken) > told_to_hub
    topics = parse_qs(world.hub.taken[-1].body.decode())
    assert topics["hub.mode"] == ["publish"]
    old = world.fetch(f"{check}v1/")
    assert (FIRST in old, "the version that stands" in old) == (True, True)

    newest, before = told_of(walk.review)
    assert not [way.open for way in newest.ways if way.open]
    counted = {way.key: way.count for way in newest.counted}
    assert counted == {"feeds": 1, "webhooks": 1, "hubs": 1, "embeds": 1, "mail": 1}
    assert "search" not in {way.key for way in before.ways}
    public = world.fetch(f"{check}reach/")
    assert ("1 webhook took it" in public, "GullReader" in public, GULL in public) == (True, False, False)

    messages, mails, hubs = len(world.receiver.requests), len(world.sink.taken), len(world.hub.requests)
    text = {
        "headline": f"{SECOND}, again",
        "explanation": "The transcript differs [1].",
        "reason": "A word was missing.",
    }
    looked = send(walk.editor, walk.review, "case_minor_edit", **text)
    fields = text | {"looked_at": looked.context["looked_at"], "meaning_stays": "1"}
    assert send(walk.editor, walk.review, "case_minor_edit", **fields).status_code == 302
    work_all()
    assert (len(world.receiver.requests), len(world.sink.taken), len(world.hub.requests)) == (messages, mails, hubs)
    assert f"{SECOND}, again" in world.fetch(check)
    assert f"{SECOND}, again" in world.card(walk)
    (entry,) = world.feed().entries
    assert f"{SECOND}, again" in entry.title + entry.summary
    edit, corrected, _first = told_of(now(walk.review))
    assert (edit.broadcast, edit.counted) == (False, ())
    assert not [way.open for way in corrected.ways if way.open]
    assert "A minor edit: broadcast to nobody" in text_of(walk, "case_file", walk.editor)
