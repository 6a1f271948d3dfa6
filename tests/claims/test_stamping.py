"""What is cited gets an authority's stamp, once, and nothing is stamped where no authority is named."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from claims import work
from claims.archiving import archive
from claims.capture.asking import Answer, Ask, Interrupted, Later
from claims.capture.errors import BytesMissing
from claims.capture.outcome import Outcome
from claims.models import Attestation, Snapshot, Work
from claims.running import run_leased
from claims.stamping import STAMP, due_for_stamping, stamp
from tests.claims.authority import Authority, needs_openssl, post, serving
from tests.factories import make_snapshot

pytestmark = [pytest.mark.django_db(transaction=True), needs_openssl]
BODY = b"The harbour board counted forty lamps on the northern mole."


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "own")


@pytest.fixture
def url(authority: Authority, settings: Settings) -> Iterator[str]:
    with serving(authority) as address:
        settings.TSA_URL = address
        yield address


def kept(body: bytes = BODY) -> Snapshot:
    archive().put(body)
    return make_snapshot(body)


def lease_on(snapshot: Snapshot) -> work.Lease:
    work.enlist(STAMP, [snapshot.pk])
    lease = work.take(Work.objects.get(kind=STAMP, subject=snapshot.pk, done_at=None).pk)
    assert lease is not None
    return lease


def test_a_stamp_is_stored_with_the_authoritys_time_and_can_be_checked_by_others(
    authority: Authority, url: str
) -> None:
    snapshot = kept()
    attested = stamp(snapshot, archive(), post, lease_on(snapshot))
    assert attested is not None
    attested.refresh_from_db()
    assert (attested.kind, attested.reference) == (Attestation.Kind.RFC3161, url)
    assert attested.attested_at is not None
    assert abs((attested.received_at - attested.attested_at).total_seconds()) < 60
    assert authority.accepts(bytes(attested.token or b""), BODY)
    assert Work.objects.get(kind=STAMP).done_at is not None


def test_the_same_bytes_are_stamped_once_by_an_authority(url: str, settings: Settings) -> None:
    snapshot = kept()
    stamp(snapshot, archive(), post, lease_on(snapshot))
    assert stamp(snapshot, archive(), post, lease_on(snapshot)) is None
    assert Attestation.objects.count() == 1
    settings.TSA_URL = f"{url}/another"
    assert stamp(snapshot, archive(), post, lease_on(snapshot)) is not None


def test_what_has_bytes_and_no_stamp_is_due_where_an_authority_is_named(url: str, settings: Settings) -> None:
    stamped, due, _empty = kept(b"one"), kept(b"two"), make_snapshot(b"x", size=0)
    stamp(stamped, archive(), post, lease_on(stamped))
    assert due_for_stamping(Snapshot.objects.all()) == [due.pk]
    settings.TSA_URL = ""
    assert due_for_stamping(Snapshot.objects.all()) == []
    assert stamp(due, archive(), post, lease_on(due)) is None


@pytest.mark.parametrize("outcome", [Outcome.THROTTLED, Outcome.FAILED])
def test_an_authority_that_is_busy_or_away_is_asked_later_and_costs_no_attempt(url: str, outcome: Outcome) -> None:
    snapshot = kept()
    work.enlist(STAMP, [snapshot.pk])
    row = Work.objects.get()
    busy = run_leased(row.pk, lambda lease: stamp(snapshot, archive(), lambda ask: Answer(ask, outcome, url), lease))
    row.refresh_from_db()
    assert (busy, row.attempts, row.quarantined_at) == (False, 0, None)
    with pytest.raises(Later):
        stamp(snapshot, archive(), lambda ask: Answer(ask, outcome, url), lease_on(kept(b"another")))


def test_an_answer_that_is_no_stamp_is_an_error_and_nothing_is_stored(url: str) -> None:
    def page(ask: Ask) -> Answer:
        return Answer(ask, Outcome.OK, ask.url, 200, body=b"<h1>Stamps on weekdays</h1>")

    snapshot = kept()
    with pytest.raises(Interrupted, match="no time stamp"):
        stamp(snapshot, archive(), page, lease_on(snapshot))
    assert not Attestation.objects.exists()


def test_damaged_bytes_are_not_stamped(url: str) -> None:
    snapshot = make_snapshot(b"never archived")
    with pytest.raises(BytesMissing):
        stamp(snapshot, archive(), post, lease_on(snapshot))


def test_whoever_lost_the_lease_stores_nothing(url: str) -> None:
    snapshot = kept()
    lease = lease_on(snapshot)
    work.give_back(lease)
    with pytest.raises(work.LeaseLost):
        stamp(snapshot, archive(), post, lease)
    assert not Attestation.objects.exists()
