"""What a page says of itself: title, outlet, byline, date, language, address.

Only what stands in metadata or in visible byline markup is taken. A date in the URL, in a copyright line, in the
article's prose or on this machine's clock is none; where a page says nothing, the answer is `None`.
"""

import re
from dataclasses import dataclass
from typing import Final

from claims.capture.bylines import clean_byline
from claims.capture.dates import Dated, parse_stamp
from claims.capture.errors import BadUrl
from claims.capture.html_body import Element, letters, visible_text
from claims.capture.html_heading import about_heading, visible_bylines, visible_date
from claims.capture.json_ld import Described, described
from claims.capture.text import normalise
from claims.capture.urls import parse_url

_PUBLISHED_NAMES: Final = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "datepublished",
    "pubdate",
    "pub_date",
    "date",
)
"""Names of metadata fields that hold a publication date, most explicit first: Open Graph's article vocabulary, Dublin
Core, Highwire Press, and what large publishing systems write. Fields of modification are not among them."""

_AUTHOR_NAMES: Final = (
    "author", "byl", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author",
    "sailthru.author",
)  # fmt: skip
_OUTLET_NAMES: Final = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_DESCRIPTION_NAMES: Final = ("og:description", "description", "twitter:description", "dc.description")

_TAG: Final = re.compile(r"<[^<>]*>")
_SUFFIX: Final = re.compile(r"\s+[|–—·•»:-]\s+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The page's statements about itself; `descriptions` are its summaries, kept to recognise a standfirst by."""

    title: str | None
    outlet: str | None
    byline: str | None
    language: str | None
    published: Dated | None
    published_origin: str | None
    canonical_url: str | None
    descriptions: tuple[str, ...]


def page_facts(tree: Element, url: str | None) -> PageFacts:
    """Read the facts of the page `tree` that was fetched from `url` (used to complete relative addresses)."""
    fields = _fields(tree)
    heading = _title(tree, fields, None)
    ld = described(tree.xpath('//script[@type="application/ld+json"]/text()'), heading)
    title = _title(tree, fields, ld.headline)
    outlet = _first(fields, _OUTLET_NAMES[:1]) or ld.publisher or _first(fields, _OUTLET_NAMES)
    head = about_heading(tree)
    published, origin = _published(fields, ld, head)
    return PageFacts(
        title=_without_outlet(title, outlet),
        outlet=outlet,
        byline=_byline(fields, ld, head, outlet),
        language=_language(tree, fields, ld),
        published=published,
        published_origin=origin,
        canonical_url=_canonical(tree, fields, url),
        descriptions=tuple(filter(None, [*_all(fields, _DESCRIPTION_NAMES), ld.description])),
    )


def _fields(tree: Element) -> dict[str, list[str]]:
    """Return the page's `<meta>` fields by name or property, in lower case, in document order, blank ones left out."""
    fields: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        content = " ".join(normalise(_TAG.sub(" ", meta.get("content") or "")).split())
        if name and content:
            fields.setdefault(name.strip().lower(), []).append(content)
    return fields


def _all(fields: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in fields.get(name, [])]


def _first(fields: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next(iter(_all(fields, names)), None)


def _title(tree: Element, fields: dict[str, list[str]], headline: str | None) -> str | None:
    """Return the visible heading where the page's metadata confirm it, else what they state, else a lone heading."""
    headings = [text for heading in tree.iter("h1") if (text := " ".join(visible_text(heading).split()))]
    stated = headline or _first(fields, ("og:title", "twitter:title", "dc.title", "citation_title", "title"))
    element = next(iter(tree.xpath("//head/title|//title[not(ancestor::svg)]")), None)
    named = " ".join(visible_text(element).split()) if element is not None else None
    for confirmed in filter(None, (stated, named)):
        for heading in headings:
            if letters(heading) and letters(confirmed).startswith(letters(heading)):
                return heading
    if stated:
        return stated
    return headings[0] if len(headings) == 1 else named or next(iter(headings), None)


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """Return `title` without the outlet's name that page titles carry at the end, or at the beginning."""
    if not title or not outlet:
        return title
    parts = _SUFFIX.split(title)
    if len(parts) > 1 and letters(parts[-1]) == letters(outlet):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
    if len(parts) > 1 and letters(parts[0]) == letters(outlet):
        return title[len(parts[0]) :].lstrip(" |–—·•»:-")
    return title


def _published(fields: dict[str, list[str]], ld: Described, head: list[Element]) -> tuple[Dated | None, str | None]:
    """Return the publication date and where the page states it."""
    open_graph = [(name, content) for name in _PUBLISHED_NAMES[:4] for content in fields.get(name, [])]
    others = [(name, content) for name in _PUBLISHED_NAMES[4:] for content in fields.get(name, [])]
    for origin, content in (*open_graph, ("json-ld", ld.published or ""), *others):
        dated = parse_stamp(content)
        if dated is not None:
            return dated, origin
    return visible_date(head) or (None, None)


def _byline(fields: dict[str, list[str]], ld: Described, head: list[Element], outlet: str | None) -> str | None:
    authors = ", ".join(dict.fromkeys(name for author in ld.authors if (name := clean_byline(author))))
    for candidate in (authors, *_all(fields, _AUTHOR_NAMES), *visible_bylines(head)):
        name = clean_byline(candidate)
        if name and letters(name) != letters(outlet or ""):
            return name
    return None


def _language(tree: Element, fields: dict[str, list[str]], ld: Described) -> str | None:
    """Return the primary subtag (RFC 5646 §2.2.1) of the language the page declares."""
    root = tree if tree.tag == "html" else next(iter(tree.iter("html")), tree)
    declared = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        ld.language,
        _first(fields, ("og:locale", "content-language", "dc.language", "language")),
    )
    for tag in filter(None, declared):
        primary = re.match(r"\s*([a-z]{2,3})(?:$|[-_,\s])", tag, re.IGNORECASE)
        if primary:
            return primary[1].lower()
    return None


def _canonical(tree: Element, fields: dict[str, list[str]], url: str | None) -> str | None:
    """Return the address the page gives as its own, completed by the one it was fetched from."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    try:
        base = parse_url(url) if url else None
    except BadUrl:
        base = None
    for address in filter(None, [*links, *fields.get("og:url", [])]):
        try:
            return parse_url(address, base=base).href
        except BadUrl:
            continue
    return None
