"""Which attributions and sentences become claims, and over which stretch of the text.

One sentence gives one claim for each source in it: a quotation takes precedence over the report around it, an outer
statement over what is nested in it, and a figure that nobody is credited with is the outlet's own. What only tells
somebody's thoughts or wishes, questions, headings and page furniture give none. Of what the outlet asserts itself,
what holds a figure is a claim, and what else can be tested if it is as worth checking as those of others.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from claims.extraction.asserting import asserted
from claims.extraction.chains import chain_around, chain_within, reach
from claims.extraction.contract import Attribution, ExtractedClaim, Link, Quotation
from claims.extraction.finishing import Draft, Surroundings, finished
from claims.extraction.names import ROLES, SPEAKERS, SPEAKING_PRONOUNS
from claims.extraction.numbers.quantities import quantities
from claims.extraction.prose import is_finished, is_question, is_statement
from claims.extraction.reading import Read, Reading
from claims.extraction.said import said_on
from claims.extraction.sentences import Span, sentences
from claims.extraction.worth import features_of, score, tells

_QUOTED_WORDS = 4
"""Quoted words from which a quotation is a claim of its own; fewer are a phrase within a report."""

_STATED_WORDS = 4
_OWN_WORTH = (0.5, 0.75)
"""The score from which the outlet's own word without a figure is a claim: where the model calls it worth checking, and
where it calls it clearly so for what tells of nothing but an event, as most sentences of news do."""
_CLAIMED = frozenset(["say", "judge", "urge", "vow", "show"])
_NOT_A_SOURCE = frozenset(["i", "we", "you", "one", "who", "which", "that", "it", "this"])


def choose(reading: Reading, published: date | None) -> tuple[ExtractedClaim, ...]:
    """Return the claims of an article in the order of the text; none overlaps another."""
    by_paragraph: dict[int, list[Read]] = {}
    for read in reading.attributions:
        by_paragraph.setdefault(read.offset, []).append(read)
    claims: list[ExtractedClaim] = []
    around = Surroundings(reading, published)
    for (start, _), doc in reading.parsed:
        drafts = _of_paragraph(reading.text, start, doc, by_paragraph.get(start, []), published)
        claims += [finished(draft, around, start, doc) for draft in _without_overlaps(drafts)]
        around.leave(doc)
    return tuple(claims)


def _of_paragraph(text: str, start: int, doc: Doc, reads: Sequence[Read], published: date | None) -> list[Draft]:
    quoted: list[Draft] = []
    reported: list[Draft] = []
    own: list[Draft] = []
    said: date | None = None
    for sentence in doc.sents:
        if not is_finished(sentence.text):
            continue
        span = _span(sentence, start)
        here = [read for read in reads if sentence.start <= read.found.anchor.i < sentence.end]
        for read in here:
            if read.attribution.quotations:
                said = said if read.attribution.carried else said_on(sentence, start, read, published)
                quoted += _quotation(text, sentence, start, read, said, chain_around(read, reads))
        if is_statement(sentence):
            reported += _statements(text, sentence, start, here, published)
            kind = _own_kind(text, sentence, span, credited=bool(here))
            if kind:
                own.append(Draft(*span, kind, text[slice(*span)], _record(here, span)))
    return [*quoted, *reported, *own]


def _own_kind(text: str, sentence: Tokens, span: Span, *, credited: bool) -> str | None:
    """Return what the outlet itself asserts in a sentence, None where that is nothing to check.

    Where somebody is `credited` with anything in it, only a figure counts.
    """
    figures = quantities(text, *span)
    if any(tells(quantity) for quantity in figures):
        return "quantity"
    if credited:
        return None
    kinds = asserted(list(sentence), figures)
    if not kinds or score({**features_of(list(sentence)), "outlet": 1.0}) < _OWN_WORTH[kinds == ("event",)]:
        return None
    return kinds[0]


def _quotation(
    text: str, sentence: Tokens, start: int, read: Read, said: date | None, chain: tuple[Link, ...]
) -> Iterator[Draft]:
    attribution = read.attribution
    quotes = attribution.quotations
    if not _is_quotable(quotes) or _is_author(attribution):
        return
    flags = _flags(attribution)
    if attribution.sort == "quote" and not _stands_alone(sentence, start, quotes):
        span = _span(sentence, start)
        yield Draft(*span, "quotation", text[slice(*span)], attribution, said, [*flags, "fragment"], chain)
        return
    first, last = min(begin for begin, _ in attribution.content), max(end for _, end in attribution.content)
    if _words_outside(text, attribution):
        if not is_statement(sentence):
            return
        first = _without_that(text, first)
        yield Draft(first, last, "quotation", text[first:last], attribution, said, [*flags, "fragment"], chain)
        return
    if len(quotes) > 1:
        flags.append("split")
    if len(sentences(text, quotes[0].start, quotes[-1].end)) > 2:
        flags.append("long")
    words = " … ".join(quote.text for quote in quotes)
    yield Draft(quotes[0].start, quotes[-1].end, "quotation", words, attribution, said, flags, chain)


def _statements(
    text: str, sentence: Tokens, start: int, reads: Sequence[Read], published: date | None
) -> Iterator[Draft]:
    sources: dict[str, list[Read]] = {}
    for read in _outermost([read for read in reads if _is_report(text, read)]):
        sources.setdefault(read.attribution.speaker or read.attribution.mention or "", []).append(read)
    for group in sources.values():
        main, chain = chain_within(group[0], reads, partial(_hands_on, text)) if len(group) == 1 else (group[0], ())
        span = (
            reach(main) if len(group) == 1 and _is_clause(main) else _whole(sentence, start, group, len(sources) == 1)
        )
        first = _without_that(text, span[0])
        if len(text[first : span[1]].split()) >= _STATED_WORDS:
            said = said_on(sentence, start, group[0], published)
            words, flags = text[first : span[1]], _flags(main.attribution)
            yield Draft(first, span[1], "statement", words, main.attribution, said, flags, chain)


def _record(reads: Sequence[Read], span: Span) -> Attribution:
    """Return whom the outlet relies on for a figure (`according to court records`), else the outlet's own assertion."""
    named = [read.attribution for read in reads if read.found.anchor.lower_ == "according"]
    return named[0] if named else Attribution(content=(span,))


def _is_report(text: str, read: Read) -> bool:
    attribution = read.attribution
    if attribution.span is None or attribution.sort not in _CLAIMED or _is_author(attribution):
        return False
    if attribution.quotations and not _words_outside(text, attribution):
        return False  # a quotation, and one that is no claim
    if read.found.anchor.dep_ in ("relcl", "acl") and not _is_clause(read):
        return False  # `groups backing the bill`: tells which groups, states nothing of theirs
    return attribution.speaker is not None or (read.found.anchor.pos_ not in ("NOUN", "ADJ") and _can_speak(read))


def _hands_on(text: str, read: Read) -> bool:
    """Tell whether a source within another's report says something itself: who refuses or praises only acts there."""
    return read.attribution.sort == "say" and _is_report(text, read) and _is_clause(read)


def _can_speak(read: Read) -> bool:
    """Tell whether an unnamed source is one that speaks: a person, a group, a document that states something."""
    source = read.found.source
    return source is not None and (
        source.root.lower_ in SPEAKING_PRONOUNS or source.root.lemma_.lower() in ROLES | SPEAKERS
    )


def _is_author(attribution: Attribution) -> bool:
    return attribution.mention is not None and attribution.mention.lower() in _NOT_A_SOURCE


def _is_quotable(quotes: Sequence[Quotation]) -> bool:
    """Tell whether quoted words can be a claim: enough of them, no title in capitals, not only questions."""
    words = [word for quote in quotes for word in quote.text.split()]
    if len(words) < _QUOTED_WORDS:
        return False
    if sum(word[0].isupper() for word in words) > 0.6 * len(words) and words[-1][-1] not in ".,!?":
        return False
    return not all(is_question(quote.text[slice(*span)]) for quote in quotes for span in sentences(quote.text))


def _stands_alone(sentence: Tokens, start: int, quotes: Sequence[Quotation]) -> bool:
    """Tell whether the sentence of a quotation holds nothing else."""
    return not any(
        token.is_alpha and not any(quote.start <= start + token.idx < quote.end for quote in quotes)
        for token in sentence
    )


def _outermost(reads: Sequence[Read]) -> list[Read]:
    """Return the attributions that do not stand inside the content of another."""
    return [
        read
        for read in reads
        if not any(
            other is not read and _inside(read.attribution.cue_span or reach(read), reach(other)) for other in reads
        )
    ]


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_clause(read: Read) -> bool:
    """Tell whether the content stands alone: a subject with its verb, both inside it."""
    doc, (start, end) = read.found.anchor.doc, reach(read)
    inside = {token.i for token in doc if start <= read.offset + token.idx < end}
    return any(doc[index].dep_ in ("nsubj", "nsubjpass", "expl") and doc[index].head.i in inside for index in inside)


def _whole(sentence: Tokens, start: int, group: Sequence[Read], alone: bool) -> Span:
    """Return the sentence, or, where it holds another source's statement too, this source's part of it."""
    if alone:
        return _span(sentence, start)
    spans = [reach(read) for read in group]
    spans += [read.attribution.cue_span for read in group if read.attribution.cue_span is not None]
    low, high = _span(sentence, start)
    spans += [
        read.attribution.span for read in group if read.attribution.span is not None and low <= read.attribution.span[0]
    ]
    return max(low, min(first for first, _ in spans)), min(high, max(last for _, last in spans))


def _flags(attribution: Attribution) -> list[str]:
    flags = []
    if attribution.speaker is None:
        flags.append("no_speaker")
    elif attribution.mention is not None and attribution.mention.lower() in ("he", "she", "him", "her", "his"):
        flags.append("pronoun")
    if attribution.carried:
        flags.append("carried")
    return flags


def _words_outside(text: str, attribution: Attribution) -> int:
    """Return how many words of the content stand outside its quotation marks."""
    frame = [
        index
        for begin, end in attribution.content
        for index in range(begin, end)
        if not any(quote.start <= index < quote.end for quote in attribution.quotations)
    ]
    outside = "".join(
        text[index] if following == index + 1 else text[index] + " " for index, following in pairwise([*frame, -1])
    )
    return len([word for word in re.findall(r"\w+", outside) if word.lower() not in ("that", "how", "as")])


def _without_that(text: str, start: int) -> int:
    return start + 5 if text[start : start + 5].lower() == "that " else start


def _span(sentence: Tokens, start: int) -> Span:
    stripped = sentence.text.strip()
    first = start + sentence.start_char + sentence.text.index(stripped)
    return first, first + len(stripped)


def _without_overlaps(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep of overlapping drafts the earlier listed: quotations before reports before figures."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(draft.start < other.end and other.start < draft.end for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda draft: draft.start)
