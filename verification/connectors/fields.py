"""Makes a document of what a source wrote in its fields: each cleaned and bounded here, whatever kind of file it was.

PostgreSQL stores neither NUL nor halves of surrogate pairs, and the library's columns have lengths; a field that breaks
such a rule must not cost its document, and a document must not cost the import.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from claims.capture.text import normalise
from claims.languages import vote
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import Published

MAX_ID = 500
MAX_TITLE = 1000
# What browsers and servers agree to carry; a longer one is a tracking address or an inlined picture.
MAX_URL = 2000
MAX_LANGUAGE = 20
ID_DIGITS = 16

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# The shape of a BCP 47 tag (RFC 5646 §2.1) whose primary subtag is an ISO 639 code; "_" is how POSIX parts them.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def document(
    stable_id: str,
    body: bytes,
    media_type: str,
    text: str,
    *,
    title: str | None,
    url: str | None,
    published: Published | None,
    date_origin: str | None,
    language: str | None,
    places: Sequence[Mapping[str, Any]] = (),
    kind: str | None = None,
    withheld: bool = False,
) -> SourceText | Skipped:
    """Return the document with fields that can be stored, or Skipped when it holds no text.

    `text` is normalised already. A language that is no language tag is told from the text.
    """
    if not text.strip():
        return Skipped(clean_id(stable_id), words("It holds no text."))
    return SourceText(
        stable_id=clean_id(stable_id),
        body=body,
        media_type=media_type,
        text=text,
        title=_title(title),
        url=_url(url),
        published=published.at if published else None,
        precision=published.precision if published else None,
        offset=published.offset if published else None,
        date_origin=date_origin if published else None,
        language=_language(language) or vote(text),
        places=places,
        kind=kind,
        withheld=withheld,
    )


def clean_id(written: str) -> str:
    """Return an id of at most 500 storable characters; two ids that differ before differ after.

    Control characters and bytes of a file name that are not UTF-8 are written as escapes; what is too long is cut, and
    ends in the beginning of the whole id's SHA-256.
    """
    printable = UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    if len(printable) <= MAX_ID:
        return printable
    digest = hashlib.sha256(printable.encode()).hexdigest()[:ID_DIGITS]
    return f"{printable[: MAX_ID - ID_DIGITS - 1]}…{digest}"


def _title(written: str | None) -> str | None:
    title = " ".join(normalise(written or "").split())
    if len(title) > MAX_TITLE:
        title = f"{title[: MAX_TITLE - 1]}…"
    return title or None


def _url(written: str | None) -> str | None:
    """Return an address as written; None when it cannot be one, because half an address leads nowhere."""
    url = (written or "").strip()
    return url if url and len(url) <= MAX_URL and not UNPRINTABLE.search(url) else None


def _language(written: str | None) -> str | None:
    tag = (written or "").strip()
    return tag.replace("_", "-") if len(tag) <= MAX_LANGUAGE and LANGUAGE.fullmatch(tag) else None
