"""What the machine suggests of a claim: supported, contradicted, altered quotation, not found. It never decides.

At most one suggestion a passage, and none where the comparison leaves room: no suggestion is better than a wrong one.
The confidence is stated beforehand (`CONFIDENCE`), not fitted, and never 1; what people decide tells whether it was
deserved (`docs/suggestions.md`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from claims.wording import Words, words
from verification.matching.opposition import Nearest, covered, nearest
from verification.matching.quotes import QuoteCheck, QuoteClass

SUGGESTING_VERSION = "1"
"""Changes whenever the same comparisons may give another suggestion."""

SUPPORTED, CONTRADICTED, ALTERED_QUOTATION, NOT_FOUND = "supported", "contradicted", "altered_quotation", "not_found"

CONFIDENCE: Mapping[str, float] = MappingProxyType(
    {
        "quotation stands in the speaker's own record": 0.9,
        "quotation stands in another record": 0.7,
        "altered where it matters, in the speaker's own record": 0.85,
        "altered where it matters, in another record": 0.65,
        "figure differs and the sentence is the opposite": 0.8,
        "figure differs in nearly the same sentence": 0.7,
        "figure differs in a sentence like it": 0.55,
        "nearly the same sentence, the opposite": 0.65,
        "figures agree in nearly the same sentence": 0.75,
        "figures agree in a sentence like it": 0.55,
        "the same sentence": 0.6,
        "nothing came back": 0.8,
        "nothing that came back is like it": 0.6,
    }
)

# From here on a source only repeats what others recorded: that it agrees or differs suggests nothing.
SECONDARY_TIER = 4
# Fewer words in a row stand in many texts.
TELLING_WORDS = 5
# So much of the claim's wording must be the quotation before finding it bears the claim out.
QUOTED_SHARE = 0.5
# Below this an altered quotation may be another sentence.
RECOGNISED = 0.75
# Shared words of a sentence: like it, nearly the same, the same.
LIKE, NEARLY, SAME = 0.5, 0.7, 0.85
# A passage that has so many of the claim's telling words speaks of the same thing, in whatever words.
ABOUT = 0.5
STANDS = frozenset({QuoteClass.EXACT, QuoteClass.NORMALISED, QuoteClass.SPELLING, QuoteClass.EDITED})
AGREEING = frozenset({"agrees", "rounded", "within"})
# What changes what a quotation says; other changes of words (a tense, a filler) often do not.
MATTERS: Mapping[str, Words] = MappingProxyType(
    {
        "negation": words("a negation was added or lost"),
        "number": words("a number differs"),
        "name": words("a name differs"),
        "modal": words("“may”, “must” or their like differ"),
        "quantifier": words("“all”, “nearly”, “some” or their like differ"),
    }
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim beside one passage, with the comparisons that were made.

    `quotations` are the claim's quoted words; `quote_check` is that of the longest, as made or as stored; each figure
    check has `kind`, `outcome`, `warns` and the two figures as written (`claim`, `source`). `role` is what the passage
    is proposed for (empty where nothing tells), `tier` its source's, `own_word` whether it is the speaker's own.
    """

    claim: str
    passage: str
    quotations: Sequence[str] = ()
    quote_check: QuoteCheck | Mapping[str, Any] | None = None
    figure_checks: Sequence[Mapping[str, Any]] = ()
    role: str = ""
    tier: int = 1
    own_word: bool = False


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion: its kind, how sure the machine says it is (0 to 1), and why in words."""

    kind: str
    confidence: float
    reasons: tuple[Words, ...]


def suggest(compared: Compared) -> Suggested | None:
    """Return what one passage suggests of the claim, None where the comparison leaves room."""
    if compared.role == "context" or compared.tier >= SECONDARY_TIER:
        return None
    quote_class, flags, similarity = _read(compared.quote_check)
    if quote_class == QuoteClass.ALTERED:
        return _of_altered(compared, flags, similarity)
    if quote_class in STANDS:
        return _of_standing(compared, flags)
    # Where something was said, the same figures and sentences are what was said, not what tests it.
    tests = compared.role == "tests_claim" or (not compared.role and not compared.own_word)
    return _of_sentence(compared, nearest(compared.claim, compared.passage)) if tests else None


def suggest_not_found(compared: Sequence[Compared]) -> Suggested | None:
    """Return that nothing which came back tests the claim, None where something may."""
    if not compared:
        return _suggested(NOT_FOUND, "nothing came back", words("the search came back with nothing"))
    if any(map(_may_test, compared)):
        return None
    told = words("%(count)s passages came back: none speaks of the same thing in like words", count=len(compared))
    return _suggested(NOT_FOUND, "nothing that came back is like it", told)


def _read(check: QuoteCheck | Mapping[str, Any] | None) -> tuple[str, frozenset[str], float]:
    """Return class, flags and similarity of a quote check; no class where there is none."""
    if check is None:
        return "", frozenset(), 0.0
    if isinstance(check, QuoteCheck):
        return str(check.quote_class), frozenset(check.flags), check.similarity
    return str(check["class"]), frozenset(check["flags"]), float(check.get("similarity", 0.0))


def _longest(compared: Compared) -> int:
    return max((len(quotation.split()) for quotation in compared.quotations), default=0)


def _of_altered(compared: Compared, flags: frozenset[str], similarity: float) -> Suggested | None:
    matters = [told for flag, told in MATTERS.items() if flag in flags]
    if not matters or "wrong_speaker" in flags or similarity < RECOGNISED or _longest(compared) < TELLING_WORDS:
        return None
    if compared.own_word:
        row = "altered where it matters, in the speaker's own record"
        return _suggested(ALTERED_QUOTATION, row, *matters, words("it is the speaker’s own record"))
    return _suggested(ALTERED_QUOTATION, "altered where it matters, in another record", *matters)


def _of_standing(compared: Compared, flags: frozenset[str]) -> Suggested | None:
    """Return `supported` where the claim is the quotation, all of it stands there, and nothing beside it warns."""
    quoted = _longest(compared)
    part = quoted / max(1, len(compared.claim.split()))
    if (
        flags
        or quoted < TELLING_WORDS
        or part < QUOTED_SHARE
        or any(check["warns"] for check in compared.figure_checks)
    ):
        return None
    told = words("the quoted words stand here")
    if compared.own_word:
        row = "quotation stands in the speaker's own record"
        return _suggested(SUPPORTED, row, told, words("it is the speaker’s own record"))
    return _suggested(SUPPORTED, "quotation stands in another record", told)


def _of_sentence(compared: Compared, near: Nearest) -> Suggested | None:
    # A figure of another sentence may be of another thing.
    here = [check for check in compared.figure_checks if check["source"] in near.sentence]
    differing = [check for check in here if check["outcome"] == "differs" and check["warns"]]
    agreeing = [check for check in here if check["outcome"] in AGREEING and not check["warns"]]
    if differing and near.shared >= LIKE and not agreeing:
        return _of_differing(near, list(_pairs(differing)))
    if near.opposed and near.shared >= NEARLY and not differing:
        told = words("nearly the same sentence stands here")
        return _suggested(CONTRADICTED, "nearly the same sentence, the opposite", told, near.opposed)
    if (
        not near.plain
        or near.opposed
        or any(check["warns"] or check not in agreeing for check in compared.figure_checks)
    ):
        return None
    # That a date agrees tells when, not what.
    if near.shared >= LIKE and any(check["kind"] == "quantity" for check in agreeing):
        nearly = near.shared >= NEARLY
        row = "figures agree in nearly the same sentence" if nearly else "figures agree in a sentence like it"
        return _suggested(SUPPORTED, row, words("the figures agree, in a sentence like the claim’s"))
    if near.shared >= SAME and near.same_numbers:
        return _suggested(SUPPORTED, "the same sentence", words("the same sentence stands here"))
    return None


def _of_differing(near: Nearest, pairs: Sequence[Words]) -> Suggested:
    if near.opposed and near.shared >= NEARLY:
        return _suggested(CONTRADICTED, "figure differs and the sentence is the opposite", *pairs, near.opposed)
    nearly = near.shared >= NEARLY
    row = "figure differs in nearly the same sentence" if nearly else "figure differs in a sentence like it"
    return _suggested(CONTRADICTED, row, *pairs)


def _pairs(checks: Sequence[Mapping[str, Any]]) -> Iterator[Words]:
    for check in checks:
        yield words("“%(claim)s” is claimed, “%(source)s” stands here", claim=check["claim"], source=check["source"])


def _may_test(compared: Compared) -> bool:
    found, _flags, _similarity = _read(compared.quote_check)
    if found and found != QuoteClass.NOT_FOUND:
        return True
    compares = any(check["outcome"] != "not_comparable" for check in compared.figure_checks)
    near = nearest(compared.claim, compared.passage).shared >= LIKE
    return compares or near or covered(compared.claim, compared.passage) >= ABOUT


def _suggested(kind: str, row: str, *reasons: Words) -> Suggested:
    return Suggested(kind, CONFIDENCE[row], reasons)
