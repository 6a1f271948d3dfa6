"""Several addresses of one source, asked one a question. One that fails is put off until the others were asked."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from claims.capture.asking import Answer, Ask, Fetch, Interrupted, needed
from claims.capture.outcome import Outcome
from verification.connectors.issuers.contract import Page

Place = tuple[str, int]
"""An address, and how many pages it is behind the first of its list."""
AskPlace = Callable[[str, int], tuple[Page, str | None]]
"""Asks a place, and returns what it shows and the address of the page after it. Raises `Interrupted`."""
ReadPage = Callable[[Answer, int], tuple[Page, str | None]]
"""Reads an answer from so many pages behind the first, and names the page after it. Raises `NotAsExpected`."""


def in_turn(urls: Sequence[str], ask: AskPlace, cursor: str | None) -> Page:
    """Return what the next place shows. Raises `Interrupted` where none is left that answers.

    Nobody is asked twice in one question, and what failed is asked again only when nothing else is left.
    """
    left, late = _places(cursor, urls)
    if not left:
        left, late = late, []
    failures: list[Interrupted] = []
    while left:
        (url, behind), *left = left
        try:
            page, following = ask(url, behind)
        except Interrupted as failure:
            failures.append(failure)
            late.append((url, behind))
            continue
        if following:
            left.insert(0, (following, behind + 1))
        return replace(page, next_cursor=json.dumps([left, late]) if left or late else None)
    raise failures[0]


def poll_in_turn(fetch: Fetch, urls: Sequence[str], read: ReadPage, cursor: str | None, accept: str | None) -> Page:
    """Return what the next address shows, asked with validators. Raises `Interrupted` where none is left that answers.

    An address that has not changed is not read on from, and a further page that is not there is the end of one.
    """

    def ask(url: str, behind: int) -> tuple[Page, str | None]:
        answer = fetch(Ask(url, accept=accept, conditional=True))
        if answer.outcome is Outcome.NOT_MODIFIED:
            return Page((), None, Outcome.NOT_MODIFIED, None, (answer,)), None
        if behind and answer.outcome is Outcome.NOT_FOUND:
            return Page((), None, Outcome.EMPTY, None, (answer,)), None
        return read(needed(answer), behind)

    return in_turn(urls, ask, cursor)


def _places(cursor: str | None, urls: Sequence[str]) -> tuple[list[Place], list[Place]]:
    if cursor is None:
        return [(url, 0) for url in urls], []
    left, late = json.loads(cursor)
    return [(url, behind) for url, behind in left], [(url, behind) for url, behind in late]
