"""The two kinds of store, each on the real thing: a folder on the disk, a bucket of a server on this machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from claims.capture.archive import FolderArchive, Store
from claims.capture.s3 import Bucket, BucketArchive

_numbers = count(1)


@dataclass(frozen=True)
class Stand:
    """A store, a way to open it once more, to see what lies in it, and to write past it."""

    open: Callable[[], Store]
    places: Callable[[], list[str]]
    overwrite: Callable[[str, bytes], None]


def folder_stand(root: Path) -> Stand:
    """Return a folder's."""

    def places() -> list[str]:
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def overwrite(place: str, data: bytes) -> None:
        (root / place).chmod(0o600)
        (root / place).write_bytes(data)

    return Stand(lambda: FolderArchive(root), places, overwrite)


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server that speaks S3 and yield its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def client(endpoint: str) -> Any:
    """Return a client that goes past the store."""
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    )


def new_bucket(endpoint: str) -> Bucket:
    """Make a bucket and return it as an operator would write it."""
    name = f"evidence-{next(_numbers)}"
    client(endpoint).create_bucket(Bucket=name)
    return Bucket.parse(f"s3://{name}/desk?endpoint={endpoint}&region=us-east-1", "k", "s", None)


def bucket_stand(endpoint: str) -> Stand:
    """Return that of a new bucket."""
    bucket, s3 = new_bucket(endpoint), client(endpoint)

    def places() -> list[str]:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket.name)
        keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
        assert all(key.startswith("desk/") for key in keys)
        return sorted(key.removeprefix("desk/") for key in keys)

    def overwrite(place: str, data: bytes) -> None:
        s3.put_object(Bucket=bucket.name, Key=f"desk/{place}", Body=data)

    return Stand(lambda: BucketArchive(bucket), places, overwrite)
