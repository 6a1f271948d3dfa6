"""What every store of exact bytes keeps to: that in a folder and that in a bucket."""

import base64
import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.capture.archive import WARC, FolderArchive, Holdings, place_of
from claims.capture.errors import ArchiveFull, ArchiveUnwritable, BytesDamaged, BytesMissing
from claims.capture.s3 import Bucket, BucketArchive
from tests.claims.capture.stores import Stand, bucket_stand, client, folder_stand, new_bucket, s3_server


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Stand:
    if request.param == "folder":
        return folder_stand(tmp_path / "new" / "archive")
    return bucket_stand(request.getfixturevalue("endpoint"))


class TestStore:
    def test_bytes_come_back_exactly_as_they_went_in(self, stand: Stand) -> None:
        store = stand.open()
        for data in (b"", b"\r\n\0\xff", os.urandom(3_000_000)):
            sha256 = store.put(data)
            assert sha256 == hashlib.sha256(data).hexdigest()
            assert stand.open().get(sha256) == data

    def test_the_same_bytes_twice_are_kept_once(self, stand: Stand) -> None:
        sha256 = stand.open().put(b"same")
        assert stand.open().put(b"same") == sha256
        assert stand.places() == [f"{sha256[:2]}/{sha256}"]

    def test_a_warc_file_lies_beside_the_bytes_under_a_name_that_tools_know(self, stand: Stand) -> None:
        store = stand.open()
        sha256 = store.put(b"an exchange", suffix=WARC)
        assert stand.places() == [f"{sha256[:2]}/{sha256}.warc.gz"]
        assert store.get(sha256, suffix=WARC) == b"an exchange"
        with pytest.raises(BytesMissing):
            store.get(sha256)

    @pytest.mark.faults  # a thousand requests to a bucket take their time
    def test_more_bodies_than_one_batch_get_their_hashes_in_order(self, stand: Stand) -> None:
        bodies = [str(number % 600).encode() for number in range(700)]
        hashes = stand.open().put_many(iter(bodies))
        assert hashes == [hashlib.sha256(body).hexdigest() for body in bodies]
        assert len(stand.places()) == 600
        assert stand.open().get(hashes[599]) == b"599"

    def test_writers_at_the_same_time_do_not_disturb_each_other(self, stand: Stand) -> None:
        bodies = [str(number).encode() * 100 for number in range(20)]
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: stand.open().put_many(bodies), range(4)))
        assert all(result == results[0] for result in results)
        assert len(stand.places()) == 20

    @pytest.mark.parametrize("damage", [b"what was sAid", b"what", b""])
    def test_a_changed_byte_is_noticed_and_the_next_writer_mends_it(self, stand: Stand, damage: bytes) -> None:
        store = stand.open()
        sha256 = store.put(b"what was said")
        stand.overwrite(place_of(sha256), damage)
        with pytest.raises(BytesDamaged, match=sha256):
            store.get(sha256)
        store.put(b"what was said")
        assert store.get(sha256) == b"what was said"

    def test_missing_bytes_are_named(self, stand: Stand) -> None:
        with pytest.raises(BytesMissing, match="restore"):
            stand.open().get("0" * 64)

    @pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63])
    def test_only_a_hash_is_looked_up(self, stand: Stand, sha256: str) -> None:
        with pytest.raises(ValueError, match="SHA-256"):
            stand.open().get(sha256)

    def test_what_it_holds_is_counted(self, stand: Stand) -> None:
        store = stand.open()
        assert store.holdings(10) == Holdings(0, 0)
        store.put_many([b"a", b"bb"])
        store.put(b"ccc", suffix=WARC)
        assert store.holdings(10) == Holdings(6, 3)

    @pytest.mark.faults  # a thousand requests to a bucket take their time
    def test_what_cannot_be_counted_in_time_is_estimated(self, stand: Stand) -> None:
        store = stand.open()
        store.put_many(str(number).encode().ljust(10, b".") for number in range(1100))
        guessed = store.holdings(0)
        assert guessed.bytes == pytest.approx(11_000, rel=0.8)
        assert guessed.bytes == pytest.approx(10 * guessed.files, rel=0.01)


def test_a_folder_knows_its_disk_and_a_bucket_does_not(tmp_path: Path, endpoint: str) -> None:
    free = FolderArchive(tmp_path / "not" / "there" / "yet").free_share()
    assert free is not None
    assert 0 < free < 1
    assert BucketArchive(new_bucket(endpoint)).free_share() is None


def test_a_bucket_keeps_the_checksum_with_the_bytes(endpoint: str) -> None:
    bucket = new_bucket(endpoint)
    sha256 = BucketArchive(bucket).put(b"what was said")
    key = f"desk/{place_of(sha256)}"
    head = client(endpoint).head_object(Bucket=bucket.name, Key=key, ChecksumMode="ENABLED")
    assert base64.b64decode(head["ChecksumSHA256"]).hex() == sha256


def test_a_bucket_that_is_not_there_is_one_clear_error(endpoint: str) -> None:
    store = BucketArchive(Bucket.parse(f"s3://nowhere?endpoint={endpoint}", "k", "s", None))
    with pytest.raises(ArchiveUnwritable, match="ARCHIVE_URL"):
        store.put(b"x")
    with pytest.raises(ArchiveUnwritable, match="NoSuchBucket"):
        store.get("0" * 64)


def test_a_server_that_is_not_there_is_one_clear_error_without_the_key() -> None:
    store = BucketArchive(Bucket.parse("s3://evidence?endpoint=http://127.0.0.1:9", "k", "very-secret", None))
    with pytest.raises(ArchiveUnwritable) as raised:
        store.holdings(1)
    assert "very-secret" not in f"{raised.value} {store._bucket!r}"
    assert not ArchiveFull.permanent


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://store.example/bucket", "names no bucket"),
        ("s3://", "names no bucket"),
        ("s3://Bucket_1", "names no bucket"),
        ("s3://key:secret@bucket", "names no bucket"),
        ("s3://bucket?endpoint=store.example", "no web address"),
        ("s3://bucket?Region=x", "asks for Region"),
    ],
)
def test_an_address_of_no_bucket_is_told_without_what_it_holds(url: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault) as raised:
        Bucket.parse(url)
    assert "secret" not in str(raised.value)


def test_a_buckets_address_is_read() -> None:
    bucket = Bucket.parse("s3://evidence/desk/one/?endpoint=https://store.example:9000&region=lake-1", "k", "", None)
    assert (bucket.name, bucket.prefix) == ("evidence", "desk/one/")
    assert (bucket.endpoint, bucket.region) == ("https://store.example:9000", "lake-1")
    assert (bucket.access_key, bucket.secret_key) == ("k", None)
