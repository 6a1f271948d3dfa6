"""Correspondence: an e-mail as it was saved (.eml, RFC 5322), or a letter that somebody types in. Both read alike.

Attachments are named, not read: what matters in one is handed in by itself.
"""

import hashlib
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy

from claims.capture.errors import CaptureError
from claims.capture.readable import read
from claims.capture.text import normalise
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText, UnreadableFile
from verification.connectors.dates import Published, read_date
from verification.connectors.fields import clean_id, document

MAX_NAMED = 20
# Characters of one header that are read. Parsing takes the square of their number, and a hostile one has millions.
MAX_HEADER = 2000
NO_MAIL = words("It is no e-mail that can be read: save the message as .eml, or paste its text.")
NO_WORDS = words("The message has no text: paste what it says.")


class _Cut(EmailPolicy):
    """The standard library's rules, with headers that are too long cut."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a header's name and the beginning of its value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


def letter(body: bytes, text: str, *, title: str, filed_as: str, day: Published | None) -> SourceText | Skipped:
    """Return a letter as a document that is withheld; `body` are the bytes that are kept, `text` its words.

    `title` is what readers are told it is, `filed_as` what the desk knows it by: who wrote to whom stands there, and in
    the bytes, but not in the text, of which a passage may be published.
    """
    if not text.strip():
        return Skipped(clean_id(filed_as), NO_WORDS)
    return document(
        f"{filed_as} {hashlib.sha256(body).hexdigest()[:8]}",
        body,
        "message/rfc822",
        normalise(text),
        title=title,
        url=None,
        published=day,
        date_origin="letter" if day else None,
        language=None,
        kind="correspondence",
        withheld=True,
    )


def typed(text: str, *, title: str, sender: str, recipient: str, day: str) -> SourceText | Skipped:
    """Return a letter that somebody types in, kept as a message with its head; `day` is a date as written, or empty."""
    head = [("From", sender), ("To", recipient), ("Date", day), ("Subject", title)]
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head if value.strip()]
    body = "\n".join([*lines, "", normalise(text)]).encode()
    return letter(body, text, title=title, filed_as=_filed_as(sender, recipient), day=read_date(day))


def mail(body: bytes, title: str = "") -> SourceText | Skipped:
    """Read a saved e-mail: from, to, date, subject, its words; attachments by name. Its title is its subject, or told.

    Raises UnreadableFile for what is no message.
    """
    try:
        return _mail(body, title)
    except RecursionError as error:  # parts within parts, or comments within comments, without end
        raise UnreadableFile(NO_MAIL) from error


def _mail(body: bytes, title: str) -> SourceText | Skipped:
    message = BytesParser(policy=_Cut()).parsebytes(body)
    assert isinstance(message, EmailMessage)  # nosec B101 (the policy makes it one)
    sender, recipient, subject, day = (_header(message, name) for name in ("From", "To", "Subject", "Date"))
    if not (sender or day or subject):
        raise UnreadableFile(NO_MAIL)
    text = _words(message)
    if named := _attachments(message):
        text = f"{text}\n\nAttachments: {', '.join(named)}"
    filed_as = _filed_as(sender, recipient)
    return letter(body, text, title=title or subject, filed_as=filed_as, day=read_date(day))


def _filed_as(sender: str, recipient: str) -> str:
    return " → ".join(" ".join(name.split()) for name in (sender, recipient) if name.strip()) or "letter"


def _words(message: EmailMessage) -> str:
    """Return the words of a message: its plain text, or what its page says."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, ValueError, AttributeError):  # an encoding that nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return ""
    if part.get_content_subtype() != "html":
        return normalise(content)
    try:
        return read(content.encode(), "text/html", charset="utf-8").text
    except CaptureError:
        return ""


def _attachments(message: EmailMessage) -> list[str]:
    names = [str(part.get_filename() or "") for part in message.walk() if part.get_filename()]
    return [" ".join(normalise(name).split())[:100] for name in names[:MAX_NAMED]]


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message[name] or "")
    except (ValueError, IndexError, AttributeError, TypeError):  # a header that breaks its own grammar
        return ""
    return " ".join(normalise(value).split())[:300]
