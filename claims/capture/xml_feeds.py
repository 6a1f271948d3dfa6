"""Feeds in XML: RSS 0.9x and 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0, Atom (RFC 4287, and 0.3)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from claims.capture.feed_items import (
    MOST_ITEMS,
    Content,
    FeedItem,
    FeedRead,
    NotAFeed,
    address,
    item,
    not_a_feed,
    one_line,
    too_many,
)
from claims.capture.lenient_xml import Element, NotMarkup, root_of
from claims.wording import words

_PREFIXES: Final = {
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_FORMS: Final = {"rss": "rss", "channel": "rss", "rdf:RDF": "rdf", "atom:feed": "atom", "feed": "atom"}
_ITEMS: Final = frozenset({"item", "atom:entry", "entry"})
_OF_ITEM: Final = (
    frozenset(
        {"title", "link", "guid", "pubDate", "description", "category", "dc:date", "dc:subject", "content:encoded"}
    )
    | frozenset({"dcterms:issued", "dc:language", "pubdate", "dcterms:created", "dcterms:modified"})
    | {f"atom:{name}" for name in ("id", "title", "link", "published", "updated", "summary", "content", "category")}
    | {f"atom:{name}" for name in ("issued", "modified", "created")}
)

Fields = dict[str, list[Element]]


def read_xml_feed(body: bytes, url: str, charset: str | None) -> FeedRead:
    """Read a feed in XML. Raises `NotAFeed` for a web page and other XML, and for a feed that breaks off."""
    try:
        root = root_of(body, charset)
    except NotMarkup as error:
        raise NotAFeed(error.sentence) from error
    form = _FORMS.get(_name(root))
    if form is None:
        raise not_a_feed(words("a web page") if _name(root).lower() == "html" else None)
    found = [element for element in root.iter(etree.Element) if _name(element) in _ITEMS]
    if len(found) > MOST_ITEMS:
        raise too_many()
    said = [*root, *(child for channel in root if _name(channel) == "channel" for child in channel)]
    language = root.get(_LANG) or _of_feed(said, "language", "dc:language").strip() or None
    items = tuple(each for element in found if (each := _item(element, url, language)))
    title = one_line(_of_feed(said, "title", "atom:title"))
    return FeedRead(form, title or None, items, _next(said, url), language)


def _of_feed(said: Iterable[Element], *names: str) -> str:
    return next((text for element in said if _name(element) in names and (text := _text(element)).strip()), "")


def _next(said: Sequence[Element], url: str) -> str | None:
    links = [element for element in said if _name(element) in ("atom:link", "link")]
    for relation in ("next", "prev-archive"):
        for link in links:
            if relation in (link.get("rel") or "").split():
                return address(link.get("href"), _base(link, url))
    return None


def _item(element: Element, url: str, language: str | None) -> FeedItem | None:
    fields: Fields = {}
    for field in _fields(element):
        fields.setdefault(_name(field), []).append(field)
    base = _base(element, url)
    lang = element.get(_LANG) or _first(fields, "dc:language") or language
    return item(
        guid=_first(fields, "guid", "atom:id") or element.get(_RDF_ABOUT) or "",
        url=_link(fields, base),
        title=_first(fields, "title", "atom:title", read=_plain),
        dates=[
            ("published", _first(fields, "atom:published", "atom:issued")),
            ("pubDate", _first(fields, "pubDate", "pubdate")),
            ("dc:date", _first(fields, "dc:date", "dcterms:issued", "dcterms:created", "atom:created")),
        ],
        updated=_first(fields, "atom:updated", "atom:modified", "dcterms:modified"),
        summary=_first(fields, "description", "atom:summary", read=_plain),
        contents=_contents(fields),
        categories=[
            *(_text(each) for name in ("category", "dc:subject") for each in fields.get(name, [])),
            *(each.get("label") or each.get("term") or "" for each in fields.get("atom:category", [])),
        ],
        language=(lang or "").strip() or None,
    )


def _name(element: Element) -> str:
    """Return an element's name with the usual prefix of its namespace, none for RSS's own and a stranger's default."""
    space, _brace, local = element.tag.rpartition("}")
    known = _PREFIXES.get(space.removeprefix("{"))
    if known is not None:
        return f"{known}{local}"
    return local if element.prefix is None else f"{element.prefix}:{local}"


def _fields(element: Element) -> Iterator[Element]:
    """Yield the fields of an item: its children, and those that stand in one because it was not closed.

    An item that stands in another for the same reason is none of its fields.
    """
    for child in element:
        if _name(child) in _ITEMS:
            continue
        yield child
        if not _is_markup(child) and len(child):
            yield from (field for field in _fields(child) if _name(field) in _OF_ITEM)


def _is_markup(element: Element) -> bool:
    return "xhtml" in (element.get("type") or "")


def _text(element: Element) -> str:
    """Return the text of a field, without that of fields which stand in it because it was not closed."""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        parts += "" if name in _OF_ITEM or name in _ITEMS else _text(child), child.tail or ""
    return "".join(parts)


def _markup(element: Element) -> str:
    """Return the markup that a field holds, escaped in it or as elements of its own."""
    if _is_markup(element):
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
        return f"{element.text or ''}{''.join(inner)}"
    return _text(element)


def _plain(element: Element) -> str:
    """Return a title's or summary's text, as markup: plain text of Atom (RFC 4287 §3.1.1.1) holds no references."""
    text = _text(element)
    return text.replace("&", "&amp;").replace("<", "&lt;") if _is_plain(element) and not _is_markup(element) else text


def _is_plain(element: Element) -> bool:
    return _name(element).startswith("atom:") and (element.get("type") or "text") in ("text", "text/plain")


def _first(fields: Fields, *names: str, read: Callable[[Element], str] = _text) -> str:
    found = (read(element) for name in names for element in fields.get(name, []))
    return next((text for text in found if text.strip()), "")


def _contents(fields: Fields) -> Iterable[Content]:
    for name in ("content:encoded", "atom:content", "description", "atom:summary"):
        for element in fields.get(name, []):
            kind = "text/plain" if _is_plain(element) and not _is_markup(element) else "text/html"
            yield Content(_markup(element), kind, name)


def _link(fields: Fields, base: str) -> str | None:
    """Return an item's address: its link, an alternate that is a page first, else a guid that is one."""
    for element in fields.get("link", []):
        if found := address(_text(element) or element.get("href"), base):
            return found
    links = [link for link in fields.get("atom:link", []) if "alternate" in (link.get("rel") or "alternate").split()]
    for link in sorted(links, key=lambda link: "html" not in (link.get("type") or "html")):
        if found := address(link.get("href"), _base(link, base)):
            return found
    for element in fields.get("guid", []):
        written = _text(element).strip()
        if element.get("isPermaLink", "true").lower() != "false" and written.startswith(("http://", "https://")):
            return address(written, base)
    return None


def _base(element: Element, url: str) -> str:
    """Return the address that completes relative ones here (XML Base §4)."""
    told = [here.get(_BASE) for here in (element, *element.iterancestors())]
    for written in reversed([each for each in told if each]):
        url = address(written, url) or url
    return url
