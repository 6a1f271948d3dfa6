"""Pages that list documents, read by CSS selectors."""

from dataclasses import dataclass

from claims.capture.asking import Answer, NotAsExpected
from claims.capture.feed_dates import Stamp
from claims.capture.feed_items import address
from claims.capture.urls import parse_url
from claims.wording import words
from verification.connectors.fields import clean_id
from verification.connectors.issuers.contract import SourceEntry
from verification.connectors.issuers.selecting import Element, Pick, line_of, page_tree
from verification.connectors.issuers.walking import Listed
from verification.connectors.issuers.written_days import WRITTEN, day_in_address, read_day

MOST_ITEMS = 1000
"""Entries of one page."""


@dataclass(frozen=True, slots=True)
class ListRules:
    """How a list page is read. `item` picks each entry, the others a part of it: its link (else its first, or itself),
    title (else the link's text), date, categories; `following` picks the link to the next page, and `empty` what a page
    shows that has no entries. `dated_addresses`: an address is filed under the day of publication."""

    item: Pick
    link: Pick | None = None
    title: Pick | None = None
    date: Pick | None = None
    category: Pick | None = None
    following: Pick | None = None
    empty: Pick | None = None
    order: str = WRITTEN
    dated_addresses: bool = False


def read_list(answer: Answer, rules: ListRules) -> Listed:
    """Read one page of a list. A page without entries that does not say so is none: raises `NotAsExpected`."""
    tree = page_tree(answer)
    items = rules.item(tree)
    if len(items) > MOST_ITEMS:
        raise NotAsExpected(answer, words("%(url)s lists too much for one page.", url=answer.url))
    found = [entry for item in items if (entry := _entry(item, answer.url, rules))]
    if not found and not (rules.empty and rules.empty(tree)):
        raise NotAsExpected(
            answer,
            words("%(url)s is not built as this source’s lists are: nothing on it is an entry.", url=answer.url),
        )
    links = rules.following(tree) if rules.following else []
    following = next((url for link in links if (url := address(link.get("href"), answer.url))), None)
    return Listed(answer, tuple(found), following)


def _entry(item: Element, base: str, rules: ListRules) -> SourceEntry | None:
    link = _link(item, rules)
    url = address(link.get("href"), base) if link is not None else None
    if link is None or url is None or url == parse_url(base).href:
        return None
    titled = next(iter(rules.title(item)), link) if rules.title else link
    stamp, origin = _date(item, url, rules)
    categories = [line_of(each) for each in rules.category(item)] if rules.category else []
    memo = {"categories": [each for each in categories if each]}
    return SourceEntry(
        clean_id(url),
        url,
        title=line_of(titled) or None,
        published=stamp.at if stamp else None,
        precision=stamp.precision if stamp else None,
        offset=stamp.offset if stamp else None,
        date_origin=origin,
        memo=memo if any(memo.values()) else {},
    )


def _link(item: Element, rules: ListRules) -> Element | None:
    if rules.link:
        return next(iter(rules.link(item)), None)
    return item if item.tag == "a" and item.get("href") else next(iter(item.xpath(".//a[@href]")), None)


def _date(item: Element, url: str, rules: ListRules) -> tuple[Stamp | None, str | None]:
    for element in rules.date(item) if rules.date else []:
        for written, origin in ((element.get("datetime") or "", "time element"), (line_of(element), "list")):
            if written and (stamp := read_day(written, rules.order)):
                return stamp, origin
    if rules.dated_addresses and (stamp := day_in_address(url)):
        return stamp, "address"
    return None, None
