"""Why a candidate stands where it stands, in words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from claims.wording import Words, words
from verification.matching.quotes import QuoteClass
from verification.matching.turns import is_reporters
from verification.ranking.days import is_another_event, known_day
from verification.ranking.figures import same_figures
from verification.ranking.found import FoundDocument
from verification.ranking.query import ClaimQuery
from verification.ranking.scored import Hint, Scored
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
MONTH = 30.44
# A distance is told in months from here on.
FEW_MONTHS = 2
SOME_NAMES = 2

OF_CLASS: Mapping[QuoteClass, Words] = MappingProxyType(
    {
        QuoteClass.EXACT: words("the same words stand here"),
        QuoteClass.NORMALISED: words("the same words stand here, with other marks or capitals"),
        QuoteClass.SPELLING: words("the same words stand here, spelled otherwise"),
        QuoteClass.EDITED: words("the quotation stands here, with marked omissions"),
        QuoteClass.ALTERED: words("much like the quotation, but the words differ"),
    }
)


def reasons_for(query: ClaimQuery, scored: Scored) -> tuple[Words, ...]:
    """Return what speaks for a document, the strongest first; at least one reason."""
    document, signals = scored.document, scored.signals
    told = _words_found(query, scored)
    if told and is_another_event(document.published, query):
        told.append(_another_event(query, document.published))
    figures = same_figures(signals.figures, query.text, [extract.text for extract in document.extracts])
    if figures:
        told.append(words("has the same figures: %(figures)s", figures=listed(figures)))
    if signals.names:
        told.append(words("names %(names)s", names=listed(signals.names[:MOST_NAMES])))
    if len(signals.participants) >= SOME_NAMES:
        others = listed(signals.participants[:MOST_NAMES])
        told.append(words("also names %(names)s, as the article does", names=others))
    if signals.values["title_share"] >= TITLE_SHARE:
        told.append(words("the title speaks of the same"))
    if query.speaker and signals.values["speaker"]:
        told.append(
            words("published by %(speaker)s", speaker=query.speaker)
            if issued_by(query.speaker, document)
            else words("the title names %(speaker)s", speaker=query.speaker)
        )
    if signals.values["anchor"]:
        told.append(words("the article quotes this document"))
    told += _days(query, document.published)
    if signals.values["affair"] >= AFFAIR:
        told.append(words("from the same days as other documents that fit the article"))
    if document.context_score >= CONTEXT:
        told.append(words("shares much with the rest of the article"))
    if not told:
        shared = longest_shared(query.text, document.title + "\n" + _texts(document), SHARED_WORDS)
        told.append(
            words("shares words with the claim: %(words)s", words=listed(shared))
            if shared
            else words("has words of the claim")
        )
    return tuple(told)


def _words_found(query: ClaimQuery, scored: Scored) -> list[Words]:
    """Return in what way the claim's words stand in the document; nothing where they do not."""
    check = scored.check
    if check and check.quote_class in OF_CLASS:
        told = [OF_CLASS[check.quote_class]]
        if "wrong_speaker" in check.flags and check.turn_speaker:
            told.append(
                words("here a reporter says them")
                if is_reporters(check.turn_speaker)
                else words("here %(speaker)s says them", speaker=check.turn_speaker)
            )
        elif scored.speaker_absent and query.speaker:
            told.append(words("%(speaker)s is not named here", speaker=query.speaker))
        return told
    if scored.hint is Hint.FEW_WORDS:
        return [words("the quoted words occur here, but so few of them do not tell whose they are")]
    if scored.hint is Hint.ALIKE:
        return [words("much the same words stand here, but %(speaker)s is not named", speaker=query.speaker)]
    if scored.verbatim:
        return [words("the same sentence stands here, word for word")]
    if not check and scored.signals.values["likeness"] >= SAME_SENTENCE:
        return [words("nearly the same sentence stands here")]
    return []


def _another_event(query: ClaimQuery, published: date | None) -> Words:
    """Return how far from the claim its words stand; both days are known."""
    day = known_day(query)
    days = (day - published).days if day and published else 0
    months = round(abs(days) / MONTH)
    if months >= FEW_MONTHS:
        if days > 0:
            return words("another event: %(months)s months before the claim", months=months)
        return words("another event: %(months)s months after the claim", months=months)
    if days > 0:
        return words("another event: %(days)s days before the claim", days=days)
    return words("another event: %(days)s days after the claim", days=-days)


def _days(query: ClaimQuery, published: date | None) -> list[Words]:
    day = known_day(query)
    if day is None or published is None:
        return []
    said = day == query.said
    if published == day:
        return [words("published the day the words were said") if said else words("published the day of the article")]
    if abs((published - day).days) <= WEEK:
        when = {"date": _readable(published)}
        return [
            words("published on %(date)s, the week the words were said", **when)
            if said
            else words("published on %(date)s, the week of the article", **when)
        ]
    return []


def _readable(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _texts(document: FoundDocument) -> str:
    return "\n".join(extract.text for extract in document.extracts)
