"""The rules that a ClaimReview is held to, one by one: what each asks, what it read, and what is wrong or wanting.

Required, and so a fault where it fails, is what schema.org's types need and what Google's guide to fact check markup
asks for: `claimReviewed`, `reviewRating` with `alternateName`, and `url`. What that guide merely recommends is advice:
markup without it is taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from verification.publishing.newsroom import POLICIES
from verification.publishing.plain_text import web_address

BEST_LENGTH = 75
"""Characters of a claim that search engines show whole on a phone (Google's guide)."""
LONGEST_READ = 300
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2})?")
LOWEST_WORST = 1
"""What the guide asks the worst of a scale to be at least."""
_KINDS = ("Organization", "NewsMediaOrganization", "Person")
_POLICIES = ("publishingPrinciples", *POLICIES)


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule, held against one ClaimReview: the property, what is asked of it, the value that stands there.

    `read` is empty where nothing stands. `fault` says why a search engine would refuse the markup, `advice` what it
    recommends and does not find; a rule that holds has neither.
    """

    name: str
    asks: str
    read: str = ""
    fault: str = ""
    advice: str = ""

    @property
    def holds(self) -> bool:
        """Whether there is nothing to say against it."""
        return not self.fault and not self.advice


def checked(review: Mapping[str, object], base: str = "") -> tuple[Checked, ...]:
    """Return each rule with what it found. `base` is the scheme and host of the desk's pages; empty for any.

    Of a part that is missing only that is told, not what it would have had to hold.
    """
    return tuple(
        chain(
            _whole(review, base),
            _rating(review.get("reviewRating")),
            _author(review.get("author")),
            _claim(review.get("itemReviewed"), base),
            _picture(review.get("image")),
        )
    )


def _whole(review: Mapping[str, object], base: str) -> Iterator[Checked]:
    kind = " ".join(filter(None, (_text(review.get("@context")), _text(review.get("@type")))))
    is_one = "schema.org" in kind and review.get("@type") == "ClaimReview"
    unmarked = gettext("It is not marked as a ClaimReview of schema.org.")
    yield Checked("@type", gettext("a ClaimReview of schema.org"), kind, "" if is_one else unmarked)
    count = _count(review)
    several = gettext("More than one ClaimReview stands on the page: search engines show none of them.")
    yield Checked("ClaimReview", gettext("one on its page"), str(count), several if count > 1 else "")
    claim = _text(review.get("claimReviewed")).strip()
    length = ngettext("%(count)d character", "%(count)d characters", len(claim)) % {"count": len(claim)}
    long = gettext("claimReviewed is longer than %(best)d characters: a phone shows its beginning.")
    yield Checked(
        "claimReviewed",
        gettext("the claim, best in %(best)d characters") % {"best": BEST_LENGTH},
        f"{_short(claim)} ({length})" if claim else "",
        "" if claim else gettext("claimReviewed is empty: name the claim."),
        long % {"best": BEST_LENGTH} if len(claim) > BEST_LENGTH else "",
    )
    url = _text(review.get("url"))
    yield Checked("url", gettext("the page of the check, on this desk’s host"), url, _of_address(url, base))
    yield _day("datePublished", review.get("datePublished"), required=True)


def _of_address(url: str, base: str) -> str:
    if not web_address(url):
        return gettext("url is not the address of a page (http or https).")
    if base and not url.startswith(f"{base}/"):
        return gettext("url is not below %(base)s, where the page stands.") % {"base": base}
    return ""


def _rating(rating: object) -> Iterator[Checked]:
    asks = gettext("a rating")
    if not isinstance(rating, Mapping) or rating.get("@type") != "Rating":
        yield Checked("reviewRating", asks, _read(rating), gettext("reviewRating is missing."))
        return
    yield Checked("reviewRating", asks, "Rating")
    words = _text(rating.get("alternateName")).strip()
    empty = gettext("reviewRating.alternateName is empty: give the rating in words.")
    yield Checked("reviewRating.alternateName", gettext("the rating in words"), _short(words), "" if words else empty)
    names = ("worstRating", "ratingValue", "bestRating")
    numbers = [rating[name] for name in names if name in rating]
    fault = _of_numbers(numbers) if numbers else ""
    yield Checked(
        "reviewRating.ratingValue",
        gettext("a whole number between worstRating and bestRating"),
        " ".join(f"{name} {_short(str(rating[name]))}" for name in names if name in rating),
        fault,
        "" if fault else _of_scale(rating.get("worstRating")),
    )


def _of_scale(worst: object) -> str:
    if not isinstance(worst, int):
        return gettext("reviewRating has no number: the rating stands beside the scale.")
    low = gettext("reviewRating.worstRating is below %(lowest)d, where the scales begin that search engines show.")
    return low % {"lowest": LOWEST_WORST} if worst < LOWEST_WORST else ""


def _of_numbers(numbers: Sequence[object]) -> str:
    whole = [number for number in numbers if isinstance(number, int)]
    if len(numbers) < 3 or len(whole) < 3:
        return gettext("reviewRating needs ratingValue, worstRating and bestRating as whole numbers, or none.")
    worst, value, best = whole
    if not worst <= value <= best or worst == best:
        return gettext("reviewRating.ratingValue is not between worstRating and bestRating.")
    return ""


def _author(author: object) -> Iterator[Checked]:
    yield _named("author", author, gettext("whose check it is: an organisation or a person with a name"))
    if isinstance(author, Mapping) and author.get("@type") in _KINDS:
        url = _text(author.get("url"))
        wanting = "" if web_address(url) else gettext("author.url is no address: give the desk’s homepage.")
        yield Checked("author.url", gettext("where the desk is at home"), url, advice=wanting)
        yield _policies(author)


def _policies(author: Mapping[str, object]) -> Checked:
    given = {name: _text(author[name]) for name in _POLICIES if name in author}
    fault = gettext("author.%(property)s is not the address of a page (http or https).")
    faults = [fault % {"property": name} for name, value in given.items() if not web_address(value)]
    missing = [name for name in _POLICIES if name not in given]
    advice = gettext("The desk does not say of itself: %(properties)s. Its texts are set in the desk’s settings.")
    return Checked(
        "author.policies",
        gettext("how the desk works, corrects, is paid for and can be reached"),
        _short(" · ".join(given)),
        " ".join(faults),
        advice % {"properties": ", ".join(missing)} if missing and not faults else "",
    )


def _claim(claim: object, base: str) -> Iterator[Checked]:
    asks = gettext("the claim as it was made")
    if not isinstance(claim, Mapping) or claim.get("@type") != "Claim":
        yield Checked("itemReviewed", asks, _read(claim), gettext("itemReviewed is not a Claim."))
        return
    yield Checked("itemReviewed", asks, "Claim")
    asks, author = gettext("who claimed it"), claim.get("author")
    if author is None:
        yield Checked("itemReviewed.author", asks, advice=gettext("itemReviewed.author is missing: nobody is named."))
    else:
        yield _named("itemReviewed.author", author, asks)
    yield _day("itemReviewed.datePublished", claim.get("datePublished"), required=False)
    read = _places(claim)
    yield _appearance(read)
    yield _origin(read, named=author is not None, base=base)


def _places(claim: Mapping[str, object]) -> list[str]:
    """Return the addresses of the works in which a claim stands, the first of them first; "" for one without."""
    given = [claim[name] for name in ("firstAppearance", "appearance") if claim.get(name)]
    works = [work for each in given for work in (each if isinstance(each, list) else [each])]
    return [_text(work.get("url")) if isinstance(work, Mapping) else "" for work in works]


def _origin(places: Sequence[str], *, named: bool, base: str) -> Checked:
    """Hold the claim to having an origin that is not the desk's own pages: who made it, or where it stands."""
    advice = ""
    if not named and not any(places):
        advice = gettext("Neither who claimed it nor where it stands is told: search engines ask for an origin.")
    elif base and any(place.startswith(f"{base}/") for place in places):
        advice = gettext("It stands on the desk’s own pages: search engines take only claims of others.")
    return Checked("itemReviewed.origin", gettext("an origin outside the desk’s own pages"), advice=advice)


def _appearance(read: Sequence[str]) -> Checked:
    homeless = gettext("itemReviewed.appearance names a work without an address.")
    return Checked(
        "itemReviewed.appearance",
        gettext("where it was made, or firstAppearance"),
        _short(" · ".join(filter(None, read))),
        "" if all(map(web_address, read)) else homeless,
        "" if read else gettext("itemReviewed.appearance is missing: no page is named on which the claim stands."),
    )


def _picture(image: object) -> Iterator[Checked]:
    read = _read(image)
    fault = gettext("image is not the address of a picture (http or https).")
    address = _text(image.get("url") if isinstance(image, Mapping) else image)
    yield Checked(
        "image",
        gettext("a picture"),
        read,
        fault if read and not web_address(address) else "",
        "" if read else gettext("image is missing."),
    )


def _named(name: str, author: object, asks: str) -> Checked:
    called = _text(author.get("name")).strip() if isinstance(author, Mapping) else ""
    if not isinstance(author, Mapping) or author.get("@type") not in _KINDS or not called:
        fault = gettext("%(property)s is not a person or an organisation with a name.") % {"property": name}
        return Checked(name, asks, _read(author), fault)
    return Checked(name, asks, f"{author['@type']}: {_short(called)}")


def _day(name: str, value: object, *, required: bool) -> Checked:
    asks = gettext("an ISO 8601 date, as exact as it is known")
    if value is None and not required:
        return Checked(name, asks, advice=gettext("%(property)s is missing: the day is unknown.") % {"property": name})
    fault = gettext("%(property)s is not an ISO 8601 date.") % {"property": name}
    return Checked(name, asks, _read(value), "" if _is_dated(value) else fault)


def _count(value: object) -> int:
    """Return how many ClaimReviews stand in the markup, at any depth."""
    if isinstance(value, Mapping):
        return (value.get("@type") == "ClaimReview") + sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 0


def _is_dated(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return bool(_PARTIAL_DATE.fullmatch(value)) or bool(
            date.fromisoformat(value) if len(value) == len("2026-11-16") else datetime.fromisoformat(value)
        )
    except ValueError:
        return False


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST_READ)


def _read(value: object) -> str:
    """Return what stands there in a line: a text, what something is of or called, else its JSON-like form."""
    if isinstance(value, Mapping):
        return _short(" ".join(filter(None, (_text(value.get(key)) for key in ("@type", "name", "url")))))
    return "" if value is None else _short(str(value))
