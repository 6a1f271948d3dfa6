"""Two things are looked for: where the words were said, and what tests the claim.

What tests a claim often holds none of its words: a party's own account of the event, named by its participants, its
subject and its days. It is found by what it shares with the article around the claim, and kept a place.
"""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from verification.ranking.days import days_apart, is_another_event, known_day
from verification.ranking.query import ClaimQuery
from verification.ranking.scored import Scored

# The values of verification.models.Role.
SAID_WHERE = "said_where"
TESTS_CLAIM = "tests_claim"
CONTEXT = "context"

# What an institution says of an event in its own name tests what others say of it.
OWN_ACCOUNT: Mapping[str, float] = MappingProxyType(
    {"readout": 2.0, "statement": 1.5, "dataset": 1.5, "order": 1.0, "fact_sheet": 1.0}
)
# Weights of the share in the article's words, of its names, of its days, and of the title. No rows to fit them on
# exist; they were set so that the one read by hand comes first with its day and without.
OF_CONTEXT, OF_NAMES, OF_DAYS, OF_TITLE, OF_ANCHOR, OF_SPEAKER = 10.0, 2.0, 3.0, 2.0, 3.0, 1.0
# So many of an article's names are as good as all.
ENOUGH_NAMES = 4
WEEK = 7
# From here on a document is worth a place for what it tests.
TESTING = 6.0
# A document that shares this much with the article belongs to its background.
BACKGROUND = 0.2
# So many places are kept for what tests the claim, the first of them right behind the words themselves.
PLACES = 3


def testing(query: ClaimQuery, each: Scored) -> float:
    """Return how well a document may test a claim, the quotation's own words left aside; 0 and more."""
    document, signals = each.document, each.signals
    day = known_day(query)
    near = math.exp(-days_apart(document.published, day) / WEEK) if day else signals.values["affair"]
    return (
        OF_CONTEXT * document.context_score
        + OF_NAMES * min(1.0, len(signals.participants) / ENOUGH_NAMES)
        + OF_DAYS * near
        + OF_TITLE * signals.values["title_share"]
        + OF_ANCHOR * signals.values["anchor"]
        + OF_SPEAKER * signals.values["speaker"]
        + OWN_ACCOUNT.get(document.kind, 0.0)
        - document.tier / 2
    )


def role_of(query: ClaimQuery, each: Scored) -> str:
    """Return what a document is proposed for, empty where nothing tells."""
    if is_where_said(query, each):
        return SAID_WHERE
    if may_test(query, each) and testing(query, each) >= TESTING:
        return TESTS_CLAIM
    found = each.verbatim or each.hint is not None or (each.check is not None and each.check.start is not None)
    return CONTEXT if found or each.document.context_score >= BACKGROUND else ""


def is_where_said(query: ClaimQuery, each: Scored) -> bool:
    """Tell whether the words stand here as the speaker's, on the day of the claim as far as days are known."""
    found = each.verbatim or (each.check is not None and each.check.start is not None)
    others = each.speaker_absent or (each.check is not None and "wrong_speaker" in each.check.flags)
    return found and not others and not is_another_event(each.document.published, query)


def may_test(query: ClaimQuery, each: Scored) -> bool:
    """Tell whether a document can be what tests the claim: it is no copy of the words, and of the claim's days."""
    if each.check is not None and each.check.start is not None and each.hint is None:
        return False
    return bool(query.context) and not is_another_event(each.document.published, query)


def best_tests(query: ClaimQuery, scored: Sequence[Scored]) -> list[Scored]:
    """Return the few documents that test the claim best, best first."""
    able = [(testing(query, each), each) for each in scored if may_test(query, each)]
    best = sorted((pair for pair in able if pair[0] >= TESTING), key=lambda pair: -pair[0])
    return [each for _, each in best[:PLACES]]


def keep_places(query: ClaimQuery, ordered: Sequence[Scored], limit: int) -> list[Scored]:
    """Return the `limit` first, among them what tests a claim best: one right behind the first, others before the end.

    The first place is never given away, and a claim that quotes nothing keeps its order: what tells of it tests it.
    """
    first = list(ordered[:limit])
    if not query.quotations or limit <= PLACES:
        return first
    best = best_tests(query, ordered)
    missing = [each for each in best if each not in first]
    if missing:
        spare = [each for each in first[1:] if each not in best][-len(missing) :]
        first = [each for each in first if each not in spare] + missing
    if best and best[0] is not first[0]:
        first.remove(best[0])
        first.insert(1, best[0])
    return first
