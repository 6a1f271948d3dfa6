"""Holds the words of a claim against whole documents, and says what that is worth for the order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from verification.matching.quotes import QuoteCheck, QuoteClass, check_quote
from verification.ranking.days import days_apart, known_day
from verification.ranking.found import FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.scored import Hint, Scored
from verification.ranking.speakers import known_by, names_speaker, own_word, surname

# So many documents of the best by score, and of the best by likeness, are read in full.
CHECKED = 10
# What a quotation's class adds. `altered` counts by its similarity, squared: "much like it" is not "it".
OF_CLASS: Mapping[QuoteClass, float] = {
    QuoteClass.EXACT: 8.0,
    QuoteClass.NORMALISED: 8.0,
    QuoteClass.SPELLING: 7.5,
    QuoteClass.EDITED: 7.5,
    QuoteClass.ALTERED: 4.0,
    QuoteClass.NOT_FOUND: 0.0,
}
# From here on a document holds the words: the classes but `altered`.
HELD = 7.5
WRONG_SPEAKER = -3.0
# The like words stand in a text that does not name the speaker; a line or two (characters) cannot.
SPEAKER_ABSENT = -2.0
LONG_ENOUGH = 600
# A quotation of fewer words proves less.
TELLING_WORDS = 8
# A claim of whose words this share is one quotation is looked for by the quotation.
MOSTLY = 0.8
# So few words ("complete agreement") stand in many texts: found in one that is not their speaker's
# own, they are no match to show, only a hint.
FEW_WORDS = 3
# Of texts that hold the same words, those of the day come first; without a day the earliest, which others repeat.
OCCASION = 2.0
EARLIEST = 1.0
WEEK = 7
# A sentence that is this likely copied (likeness as it counts) is held against the text although nothing marks it.
MAYBE_VERBATIM = 0.3
FEWEST_WORDS = 3
# What a likely copy counts besides, as a quotation's likeness does.
COPIED = 4.0

ReadTexts = Callable[[Sequence[int]], Mapping[int, str]]


def in_order(scored: Sequence[Scored]) -> list[Scored]:
    """Return documents by score, equals by number."""
    return sorted(scored, key=lambda each: (-each.score, each.document.id))


def check_texts(
    query: ClaimQuery, scored: Sequence[Scored], read_texts: ReadTexts, limit: int, also: Collection[int] = ()
) -> list[Scored]:
    """Check the words against the documents at the top, those with the likest passages, and `also`; return the new
    order.

    What moves up when others move down is checked in its turn, so that each of the `limit` first was checked. A claim
    without quotation marks is checked where it may stand word for word, and nowhere else.
    """
    likest = sorted(scored, key=lambda each: -each.signals.likest)[:CHECKED]
    if query.quotations:
        pending = {*also, *(each.document.id for each in (*scored[: max(CHECKED, limit)], *likest))}
    else:
        maybe = len(query.text.split()) >= FEWEST_WORDS
        pending = {each.document.id for each in likest if maybe and each.signals.likest >= MAYBE_VERBATIM}
    done: set[int] = set()
    ordered = list(scored)
    while pending:
        texts = read_texts(sorted(pending))
        ordered = in_order([_check(query, each, texts.get(each.document.id)) for each in ordered])
        done |= pending
        pending = {each.document.id for each in ordered[:limit]} - done if query.quotations else set()
    return in_order(_by_occasion(query, ordered))


def _check(query: ClaimQuery, scored: Scored, text: str | None) -> Scored:
    if text is None:
        return scored
    wordings = query.quotations or (query.text,)
    checks = _check_each(wordings, _worth_reading(query, wordings, scored, text), query.speaker)
    words = sum(len(wording.split()) for wording in checks)
    share = sum(_worth(check) * len(wording.split()) / words for wording, check in checks.items())
    main = checks[max(wordings, key=len)]
    absent = main.start is not None and not names_speaker(query.speaker, scored.document, text)
    score = scored.score + share * min(1.0, words / TELLING_WORDS)
    score += SPEAKER_ABSENT * (absent and len(text) >= LONG_ENOUGH)
    if not query.quotations:
        score += COPIED * scored.signals.likest
        # What looks like a sentence is no quotation until somebody marks it as one.
        return replace(scored, score=score, worth=share, verbatim=share >= HELD)
    hint = _only_a_hint(query, scored.document, main, absent)
    check = None if hint else main
    return replace(scored, score=score, worth=share, check=check, speaker_absent=absent, hint=hint)


def _worth_reading(query: ClaimQuery, wordings: Sequence[str], scored: Scored, text: str) -> str:
    """Return the text, or nothing where its passages nearest to a longer quotation are not like it at all.

    Reading a long transcript takes some milliseconds. Where a claim says more than it quotes, the passages are those
    nearest to what it says.
    """
    words = [len(wording.split()) for wording in wordings]
    if scored.signals.likest or min(words) < TELLING_WORDS or max(words) < MOSTLY * len(query.text.split()):
        return text
    passages = "\n\n".join(extract.text for extract in scored.document.extracts)
    found = _check_each(wordings, passages, None).values()
    return text if any(check.start is not None for check in found) else ""


def _check_each(wordings: Sequence[str], text: str, speaker: str | None) -> dict[str, QuoteCheck]:
    return {wording: check_quote(wording, text, speaker=speaker) for wording in wordings}


def _by_occasion(query: ClaimQuery, scored: Sequence[Scored]) -> list[Scored]:
    """Tell texts apart that hold the same words: by the day, or without one by who was first."""
    day = known_day(query)
    held = {each.document.id for each in scored if each.worth >= HELD}
    if len(held) < 2:
        return list(scored)
    days = [each.document.published for each in scored if each.document.id in held and each.document.published]
    first = min(days, default=None)

    def bonus(each: Scored) -> float:
        published = each.document.published
        if each.document.id not in held or (day is None and published is None):
            return 0.0
        return EARLIEST * (published == first) if day is None else OCCASION / (1 + days_apart(published, day) / WEEK)

    return [replace(each, score=each.score + bonus(each)) for each in scored]


def _only_a_hint(query: ClaimQuery, document: FoundDocument, check: QuoteCheck, absent: bool) -> Hint | None:
    """Return why words that were found are no match to show as one, or None where they are.

    Too few words do not tell whose they are, and words much like a person's in a text that does not name the person
    are no alteration of that text. A transcript's turn of another speaker is told by its flag instead.
    """
    if check.start is None or "wrong_speaker" in check.flags:
        return None
    if absent and check.quote_class is QuoteClass.ALTERED:
        return Hint.ALIKE
    turn = surname(check.turn_speaker) if check.turn_speaker else ""
    named = bool(turn) and known_by(query.speaker or "") == turn
    few = len(max(query.quotations, key=len).split()) <= FEW_WORDS
    return Hint.FEW_WORDS if few and not named and not own_word(query.speaker, document) else None


def _worth(check: QuoteCheck) -> float:
    worth = OF_CLASS[check.quote_class]
    if check.quote_class is QuoteClass.ALTERED:
        worth *= check.similarity**2
    return worth + (WRONG_SPEAKER if "wrong_speaker" in check.flags else 0.0)
