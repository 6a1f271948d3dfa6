"""The pages of sources: listed, changed, tried out, switched; entries that were refused, handed in by a person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import HostLane, Snapshot
from tests.cases import make_document
from tests.people import make_person
from tests.replay.answering import Reply
from tests.verification.admin.opening import as_person, told
from tests.verification.admin.sources_at_hand import FEED, SAVED, briefing_room, form_of, make_item, make_source
from verification.models import Document, Source, SourceItem, SourceRun
from verification.research.source_keeping import Kept

pytestmark = pytest.mark.django_db
LIST = reverse("admin:verification_source_changelist")
NAMES = re.compile(r'/change/" dir="auto">([^<]+)</a>')


@pytest.fixture
def administrator() -> User:
    return make_person("administrator", name="Adda Key")


def page_of(source: Source) -> str:
    return reverse("admin:verification_source_change", args=[source.pk])


def read(person: User, address: str) -> str:
    answer = as_person(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(person: User, source: Source, **fields: Any) -> Any:
    return as_person(person).post(page_of(source), fields)


def now(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


def test_those_that_fail_come_first_each_with_its_sentence_and_what_it_brought(administrator: User) -> None:
    make_source("Aldern Port", enabled=True, outcome="OK", asked_at=timezone.now())
    make_source("Bay Office")
    failing = make_source("Zither Quay", enabled=True, outcome="REFUSED", sentence="It asks for a robot.", failures=3)
    make_item(failing)
    old = make_document(source=failing)
    make_document(source=failing)
    Document.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    page = read(administrator, LIST)
    names = NAMES.findall(page)
    assert names[:3] == ["Zither Quay", "Aldern Port", "Bay Office"]
    for words in ("It asks for a robot.", "3 times in a row", "1 new in 7 days", "1 waits", "Refused", "1 fails"):
        assert words in page
    assert re.findall(r'/change/" dir="auto">([^<]+)</a>', read(administrator, f"{LIST}?show=failing")) == [
        "Zither Quay"
    ]
    assert "No source is like that." in read(administrator, f"{LIST}?q=nothing")


def test_the_list_asks_as_often_for_many_sources_as_for_few(
    administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(130):
        make_item(make_source(f"Port {number}", enabled=bool(number % 2), outcome="FAILED" if number % 3 else "OK"))
    browser = as_person(administrator)
    with django_assert_max_num_queries(15):
        assert "page 1 of 2" in browser.get(LIST).content.decode()
    with django_assert_max_num_queries(20):
        browser.get(page_of(Source.objects.get(name="Port 7")))


def test_who_does_not_administer_looks_and_checkers_do_not() -> None:
    source = make_source()
    item = make_item(source, state=SourceItem.State.PASSED, outcome="REFUSED")
    entry = reverse("admin:source_entry", args=[source.pk, item.pk])
    for role in ("editor", "auditor"):
        person = make_person(role)
        assert "set by administrators" in read(person, page_of(source))
        assert 'name="do"' not in read(person, page_of(source))
        for address in (LIST, entry, reverse("admin:source_hosts"), reverse("admin:source_catalogue")):
            assert 'method="post"' not in read(person, address).replace('id="logout-form" method="post"', "")
        for do in ("save", "try", "ask", "on", "off"):
            assert send(person, source, **form_of(source, do=do)).status_code == 403
        assert as_person(person).post(entry, {"file": SimpleUploadedFile("x.html", SAVED)}).status_code == 403
    for role in ("checker", "intake", "publisher", "legal"):
        browser = as_person(make_person(role))
        for address in (LIST, page_of(source), entry):
            assert browser.get(address).status_code == 403
        assert "Sources" not in browser.get(reverse("admin:index")).content.decode()
    assert not now(source).enabled


def test_what_is_said_of_a_source_is_saved_and_noted(administrator: User) -> None:
    source = make_source(enabled=True, cursor={"poll": {}}, next_at=timezone.now() + timedelta(hours=9))
    source.addresses.create(url=FEED, etag='"1"')
    said = {"name": " The  Board ", "also_called": "the board\n\nthe board\nharbour master", "licence": "Open"}
    answer = send(administrator, source, **form_of(source, **said, every_minutes=120, tier=2))
    assert answer.status_code == 302
    source = now(source)
    assert (source.name, source.tier, source.licence, source.every_minutes) == ("The Board", 2, "Open", 120)
    assert source.also_called == ["the board", "harbour master"]
    assert source.cursor == {"poll": {}}, "it is asked as before"
    asked_otherwise = {"set-feeds": f"{FEED}\nhttps://board.example/orders/feed", "zone": "Europe/Lisbon"}
    send(administrator, source, **form_of(source, **asked_otherwise))
    source = now(source)
    feeds = [FEED, "https://board.example/orders/feed"]
    assert source.configuration == {"feeds": feeds, "zone": "Europe/Lisbon"}, (
        "what is as usual is left to the connector"
    )
    assert source.zone == "Europe/Lisbon"
    assert source.cursor is None
    assert not source.addresses.exists()
    assert source.next_at <= timezone.now()
    assert LogEntry.objects.filter(user=administrator).count() == 2


def test_a_setting_its_connector_cannot_use_is_told_at_its_field_and_all_that_was_typed_stays(
    administrator: User,
) -> None:
    source = make_source()
    wrong = {"set-feeds": "board.example/feed", "name": "The new board", "also_called": "the board"}
    answer = send(administrator, source, **form_of(source, **wrong, every_minutes=1))
    assert answer.status_code == 400
    page = " ".join(answer.content.decode().split())
    assert "mend what is marked below" in page
    assert re.search(r'errorlist" id="src-set-feeds_error">.*?<textarea name="set-feeds"', page)
    assert "greater than or equal to 5" in page
    for typed in ("board.example/feed</textarea>", 'value="The new board"', "the board</textarea>"):
        assert typed in page
    answer = send(administrator, source, **form_of(source, **{"set-feeds": " "}))
    assert "Fill in “Feeds”." in answer.content.decode()
    assert now(source).name == "Harbour Board"


def test_a_source_that_somebody_changed_meanwhile_is_told_and_nothing_is_overwritten(administrator: User) -> None:
    source = make_source()
    seen = form_of(source, name="The board of mine")
    Source.objects.update(licence="Open")
    answer = send(administrator, source, **seen)
    assert answer.status_code == 409
    page = " ".join(answer.content.decode().split())
    assert "Somebody changed this source after you had opened it." in page
    assert "What stands now" in page
    assert 'value="The board of mine"' in page
    assert now(source).name == "Harbour Board"
    again = re.search(r'name="seen" value="(\w+)"', page)
    assert again
    assert again[1] == Kept.of(now(source)).mark
    assert send(administrator, source, **seen | {"seen": again[1], "licence": "Open"}).status_code == 302
    assert now(source).name == "The board of mine"


def test_a_name_that_is_taken_is_told(administrator: User) -> None:
    make_source("Bay Office")
    source = make_source()
    answer = send(administrator, source, **form_of(source, name="Bay Office"))
    assert answer.status_code == 400
    assert "There is a source called “Bay Office” already" in answer.content.decode()


def test_a_source_is_switched_on_asked_and_off_each_once(administrator: User) -> None:
    source = make_source(next_at=timezone.now() + timedelta(days=1), failures=4)
    assert "It is switched off" in told(send(administrator, source, do="ask"))
    assert "Switched on" in told(send(administrator, source, do="on"))
    assert not told(send(administrator, source, do="on"))
    source = now(source)
    assert (source.enabled, source.failures) == (True, 0)
    assert source.next_at <= timezone.now()
    Source.objects.update(next_at=timezone.now() + timedelta(days=1))
    assert "It is due now" in told(send(administrator, source, do="ask"))
    assert now(source).next_at <= timezone.now()
    assert "Switched off" in told(send(administrator, source, do="off"))
    assert not now(source).enabled
    assert LogEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"connector": "import", "configuration": {}}, "there is nobody to ask"),
        ({"configuration": {"feeds": []}}, "Fill in “Feeds”."),
        ({"configuration": {"feeds": [FEED], "frobs": 1}}, "“frobs” is no setting"),
    ],
)
def test_a_source_that_cannot_be_asked_is_not_switched_on(
    administrator: User, fields: dict[str, Any], why: str
) -> None:
    source = make_source(**fields)
    assert why in told(send(administrator, source, do="on"))
    assert not now(source).enabled
    read(administrator, page_of(source))


def test_trying_shows_what_would_come_and_stores_nothing(administrator: User) -> None:
    with briefing_room() as site:
        source = make_source()
        feed = site.address("/briefing-room/feed/")
        answer = send(administrator, source, **form_of(source, do="try", **{"set-feeds": feed}))
        assert answer.status_code == 200
        page = " ".join(answer.content.decode().split())
        for words in ("3 entries would come.", "Readout of call 1 with the harbour master", "read at pubDate"):
            assert words in page
        for words in ("Both agreed that forty lamps burn there", "T1</b> First party", f"{feed}</textarea>"):
            assert words in page
        site.answers["/briefing-room/feed/"] = Reply(b"<html>Are you a robot?</html>", status=403)
        HostLane.objects.all().delete()
        page = send(administrator, source, **form_of(source, do="try", **{"set-feeds": feed})).content.decode()
        assert "Refused" in page
        assert "A refusal stands" in page
    assert not (Document.objects.exists() or SourceItem.objects.exists() or Snapshot.objects.exists())
    assert now(source).configuration == {"feeds": [FEED]}
    visits = source.runs.order_by("pk").values_list("verb", "outcome", "shown")
    assert list(visits) == [("try", "OK", 3), ("try", "REFUSED", 0)], "that it was asked is kept"


def test_an_entry_whose_page_was_refused_becomes_a_document_by_hand(administrator: User) -> None:
    source = make_source()
    item = make_item(source, state=SourceItem.State.PASSED, outcome="REFUSED", sentence="It refuses programs.")
    assert "It refuses programs." in read(administrator, page_of(source))
    address = reverse("admin:source_entry", args=[source.pk, item.pk])
    browser = as_person(administrator)
    for body, why in ((None, "Choose the file that you saved."), (b"\x00\x01\x02" * 40, "")):
        sent = {"file": SimpleUploadedFile("x.html", body)} if body else {}
        refused = browser.post(address, sent)
        assert refused.status_code == 400
        assert why in refused.content.decode()
    assert not Document.objects.exists()
    answer = browser.post(address, {"file": SimpleUploadedFile("x.html", SAVED, "text/html")})
    assert "is archived and in the library" in told(answer)
    document = Document.objects.get()
    assert (document.source, document.stable_id, document.url) == (source, item.stable_id, item.url)
    assert (document.published, document.published_offset, document.date_origin) == (item.published, 60, "pubDate")
    assert document.snapshot.origin == Snapshot.Origin.UPLOADED
    item.refresh_from_db()
    assert (item.state, item.document) == (SourceItem.State.STORED, document)
    again = browser.post(address, {"file": SimpleUploadedFile("x.html", SAVED, "text/html")})
    assert "has its document already" in again.content.decode()
    assert Document.objects.count() == 1


def test_the_last_visits_are_told_with_outcome_counts_and_length(administrator: User) -> None:
    source = make_source(enabled=True)
    begun = timezone.now() - timedelta(minutes=5)
    counts = {"requests": 4, "shown": 10, "fresh": 3, "changed": 1}
    SourceRun.objects.create(
        source=source, verb="poll", outcome="THROTTLED", sentence="In a minute.", started_at=begun, **counts
    )
    page = read(administrator, page_of(source))
    assert re.search(r"Asked to wait.*?In a minute\..*?<td>10</td><td>3</td><td>1</td><td>4</td><td>5 min</td>", page)


def test_entries_are_listed_by_state_and_pages(administrator: User) -> None:
    source = make_source()
    for number in range(60):
        make_item(source, number, state="passed" if number < 5 else "due")
    address = reverse("admin:source_entries", args=[source.pk])
    assert "page 1 of 2" in read(administrator, address)
    assert read(administrator, f"{address}?state=passed").count("Hand its page in") == 5


@pytest.mark.parametrize("junk", ["", "x", "9" * 40, "²", "\x00"])
def test_junk_is_refused_or_does_nothing(administrator: User, junk: str) -> None:
    source, browser = make_source(), as_person(administrator)
    for do in ("save", "try", junk):
        fields = dict.fromkeys(("name", "tier", "zone", "every_minutes", "set-feeds", "seen", "words"), junk)
        assert browser.post(page_of(source), fields | {"do": do}).status_code in {400, 404}
    for query in ("q", "show", "p"):
        assert browser.get(LIST, {query: junk}).status_code == 200
    assert browser.get(f"{LIST}{junk or 0}/change/").status_code == 404
    assert now(source).name == "Harbour Board"


def test_the_history_of_a_source_tells_who_changed_what(administrator: User) -> None:
    source = make_source()
    send(administrator, source, do="on")
    history = read(administrator, reverse("admin:verification_source_history", args=[source.pk]))
    assert "Switched on." in history
    assert isinstance(as_person(administrator), Client)
