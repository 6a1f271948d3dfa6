"""A debate in Hansard: what a list says of it, and its text, each contribution under its speaker’s name."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from claims.capture.asking import NotAsExpected
from claims.capture.text import normalise
from claims.wording import words
from verification.connectors.dates import read_date
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.entry_text import dated
from verification.connectors.issuers.json_answers import Record

PUBLIC = "https://hansard.parliament.uk"
DEPTH = 12
"""Debates within debates: an oral question lies three deep."""

_COLUMN = re.compile(r"<span\b[^<>]{0,300}\bcolumn-number\b[^<>]{0,300}>[^<>]{0,60}</span>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|blockquote|h[1-6]|table|tr)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t]+")
_WORD = re.compile(r"\w")
_ATTRIBUTED = re.compile(r"([^()]+?)\s*\(([^()]*)\)")
_OFFICE = re.compile(r"The |(?:Madam|Mr|Mrs|Ms) (?:Deputy |Principal )*(?:Speaker|Chair|Chairman)\b")
_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|de|van|von))+")


def entry_of(result: Record) -> SourceEntry:
    """Return the debate that a result is, or that it is a contribution to: alike for all of one debate."""
    title = result.text("Title") or result.text("DebateSection")
    return _entry(result, result.told("DebateSectionExtId"), title, result.told("SittingDate"))


def overview_entry(record: Record) -> SourceEntry:
    """Return the debate in an answer. Raises `NotAsExpected` where it holds none."""
    overview = record.record("Overview")
    if overview is None:
        raise record.wrong("Overview")
    entry = _entry(overview, overview.told("ExtId"), overview.text("Title"), overview.told("Date"))
    changed = read_date(overview.text("ContentLastUpdated") or "")
    return replace(entry, updated=changed.at if changed else None)


def debate_text(record: Record) -> str:
    """Return the text of a debate. Raises `NotAsExpected` where nothing was said in it."""
    text = normalise("\n\n".join(_paragraphs(record, DEPTH)))
    if not _WORD.search(text):
        raise NotAsExpected(record.answer, words("%(url)s holds no words that were spoken.", url=record.answer.url))
    return text


def speaker_of(attributed: str) -> str:
    """Return the name in what Hansard attributes a contribution to.

    "Ada Quill (Port East, Independent)" is Ada Quill, and so is "The Minister for Lamps (Ada Quill)".
    """
    match = _ATTRIBUTED.match(attributed.strip())
    if not match:
        return attributed.strip()
    return match[2].strip() if _OFFICE.match(match[1]) and _NAME.fullmatch(match[2].strip()) else match[1]


def _entry(record: Record, name: str, title: str | None, day: str) -> SourceEntry:
    sat, house = read_date(day), record.told("House")
    if sat is None:
        raise record.wrong("SittingDate")
    return SourceEntry(
        stable_id=name.lower(),
        url=f"{PUBLIC}/{house}/{sat.at:%Y-%m-%d}/debates/{name}/",
        title=" ".join((title or "").split()) or None,
        kind="transcript",
        tier=0,
        language="en",
        memo={"id": name},
        **dated(sat, "SittingDate"),
    )


def _paragraphs(debate: Record, depth: int) -> Iterator[str]:
    """Yield what was said in a debate and in those within it, the name of a speaker before their words, in capitals.

    So official transcripts print names, and so the quote check knows whose turn it is.
    """
    for item in debate.records("Items"):
        said = _plain(item.text("Value") or "")
        if not _WORD.search(said):
            continue
        attributed = item.text("AttributedTo")
        yield f"{speaker_of(attributed).upper()}: {said}" if attributed else said
    for within in debate.records("ChildDebates") if depth else ():
        overview = within.record("Overview")
        if overview and (title := overview.text("Title")):
            yield title
        yield from _paragraphs(within, depth - 1)


def _plain(markup: str) -> str:
    """Return the words of a contribution as they stand: a record is not searched for what might be furniture."""
    text = _BLOCK.sub("\n\n", _BREAK.sub("\n", _COLUMN.sub("", markup.replace("\n", " "))))
    text = html.unescape(_TAG.sub("", text))
    return normalise("\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")))
