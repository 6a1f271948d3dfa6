"""The store of exact bytes: each body once, under its SHA-256, never changed.

    root/ab/abcd…       the bytes
    root/incoming/…     bytes on their way in

A file appears under its hash in one rename, after its bytes are on the disk, so a crash leaves all of it or nothing but
a leftover in `incoming`. Writing the same bytes twice, or from two processes at once, ends in one file.
"""

import errno
import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final
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


class FolderArchive:
    """Bytes by SHA-256 in a folder; safe to use from many threads and processes at once."""

    def __init__(self, root: Path | str) -> None:
        self._root = Path(root)
        self._incoming = self._root / "incoming"

    def put(self, data: bytes) -> str:
        """Keep `data` and return its SHA-256 (hex). Raises `ArchiveFull` and `ArchiveUnwritable`, nothing half-kept."""
        return self.put_many((data,))[0]

    def put_many(self, bodies: Iterable[bytes]) -> list[str]:
        """Keep each of `bodies`, taken one by one, and return their SHA-256 (hex) in order.

        Written in batches whose disk flushes overlap. What was kept before an error stays kept: run it again.
        Raises `ArchiveFull` and `ArchiveUnwritable`.
        """
        hashes: list[str] = []
        with self._errors_named():
            self._remove_leftovers()
        remaining = iter(bodies)
        while batch := [(_sha256(body), body) for body in islice(remaining, _BATCH)]:
            hashes += [sha256 for sha256, _ in batch]
            with self._errors_named():
                self._keep({sha256: body for sha256, body in batch if not self._holds(sha256, body)})
        return hashes

    def get(self, sha256: str) -> bytes:
        """Return the bytes whose SHA-256 (hex) is `sha256`, checked against it.

        Raises `BytesMissing`, `BytesDamaged` and `ArchiveUnwritable`.
        """
        with self._errors_named():
            try:
                data = self.path(sha256).read_bytes()
            except FileNotFoundError:
                raise BytesMissing(
                    words("The archive holds no bytes for %(sha256)s: restore them from a backup.", sha256=sha256)
                ) from None
        if _sha256(data) != sha256:
            raise BytesDamaged(
                words("The archived bytes of %(sha256)s were changed: restore them from a backup.", sha256=sha256)
            )
        return data

    def path(self, sha256: str) -> Path:
        """Return where the bytes of `sha256` lie. Raises `ValueError` when it is not 64 hex digits in lower case."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
        return self._root / sha256[:2] / sha256

    def _remove_leftovers(self) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)
        for path in self._incoming.iterdir():
            try:
                if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                    path.unlink()
            except FileNotFoundError:
                continue  # another process was quicker

    def _holds(self, sha256: str, body: bytes) -> bool:
        """Say whether the bytes are there and sound: a file damaged since is replaced by what we have in hand."""
        try:
            return self.path(sha256).read_bytes() == body
        except FileNotFoundError:
            return False

    def _keep(self, batch: dict[str, bytes]) -> None:
        open_files: dict[Path, int] = {}
        waiting: dict[str, Path] = {}
        try:
            for sha256, body in batch.items():
                waiting[sha256] = path = self._incoming / f"{sha256}.{uuid4().hex}"
                open_files[path] = descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
                _write(descriptor, body)
            for descriptor in open_files.values():
                os.fsync(descriptor)
            for sha256, path in waiting.items():
                self.path(sha256).parent.mkdir(exist_ok=True)
                path.replace(self.path(sha256))
            for folder in {self._root, *(self.path(sha256).parent for sha256 in waiting)}:
                _sync_folder(folder)
        finally:
            for path, descriptor in open_files.items():
                os.close(descriptor)
                path.unlink(missing_ok=True)

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


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
