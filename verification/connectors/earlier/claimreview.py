"""Earlier checks in JSON: ClaimReview (https://schema.org/ClaimReview) wherever it stands, and what searches return.

Read are a single object, lists, `@graph`, a DataFeed's items, JSON Feed as Readout publishes it, and the answer of
Google's Fact Check Tools API (`claims:search`, v1alpha1: claims with the reviews of each).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from claims.wording import words
from verification.connectors.contract import Skipped, UnreadableFile
from verification.connectors.earlier.contract import EarlierText
from verification.connectors.earlier.fields import Facts, check_of
from verification.connectors.fields import clean_id

Node = Mapping[str, Any]

# A page's markup nests a handful deep; a file that goes on below is not followed.
MAX_DEPTH = 40
# Comment and CDATA marks that old templates put round a script (as claims.capture.json_ld meets them).
WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*+;?\s*+$")


def loads(text: str) -> object:
    """Return what a JSON text holds. Raises UnreadableFile for one that is damaged or nested too deep."""
    try:
        return json.loads(WRAPPING.sub("", text), strict=False)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise UnreadableFile(words("It is no JSON that can be read: %(error)s.", error=why.rstrip("."))) from error


def checks_in(data: object, name: str) -> Iterator[EarlierText | Skipped]:
    """Yield the checks in a JSON value, in the order of the file `name`, each numbered from 1 in its place.

    One Skipped tells of a value that holds none.
    """
    number = 0
    by_id = _by_id(data)
    for node in _nodes(data):
        for facts in _told(node, by_id):
            number += 1
            yield check_of(f"{name}:{number}", facts)
    if not number:
        yield Skipped(clean_id(name), words("It holds no ClaimReview."))


def _told(node: Node, by_id: Mapping[str, Node]) -> Iterator[Facts]:
    if "ClaimReview" in _types(node):
        yield _claim_review(node, by_id)
    elif isinstance(node.get("claimReview"), list) and "text" in node:
        yield from _found_claim(node)
    elif isinstance(extension := node.get("_readout"), Mapping) and extension.get("rating"):
        yield _feed_item(node, extension)  # a withdrawn check has no rating


def _claim_review(node: Node, by_id: Mapping[str, Node]) -> Facts:
    claim = _resolved(node.get("itemReviewed"), by_id)
    rating = _resolved(node.get("reviewRating"), by_id)
    page = node.get("mainEntityOfPage")
    address = node.get("url") or (page.get("@id") or page.get("url") if isinstance(page, Mapping) else page)
    of_claim = "Claim" in _types(claim)
    return Facts(
        claim=node.get("claimReviewed") or (claim.get("text") or claim.get("name") if of_claim else None),
        claimant=_name(claim.get("author"), by_id),
        said=claim.get("datePublished") or claim.get("dateCreated"),
        rating=rating.get("alternateName") or rating.get("name"),
        value=rating.get("ratingValue"),
        worst=rating.get("worstRating"),
        best=rating.get("bestRating"),
        url=address or node.get("@id"),
        title=node.get("headline") or node.get("name"),
        publisher=_name(node.get("publisher"), by_id) or _name(node.get("author"), by_id),
        language=node.get("inLanguage"),
        published=node.get("datePublished"),
    )


def _found_claim(node: Node) -> Iterator[Facts]:
    for review in node["claimReview"]:
        if isinstance(review, Mapping):
            publisher = review.get("publisher")
            named = publisher if isinstance(publisher, Mapping) else {}
            yield Facts(
                claim=node.get("text"),
                claimant=node.get("claimant"),
                said=node.get("claimDate"),
                rating=review.get("textualRating"),
                url=review.get("url"),
                title=review.get("title"),
                publisher=named.get("name") or named.get("site"),
                language=review.get("languageCode"),
                published=review.get("reviewDate"),
            )


def _feed_item(node: Node, extension: Node) -> Facts:
    rating = extension["rating"] if isinstance(extension["rating"], Mapping) else {}
    return Facts(
        claim=extension.get("claim"),
        claimant=extension.get("claimant"),
        rating=rating.get("label"),
        value=rating.get("value"),
        worst=rating.get("worst"),
        best=rating.get("best"),
        url=node.get("url"),
        title=node.get("title"),
        publisher=node.get("authors"),
        language=node.get("language"),
        published=node.get("date_published"),
    )


def _nodes(data: object) -> Iterator[Node]:
    """Yield every object in a JSON value, outer ones first, in the order of the file, down to `MAX_DEPTH`."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, Mapping):
            yield value
        inner = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else []
        if depth < MAX_DEPTH:
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Mapping | list)]


def _by_id(data: object) -> dict[str, Node]:
    """Return the objects that others may point at, by their `@id`."""
    return {node["@id"]: node for node in _nodes(data) if isinstance(node.get("@id"), str) and len(node) > 1}


def _resolved(value: object, by_id: Mapping[str, Node]) -> Node:
    """Return an object, or the one it points at; of a list the first; an empty one for anything else."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, Mapping)), None)
    if not isinstance(value, Mapping):
        return {}
    if set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value


def _name(value: object, by_id: Mapping[str, Node]) -> object:
    """Return the name of a person or body: text, an object, a pointer to one, or a list of them."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return _resolved(value, by_id).get("name") if isinstance(value, Mapping) else value


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]
