"""Parts of one in words: a third of, two-thirds, nearly half, one in five, seven out of ten."""

import re
from collections.abc import Iterator

from claims.extraction.numbers.number_words import CARDINALS, PARTS
from claims.extraction.wordset import wordset

_PLAIN = "|".join(CARDINALS)
_ROUND = {"hundred": 100.0, "thousand": 1e3, "million": 1e6}
_COUNT = rf"(?:{_PLAIN})(?:-(?:{_PLAIN}))?|\d[\d,]*"
_PART = re.compile(
    rf"\b(?P<count>an?|{_PLAIN})[\s-](?P<part>{'|'.join(PARTS)})(?P<many>s?)\b(?!-)"
    rf"|(?<![\d/.,])(?P<above>[1-9])/(?P<below>[2-9])(?=\s+of\b)",
    re.IGNORECASE,
)
_ENDINGS = ("half", "halves", "third", "quarter", "fourth", "fth", "ixth", "enth", "ghth", "inth", "ieth", "ndth", "/")
_HALF = re.compile(r"\bhalf\b(?![-’'])", re.IGNORECASE)
_CHANCE = re.compile(
    rf"(?<![\w.,-])(?P<count>{_COUNT})\s+(?P<how>in|out\s+of)\s+(?P<every>every\s+)?"
    rf"(?P<out>{_COUNT}|an?\s+(?:{'|'.join(_ROUND)}))\b"
    r"(?!\s+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|per\s?cent|hundred|thousand|million|billion)\b|"
    r"[\d%:/-]|[.,]\d)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"[\s,.;:!?)”\"’]*([a-z]*)", re.IGNORECASE)
_AFTER_SHARE = wordset(
    "of the were was are is in more less as to have had said say says from since over by while and but or on at for "
    "after before that who which this last among if because than with will would smaller larger higher lower cheaper"
) | {""}
_AFTER_HALF = wordset(
    "of the a an its their his her our my your this these those that were was are is have had said say says all in to "
    "and but or as by from on at since who"
) | {""}
_AFTER_ORDINAL = wordset("time times term party person day year round child attempt place way")
_BEFORE_SHARE = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|approximately|than|least|most|over|under|only|just|by|up\s+to|quite|"
    r"close\s+to|"
    r"some|exactly|fully|below|above|of)\s+$",
    re.IGNORECASE,
)
_NO_HALF_AFTER = re.compile(
    r"\b(?:first|second|other|each|every|either|latter|opening|last|next|final|same|and\s+an?|an?|one|better|in|the|"
    r"top|bottom|this|that|time|at|\d(?:st|nd))[\s-]$",
    re.IGNORECASE,
)
_MOST_OF_MANY = 10
"""Of what else than ten or a power of ten a number is not a share: 63 out of 120 seats are two figures."""


def shares(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and value, between 0 and 1, of each share that a text gives in words or as in 2/3 of."""
    lowered = text.lower()
    for match in _PART.finditer(text) if any(ending in lowered for ending in _ENDINGS) else ():
        if match["above"]:
            value = int(match["above"]) / int(match["below"])
        elif _is_share(text, match):
            value = _count(match["count"]) * PARTS[match["part"].lower()]
        else:
            continue
        if 0 < value < 1:
            yield *match.span(), value
    for match in _HALF.finditer(text) if "half" in lowered else ():
        before = text[max(0, match.start() - 16) : match.start()]
        if _NO_HALF_AFTER.search(before):
            continue
        following = _next_word(text, match.end())
        if following in _AFTER_HALF or (_BEFORE_SHARE.search(before) and following not in ("past", "time")):
            yield *match.span(), 1 / 2
    for match in _CHANCE.finditer(text) if " in " in lowered or "out of" in lowered or "in\n" in lowered else ():
        out = _count(match["out"])
        value = _count(match["count"]) / out if out else 2.0
        if 0 < value < 1 and _is_chance(match, out):
            yield *match.span(), value


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Tell a share (a third of, two-thirds) from an ordinal or a period (a third time, a quarter)."""
    count, part = match["count"].lower(), match["part"].lower()
    following = _next_word(text, match.end())
    if count in ("a", "an", "one") and match["many"]:
        return False
    if part == "half" or _count(count) > 1:
        return bool(match["many"]) if part != "half" else following != "past"
    if following in _AFTER_SHARE or count == "one":
        return following not in _AFTER_ORDINAL
    before = text[max(0, match.start() - 16) : match.start()]
    return following not in _AFTER_ORDINAL and _BEFORE_SHARE.search(before) is not None


def _next_word(text: str, end: int) -> str:
    match = _FOLLOWING.match(text, end, end + 24)
    return match[1].lower() if match is not None else ""


def _is_chance(match: re.Match[str], out: float) -> bool:
    round_number = out <= _MOST_OF_MANY or out in (20, 50, 100, 1e3, 1e4, 1e5, 1e6)
    count = _count(match["count"])
    if match["how"].lower() != "in":
        return round_number
    if re.fullmatch(r"(?:19|20)\d\d", match["out"]):
        return False
    return count == 1 or bool(match["every"]) or round_number


def _count(words: str) -> float:
    plain = words.lower().replace(",", "")
    if plain in ("a", "an"):
        return 1.0
    if plain.isdigit():
        return float(plain)
    if plain.split()[-1] in _ROUND:
        return _ROUND[plain.split()[-1]]
    return float(sum(CARDINALS[word] for word in plain.split("-")))
