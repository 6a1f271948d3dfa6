"""GOV.UK: what the government of the United Kingdom publishes, by its search and content APIs and its Atom feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, NotAsExpected, needed
from claims.capture.feeds import ACCEPT, NotAFeed, read_feed
from claims.capture.outcome import Outcome
from claims.wording import Words, words
from verification.connectors.issuers.contract import Connector, Fetched, Page, Query, Setting, SourceEntry, Window
from verification.connectors.issuers.govuk_content import (
    SITE,
    content_entry,
    fed_entry,
    found_entry,
    is_in,
    recognised,
    text_of,
)
from verification.connectors.issuers.json_answers import JSON, Record, address, complaint, record_of, term_of
from verification.connectors.issuers.shapes import Shape, Trial

PER_PAGE = 100
FIELDS = ("title", "description", "link", "public_timestamp", "content_store_document_type")


class GovUk(Connector):
    """The search finds pages; the content API gives each whole, with what was changed in it and when."""

    key = "govuk"
    title = words("GOV.UK")
    summary = words(
        "Asks the search of GOV.UK for pages of the organisations that a desk names, by date and by words, follows "
        "their Atom feed, and reads each page from the content API: its text, when it was first published, and what "
        "was changed in it since. Read-outs of calls end their titles with the day."
    )
    quirks = (
        words(
            "In lists a page has the time of its last major change; its first publication is told by the page itself. "
            "A page that was changed since is therefore not listed under the day it first appeared."
        ),
        words(
            "Dates of searches are days of UTC: a day more is asked for, and kept is what falls into the days of "
            "London. Where a title ends with a day that is another than the time’s, the title’s counts."
        ),
        words(
            "A parameter that GOV.UK does not know is answered with 422: that is told as a fault of the settings, not "
            "as an empty list."
        ),
        words(
            "A page that moved is read where it is now; one that was taken away is not found; one that was withdrawn "
            "is read with the notice at its top."
        ),
        words("Publications that consist of attachments have no text of their own: that is told."),
        words("A speech is taken for a transcript only where the page says that it is as delivered."),
        words("Open Government Licence v3: name the source."),
    )
    settings = (
        Setting(
            "organisations",
            words("Organisations"),
            words("Short names as in the addresses of GOV.UK, a line each; empty for the whole government."),
            kind="texts",
            default=("prime-ministers-office-10-downing-street",),
        ),
        Setting(
            "document_types",
            words("Kinds of pages"),
            words("For lists and searches: press_release, news_story, speech, …, a line each; empty for all."),
            kind="texts",
            default=(),
        ),
    )
    hand_book = "§4.1"
    site: ClassVar[str] = SITE
    shapes = (
        Shape(
            "/api/search.json",
            {
                "": "results total start aggregates suggested_queries suggested_autocomplete? es_cluster?",
                "results[]": f"{' '.join(FIELDS)} index? _id? elasticsearch_type? document_type?",
            },
            trimmed=False,
        ),
        Shape(
            "/api/content/",
            {
                "": "base_path content_id document_type schema_name locale first_published_at public_updated_at "
                "updated_at title description details links",
                "details": "body change_history? political? government?",
            },
        ),
    )
    trial = Trial(
        Query(phrase="PM call with President Biden"),
        Window(date(2022, 2, 14), date(2022, 2, 14)),
        "/government/news/pm-call-with-president-biden-14-february-2022",
    )

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return pages that hold a phrase or words, best first."""
        return self._found(fetch, [("q", term_of(query))], window, cursor)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return pages whose last major change was in a window, newest first."""
        return self._found(fetch, [("order", "-public_timestamp")], window, cursor)

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return what the Atom feed of the organisations shows."""
        answer = fetch(Ask(self._feed(), accept=ACCEPT, conditional=True))
        if answer.outcome is Outcome.NOT_MODIFIED:
            return Page((), None, Outcome.NOT_MODIFIED, None, (answer,))
        try:
            feed = read_feed(needed(answer).body, answer.url, answer.media_type, answer.charset)
        except NotAFeed as error:
            raise NotAsExpected(answer, error.sentence) from error
        entries = tuple(filter(None, map(fed_entry, feed.items)))
        if entries:
            return Page(entries, None, Outcome.OK, None, (answer,))
        return Page((), None, Outcome.STALE, words("The feed of GOV.UK has no entries."), (answer,))

    def recognise(self, text: str) -> Sequence[str]:
        """Return paths of pages whose addresses stand in a text."""
        return recognised(text)

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the page at a path."""
        return content_entry(self._content(fetch, identifier, words("GOV.UK has no page “%(path)s”.", path=identifier)))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the text of a page, out of the content API's answer."""
        record = self._content(fetch, entry.stable_id, None)
        return Fetched(text_of(entry, record), record.answer)

    def examples(self) -> Sequence[str]:
        """Return a search, a page that the hand-book names, and the feed."""
        return [
            address(f"{self.site}/api/search.json", [("count", "1"), *self._kept(), ("fields", ",".join(FIELDS))]),
            f"{self.site}/api/content{self.trial.identifier}",
            self._feed(),
        ]

    def _kept(self) -> list[tuple[str, str]]:
        """Return what narrows a search down; the same parameter twice means either."""
        pairs = [("filter_organisations", slug) for slug in self.configuration["organisations"]]
        return pairs + [("filter_content_store_document_type", kind) for kind in self.configuration["document_types"]]

    def _feed(self) -> str:
        pairs = [("organisations[]", slug) for slug in self.configuration["organisations"]]
        return address(f"{self.site}/search/news-and-communications.atom", pairs)

    def _found(self, fetch: Fetch, pairs: Sequence[tuple[str, str]], window: Window, cursor: str | None) -> Page:
        start = int(cursor or 0)
        asked_for = Window(window.since - timedelta(days=1) if window.since else None, window.until)
        limits = [
            f"{name}:{day.isoformat()}" for name, day in (("from", asked_for.since), ("to", asked_for.until)) if day
        ]
        pairs = [*pairs, *self._kept(), *([("filter_public_timestamp", ",".join(limits))] if limits else [])]
        pairs += [("count", str(PER_PAGE)), ("start", str(start)), ("fields", ",".join(FIELDS))]
        record = self._asked(fetch, address(f"{self.site}/api/search.json", pairs))
        if "results" not in record.fields:
            raise record.wrong("results")
        total, results = record.count("total"), record.records("results")
        if not results and start < total:
            raise record.wrong("results")
        found = [entry for result in results if (entry := found_entry(result, asked_for))]
        after = start + len(results)
        following = str(after) if after < total else None
        kept = tuple(entry for entry in found if is_in(entry, window))
        return Page(kept, following, Outcome.OK if kept or following else Outcome.EMPTY, None, (record.answer,))

    def _content(self, fetch: Fetch, path: str, absent: Words | None) -> Record:
        return self._asked(fetch, f"{self.site}/api/content{path}", absent)

    def _asked(self, fetch: Fetch, url: str, absent: Words | None = None) -> Record:
        answer = fetch(Ask(url, accept=JSON))
        if answer.status == 422:
            raise Interrupted(Outcome.FAILED, _not_accepted(answer), answer)
        return record_of(answer, absent=absent)


def _not_accepted(answer: Answer) -> Words:
    said = complaint(answer)
    return words(
        "GOV.UK does not accept “%(asked)s”: look at this source’s settings, its organisations and kinds of pages. "
        "It says: %(said)s",
        asked=urlsplit(answer.url).query or answer.url,
        said=said or answer.status,
    )
