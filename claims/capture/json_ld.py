"""What a page says of itself in JSON-LD (https://schema.org/Article, as embedded by W3C JSON-LD 1.1 §9)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from claims.capture.text import normalise

_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", re.DOTALL
)
"""Comment and CDATA marks that old templates put round the script."""

_PAGES: Final = ("WebPage", "ItemPage")


@dataclass(frozen=True, slots=True)
class Described:
    """The fields of the page's main article; what it does not say is `None` or empty."""

    headline: str | None = None
    description: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None


def described(scripts: list[str], title: str | None) -> Described:
    """Return what `scripts` (the texts of the page's `application/ld+json` elements) say of its article.

    Among several articles the one whose headline is the page's `title` is taken, else the first; without any, a
    WebPage's date counts. Damaged scripts are passed over.
    """
    nodes = [node for script in scripts for node in _nodes(script)]
    by_id = {identifier: node for node in nodes if isinstance(identifier := node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if any(_is_article(kind) for kind in _types(node))]
    pages = [node for node in nodes if any(kind in _PAGES for kind in _types(node))]
    titled = [node for node in articles if title and _text(node.get("headline")) == title]
    main = next(iter([*titled, *articles]), None)
    page = next(iter(pages), None)
    if main is None:
        return Described() if page is None else Described(published=_text(page.get("datePublished")))
    return Described(
        headline=_text(main.get("headline")),
        description=_text(main.get("description")),
        published=_text(main.get("datePublished")) or (_text(page.get("datePublished")) if page else None),
        authors=tuple(_names(main.get("author"), by_id)),
        publisher=next(iter(_names(main.get("publisher"), by_id)), None),
        language=_text(main.get("inLanguage")),
    )


def _nodes(script: str) -> Iterator[Mapping[str, object]]:
    """Yield the top-level nodes of one script: a node, a list of them, or those of an `@graph`."""
    try:
        data = json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return
    for node in data if isinstance(data, list) else [data]:
        if not isinstance(node, dict):
            continue
        graph = node.get("@graph")
        if isinstance(graph, list):
            yield from (inner for inner in graph if isinstance(inner, dict))
        else:
            yield node
            main = node.get("mainEntity")
            if isinstance(main, dict):
                yield main


def _types(node: Mapping[str, object]) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _is_article(kind: str) -> bool:
    """Say whether a type is Article or one below it (all are named so, but for these five)."""
    return kind in ("Report", "PressRelease") or (kind.endswith(("Article", "Posting")) and kind != "JobPosting")


def _names(value: object, by_id: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield the names in an `author` or `publisher`: text, a Person or Organization, a reference, or a list."""
    if isinstance(value, list):
        for one in value:
            yield from _names(one, by_id)
        return
    if isinstance(value, dict):
        if "name" not in value:
            value = by_id.get(str(value.get("@id")), {})
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    name = _text(value)
    if name:
        yield name


def _text(value: object) -> str | None:
    """Return a field's text, character references of a careless template resolved once, on one line; else `None`."""
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(normalise(unescape(value)).split()) or None
