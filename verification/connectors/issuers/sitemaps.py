"""Any issuer that has a sitemap: addresses of its pages, with the time each was modified."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote, urlsplit

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.outcome import Outcome
from claims.capture.sitemaps import NotASitemap, SitemapEntry, SitemapRead, read_sitemap
from claims.wording import words
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import Connector, Fetched, Page, Setting, SourceEntry, Window
from verification.connectors.issuers.local_days import ZONE, is_in, zone_of
from verification.connectors.issuers.pages import PAGE_SETTINGS, PageRules, fetch_document
from verification.connectors.issuers.written_days import day_in_address

DEEPEST = 2
"""Indexes in an index; the protocol allows none, some sites have one."""

Place = tuple[str, int]
"""The address of a sitemap, and how many indexes lead to it."""


class Sitemaps(Connector):
    """Sitemaps name every page, and say no more of it than when it was modified."""

    key = "sitemap"
    title = words("Sitemap")
    summary = words(
        "Reads a sitemap, or an index of sitemaps, and lists the pages whose addresses the desk wants: those of a "
        "news sitemap by their date, others by when they were modified. For issuers whose lists cannot be read."
    )
    quirks = (
        words(
            "“lastmod” is when a page was modified, never when it was published: the page itself tells that. Pages "
            "modified before the first day that is asked for are left out, and so are sitemaps nothing in which was."
        ),
        words(
            "A sitemap without dates shows all its pages, however old: set patterns, or a desk fetches the whole site."
        ),
        words("An entry has no title before its page is read; the words of its address stand in for it."),
    )
    settings = (
        Setting("sitemaps", words("Sitemaps"), words("Their addresses, a line each."), kind="urls", required=True),
        Setting(
            "include",
            words("Addresses taken"),
            words("Patterns, a line each, * for anything: https://lake.example/press/*. Empty: all."),
            kind="texts",
            default=(),
        ),
        Setting(
            "exclude",
            words("Addresses left out"),
            words("Patterns of the same kind, a line each."),
            kind="texts",
            default=(),
        ),
        Setting(
            "dated_addresses",
            words("Dates in addresses"),
            words("Addresses are filed under the day of publication, as in /2031/05/04/."),
            kind="flag",
            default=False,
        ),
        ZONE,
        *PAGE_SETTINGS,
    )
    hand_book = "§10.2"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        self._rules = PageRules.of(self.configuration)
        self._zone = zone_of("zone", self.configuration["zone"])

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return the pages of the next sitemap that may be of these days.

        A sitemap that fails is put off until the others were read. Raises `Interrupted` where none is left that can be.
        """
        left, late = _places(cursor, self.configuration["sitemaps"])
        if not left:
            left, late = late, []
        failures: list[Interrupted] = []
        answers: list[Answer] = []
        while left:
            (url, depth), *left = left
            try:
                answer = needed(fetch(Ask(url)))
                sitemap = _sitemap_in(answer, depth)
            except Interrupted as failure:
                failures.append(failure)
                late.append((url, depth))
                continue
            answers.append(answer)
            if sitemap.index:
                left = [*((each.url, depth + 1) for each in _worth_reading(sitemap.entries, window.since)), *left]
                continue
            return self._page(sitemap, window, (left, late), answers)
        if failures:
            raise failures[0]
        return Page((), None, Outcome.EMPTY, None, tuple(answers))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the page of an entry."""
        return fetch_document(fetch, entry, self._rules)

    def examples(self) -> Sequence[str]:
        """Return the sitemaps."""
        return list(self.configuration["sitemaps"])

    def _page(
        self, sitemap: SitemapRead, window: Window, rest: tuple[list[Place], list[Place]], answers: Sequence[Answer]
    ) -> Page:
        entries = [self._entry(each) for each in sitemap.entries if self._is_taken(each.url)]
        kept = tuple(
            entry for entry in entries if is_in(entry, window, self._zone) and not _is_older(entry, window.since)
        )
        cursor = json.dumps(rest) if any(rest) else None
        return Page(kept, cursor, Outcome.OK if kept or cursor else Outcome.EMPTY, None, tuple(answers))

    def _is_taken(self, url: str) -> bool:
        include, exclude = self.configuration["include"], self.configuration["exclude"]
        taken = not include or any(fnmatchcase(url, pattern) for pattern in include)
        return taken and not any(fnmatchcase(url, pattern) for pattern in exclude)

    def _entry(self, page: SitemapEntry) -> SourceEntry:
        at, precision, offset, origin = page.published, page.precision, page.offset, "publication_date"
        if at is None and self.configuration["dated_addresses"] and (stamp := day_in_address(page.url)):
            at, precision, offset, origin = stamp.at, stamp.precision, stamp.offset, "address"
        return SourceEntry(
            clean_id(page.url),
            page.url,
            title=page.title,
            published=at,
            precision=precision if at else None,
            offset=offset if at else None,
            date_origin=origin if at else None,
            updated=page.modified,
            language=page.language,
            snippet=words_in_address(page.url),
        )


def words_in_address(url: str) -> str:
    """Return the words of the last step of an address that has any: what the site itself calls the page."""
    steps = [unquote(step).rpartition(".") for step in urlsplit(url).path.split("/")]
    names = [" ".join((stem or last).replace("_", "-").split("-")).strip() for stem, _dot, last in steps]
    return next((name for name in reversed(names) if any(character.isalpha() for character in name)), "")


def _places(cursor: str | None, urls: Sequence[str]) -> tuple[list[Place], list[Place]]:
    if cursor is None:
        return [(url, 0) for url in urls], []
    left, late = json.loads(cursor)
    return [(url, depth) for url, depth in left], [(url, depth) for url, depth in late]


def _sitemap_in(answer: Answer, depth: int) -> SitemapRead:
    try:
        sitemap = read_sitemap(answer.body, answer.url, answer.charset)
    except NotASitemap as error:
        raise NotAsExpected(
            answer, words("%(url)s is no sitemap that can be read: %(why)s", url=answer.url, why=error.sentence)
        ) from error
    if sitemap.index and depth >= DEEPEST:
        raise NotAsExpected(answer, words("%(url)s: indexes of sitemaps that lead to each other.", url=answer.url))
    return sitemap


def _worth_reading(sitemaps: Iterable[SitemapEntry], since: date | None) -> list[SitemapEntry]:
    """Return the sitemaps that may hold pages of a day or later, the one that was left alone first at the front.

    Pages stay in the sitemap they were put into, and most are never modified again.
    """
    kept = [each for each in sitemaps if each.modified is None or since is None or _may_be_of(each.modified, since)]
    return sorted(kept, key=lambda each: (each.modified is None, each.modified and each.modified.timestamp()))


def _is_older(entry: SourceEntry, since: date | None) -> bool:
    """Say whether a page was not touched any more on a day: then it was not published on it either."""
    return bool(since and entry.published is None and entry.updated and not _may_be_of(entry.updated, since))


def _may_be_of(modified: datetime, since: date) -> bool:
    """Say whether a time may be of a day or later somewhere on earth."""
    return modified.date() >= since - timedelta(days=1)
