"""Packages are built by a worker once the log's head is signed, stored once, and served to anybody."""

import hashlib
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from claims import work
from claims.archiving import archive
from claims.capture.asking import Answer, Ask, Later
from claims.capture.errors import BytesMissing
from claims.capture.outcome import Outcome
from claims.models import Work
from tests.claims.authority import Authority, needs_openssl, post, serving
from tests.verification.admin.opening import second_version
from tests.verification.publishing.package.cases import Case, packed
from tests.verification.publishing.package.reading import members_of, untested, wrong
from verification import tasks
from verification.models import ReviewEvent, Verdict, VerdictPackage
from verification.publishing.package import building
from verification.publishing.package.building import PACKAGE, build, enlist_packages, package
from verification.publishing.package.canonical_zip import write_archive
from verification.publishing.package.verifier_file import verifier_file
from verification.publishing.package.verifying.verify import verify
from verification.review.log import erase_payload

pytestmark = pytest.mark.django_db


def nobody(ask: Ask) -> Answer:
    raise AssertionError(f"{ask.url} was asked")


def built(verdict: Verdict) -> VerdictPackage | None:
    """Build a package as the worker does, once it was made due."""
    enlist_packages()
    row = Work.objects.filter(kind=PACKAGE, subject=verdict.pk, done_at=None).first()
    lease = work.take(row.pk) if row else None
    return package(verdict, nobody, lease) if lease else None


def test_it_is_built_and_stored_once_and_served_with_its_hash(client: Client) -> None:
    case = Case()
    verdict = case.out()
    check = f"/checks/{case.review.public}/"
    early = client.get(f"{check}package/")
    assert (early.status_code, early["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert b"is being built" in early.content
    assert b"Verify this verdict" not in client.get(check).content
    page = client.get(check)["ETag"]
    row = built(verdict)
    assert row is not None
    assert built(verdict) is None
    enlist_packages()
    assert Work.objects.filter(kind=PACKAGE).count() == 1
    for address in (f"{check}package/", f"{check}v1/package/"):
        answer = client.get(address)
        data = answer.getvalue()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (row.sha256, row.size)
        assert answer["Content-Type"] == "application/zip"
        assert answer["ETag"] == f'"{row.sha256}"'
        assert answer["Content-Disposition"].startswith('attachment; filename="check-')
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
        assert client.post(address).status_code == 405
    assert verify(data).holds
    shown = client.get(check, headers={"if-none-match": page})
    assert shown.status_code == 200
    assert f"sha256 {row.sha256}" in shown.content.decode()
    assert b"verify_readout.pyz" in shown.content
    assert client.get(f"{check}v7/package/").status_code == 404
    assert client.get("/checks/00000000-0000-0000-0000-000000000000/package/").status_code == 404


def test_the_tasks_make_it_due_and_build_it() -> None:
    verdict = Case().out()
    tasks.make_packages()
    tasks.build_package(Work.objects.get(kind=PACKAGE).pk)
    assert VerdictPackage.objects.get().verdict == verdict


def test_what_was_set_aside_does_not_keep_later_ones_from_being_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MOST_AT_ONCE", 1)
    case = Case()
    first = case.out()
    enlist_packages()
    Work.objects.update(quarantined_at="2031-01-01T00:00Z")
    second_version(case).approved().published()
    second = case.signed()
    assert building.due() == [second.pk]
    assert first.pk != second.pk


def test_a_lease_that_was_taken_twice_stores_once() -> None:
    verdict = Case().out()
    enlist_packages()
    row = Work.objects.get(kind=PACKAGE)
    first = work.take(row.pk)
    assert first is not None
    Work.objects.filter(pk=row.pk).update(lease_until="2000-01-01T00:00Z")
    second = work.take(row.pk)
    assert second is not None
    assert package(verdict, nobody, second) is not None
    with pytest.raises(work.LeaseLost):
        package(verdict, nobody, first)
    assert VerdictPackage.objects.count() == 1


def test_a_withdrawn_check_says_so_and_its_earlier_version_keeps_its_package(client: Client) -> None:
    case = Case()
    first = case.out()
    second_version(case, "void").approved().published()
    case.signed()
    assert built(first) is not None
    check = f"/checks/{case.review.public}/"
    assert client.get(f"{check}package/").status_code == 410
    assert "withdrawn" in json.loads(client.get(f"{check}v2/package/").content)["detail"]
    assert client.get(f"{check}v1/package/").status_code == 200
    assert b"Verify this verdict" not in client.get(check).content
    assert b"Verify this verdict" in client.get(f"{check}v1/").content


def test_without_the_logs_key_it_waits(settings: Settings, tmp_path: Path) -> None:
    verdict = Case().out()
    enlist_packages()
    lease = work.take(Work.objects.get(kind=PACKAGE).pk)
    assert lease is not None
    settings.STATE_DIR = tmp_path / "elsewhere"
    with pytest.raises(Later):
        package(verdict, nobody, lease)
    assert not VerdictPackage.objects.exists()


def test_without_its_bytes_it_is_not_built(tmp_path: Path) -> None:
    verdict = Case(upload=True).out()
    for path in (tmp_path / "archive").glob("*/*"):
        path.unlink()
    with pytest.raises(BytesMissing):
        packed(verdict)


def test_the_verifier_is_served_as_the_command_writes_it(client: Client) -> None:
    answer = client.get("/checks/verify_readout.pyz")
    assert answer.getvalue() == verifier_file()
    assert client.get("/checks/verify_readout.pyz", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_who_asks_for_the_head_or_has_it_already_reads_nothing(client: Client, tmp_path: Path) -> None:
    case = Case()
    row = built(case.out())
    assert row is not None
    for path in (tmp_path / "archive").glob("*/*"):
        path.unlink()
    address = f"/checks/{case.review.public}/package/"
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], head["ETag"]) == (200, str(row.size), f'"{row.sha256}"')
    assert client.get(address, headers={"if-none-match": head["ETag"]}).status_code == 304


def test_a_package_that_tells_words_which_were_erased_since_is_gone(client: Client) -> None:
    case = Case()
    assert built(case.out()) is not None
    address = f"/checks/{case.review.public}/v1/package/"
    events = ReviewEvent.objects.filter(review=case.review)
    erase_payload(events.get(verb="accept"), actor="service:erasure", reason="Nobody was told of it.")
    assert client.get(address).status_code == 200
    assert address in client.get(f"/checks/{case.review.public}/").content.decode()
    erase_payload(events.get(verb="approve"), actor="service:erasure", reason="It named somebody.")
    answer = client.get(address)
    assert (answer.status_code, answer.content.count(b"\n")) == (410, 1)
    assert b"were erased" in answer.content
    for page in ("", "v1/"):
        assert address not in client.get(f"/checks/{case.review.public}/{page}").content.decode()


@needs_openssl
def test_where_an_authority_is_named_the_manifest_is_stamped_and_the_stamp_is_checked(
    settings: Settings, tmp_path: Path
) -> None:
    verdict = Case().out()
    other = members_of(packed(verdict))
    with serving(Authority(tmp_path / "authority")) as address:
        settings.TSA_URL = address
        data, _head = build(verdict, archive(), post)
        settings.PACKAGE_MAX_BYTES = 700
        small, _head = build(verdict, archive(), post)
    assert wrong(data) == []
    assert any("The manifest has a time stamp: 20" in line for line in untested(data))
    stamp, note = members_of(data)["manifest.tsr"], members_of(data)["manifest.note"]
    assert members_of(data) == other | {"manifest.tsr": stamp, "manifest.note": note}
    swapped = write_archive(members_of(small) | {"manifest.tsr": stamp})
    assert "The time stamp is not of this manifest, or not signed by whom it names." in wrong(swapped)
    for junk in (b"", b"\x30\x80", stamp[:-9]):
        assert wrong(write_archive(other | {"manifest.tsr": junk}))


def test_a_package_goes_out_without_a_stamp_when_the_authority_refuses(settings: Settings) -> None:
    verdict = Case().out()
    settings.TSA_URL = "https://stamps.example/"

    def refusing(ask: Ask) -> Answer:
        return Answer(ask, Outcome.REFUSED, ask.url)

    def busy(ask: Ask) -> Answer:
        return Answer(ask, Outcome.THROTTLED, ask.url)

    assert build(verdict, archive(), refusing)[0] == packed(verdict)
    with pytest.raises(Later):
        build(verdict, archive(), busy)
