"""What is cited is attested by others: a stamp and a public copy, each once, and only where it may be asked for."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from claims import tasks as tasks_of_claims
from claims import work
from claims.archiving import archive as store
from claims.capture.asking import Answer, Ask, Fetch, Later
from claims.capture.policy import PrivateTarget
from claims.models import Attestation, Snapshot, Work
from claims.models.clock import ClockTimestamp, read_clock
from claims.stamping import STAMP
from tests.cases import Walk, make_candidate, make_document
from tests.claims.authority import Authority, needs_openssl, serving
from tests.factories import make_snapshot
from tests.verification.connectors.issuers.replaying import Replay, Reply
from verification.connectors.issuers.wayback import Wayback
from verification.models import Candidate, PageWatch, Source
from verification.research import attesting
from verification.research.attesting import CAPTURE, archive_in_use, capture_elsewhere, enlist_attestations

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "https://port.example/lamps"
ARCHIVE = "https://web.archive.org"
JSON = "application/json"


@pytest.fixture
def cited() -> Snapshot:
    """Return the page that a submitted judgment cites."""
    return cite(fetched())


def fetched(**fields: object) -> Snapshot:
    body = f"Forty lamps, page {Snapshot.objects.count()}".encode()
    store().put(body)
    said = {"origin": Snapshot.Origin.FETCHED, "requested_url": PAGE, "final_url": PAGE, "status": 200}
    return Snapshot.objects.get(pk=make_snapshot(body, **said | fields).pk)


def cite(snapshot: Snapshot) -> Snapshot:
    walk = Walk().accepted().taken()
    Candidate.objects.filter(claim=walk.review.claim).delete()
    make_candidate(walk.review.claim, make_document(snapshot=snapshot, url=snapshot.final_url))
    walk.proposed()
    return snapshot


def wayback() -> Source:
    return Source.objects.create(name="Wayback", connector="wayback", tier=3, enabled=True)


def lease_on(snapshot: Snapshot) -> work.Lease:
    work.enlist(CAPTURE, [snapshot.pk])
    lease = work.take(Work.objects.get(kind=CAPTURE, subject=snapshot.pk, done_at=None).pk)
    assert lease is not None
    return lease


def waiting(kind: str) -> list[int]:
    return sorted(Work.objects.filter(kind=kind, done_at__isnull=True).values_list("subject", flat=True))


class PublicArchive:
    """The index and the save page of an archive: it holds what it has, and makes a copy in so many looks."""

    def __init__(self, *stamps: str, looks: int = 1, told: dict[str, str] | None = None) -> None:
        self.stamps, self.looks, self.told = list(stamps), looks, told
        self.asked: list[str] = []

    def __call__(self, ask: Ask) -> Answer:
        self.asked.append(ask.url)
        if ask.url.endswith("/save"):
            return self._json(ask, self.told or {"url": PAGE, "job_id": "spn2-1"})
        if "/save/status/" in ask.url:
            self.looks -= 1
            done = {"status": "success", "timestamp": f"{read_clock():%Y%m%d%H%M%S}", "original_url": PAGE}
            return self._json(ask, {"status": "pending"} if self.looks else done)
        rows = [
            ["timestamp", "original", "statuscode", "digest"],
            *([stamp, PAGE, "200", "A"] for stamp in self.stamps),
        ]
        return self._json(ask, rows if self.stamps else [])

    def _json(self, ask: Ask, told: object) -> Answer:
        return Reply(json.dumps(told), JSON).answer(ask)

    @property
    def saves(self) -> int:
        return sum(url.endswith("/save") for url in self.asked)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attesting, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(attesting, "PATIENCE_SECONDS", 1.0)


def captured(snapshot: Snapshot, fetch: Fetch) -> Attestation | None:
    return capture_elsewhere(snapshot, Wayback({}), fetch, lease_on(snapshot))


def test_what_nobody_cites_or_only_a_draft_cites_is_not_attested(settings: Settings) -> None:
    settings.TSA_URL = "http://stamps.example/"
    wayback()
    fetched()
    Walk().accepted().taken()
    enlist_attestations()
    assert (waiting(STAMP), waiting(CAPTURE)) == ([], [])


def test_what_is_cited_becomes_due_once_for_each_that_is_switched_on(cited: Snapshot, settings: Settings) -> None:
    enlist_attestations()
    assert (waiting(STAMP), waiting(CAPTURE)) == ([], [])
    settings.TSA_URL = "http://stamps.example/"
    wayback()
    for _ in range(2):
        enlist_attestations()
        assert (waiting(STAMP), waiting(CAPTURE)) == ([cited.pk], [cited.pk])


def test_an_archive_is_asked_only_while_it_is_switched_on(cited: Snapshot) -> None:
    source = wayback()
    assert isinstance(archive_in_use(), Wayback)
    Source.objects.filter(pk=source.pk).update(enabled=False)
    assert archive_in_use() is None
    assert capture_elsewhere(cited, None, Replay(), lease_on(cited)) is None
    assert waiting(CAPTURE) == []


def test_a_copy_made_about_when_ours_was_is_found_and_none_is_asked_for(cited: Snapshot) -> None:
    stamp = f"{cited.taken_at - timedelta(hours=3):%Y%m%d%H%M%S}"
    public = PublicArchive(stamp)
    attested = captured(cited, public)
    assert attested is not None
    assert (attested.kind, attested.reference) == (Attestation.Kind.WAYBACK, f"{ARCHIVE}/web/{stamp}/{PAGE}")
    assert attested.attested_at is not None
    assert f"{attested.attested_at:%Y%m%d%H%M%S}" == stamp
    assert public.saves == 0
    enlist_attestations()
    assert waiting(CAPTURE) == []


def test_where_there_is_none_near_one_is_asked_for_and_waited_for(cited: Snapshot) -> None:
    public = PublicArchive("20200101000000", looks=3)
    attested = captured(cited, public)
    assert attested is not None
    assert attested.reference.startswith(f"{ARCHIVE}/web/")
    assert (public.saves, public.looks) == (1, 0)


def test_a_copy_that_is_not_made_in_time_is_looked_for_later_and_then_given_up(cited: Snapshot) -> None:
    public = PublicArchive(looks=10**6)
    with pytest.raises(Later):
        captured(cited, public)
    Work.objects.update(lease_until=None, token=None, created_at=ClockTimestamp() - timedelta(days=3))
    assert captured(cited, public) is None
    wayback()
    enlist_attestations()
    assert waiting(CAPTURE) == []


def test_an_archive_that_refuses_for_good_is_not_asked_again(cited: Snapshot) -> None:
    wayback()
    public = PublicArchive(
        told={"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
    )
    assert captured(cited, public) is None
    enlist_attestations()
    assert (waiting(CAPTURE), Attestation.objects.count()) == ([], 0)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_archive_that_is_busy_is_asked_later(cited: Snapshot, status: int) -> None:
    with pytest.raises(Later):
        captured(cited, Replay(instead=Reply("busy", status=status).answer))


@pytest.mark.parametrize(
    "fields",
    [
        {"origin": Snapshot.Origin.UPLOADED},
        {"outcome": Snapshot.Outcome.REFUSED},
        {"final_url": "https://port.example/lamps?access_token=0123456789abcdef"},
        {"requested_url": "https://port.example/share?key=0123456789abcdef"},
        {"final_url": "https://warden:lamp@port.example/lamps"},
        {"final_url": "http://10.0.0.5/lamps"},
        {"final_url": "http://intranet/lamps"},
        {"final_url": None},
        {"headers": [["x-robots-tag", "noindex, NOARCHIVE"]]},
    ],
)
def test_no_archive_is_told_of_what_is_not_for_everybody(fields: dict[str, object]) -> None:
    public = PublicArchive()
    assert captured(fetched(**fields), public) is None
    assert public.asked == []


def test_no_archive_is_told_of_a_page_that_refused_us_later(cited: Snapshot) -> None:
    document = cited.documents.get()
    PageWatch.objects.create(document=document, url=PAGE, next_at=read_clock(), outcome="REFUSED")
    public = PublicArchive()
    assert captured(cited, public) is None
    assert public.asked == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "own")


@pytest.fixture
def stamping(authority: Authority, settings: Settings) -> Iterator[Authority]:
    """Let the desk ask the authority through its own door."""
    with serving(authority) as address:
        port = address.rpartition(":")[2].partition("/")[0]
        settings.FETCH_PRIVATE_TARGETS = (PrivateTarget.parse(f"stamps.example=127.0.0.1:{port}"),)
        settings.FETCH_GAP_SECONDS = 0.0
        settings.TSA_URL = f"http://stamps.example:{port}/stamp"
        yield authority


@needs_openssl
def test_the_whole_road_from_a_citation_to_a_stamp_that_others_can_check(
    cited: Snapshot, stamping: Authority, archive: Path
) -> None:
    enlist_attestations()
    tasks_of_claims.stamp_snapshot(Work.objects.get(kind=STAMP).pk)
    attested = Attestation.objects.get()
    assert attested.snapshot == cited
    assert stamping.accepts(bytes(attested.token or b""), store().get(cited.sha256))
    enlist_attestations()
    assert waiting(STAMP) == []
