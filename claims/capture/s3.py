"""The store of exact bytes in a bucket that speaks S3: the same guarantees as the folder's.

    bucket/prefix/ab/abcd…           as in `archive`
    bucket/prefix/ab/abcd….warc.gz

An object appears whole or not at all (that is S3's own promise), and its SHA-256 goes with it, so that the store
refuses bytes that were damaged on the way.
"""

import base64
import re
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from claims.capture.archive import Holdings, checked, missing, place_of, sha256_of
from claims.capture.errors import ArchiveError, ArchiveFull, ArchiveUnwritable
from claims.wording import words

_WRITERS: Final = 8
_BATCH: Final = 32
"""Bodies in flight at once, so that a long import keeps a flat memory."""

_GONE: Final = {"404", "NoSuchKey", "NotFound"}
_FULL: Final = {"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a bucket is. Without keys those of the machine are used (its profile or role)."""

    name: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    access_key: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str, *keys: str | None) -> "Bucket":
        """Read `s3://bucket/prefix?endpoint=https://…&region=…`; `keys` are access key, secret key and token.

        Raises `ValueError`, which says what is wrong and repeats no key.
        """
        parts = urlsplit(url)
        said = dict(parse_qsl(parts.query))
        endpoint, region = said.pop("endpoint", None), said.pop("region", None)
        if parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc):
            raise ValueError("names no bucket")
        if said:
            raise ValueError(f"asks for {', '.join(sorted(said))}, which is not known")
        if endpoint and urlsplit(endpoint).scheme not in {"http", "https"}:
            raise ValueError("has an endpoint that is no web address")
        prefix = parts.path.strip("/")
        return cls(parts.netloc, f"{prefix}/" if prefix else "", endpoint, region, *(key or None for key in keys))


class BucketArchive:
    """A `Store` in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        """Make a client; nothing is asked yet."""
        import boto3  # noqa: PLC0415 (half a second, which a desk with a folder need not wait for)
        from botocore.config import Config  # noqa: PLC0415 (the same)

        self._bucket = bucket
        self._client = boto3.Session().client(
            "s3",
            endpoint_url=bucket.endpoint,
            region_name=bucket.region or "us-east-1",
            aws_access_key_id=bucket.access_key,
            aws_secret_access_key=bucket.secret_key,
            aws_session_token=bucket.token,
            config=Config(
                connect_timeout=10,
                read_timeout=60,
                retries={"mode": "standard", "max_attempts": 4},
                max_pool_connections=2 * _WRITERS,
                # Stores other than Amazon's know the bucket in the path, and not all know trailing checksums.
                s3={"addressing_style": "path" if bucket.endpoint else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, data: bytes, *, suffix: str = "") -> str:
        """See `Store`."""
        sha256 = sha256_of(data)
        with self._errors_named():
            self._keep(sha256, data, suffix)
        return sha256

    def put_many(self, bodies: Iterable[bytes], *, suffix: str = "") -> list[str]:
        """See `Store`. Several are on their way at once."""
        hashes: list[str] = []
        remaining = iter(bodies)
        with ThreadPoolExecutor(_WRITERS, thread_name_prefix="archive") as pool:
            while batch := list(islice(remaining, _BATCH)):
                hashes += pool.map(lambda body: self.put(body, suffix=suffix), batch)
        return hashes

    def get(self, sha256: str, *, suffix: str = "") -> bytes:
        """See `Store`."""
        with self._errors_named(sha256):
            answer = self._client.get_object(**self._key(sha256, suffix))
            data: bytes = answer["Body"].read()
        return checked(data, sha256)

    def holdings(self, seconds: float) -> Holdings:
        """See `Store`. Listed in the order of the hashes."""
        until, size, files = time.monotonic() + seconds, 0, 0
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket.name, Prefix=self._bucket.prefix
        )
        with self._errors_named():
            for page in pages:
                found = page.get("Contents", [])
                size, files = size + sum(each["Size"] for each in found), files + len(found)
                if page["IsTruncated"] and time.monotonic() > until:
                    return Holdings(size, files).of_share(self._share_before(found[-1]["Key"]))
        return Holdings(size, files)

    def free_share(self) -> float | None:
        """See `Store`. A bucket does not say how much it could hold."""
        return None

    def _key(self, sha256: str, suffix: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": self._bucket.prefix + place_of(sha256, suffix)}

    def _share_before(self, key: str) -> float:
        digits = key.removeprefix(self._bucket.prefix).partition("/")[2][:8]
        return (int(digits, 16) + 1) / 16**8

    def _keep(self, sha256: str, data: bytes, suffix: str) -> None:
        key, digest = self._key(sha256, suffix), base64.b64encode(bytes.fromhex(sha256)).decode()
        if not self._holds(key, data, digest):
            self._client.put_object(**key, Body=data, ChecksumAlgorithm="SHA256", ChecksumSHA256=digest)

    def _holds(self, key: dict[str, str], data: bytes, digest: str) -> bool:
        """Say whether the bytes are there and sound; asked of the store's own checksum where it keeps one."""
        from botocore.exceptions import ClientError  # noqa: PLC0415 (as above)

        try:
            there: dict[str, Any] = self._client.head_object(**key, ChecksumMode="ENABLED")
            if there["ContentLength"] != len(data):
                return False
            if "ChecksumSHA256" in there:
                return bool(there["ChecksumSHA256"] == digest)
            return bool(self._client.get_object(**key)["Body"].read() == data)
        except ClientError as error:
            if _code(error) in _GONE:
                return False
            raise

    @contextmanager
    def _errors_named(self, sha256: str = "") -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (as above)

        try:
            yield
        except ArchiveError:
            raise
        except ClientError as error:
            code = _code(error)
            if sha256 and code in _GONE:
                raise missing(sha256) from None
            if code in _FULL:
                raise ArchiveFull(
                    words(
                        "The archive in the bucket %(bucket)s is full: make room, then try again.",
                        bucket=self._bucket.name,
                    )
                ) from error
            raise self._unusable(f"{code} {error.response.get('Error', {}).get('Message', '')}".strip()) from error
        except (BotoCoreError, OSError) as error:
            raise self._unusable(str(error)) from error

    def _unusable(self, reason: str) -> ArchiveUnwritable:
        return ArchiveUnwritable(
            words(
                "The archive in the bucket %(bucket)s cannot be used (%(reason)s): check ARCHIVE_URL and its keys.",
                bucket=self._bucket.name,
                reason=reason,
            )
        )


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
