"""Any issuer whose site is made with WordPress and answers on its REST interface."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from claims.capture.asking import Answer, Ask, Fetch, Interrupted
from claims.capture.errors import CaptureError
from claims.capture.outcome import Outcome
from claims.capture.readable import read
from claims.wording import words
from verification.connectors.contract import Skipped
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import (
    BadConfiguration,
    Connector,
    Fetched,
    Page,
    Query,
    Setting,
    SourceEntry,
    Window,
)
from verification.connectors.issuers.entry_text import document_of
from verification.connectors.issuers.json_answers import JSON, address, record_of
from verification.connectors.issuers.polling import in_turn
from verification.connectors.issuers.recognising import named_in
from verification.connectors.issuers.wordpress_posts import (
    PER_PAGE,
    SHOWN,
    WHOLE,
    days,
    is_past_the_end,
    kept_to,
    post_entry,
    posts_in,
    text_of,
)

TYPE = re.compile(r"[a-z0-9_-]{1,60}(?:\?[\w=&.,-]{1,200})?")
NO_DOCUMENT = re.compile(r"/(?:wp-json|wp-content|wp-admin|feed|page|tag|category|author)(?:/|$)", re.IGNORECASE)


class WordPress(Connector):
    """Posts, and types of posts that a site has of its own, by day and by words."""

    key = "wordpress"
    title = words("WordPress site")
    summary = words(
        "Asks the REST interface of a WordPress site for its posts, or for types of posts of its own, by date, by "
        "words, by what was changed last, and by address. The text of a post comes from the interface as well."
    )
    quirks = (
        words("Days are those of the site; times are told in UTC, without saying so."),
        words("Titles hold character references and no-break spaces, which are made plain once."),
        words("A page behind the last is answered with an error of its own: that, and no other, is the end of a list."),
        words(
            "A site may switch the interface off, or let a firewall answer in its place with status 200: what is no "
            "list of posts is a failure."
        ),
        words("A site that answers with other days than it was asked for is not believed."),
        words("A post is known by its guid, as in the site’s feed."),
    )
    settings = (
        Setting("site", words("Site"), words("Its address, such as https://lake.example/."), kind="url", required=True),
        Setting(
            "types",
            words("Types of posts"),
            words(
                "As /wp-json/wp/v2/types names them (rest_base), a line each, with more conditions if need be: "
                "state_briefing?state_briefing_type=393."
            ),
            kind="texts",
            default=("posts",),
        ),
        Setting(
            "plain",
            words("Plain addresses"),
            words("The site answers at ?rest_route=/wp/v2/… instead of /wp-json/."),
            kind="flag",
            default=False,
        ),
        Setting(
            "pages",
            words("Pages read"),
            words("How many hundreds of posts are read when it is looked at for what was changed last."),
            kind="number",
            default=1,
        ),
    )
    hand_book = "§10.3, §3.1"

    def __init__(self, configuration: Mapping[str, Any]) -> None:
        """Read the configuration. Raises `BadConfiguration`."""
        super().__init__(configuration)
        self._site = self.configuration["site"].partition("?")[0].rstrip("/")
        for each in self.configuration["types"]:
            if not TYPE.fullmatch(each):
                raise BadConfiguration("types", words("“%(type)s” is no type of posts: see the help.", type=each))

    def search(self, fetch: Fetch, query: Query, window: Window, cursor: str | None = None) -> Page:
        """Return posts that hold a phrase or words, best first."""
        term = f'"{query.phrase}"' if query.phrase else " ".join([*query.names, *query.words])
        best_first = [("search", term), ("orderby", "relevance")] if term.strip('"') else []
        return self._found(fetch, [*best_first, *days(window)], window, cursor)

    def list_by_date(self, fetch: Fetch, window: Window, cursor: str | None = None) -> Page:
        """Return posts of these days, newest first, type by type."""
        return self._found(fetch, [*days(window), ("orderby", "date")], window, cursor)

    def poll(self, fetch: Fetch, cursor: str | None = None) -> Page:
        """Return the posts that were published or changed last, type by type."""
        return self._found(fetch, [("orderby", "modified")], Window(), cursor, most=self.configuration["pages"])

    def recognise(self, text: str) -> Sequence[str]:
        """Return addresses of pages of the site that stand in a text."""
        host = re.escape((urlsplit(self._site).hostname or "").removeprefix("www."))
        pattern = re.compile(rf"https?://(?:www\.)?{host}(?=/)[^\s<>\"'“”‘’)\]]*", re.IGNORECASE)
        return named_in(text, [(pattern, _document_address)])

    def resolve(self, fetch: Fetch, identifier: str) -> SourceEntry:
        """Return the post at an address, found by the last step of it."""
        steps = urlsplit(identifier).path.strip("/").split("/")
        for rest_base, pairs in self._types():
            answer = fetch(
                Ask(self._address(rest_base, [*pairs, ("slug", steps[-1]), ("_fields", SHOWN)]), accept=JSON)
            )
            for post in posts_in(answer):
                entry = post_entry(post, rest_base)
                if urlsplit(entry.url).path.strip("/").split("/") == steps:
                    return entry
        raise Interrupted(Outcome.NOT_FOUND, words("The site knows no post at %(url)s.", url=identifier))

    def fetch(self, fetch: Fetch, entry: SourceEntry) -> Fetched:
        """Return the text of a post."""
        url = self._address(f"{entry.memo['type']}/{entry.memo['id']}", [("_fields", WHOLE)])
        post = record_of(fetch(Ask(url, accept=JSON)))
        body, kind = post.answer.body, post.answer.media_type
        try:
            text = read(f"<div>{text_of(post)}</div>".encode("utf-8", "replace"), "text/html", charset="utf-8").text
        except CaptureError as error:
            return Fetched(Skipped(clean_id(entry.stable_id), error.sentence), post.answer)
        return Fetched(document_of(entry, body, kind, text), post.answer)

    def examples(self) -> Sequence[str]:
        """Return the newest post of each type, and the types that there are."""
        newest = [self._address(name, [*pairs, ("per_page", "1"), ("_fields", SHOWN)]) for name, pairs in self._types()]
        return [*newest, self._address("types", [])]

    def _types(self) -> list[tuple[str, list[tuple[str, str]]]]:
        parts = [each.partition("?") for each in self.configuration["types"]]
        return [(name, parse_qsl(query)) for name, _mark, query in parts]

    def _address(self, route: str, pairs: Sequence[tuple[str, str]]) -> str:
        if self.configuration["plain"]:
            return address(f"{self._site}/", [("rest_route", f"/wp/v2/{route}"), *pairs])
        return address(f"{self._site}/wp-json/wp/v2/{route}", pairs)

    def _found(
        self,
        fetch: Fetch,
        pairs: Sequence[tuple[str, str]],
        window: Window,
        cursor: str | None,
        most: int | None = None,
    ) -> Page:

        def ask(name: str, behind: int) -> tuple[Page, str | None]:
            rest_base, _mark, condition = name.partition("?")
            paged = [*parse_qsl(condition), *pairs, ("per_page", str(PER_PAGE)), ("page", str(behind + 1))]
            url = self._address(rest_base, [*paged, ("_fields", SHOWN)])
            answer = fetch(Ask(url, accept=JSON, conditional=most is not None))
            if answer.outcome is Outcome.NOT_MODIFIED:
                return Page((), None, Outcome.NOT_MODIFIED, None, (answer,)), None
            if behind and is_past_the_end(answer):
                return Page((), None, Outcome.EMPTY, None, (answer,)), None
            posts = posts_in(answer)
            entries = tuple(post_entry(post, rest_base) for post in kept_to(posts, window))
            goes_on = _goes_on(answer, len(posts), behind) and (most is None or behind + 1 < most)
            outcome = Outcome.OK if entries or goes_on else Outcome.EMPTY
            return Page(entries, None, outcome, None, (answer,)), name if goes_on else None

        return in_turn(self.configuration["types"], ask, cursor)


def _goes_on(answer: Answer, count: int, behind: int) -> bool:
    """Say whether there is a further page: by the header that counts them, else by whether this one is full."""
    pages = answer.header("x-wp-totalpages") or ""
    return behind + 1 < int(pages) if pages.isdecimal() else count == PER_PAGE


def _document_address(found: re.Match[str]) -> str | None:
    url = found[0].partition("#")[0].partition("?")[0].rstrip(".,;:!/")
    path = urlsplit(url).path
    return f"{url}/" if path.strip("/") and not NO_DOCUMENT.match(path) else None
