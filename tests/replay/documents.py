"""What the site holds: documents with their addresses, and the history of a feed."""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

from verification.connectors.contract import SourceText
from verification.connectors.files import read_files

SNAPSHOT_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{6})Z")


@dataclass(frozen=True, slots=True)
class ReplayDocument:
    """One document of the site. `published` is aware; `number` is its post id; paragraphs are plain text."""

    number: int
    section: str
    slug: str
    title: str
    published: datetime
    paragraphs: tuple[str, ...]
    modified: datetime | None = None

    @property
    def path(self) -> str:
        """Return where the page lies, with the day in its address."""
        return f"/briefing-room/{self.section}/{self.published:%Y/%m/%d}/{self.slug}/"

    @property
    def changed_at(self) -> datetime:
        """Return when it was published or, later, modified."""
        return self.modified or self.published


@dataclass(frozen=True, slots=True)
class FeedSnapshot:
    """A feed as it was served from one moment on, until the next snapshot."""

    at: datetime
    body: bytes


def documents_of(archive: Path, most: int | None = None) -> Iterator[ReplayDocument]:
    """Yield the dated documents of a folder or archive of Markdown files, at most so many; its folders are sections."""
    number = 0
    for text in read_files(archive):
        if number == most:
            return
        if isinstance(text, SourceText) and text.title and text.published:
            number += 1
            yield ReplayDocument(
                number,
                PurePosixPath(text.stable_id).parts[0],
                f"{PurePosixPath(text.stable_id).stem}-{number}",
                text.title,
                text.published.astimezone(timezone(timedelta(minutes=text.offset or 0))),
                tuple(part.strip() for part in text.text.split("\n\n") if part.strip()),
            )


def history_of(archive: Path, folder: str) -> list[FeedSnapshot]:
    """Return the snapshots of one folder of an archive of feeds, named by the moment they were taken, oldest first."""
    found = []
    with tarfile.open(archive) as files:
        for member in files:
            name = SNAPSHOT_NAME.search(PurePosixPath(member.name).name)
            body = files.extractfile(member) if member.isfile() else None
            if body is not None and name and PurePosixPath(member.name).parts[0] == folder:
                taken = datetime.strptime(name.group(1), "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
                found.append(FeedSnapshot(taken, body.read()))
    return sorted(found, key=lambda snapshot: snapshot.at)
