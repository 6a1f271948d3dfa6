"""What a record of the Federal Register says of a document, and its text."""

import re
from typing import Any

from claims.capture.asking import Answer, Interrupted, NotAsExpected
from claims.capture.errors import CaptureError
from claims.capture.outcome import Outcome
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import read_date
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.entry_text import dated, document_of
from verification.connectors.issuers.federal_register_names import identifier_of
from verification.connectors.issuers.json_answers import Record
from verification.connectors.issuers.printed_text import printed_text

FIELDS = (
    "title",
    "type",
    "subtype",
    "abstract",
    "document_number",
    "html_url",
    "publication_date",
    "signing_date",
    "executive_order_number",
    "proclamation_number",
    "citation",
    "raw_text_url",
)
"""What is asked for: by default an answer has neither the day of signing nor the address of the text."""

TYPES = {
    "PRESDOCU": "Presidential Document",
    "RULE": "Rule",
    "PRORULE": "Proposed Rule",
    "NOTICE": "Notice",
}
"""A filter's code, and what answers call the same."""

FILED = "public-inspection"
_HUMAN = re.compile(r"captcha|unblock\.federalregister|request access|automated (?:scraping|access)", re.IGNORECASE)
_HUMAN_WITHIN = 20_000


def entry_of(record: Record) -> SourceEntry:
    """Return a document as the register shows it; dated by its signing where it is the President's."""
    number, day = record.told("document_number"), record.told("publication_date")
    printed, signed = read_date(day), read_date(record.text("signing_date") or "")
    if printed is None:
        raise record.wrong("publication_date")
    presidential = record.text("type") == TYPES["PRESDOCU"]
    by_signing = presidential and signed is not None
    issued = [
        f"{name} {given}"
        for name, field in (("Executive Order", "executive_order_number"), ("Proclamation", "proclamation_number"))
        if (given := record.text(field))
    ]
    memo: dict[str, Any] = {"printed": day, "text": record.text("raw_text_url"), "citation": record.text("citation")}
    return SourceEntry(
        stable_id=identifier_of(number, day),
        url=record.told("html_url"),
        title=_line(record.text("title")),
        kind="order" if presidential else None,
        language="en",
        snippet=_line(record.text("abstract")) or "",
        memo=memo | ({"issued": issued[0]} if issued else {}),
        **dated(signed if by_signing else printed, "signing_date" if by_signing else "publication_date"),
    )


def filed_entry(record: Record) -> SourceEntry:
    """Return a document that is filed for public inspection, and not printed yet."""
    pdf = record.told("pdf_url")
    filed = read_date(record.text("filed_at") or "")
    return SourceEntry(
        stable_id=record.told("document_number"),
        url=record.text("html_url") or pdf,
        title=_line(record.text("title")),
        kind="order" if record.text("type") == TYPES["PRESDOCU"] else None,
        language="en",
        memo={"pdf": pdf},
        **dated(filed, "filed_at"),
    )


def text_of(entry: SourceEntry, answer: Answer) -> SourceText | Skipped:
    """Return the document in an answer. Raises `Interrupted` for a page that asks who we are."""
    if answer.body.startswith(b"%PDF-"):
        try:
            return read_page(entry.stable_id, answer.body, answer.media_type, url=entry.url)
        except CaptureError as error:
            raise NotAsExpected(answer, error.sentence) from error
    markup = answer.text()
    if printed := printed_text(markup):
        text, places = printed
        return document_of(entry, answer.body, answer.media_type, text, places=places)
    if _HUMAN.search(markup[:_HUMAN_WITHIN]) or _HUMAN.search(answer.url):
        raise Interrupted(
            Outcome.REFUSED,
            words("The website of the Federal Register asks for proof that a human reads it: upload the document."),
            answer,
        )
    raise NotAsExpected(answer, words("%(url)s is not the register’s plain text.", url=answer.url))


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None
