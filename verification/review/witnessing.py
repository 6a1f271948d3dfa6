"""What a witness of another desk's log does: believe no head that does not go on from the one seen before.

A file keeps what was seen: the key's line, then every head, the newest last. Knows no Django.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from claims.wording import Words, words
from verification.review.heads import Head, read_head
from verification.review.log_format import seal_hash
from verification.review.signed_note import VerifierKey, read_verifier

MARK = "\n\n---\n"


class Astray(Exception):
    """The log does not go on from what was seen: it was cut off, rewritten, or its chain does not hash."""

    def __init__(self, sentence: Words) -> None:
        """Keep what is wrong."""
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Kept:
    """The key that signs, the newest head, and all the notes seen, oldest first."""

    key: VerifierKey
    head: Head
    notes: tuple[str, ...]


def go_on(before: Kept | None, note: str, key: VerifierKey, ask_seals: Callable[[int], str]) -> Kept:
    """Return what is kept after a new head, which must go on from the one `before`.

    `ask_seals(number)` returns the seals after that one as lines of JSON, some at a time. The first head is believed on
    its signature alone. Raises NoteFault for a head that is not signed, Astray for one that does not go on.
    """
    head = read_head(note, key)
    if before is None:
        return Kept(key, head, (note,))
    old = before.head
    if head.number < old.number or (head.number == old.number and head.hash != old.hash):
        text = words("seal %(old)s was seen, and now seal %(now)s is signed", old=old.number, now=head.number)
        raise Astray(text)
    number, value, events = old.number, old.hash, old.events
    while number < head.number:
        lines = ask_seals(number).splitlines()
        if not lines:
            raise Astray(words("seal %(number)s is kept from us", number=number + 1))
        for line in lines:
            number, value, added = _follow(number, value, line)
            events += added
            if number == head.number:
                break
    if value != head.hash or events != head.events:
        raise Astray(words("the chain leads to another seal %(number)s than is signed", number=head.number))
    notes = before.notes if note == before.notes[-1] else (*before.notes, note)
    return Kept(key, head, notes)


def _follow(number: int, value: bytes, line: str) -> tuple[int, bytes, int]:
    try:
        seal = json.loads(line)
        at = datetime.strptime(seal["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        hashes = [bytes.fromhex(each) for each in seal["events"]]
        found, told = int(seal["number"]), bytes.fromhex(seal["hash"])
    except (ValueError, KeyError, TypeError) as error:
        raise Astray(words("what should be seal %(number)s cannot be read", number=number + 1)) from error
    if found != number + 1 or seal_hash(found, at, value, hashes) != told:
        raise Astray(words("seal %(number)s does not follow the one before it", number=number + 1))
    return found, told, len(hashes)


def kept_in(path: Path) -> Kept | None:
    """Read what was kept; None where nothing was yet. Raises NoteFault where the file was damaged."""
    if not path.exists():
        return None
    key, *notes = path.read_text(encoding="utf-8").split(MARK)
    verifier = read_verifier(key)
    return Kept(verifier, read_head(notes[-1] if notes else "", verifier), tuple(notes))


def keep(path: Path, kept: Kept) -> None:
    """Write what is kept, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(MARK.join([str(kept.key), *kept.notes]), encoding="utf-8")
    draft.replace(path)
