"""Handing in many: each row of a list is taken in, is here already, or is refused in a sentence; none stops another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth.models import User

from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.capture.given import Given
from claims.capture.listing import ListOfArticles
from claims.capture.readable import read
from claims.capture.text import text_sha256
from claims.models import Article, Snapshot, Submission
from claims.submitting import Sender, address_before, article_at, hand_in_address, hand_in_article
from claims.wording import Words, words

Kind = Literal["taken", "known", "refused"]
TAKEN, KNOWN, REFUSED = words("taken in"), words("here already"), words("refused")


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row; `submission` where there is one to look at."""

    row: int
    kind: Kind
    told: Words
    submission: Submission | None = None


def import_articles(person: User, listed: ListOfArticles, *, dry_run: bool = False) -> Iterator[RowTold]:
    """Take in the rows of a list one after the other, each in a transaction of its own, and tell of each.

    The same list again does nothing: not even an address that could not be read is asked for once more. A dry run
    reads the texts, stores nothing, and tells what would happen.
    """
    sender = Sender(person, Submission.Way.IMPORT)
    seen: set[str] = set()
    for row, given in listed.rows:
        if isinstance(given, Words):
            yield RowTold(row, "refused", given)
            continue
        try:
            told = _would(sender, row, given, seen) if dry_run else _taken(sender, row, given, listed.name)
        except CaptureError as error:
            told = RowTold(row, "refused", error.sentence)
        yield told


def _taken(sender: Sender, row: int, given: Given, name: str) -> RowTold:
    if given.url is not None:
        handed_in = hand_in_address(sender, given.url)
    else:
        told = Handed(
            given.body,
            Snapshot.Origin.IMPORTED,
            media_type=given.media_type,
            filename=f"{name}:{row}",
            told=given.told,
        )
        handed_in = hand_in_article(sender, told)
    if handed_in.is_new:
        return RowTold(row, "taken", TAKEN, handed_in.submission)
    error = handed_in.submission.error
    why = words("here already, but could not be read: %(why)s", why=error) if error else KNOWN
    return RowTold(row, "known", why, handed_in.submission)


def _would(sender: Sender, row: int, given: Given, seen: set[str]) -> RowTold:
    if given.url is not None:
        mark = given.url
        is_known = address_before(sender, mark) is not None or article_at(mark) is not None
    else:
        page = read(given.body, given.media_type, max_bytes=settings.INTAKE_MAX_BYTES)
        mark = text_sha256(page.text)
        is_known = Article.objects.filter(text_sha256=mark).exists()
    is_known |= mark in seen
    seen.add(mark)
    return RowTold(row, "known", KNOWN) if is_known else RowTold(row, "taken", TAKEN)
