"""Why a candidate stands where it stands, in words."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType

from claims.wording import Words, words
from verification.matching.quotes import QuoteCheck, QuoteClass
from verification.ranking.days import known_day
from verification.ranking.found import FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.signals import Signals
from verification.ranking.speakers import issued_by
from verification.ranking.words import listed, longest_shared

MOST_NAMES = 6
SHARED_WORDS = 4
# From where on a signal is worth a word.
SAME_SENTENCE = 0.6
TITLE_SHARE = 0.5
CONTEXT = 0.2
AFFAIR = 0.4
WEEK = 7

OF_CLASS: Mapping[QuoteClass, Words] = MappingProxyType(
    {
        QuoteClass.EXACT: words("the same words stand here"),
        QuoteClass.NORMALISED: words("the same words stand here, with other marks or capitals"),
        QuoteClass.SPELLING: words("the same words stand here, spelled otherwise"),
        QuoteClass.EDITED: words("the quotation stands here, with marked omissions"),
        QuoteClass.ALTERED: words("much like the quotation, but the words differ"),
    }
)


class Hint(Enum):
    """Why words that were found are shown as a hint, not as a match."""

    FEW_WORDS = "few words"
    ALIKE = "alike, by nobody named"


def reasons_for(
    query: ClaimQuery,
    document: FoundDocument,
    signals: Signals,
    check: QuoteCheck | None,
    speaker_absent: bool,
    hint: Hint | None,
) -> tuple[Words, ...]:
    """Return what speaks for a document, the strongest first; at least one reason."""
    told: list[Words] = []
    values = signals.values
    if check and check.quote_class in OF_CLASS:
        told.append(OF_CLASS[check.quote_class])
        if "wrong_speaker" in check.flags and check.turn_speaker:
            told.append(words("here %(speaker)s says them", speaker=check.turn_speaker))
        elif speaker_absent and query.speaker:
            told.append(words("%(speaker)s is not named here", speaker=query.speaker))
    elif hint is Hint.FEW_WORDS:
        told.append(words("the quoted words occur here, but so few of them do not tell whose they are"))
    elif hint is Hint.ALIKE:
        told.append(words("much the same words stand here, but %(speaker)s is not named", speaker=query.speaker))
    elif not check and values["likeness"] >= SAME_SENTENCE:
        told.append(words("nearly the same sentence stands here"))
    if signals.figures:
        told.append(words("has the same figures: %(figures)s", figures=listed(signals.figures)))
    if signals.names:
        told.append(words("names %(names)s", names=listed(signals.names[:MOST_NAMES])))
    if values["title_share"] >= TITLE_SHARE:
        told.append(words("the title speaks of the same"))
    if query.speaker and values["speaker"]:
        told.append(
            words("published by %(speaker)s", speaker=query.speaker)
            if issued_by(query.speaker, document)
            else words("the title names %(speaker)s", speaker=query.speaker)
        )
    if values["anchor"]:
        told.append(words("the article quotes this document"))
    told += _days(query, document.published)
    if values["affair"] >= AFFAIR:
        told.append(words("from the same days as other documents that fit the article"))
    if document.context_score >= CONTEXT:
        told.append(words("shares much with the rest of the article"))
    if not told:
        shared = longest_shared(query.text, document.title + "\n" + _texts(document), SHARED_WORDS)
        told.append(
            words("has the words %(words)s", words=listed(shared)) if shared else words("has words of the claim")
        )
    return tuple(told)


def _days(query: ClaimQuery, published: date | None) -> list[Words]:
    day = known_day(query)
    if day is None or published is None:
        return []
    said = day == query.said
    if published == day:
        return [words("published the day the words were said") if said else words("published the day of the article")]
    if abs((published - day).days) <= WEEK:
        return [words("published on %(date)s, the same week", date=published.isoformat())]
    return []


def _texts(document: FoundDocument) -> str:
    return "\n".join(extract.text for extract in document.extracts)
