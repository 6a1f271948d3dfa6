"""A whole briefing room, followed by its feed and listed by its pages: the replay site, read by shipped connectors."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from claims.models import HostLane, Snapshot
from claims.models.clock import read_clock
from tests.replay import pages
from tests.replay.answering import Reply
from tests.replay.documents import ReplayDocument
from tests.replay.site import ARCHIVE_HOST, HOST, ReplaySite
from tests.verification.research.board import work_off
from tests.verification.research.test_live_search import SENTENCE, claim
from verification.models import Candidate, Document, SearchRun, Source, SourceItem, SourceRun
from verification.research.following import follow
from verification.research.listing import list_back
from verification.research.live_search import enlist_searches
from verification.research.stretch import SEARCH_LIVE
from verification.review.triage import RESEARCH

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
NOON = datetime(2021, 5, 14, 12, tzinfo=UTC)


def document(number: int) -> ReplayDocument:
    return ReplayDocument(
        number,
        "statements",
        f"statement-{number}",
        f"Statement {number} on the harbour’s dues",
        NOON + timedelta(hours=6 * number),
        (f"The harbour office lowered {number} of its dues today.", "It thanks all pilots for their patience."),
    )


@pytest.fixture
def room(settings: Settings) -> Iterator[ReplaySite]:
    for host in (HOST, ARCHIVE_HOST):
        HostLane.objects.create(host=host, gap_ms=0, daily_budget=100_000)
    with ReplaySite([document(number) for number in range(60)], robots="User-agent: *\nAllow: /\n") as site:
        settings.FETCH_PRIVATE_TARGETS = site.targets()
        site.now = document(40).published
        yield site


def source_of(room: ReplaySite) -> Source:
    configuration = {"feeds": [room.address("/briefing-room/feed/")], "paged": True}
    return Source.objects.create(name="Briefing room", connector="feed", configuration=configuration, enabled=True)


def asked_again() -> None:
    Source.objects.update(next_at=read_clock())
    follow()
    work_off()


def stored() -> set[str | None]:
    return set(Document.objects.filter(superseded_at=None).values_list("title", flat=True))


def titles(*numbers: int) -> set[str | None]:
    return {document(number).title for number in numbers}


def test_a_room_that_is_followed_and_listed_is_in_the_library_once(room: ReplaySite) -> None:
    source = source_of(room)
    asked_again()
    assert stored() == titles(*range(31, 41))
    room.now = document(42).published
    asked_again()
    assert stored() == titles(*range(31, 43))
    # Seventeen more came between two looks: the feed shows ten of them, its older pages the others.
    room.now = document(59).published
    asked_again()
    assert stored() == titles(*range(31, 60))
    list_back(source, document(18).published.date(), None)
    work_off()
    assert stored() == titles(*range(18, 60))
    assert Document.objects.count() == 42
    assert {run.changed for run in SourceRun.objects.all()} == {0}


def test_a_page_that_was_edited_is_read_again_and_its_former_text_kept(room: ReplaySite) -> None:
    source_of(room)
    asked_again()
    room.now = document(40).published + timedelta(hours=1)
    room.change(39, ["The harbour office lowered none of its dues.", "It thanks all pilots for their patience."])
    asked_again()
    first, second = Document.objects.filter(title=document(39).title).order_by("pk")
    assert (first.superseded_at is None, second.superseded_at) == (False, None)
    assert "none of its dues" in second.text
    assert first.first_seen_at == second.first_seen_at
    assert SourceItem.objects.filter(state="stored").count() == 10


def test_a_page_that_moved_to_the_archive_host_is_read_there(room: ReplaySite) -> None:
    room.move(range(60))
    source_of(room)
    asked_again()
    assert stored() == titles(*range(31, 41))
    page = Snapshot.objects.get(documents__title=document(35).title)
    assert page.requested_url == room.address(document(35).path)
    assert page.final_url == room.address(document(35).path, archived=True)


REMARKS = ("WARDEN ARKWRIGHT: Good evening.", "We had complete harmony with every neighbour on the lake.")
READOUT = (
    "Warden Helen Arkwright spoke today with Chancellor Viktor Lindemar of Drennick.",
    "They reviewed the level of the lake, and engineers of both sides will look at the Brackholt Sluice.",
)
THEIRS = (
    "Chancellor Viktor Lindemar spoke by telephone with Warden Helen Arkwright of Corravane.",
    "No date for opening the Brackholt Sluice was agreed, and the level of the lake remains a matter of concern.",
)


def notice(number: int, title: str, paragraphs: tuple[str, ...], hours: int) -> ReplayDocument:
    return ReplayDocument(number, "news", f"notice-{number}", title, NOON + timedelta(hours=hours), paragraphs)


def serve_posts(site: ReplaySite, documents: list[ReplayDocument]) -> None:
    """Let the site's REST interface give each post by its number too."""
    for each in documents:
        (post,) = json.loads(pages.posts([each], site.address("")))
        site.answers[f"/wp-json/wp/v2/posts/{each.number}"] = Reply(json.dumps(post).encode(), "application/json")


def test_a_claims_words_its_readout_and_the_other_sides_account_are_found_on_two_sites(settings: Settings) -> None:
    HostLane.objects.create(host=HOST, gap_ms=0, daily_budget=100_000)
    noise = [
        notice(number, f"Notice {number} to shipping", ("The pilots rest today.", "Boats wait."), 5 * number - 100)
        for number in range(10, 50)
    ]
    ours = [
        notice(1, "Remarks by Warden Arkwright at the Pilots’ Dinner", REMARKS, 7),
        notice(2, "Readout of Warden Arkwright’s Call with Chancellor Lindemar of Drennick", READOUT, 6),
        # The same words half a year later, on another matter.
        notice(3, "Remarks by Warden Arkwright on the Harvest", REMARKS, 24 * 180),
    ]
    theirs = [notice(4, "Telephone conversation with Warden Arkwright of Corravane", THEIRS, 8)]
    robots = "User-agent: *\nAllow: /\n"
    with ReplaySite([*noise, *ours], robots=robots) as one, ReplaySite([*noise, *theirs], robots=robots) as other:
        settings.FETCH_PRIVATE_TARGETS = (*one.targets(), *other.targets())
        serve_posts(one, [*noise, *ours])
        serve_posts(other, theirs)
        for name, speaks_for, called, site in (
            ("Warden’s Office", "Office of the Warden", ["Helen Arkwright"], one),
            ("Chancellery of Drennick", "Chancellery of Drennick", [], other),
        ):
            Source.objects.create(
                name=name,
                speaks_for=speaks_for,
                also_called=called,
                connector="wordpress",
                configuration={"site": site.address("/")},
                enabled=True,
            )
        claimed = claim(article=f"A quiet evening\n\n“{SENTENCE},” Warden Helen Arkwright said on Friday.\n")
        assert enlist_searches() == 1
        work_off(SEARCH_LIVE)
        work_off(RESEARCH)
    runs = SearchRun.objects.filter(claim=claimed).exclude(step="").order_by("pk")
    assert [(run.step, run.source and run.source.name) for run in runs] == [
        ("list", "Warden’s Office"),
        ("phrase", "Warden’s Office"),
        ("counterpart", "Chancellery of Drennick"),
    ]
    found = Candidate.objects.filter(claim=claimed).select_related("document")
    roles = {each.document.title: each.role for each in found}
    assert roles[ours[0].title] == "said_where"
    assert roles[ours[1].title] == "tests_claim"
    assert ours[2].title not in roles
    assert found.get(document__title=theirs[0].title).counterpart_of is not None
    assert Document.objects.count() < 12
