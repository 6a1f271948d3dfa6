"""The document of an entry: its page, or a PDF, or what the list itself carried of it."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.capture.asking import Answer, Ask, Fetch, NotAsExpected, needed
from claims.capture.dates import Dated, is_date_line
from claims.capture.errors import CaptureError, EmptyInput
from claims.capture.html_body import all_paragraphs, letters
from claims.capture.html_metadata import PageFacts, page_facts
from claims.capture.media import HTML, readable_type
from claims.capture.readable import read
from claims.capture.text import normalise
from claims.capture.urls import parse_url
from claims.languages import vote
from claims.wording import words
from verification.connectors.containers import unreadable
from verification.connectors.contract import Skipped, SourceText
from verification.connectors.dates import Published, read_date
from verification.connectors.fields import clean_id, document
from verification.connectors.files import read_page
from verification.connectors.issuers.contract import Fetched, Setting, SourceEntry
from verification.connectors.issuers.selecting import Element, Pick, css, page_tree

HEAD = 4
"""Paragraphs at the top of a page that may repeat its title and its date."""

FINENESS = {"year": 0, "month": 1, "day": 2, "minute": 3, "second": 4}
READ = ("text/", "application/xhtml", "application/pdf", "application/octet-stream", "application/html")
NOT_READ = frozenset({"text/xml", "text/json", "text/javascript", "text/css"})

PAGE_SETTINGS = (
    Setting(
        "body",
        words("Text"),
        words("CSS selector of what holds a document’s text, such as “main .content”. Empty: found by itself."),
    ),
    Setting(
        "without",
        words("Left out"),
        words("CSS selectors of what does not belong to the text although it stands in it, a line each."),
        kind="texts",
        default=(),
    ),
    Setting(
        "strip",
        words("Notices"),
        words("Notices that stand on every page of the source and in no document, a line each, as they begin."),
        kind="texts",
        default=(),
    ),
)


@dataclass(frozen=True, slots=True)
class PageRules:
    """How a page is read: what holds its text (None: found by itself), what is left out of it, and how the notices that
    stand on every page begin."""

    body: Pick | None = None
    without: tuple[Pick, ...] = ()
    strip: tuple[str, ...] = ()

    @classmethod
    def of(cls, configuration: dict[str, Any]) -> "PageRules":
        """Return the rules that `PAGE_SETTINGS` say. Raises `BadConfiguration`."""
        body = configuration["body"]
        return cls(
            css("body", body) if body else None,
            tuple(css("without", each) for each in configuration["without"]),
            tuple(configuration["strip"]),
        )


def fetch_document(fetch: Fetch, entry: SourceEntry, rules: PageRules) -> Fetched:
    """Return an entry's document: what the list carried of it, else its page. Raises `Interrupted`."""
    if entry.inline is not None:
        return Fetched(inline_document(entry), None, inline=True)
    answer = needed(fetch(Ask(entry.url)))
    return Fetched(page_document(answer, entry, rules), answer)


def inline_document(entry: SourceEntry) -> SourceText | Skipped:
    """Return the document of an entry that carries its text."""
    written = entry.inline or ""
    body = written.encode("utf-8", "replace")
    try:
        if entry.inline_type == HTML:
            text = read(b"<div>" + body + b"</div>", HTML, charset="utf-8").text
        else:
            text = normalise(written)
    except CaptureError as error:
        return Skipped(clean_id(entry.stable_id), error.sentence)
    return document(
        entry.stable_id,
        body,
        entry.inline_type,
        text,
        title=entry.title,
        url=entry.url,
        published=_listed(entry),
        date_origin=entry.date_origin,
        language=entry.language,
        kind=entry.kind,
    )


def page_document(answer: Answer, entry: SourceEntry, rules: PageRules) -> SourceText | Skipped:
    """Return the document in an answer: a web page, plain text, or a PDF.

    Skipped says why an answer of a kind that is read holds none. Raises `NotAsExpected` for what is no document of this
    source: an answer of another kind, an empty one, a page that is built otherwise and has another title.
    """
    kind = answer.media_type or "application/octet-stream"
    if not kind.startswith(READ) or kind in NOT_READ:
        raise NotAsExpected(
            answer, words("%(url)s answered with “%(kind)s”, which is no document.", url=answer.url, kind=kind)
        )
    try:
        if readable_type(answer.body, answer.media_type, None) != HTML:
            return _with_entry(
                read_page(entry.stable_id, answer.body, kind, filename="document", charset=answer.charset),
                answer,
                entry,
            )
        return _web_page(answer, entry, rules)
    except EmptyInput as error:
        raise NotAsExpected(answer, words("%(url)s answered with an empty page.", url=answer.url)) from error
    except CaptureError as error:
        return Skipped(clean_id(entry.stable_id), error.sentence)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return Skipped(clean_id(entry.stable_id), unreadable(error))


def _web_page(answer: Answer, entry: SourceEntry, rules: PageRules) -> SourceText | Skipped:
    tree = page_tree(answer)
    facts = page_facts(tree, answer.url)
    blocks = _body(tree, rules)
    known = _agree(entry.title, facts.title) if entry.title else bool(facts.title and facts.published)
    if (rules.body and not blocks and not known) or not (entry.title or facts.title):
        raise NotAsExpected(
            answer,
            words("%(url)s is not built as this source’s pages are, and has another title or none.", url=answer.url),
        )
    if not blocks:
        blocks = read(answer.body, answer.media_type, url=answer.url, charset=answer.charset).text.split("\n\n")
    title = entry.title if _agree(entry.title, facts.title) else facts.title or entry.title
    text = "\n\n".join(_cleaned(blocks, title, rules.strip))
    published, origin = _published(entry, facts)
    return document(
        entry.stable_id,
        answer.body,
        answer.media_type or HTML,
        text,
        title=title,
        url=_url(answer, entry, facts),
        published=published,
        date_origin=origin,
        language=vote(text) or facts.language or entry.language,
        kind=entry.kind,
    )


def _body(tree: Element, rules: PageRules) -> list[str]:
    """Return the paragraphs in what holds the text, none where nothing does."""
    found = rules.body(tree) if rules.body else []
    outermost = [each for each in found if not any(other in found for other in each.iterancestors())]
    blocks: list[str] = []
    for element in outermost:
        piece = deepcopy(element)
        piece.tail = None
        for pick in rules.without:
            for part in pick(piece):
                if part is not piece and part.getparent() is not None:
                    part.drop_tree()
        blocks += all_paragraphs(piece)
    return blocks


def _cleaned(blocks: Sequence[str], title: str | None, notices: Sequence[str]) -> list[str]:
    """Return paragraphs without the source's notices, and without those at the top that repeat title or date."""
    told = [letters(normalise(notice)) for notice in notices]
    kept = [block for block in blocks if not any(letters(block).startswith(notice) for notice in told if notice)]
    heading = letters(title or "")
    return [
        block
        for number, block in enumerate(kept)
        if number >= HEAD or not (letters(block) == heading or is_date_line(block))
    ]


def _agree(listed: str | None, shown: str | None) -> bool:
    """Say whether a list and a page give a document the same title."""
    if listed is None or shown is None:
        return False
    one, other = letters(normalise(listed)), letters(normalise(shown))
    return bool(one and other) and (one in other or other in one)


def _published(entry: SourceEntry, facts: PageFacts) -> tuple[Published | None, str | None]:
    """Return when a document was published: the finer of what its page and its list say, the page's where equal."""
    page, listed = _of_page(facts.published), _listed(entry)
    if page is None:
        return listed, entry.date_origin
    if listed and entry.date_origin != "updated" and FINENESS[listed.precision] > FINENESS[page.precision]:
        return listed, entry.date_origin
    return page, facts.published_origin


def _of_page(dated: Dated | None) -> Published | None:
    if dated is None:
        return None
    read = read_date(dated.value.isoformat())
    return Published(read.at, dated.precision, read.offset) if read else None


def _listed(entry: SourceEntry) -> Published | None:
    at: datetime | None = entry.published
    return Published(at, entry.precision or "day", entry.offset) if at else None


def _with_entry(page: SourceText | Skipped, answer: Answer, entry: SourceEntry) -> SourceText | Skipped:
    """Return a PDF or a plain text with what the list says of it: that is set by people, a PDF's own title is not."""
    if isinstance(page, Skipped):
        return page
    listed = _listed(entry)
    published = listed or (Published(page.published, page.precision or "day", page.offset) if page.published else None)
    return document(
        entry.stable_id,
        answer.body,
        page.media_type,
        page.text,
        title=entry.title or page.title,
        url=answer.url if answer.redirected else entry.url,
        published=published,
        date_origin=entry.date_origin if listed else page.date_origin,
        language=page.language or entry.language,
        places=page.places,
        kind=entry.kind,
    )


def _url(answer: Answer, entry: SourceEntry, facts: PageFacts) -> str:
    """Return where the document is: where redirects led, without a query that the page's own address has not."""
    url = answer.url if answer.redirected else entry.url
    if facts.canonical_url:
        here, told = parse_url(url), parse_url(facts.canonical_url)
        if here.path_and_query.partition("?")[0] == told.path_and_query and (here.host, "https") == (
            told.host,
            told.scheme,
        ):
            return told.href
    return url
