"""How much a statement deserves a checker's hour: named features, a weight each, and the reasons in words.

The weights are set by hand and add up: `START` plus the weights of the features that hold, kept within 0 and 1.
What raises the score follows the criteria fact-checkers publish (Full Fact's and ClaimBuster's annotation guides):
it can be tested against a record, it says how much, and somebody in particular stands behind it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.contract import Attribution, Quantity, Quotation
from claims.wording import Words, words

START = 0.25

_TREND = re.compile(
    r"\b(?:rose|risen|rise|rises|fell|fallen|fall|falls|increas\w+|decreas\w+|declin\w+|doubled|tripled|halved|grew|grown|growth|"
    r"shrank|shrunk|dropp\w+|surg\w+|plung\w+|soar\w+|record|highest|lowest|largest|smallest|biggest|most|least|first|fewer|"
    r"more\s+than|less\s+than|worst|best|unprecedented|twice)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because\s+of|caused|led\s+to|due\s+to|result(?:ed)?\s+(?:of|in)|thanks\s+to|responsible\s+for)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:law|bill|treaty|agreement|resolution|sanctions?|tariffs?|tax(?:es)?|court|vote[ds]?|deal|accord|ceasefire|"
    r"charges?|budget|policy|legislation|regulation|amendment|constitution|contract|troops?|missiles?|weapons?|forces)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|going\s+to|would|plans?\s+to|intends?\s+to|hopes?\s+to)\b", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:might|maybe|perhaps|possibly|could|some\s+kind|sort\s+of|kind\s+of|things?|stuff|somehow|appropriately|various|certain)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:I\s+(?:think|believe|feel|hope|guess|love|like)|we\s+(?:think|believe|feel|hope)|should|must|ought|beautiful|terrible|"
    r"great|wonderful|horrible|amazing|disgrace(?:ful)?|disaster|unacceptable|important|proud|sad|happy|good|bad|nice|wrong|right)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:you|thank|thanks|please|congratulations|welcome|hello|let['’]s)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:’'”\"] )[A-Z][\w’'-]+")
_ANONYMOUS = re.compile(
    r"\b(?:officials?|sources?|people|aides?|critics|analysts|experts|insiders|diplomats|some|many|observers)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing that can be told about a statement, how much it counts, and how it is said to a reader."""

    name: str
    weight: float
    reason: Words


FEATURES = {
    feature.name: feature
    for feature in (
        Feature("figure", 0.2, words("gives a figure that can be compared with a record")),
        Feature("trend", 0.1, words("compares, or says that something rose, fell, or was the first or most")),
        Feature("cause", 0.05, words("says that one thing caused another")),
        Feature("rule", 0.1, words("is about a law, a vote, money or forces, on which records exist")),
        Feature("names", 0.1, words("names whom or what it is about")),
        Feature("quoted", 0.15, words("gives the speaker's own words, which can be compared with a transcript")),
        Feature("named_source", 0.15, words("comes from a named source")),
        Feature("unnamed_source", 0.0, words("comes from a source that is not named")),
        Feature("no_source", -0.05, words("the text does not say whose words these are")),
        Feature("outlet", 0.0, words("is asserted by the outlet itself")),
        Feature("future", -0.05, words("is about the future, so it can only be checked later")),
        Feature("vague", -0.1, words("is worded vaguely")),
        Feature("opinion", -0.1, words("expresses an opinion or a wish")),
        Feature("address", -0.1, words("speaks to somebody rather than of something")),
        Feature("short", -0.1, words("is very short")),
    )
}
"""Every feature with its weight; the first reason listed for a claim is the one that counts most."""

_SHORT = 7


def worth(
    text: str, attribution: Attribution, quotes: Sequence[Quotation], quantities: Sequence[Quantity]
) -> tuple[float, tuple[Words, ...]]:
    """Return the score (0 to 1, two decimals) of the statement `text` and the reasons for it, weightiest first."""
    return _weigh([name for name, holds in _present(text, attribution, quotes, quantities).items() if holds])


def worth_of_quotation() -> tuple[float, tuple[Words, ...]]:
    """Return the score and reasons of a quotation in a language whose words we do not read."""
    return _weigh(["quoted", "no_source"])


def _weigh(names: Iterable[str]) -> tuple[float, tuple[Words, ...]]:
    holding = sorted((FEATURES[name] for name in names), key=lambda feature: -abs(feature.weight))
    score = min(1.0, max(0.0, START + sum(feature.weight for feature in holding)))
    return round(score, 2), tuple(feature.reason for feature in holding)


def _present(
    text: str, attribution: Attribution, quotes: Sequence[Quotation], quantities: Sequence[Quantity]
) -> dict[str, bool]:
    source = attribution.speaker or attribution.mention
    unnamed = source is not None and (attribution.speaker is None or _ANONYMOUS.search(source) is not None)
    return {
        "figure": any(tells(quantity) for quantity in quantities),
        "trend": _TREND.search(text) is not None,
        "cause": _CAUSE.search(text) is not None,
        "rule": _RULE.search(text) is not None,
        "names": _NAME.search(text) is not None,
        "quoted": any(len(quote.text.split()) > 3 for quote in quotes),
        "named_source": source is not None and not unnamed,
        "unnamed_source": unnamed,
        "no_source": source is None and bool(quotes),
        "outlet": source is None and not quotes,
        "future": _FUTURE.search(text) is not None,
        "vague": _VAGUE.search(text) is not None,
        "opinion": _OPINION.search(text) is not None,
        "address": _ADDRESS.search(text) is not None,
        "short": len(text.split()) < _SHORT,
    }


def tells(quantity: Quantity) -> bool:
    """Tell whether a figure is one to check: measured, large or in digits, and not a small count spelt out or an
    age.
    """
    written = any(character.isdigit() for character in quantity.text)
    if quantity.unit in ("year", "month", "week", "day", "hour", "decade", "century"):
        return written and "-" not in quantity.text
    size = max(
        (abs(value) for value in (quantity.value, quantity.low, quantity.high) if value is not None), default=0.0
    )
    return quantity.unit is not None or written or size >= 13 or size < 1
