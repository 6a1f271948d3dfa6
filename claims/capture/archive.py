"""The store of exact bytes: each body once, under its SHA-256, never changed. Here in a folder; in a bucket: `s3`.

    root/ab/abcd…           the bytes of a page, its content coding undone
    root/ab/abcd….warc.gz   a WARC file, under the SHA-256 of the file itself
    root/incoming/…         bytes on their way in

A file appears under its hash in one rename, after its bytes are on the disk, so a crash leaves all of it or nothing but
a leftover in `incoming`. Writing the same bytes twice, or from two processes at once, ends in one file.
"""

import errno
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol
from uuid import uuid4

from claims.capture.errors import ArchiveFull, ArchiveUnwritable, BytesDamaged, BytesMissing
from claims.wording import words

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BATCH: Final = 512
"""Files written before the disk is asked to keep them: the requests then overlap, and open files stay below the usual
limit of 1,024."""

_LEFTOVER_SECONDS: Final = 24 * 3600
"""A file this old in `incoming` belongs to a process that died: no write takes a day."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
WARC: Final = ".warc.gz"


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many bytes in how many files a store holds."""

    bytes: int
    files: int

    def of_share(self, share: float) -> "Holdings":
        """Return what the whole holds, when this much was counted in a share (0 to 1) of all hashes.

        Hashes are spread evenly, so the part counted is a fair sample of the rest.
        """
        return Holdings(round(self.bytes / share), round(self.files / share))


class Store(Protocol):
    """Exact bytes by their SHA-256. `suffix` is "" for the bytes of a page and `WARC` for a WARC file.

    Safe to use from many threads. Everything raises `ArchiveUnwritable` where the store cannot be reached.
    """

    def put(self, data: bytes, *, suffix: str = "") -> str:
        """Keep `data` and return its SHA-256 (hex). Raises `ArchiveFull`; nothing is half-kept."""

    def put_many(self, bodies: Iterable[bytes], *, suffix: str = "") -> list[str]:
        """Keep each of `bodies`, taken one by one, and return their SHA-256 (hex) in order. Raises `ArchiveFull`.

        What was kept before an error stays kept: run it again.
        """

    def get(self, sha256: str, *, suffix: str = "") -> bytes:
        """Return the bytes, checked against their hash. Raises `BytesMissing` and `BytesDamaged`."""

    def holdings(self, seconds: float) -> Holdings:
        """Count what is there; what is not counted within so many seconds is estimated from what was."""

    def free_share(self) -> float | None:
        """Return which share of the device (0 to 1) is free, None where nobody can tell."""


class FolderArchive:
    """A `Store` in a folder; safe to use from many processes at once as well."""

    def __init__(self, root: Path | str) -> None:
        self._root = Path(root)
        self._incoming = self._root / "incoming"

    def put(self, data: bytes, *, suffix: str = "") -> str:
        """See `Store`."""
        return self.put_many((data,), suffix=suffix)[0]

    def put_many(self, bodies: Iterable[bytes], *, suffix: str = "") -> list[str]:
        """See `Store`. Written in batches whose disk flushes overlap."""
        hashes: list[str] = []
        with self._errors_named():
            self._remove_leftovers()
        remaining = iter(bodies)
        while batch := [(sha256_of(body), body) for body in islice(remaining, _BATCH)]:
            hashes += [sha256 for sha256, _ in batch]
            with self._errors_named():
                wanted = {self.path(sha256, suffix=suffix): body for sha256, body in batch}
                self._keep({path: body for path, body in wanted.items() if not _holds(path, body)})
        return hashes

    def get(self, sha256: str, *, suffix: str = "") -> bytes:
        """See `Store`."""
        with self._errors_named():
            try:
                data = self.path(sha256, suffix=suffix).read_bytes()
            except FileNotFoundError:
                raise missing(sha256) from None
        return checked(data, sha256)

    def holdings(self, seconds: float) -> Holdings:
        """See `Store`. Folders are counted in the order of their hashes."""
        until, size, files = time.monotonic() + seconds, 0, 0
        with self._errors_named():
            for number in range(256):
                try:
                    with os.scandir(self._root / f"{number:02x}") as entries:
                        sizes = [entry.stat().st_size for entry in entries]
                except FileNotFoundError:
                    continue
                size, files = size + sum(sizes), files + len(sizes)
                if time.monotonic() > until:
                    return Holdings(size, files).of_share((number + 1) / 256)
        return Holdings(size, files)

    def free_share(self) -> float | None:
        """See `Store`. Before the folder is there, of the device it will be on."""
        folder = next((path for path in (self._root, *self._root.parents) if path.exists()), None)
        if folder is None:
            return None
        with self._errors_named():
            usage = shutil.disk_usage(folder)
        return usage.free / usage.total if usage.total else None

    def path(self, sha256: str, *, suffix: str = "") -> Path:
        """Return where the bytes of `sha256` lie. Raises `ValueError` as `place_of` does."""
        return self._root / place_of(sha256, suffix)

    def _remove_leftovers(self) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)
        for path in self._incoming.iterdir():
            try:
                if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                    path.unlink()
            except FileNotFoundError:
                continue  # another process was quicker

    def _keep(self, batch: dict[Path, bytes]) -> None:
        open_files: dict[Path, int] = {}
        waiting: dict[Path, Path] = {}
        try:
            for path, body in batch.items():
                waiting[path] = draft = self._incoming / f"{path.name}.{uuid4().hex}"
                open_files[draft] = descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
                _write(descriptor, body)
            for descriptor in open_files.values():
                os.fsync(descriptor)
            for path, draft in waiting.items():
                path.parent.mkdir(exist_ok=True)
                draft.replace(path)
            for folder in {self._root, *(path.parent for path in waiting)}:
                _sync_folder(folder)
        finally:
            for draft, descriptor in open_files.items():
                os.close(descriptor)
                draft.unlink(missing_ok=True)

    @contextmanager
    def _errors_named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _FULL:
                raise ArchiveFull(
                    words("The archive in %(folder)s is full: free some space, then try again.", folder=self._root)
                ) from error
            raise ArchiveUnwritable(
                words(
                    "The archive in %(folder)s cannot be used (%(reason)s): check the folder and its permissions.",
                    folder=self._root,
                    reason=error.strerror or error,
                )
            ) from error


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 (hex) of bytes."""
    return hashlib.sha256(data).hexdigest()


def place_of(sha256: str, suffix: str = "") -> str:
    """Return where in a store the bytes lie: `ab/abcd…`. Raises `ValueError` for what is no hash or no known suffix."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
    if suffix not in ("", WARC):
        raise ValueError(f"{suffix!r} is no kind of file that a store keeps")
    return f"{sha256[:2]}/{sha256}{suffix}"


def checked(data: bytes, sha256: str) -> bytes:
    """Return the bytes if they have that hash. Raises `BytesDamaged`."""
    if sha256_of(data) != sha256:
        raise BytesDamaged(
            words("The archived bytes of %(sha256)s were changed: restore them from a backup.", sha256=sha256)
        )
    return data


def missing(sha256: str) -> BytesMissing:
    """Return the error that says that nothing lies under a hash."""
    return BytesMissing(words("The archive holds no bytes for %(sha256)s: restore them from a backup.", sha256=sha256))


def _holds(path: Path, body: bytes) -> bool:
    """Say whether the bytes are there and sound: a file damaged since is replaced by what we have in hand."""
    try:
        return path.read_bytes() == body
    except FileNotFoundError:
        return False


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync_folder(folder: Path) -> None:
    """Make the renames in `folder` last (fsync(2): a file's own sync does not cover its directory entry)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
