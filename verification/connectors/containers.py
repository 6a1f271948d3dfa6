"""Opens a folder, an archive or one file and hands out the files in it, one by one, in bounded memory.

Nothing is unpacked to disk. A file that cannot be read costs itself only, wherever the files beside it can be reached
without it: in a folder and in a .zip, not in the one stream of a .tar.
"""

import bz2
import gzip
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from claims.wording import Words, words
from verification.connectors.contract import Skipped, UnreadableFile, UnreadableLibrary
from verification.connectors.fields import clean_id

ARCHIVES = (".tgz", ".tar.gz", ".tar", ".tar.bz2", ".tar.xz", ".zip")
# One primary document: the longest transcript seen has 250 KB, the longest report in PDF some 20 MB.
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
MAX_SHOWN = 200
# What the standard library raises for files and archives that are damaged, encrypted (RuntimeError) or packed by a
# method it does not know (NotImplementedError); a .zip whose names are not in the encoding it claims is a ValueError.
DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """One file: its path below the library's top, how to open it, and whether damage to it concerns it alone."""

    name: str
    opened: Callable[[], IO[bytes]]
    alone: bool

    @property
    def suffix(self) -> str:
        """The ending that tells its kind, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self) -> bytes:
        """Return all its bytes. Raises UnreadableFile, also when it is larger than any document."""
        with self._damage_named(), self.opened() as stream:
            body = stream.read(MAX_DOCUMENT_BYTES + 1)
        if len(body) > MAX_DOCUMENT_BYTES:
            raise UnreadableFile(too_large())
        return body

    def lines(self) -> Iterator[bytes | None]:
        """Yield its lines without their ends, None for one that is larger than any document. Raises UnreadableFile."""
        with self._damage_named(), self.opened() as stream:
            while line := stream.readline(MAX_DOCUMENT_BYTES + 1):
                if len(line) <= MAX_DOCUMENT_BYTES:
                    yield line.rstrip(b"\r\n")
                    continue
                yield None
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_DOCUMENT_BYTES + 1)

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE as error:
            if not self.alone:
                raise
            raise UnreadableFile(unreadable(error)) from error


def too_large() -> Words:
    """Return why a file or row larger than any document is passed over."""
    return words("It is larger than %(limit)s MB.", limit=MAX_DOCUMENT_BYTES // 1024**2)


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
    """Turn what damaged archives and unreadable folders raise into UnreadableLibrary."""
    try:
        yield
    except DAMAGE as error:
        raise UnreadableLibrary(
            words("%(path)s cannot be read to its end: %(error)s.", path=shown(path), error=_reason(error))
        ) from error


def shown(path: Path) -> str:
    """Return a path short enough for a sentence: somebody may have pasted a text in its place."""
    text = " ".join(str(path).split())
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def is_archive(path: Path) -> bool:
    """Say whether the name is that of an archive whose kind is known."""
    return path.name.lower().endswith(ARCHIVES)


def require_known(path: Path, kinds: Collection[str]) -> None:
    """Raise UnreadableLibrary unless the path is a folder, an archive, or a file whose ending is one of these kinds."""
    if not path.exists():
        raise UnreadableLibrary(words("There is no file or folder %(path)s.", path=shown(path)))
    if not (path.is_dir() or is_archive(path) or path.suffix.lower() in kinds):
        told = ", ".join([*kinds, *ARCHIVES])
        raise UnreadableLibrary(
            words("%(path)s is none of the kinds that are read: %(kinds)s.", path=shown(path), kinds=told)
        )


def files_in(path: Path, suffixes: frozenset[str]) -> Iterator[LibraryFile | Skipped]:
    """Yield each file with one of these endings, and each folder that cannot be looked into.

    A file of a .tar must be read before the next is asked for. Raises what `damage_named` names.
    """
    if path.is_dir():
        yield from _in_folder(path, suffixes)
    elif path.suffix.lower() == ".zip":
        yield from _in_zip(path, suffixes)
    elif is_archive(path):
        top = _top(member.name for _archive, member in _members(path, suffixes))
        for archive, member in _members(path, suffixes):
            # extractfile() is None for members that are no files only.
            opened = cast(Callable[[], IO[bytes]], partial(archive.extractfile, member))
            yield LibraryFile(below(top, member.name), opened, alone=False)
    else:
        yield LibraryFile(path.name, partial(_opened, path), alone=False)


def count_in(path: Path, suffixes: frozenset[str]) -> int | None:
    """Return how many files `files_in` would yield; None where that means reading it all, or where it is damaged."""
    try:
        if not path.is_dir() and path.suffix.lower() != ".zip":
            return None
        return sum(1 for _file in files_in(path, suffixes))
    except DAMAGE:
        return None


def below(top: str, name: str) -> str:
    """Return an archive member's path below the archive's top folder, "" where it has none."""
    parts = _parts(name)
    return "/".join(parts[1:] if top and len(parts) > 1 else parts)


def _parts(name: str) -> list[str]:
    return [part for part in PurePosixPath(name).parts if part not in {"/", ".", ".."}]


def _top(names: Iterable[str]) -> str:
    """Return the one folder that all the names lie in, "" where there are several or none.

    An archive that is damaged is judged by what can be read of it.
    """
    tops: set[str] = set()
    try:
        for name in names:
            parts = _parts(name)
            tops.add(parts[0] if len(parts) > 1 else "")
    except DAMAGE:
        pass  # told when the files themselves are read
    return tops.pop() if len(tops) == 1 else ""


def _members(path: Path, suffixes: frozenset[str]) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    # As a stream, so that an archive of any size is read in bounded memory. The compression is undone by its own
    # module, which notices a file that was cut short; tarfile's does not.
    with _decompressed(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if member.isfile() and PurePosixPath(member.name).suffix.lower() in suffixes:
                yield archive, member


def _in_folder(top: Path, suffixes: frozenset[str]) -> Iterator[LibraryFile | Skipped]:
    closed: list[OSError] = []
    for folder, subfolders, names in os.walk(top, onerror=closed.append):
        subfolders.sort()
        for name in sorted(names):
            file = Path(folder, name)
            if file.suffix.lower() in suffixes and _may_be_file(file):
                yield LibraryFile(file.relative_to(top).as_posix(), partial(_opened, file), alone=True)
    for error in closed:
        name = Path(error.filename).relative_to(top).as_posix()
        if name == ".":
            raise error
        yield Skipped(clean_id(name), unreadable(error))


def _may_be_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return True  # opening it will tell why it cannot be read


def _in_zip(path: Path, suffixes: frozenset[str]) -> Iterator[LibraryFile]:
    with zipfile.ZipFile(path) as archive:
        files = [info for info in archive.infolist() if PurePosixPath(info.filename).suffix.lower() in suffixes]
        files = [info for info in files if not info.is_dir()]
        top = _top(info.filename for info in files)
        for info in files:
            yield LibraryFile(below(top, info.filename), partial(archive.open, info), alone=True)


def _opened(file: Path) -> IO[bytes]:
    return file.open("rb")


def _decompressed(path: Path) -> IO[bytes]:
    match path.suffix.lower():
        case ".tgz" | ".gz":
            return cast(IO[bytes], gzip.open(path))
        case ".bz2":
            return cast(IO[bytes], bz2.open(path))
        case ".xz":
            return cast(IO[bytes], lzma.open(path))
        case _:
            return path.open("rb")


def unreadable(error: Exception) -> Words:
    """Return why one file is passed over, in the words of what its reader raised."""
    return words("It cannot be read: %(error)s.", error=_reason(error))


def _reason(error: Exception) -> str:
    """Return an exception's message on one line, without the path that the sentence names already."""
    said = error.strerror if isinstance(error, OSError) else None
    return " ".join((said or str(error) or type(error).__name__).split()).rstrip(".")
