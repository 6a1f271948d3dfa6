"""How much a statement deserves a checker's hour: named features, a weight each, and the reasons in words.

The model is a logistic regression that adds up: what speaks for and against a statement is summed, in log-odds, by the
features of `FEATURES`, and the sum becomes a score from 0 to 1. Most of them are groups of raw features
(`worth_features`) whose weights were fitted to debates that people had labelled, by `python -m benchmarks.fit_worth`;
they stand with their provenance in `worth_model.json`. What debates do not have (who is credited, where in an article a
sentence stands) has a weight set by hand, after the criteria that fact-checkers publish: somebody in particular answers
for it, and it can be compared with a record.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from claims.extraction.contract import Attribution, Quantity, Quotation
from claims.extraction.worth_features import raw_features
from claims.extraction.worth_sources import source_features
from claims.wording import Words, words

if TYPE_CHECKING:  # whoever only reads what the features are called does not load spaCy
    from spacy.tokens import Token

MODEL_FILE: Final = Path(__file__).parent / "worth_model.json"
_SPREAD: Final = 0.6
"""What the sum is multiplied by before it becomes a score: news says more in a sentence than the debates that the
weights were fitted to, and without it most scores would stand within a few hundredths of 1. The order stays, and so
does what counts as worth checking."""
_WORDING: Final = frozenset(["together", "words", "form", "length"])
"""Features that most statements have, for or against: weighty, and of little use to whoever decides what to check."""
_TELLING = 0.2
"""Log-odds from which on a feature is given as a reason: less moves a score by no more than three hundredths."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a score is made of. `label` names it, `reason` is told where it raises the score, `against` where not.

    `weight` is what one unit of its value adds, in log-odds. The value of a fitted feature is itself what its raw
    features add up to, and its weight 1; `effect` says whether that `raises`, `lowers` or does `either`.
    """

    name: str
    label: Words
    reason: Words
    weight: float = 1.0
    effect: str = "raises"
    against: Words | None = None


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        feature.name: feature
        for feature in (
            Feature(
                "figure",
                words("figures"),
                words("gives a figure that can be compared with a record"),
            ),
            Feature(
                "trend",
                words("comparisons and trends"),
                words("compares, or says that something rose, fell, or was the first or most"),
            ),
            Feature("cause", words("causes"), words("says that one thing caused another")),
            Feature(
                "deeds",
                words("deeds on record"),
                words("says that somebody did what leaves a record: voted, paid, signed, closed"),
            ),
            Feature(
                "matters",
                words("public matters"),
                words("is about money, work, law, arms or crime, on which records exist"),
            ),
            Feature("names", words("names"), words("names whom or what it is about")),
            Feature("when", words("times"), words("says when, or since when")),
            Feature("past", words("the past"), words("is about what was or has been done")),
            Feature(
                "absolute",
                words("always, never, all, none"),
                words("says always, never, all or none, which one case can show to be wrong"),
                effect="either",
            ),
            Feature("others", words("what others did"), words("says what somebody else did"), effect="either"),
            Feature(
                "self",
                words("the speaker’s own side"),
                words("says what the speaker’s own side did"),
                effect="either",
                against=words("is about the speaker’s own self"),
            ),
            Feature(
                "negation",
                words("denials"),
                words("denies something that can be looked up"),
                effect="either",
                against=words("only denies"),
            ),
            Feature(
                "saying",
                words("talk about talk"),
                words("tells what was said"),
                effect="either",
                against=words("is talk about what is being said"),
            ),
            Feature(
                "together",
                words("what comes together"),
                words("brings together what can be tested: who, when, how much"),
                effect="either",
                against=words("says little that could be tested together"),
            ),
            Feature(
                "words",
                words("choice of words"),
                words("uses words that statements worth checking often use"),
                effect="either",
                against=words("uses words that statements worth checking seldom use"),
            ),
            Feature(
                "form",
                words("form of the sentence"),
                words("is worded as a statement of fact"),
                effect="either",
                against=words("is worded as talk, as a plea or as a plan"),
            ),
            Feature(
                "length",
                words("length"),
                words("says enough to be tested"),
                effect="either",
                against=words("is very short"),
            ),
            Feature(
                "future",
                words("the future"),
                words("says what will be"),
                effect="lowers",
                against=words("is about the future, so it can only be checked later"),
            ),
            Feature(
                "vague",
                words("vagueness"),
                words("is worded with conditions"),
                effect="lowers",
                against=words("is worded vaguely"),
            ),
            Feature(
                "opinion",
                words("opinions and wishes"),
                words("judges something that can be looked up"),
                effect="lowers",
                against=words("expresses an opinion or a wish"),
            ),
            Feature(
                "address",
                words("words to somebody"),
                words("says what others are told"),
                effect="lowers",
                against=words("speaks to somebody rather than of something"),
            ),
            Feature(
                "question",
                words("questions"),
                words("asks for something that can be looked up"),
                effect="lowers",
                against=words("asks more than it says"),
            ),
            Feature(
                "quoted",
                words("quoted words"),
                words("gives the speaker's own words, which can be compared with a transcript"),
                weight=0.8,
            ),
            Feature("named_source", words("a named source"), words("comes from a named source"), weight=0.6),
            Feature(
                "unnamed_source",
                words("an unnamed source"),
                words("comes from a source that is not named"),
                weight=-0.2,
                effect="lowers",
            ),
            Feature(
                "no_source",
                words("no source"),
                words("the text does not say whose words these are"),
                weight=-0.3,
                effect="lowers",
            ),
            Feature("outlet", words("the outlet’s own word"), words("is asserted by the outlet itself"), weight=0.2),
            Feature("lead", words("the top of the article"), words("stands at the top of the article"), weight=0.2),
        )
    }
)
"""Every feature, in the order in which a desk sees them."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was fitted: where every statement starts, in log-odds, and the weights of raw features by group and name."""

    start: float
    weights: Mapping[str, Mapping[str, float]]


def read_model(text: str) -> Model:
    """Return the model in the text of a file as `benchmarks.fit_worth` writes it."""
    told = json.loads(text)
    return Model(float(told["start"]), told["weights"])


@lru_cache(maxsize=1)
def shipped() -> Model:
    """Return the model that comes with Readout."""
    return read_model(MODEL_FILE.read_text(encoding="utf-8"))


def features_of(tokens: Sequence["Token"], model: Model | None = None) -> dict[str, float]:
    """Return what the words of a statement bring, by feature; what adds nothing is left out."""
    weights = (model or shipped()).weights
    found: dict[str, float] = {}
    for (group, name), value in raw_features(tokens).items():
        weight = weights.get(group, {}).get(name)
        if weight is not None:
            found[group] = found.get(group, 0.0) + weight * value
    return {group: round(value, 3) for group, value in found.items() if abs(value) >= 0.005}


def features(
    tokens: Sequence["Token"],
    attribution: Attribution,
    quotes: Sequence[Quotation],
    *,
    lead: bool = False,
) -> dict[str, float]:
    """Return all features of a claim: of its words, of who is credited with it, and of where it stands."""
    return {**features_of(tokens), **source_features(attribution, quotes), **({"lead": 1.0} if lead else {})}


def score(
    features: Mapping[str, float],
    factors: Mapping[str, float] = MappingProxyType({}),
    points: float = 0.0,
    model: Model | None = None,
) -> float:
    """Return the score (0 to 1) of features by name and value; from 0.5 on it is worth checking.

    `factors` multiply what a feature adds (1 where one is missing), `points` are added in log-odds. Unknown names count
    nothing.
    """
    total = (model or shipped()).start + points + sum(_added(features, factors).values())
    return round(1 / (1 + exp(-max(-30.0, min(30.0, _SPREAD * total)))), 4)


def reasons(features: Mapping[str, float], factors: Mapping[str, float] = MappingProxyType({})) -> tuple[Words, ...]:
    """Return what speaks for and against: what is particular to the statement first, then how it is worded at all.

    Each weightiest first. What moves the score by next to nothing is not told.
    """
    added = sorted(_added(features, factors).items(), key=lambda entry: (entry[0] in _WORDING, -abs(entry[1])))
    told = []
    for name, value in added:
        feature = FEATURES[name]
        against = value < 0 and feature.against is not None
        if abs(value) >= _TELLING and (feature.effect != "raises" or value > 0):
            told.append(feature.against if against and feature.against else feature.reason)
    return tuple(told)


def _added(features: Mapping[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    return {
        name: value * FEATURES[name].weight * factors.get(name, 1.0)
        for name, value in features.items()
        if name in FEATURES
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
