"""From a stretch of the article to a claim: its kind, parts and figures, how it stands alone, and what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from claims.extraction.asserting import asserted, is_opinion
from claims.extraction.compound import clauses
from claims.extraction.compound import span as span_of
from claims.extraction.contract import Attribution, ExtractedClaim, Link, Part, Quotation, selector
from claims.extraction.numbers.periods import periods
from claims.extraction.numbers.quantities import quantities
from claims.extraction.reading import Reading
from claims.extraction.sentences import Span
from claims.extraction.shown import as_shown, text_of
from claims.extraction.standing_alone import day_edits, due_on, pronoun_edits, reminder_edits, reworded
from claims.extraction.worth import features, reasons, score

_LEAD = 2
"""Paragraphs of prose that are the top of an article."""


@dataclass(slots=True)
class Draft:
    """A claim before it is finished. `text` is what is shown to people."""

    start: int
    end: int
    kind: str
    text: str
    attribution: Attribution
    said: date | None = None
    flags: list[str] = field(default_factory=list)
    chain: tuple[Link, ...] = ()


class Surroundings:
    """The article around a claim: its day, its people, the sentence before, and how far down one has read."""

    def __init__(self, reading: Reading, published: date | None) -> None:
        """Begin at the top."""
        self.reading, self.published = reading, published
        self._paragraphs = 0
        self._last: str | None = None

    @property
    def at_the_top(self) -> bool:
        """Whether the paragraph that is read is one of the first."""
        return self._paragraphs < _LEAD

    def leave(self, doc: Doc) -> None:
        """Go on to the next paragraph; a line without a sentence in it is none."""
        sentences = [sentence.text.strip() for sentence in doc.sents]
        if sentences and sentences[-1].endswith((".", "!", "?", "”", '"', "’")):
            self._paragraphs += 1
            self._last = sentences[-1]

    def sentence_before(self, token: Token) -> str | None:
        """Return the sentence before the one a token stands in, None at the top of the article."""
        start = token.sent.start
        return token.doc[start - 1].sent.text.strip() if start > 0 else self._last


def finished(draft: Draft, around: Surroundings, offset: int, doc: Doc) -> ExtractedClaim:
    """Return the claim of a draft in the paragraph `doc`, which begins at character `offset` of the article."""
    text, span = around.reading.text, (draft.start, draft.end)
    tokens = _within(doc, span, offset)
    inside = around.reading.quotes_between(draft.start - 2, draft.end)
    quotes = tuple(
        Quotation(quote.start, quote.end, text[quote.start : quote.end])
        for quote in inside
        if draft.start <= quote.start and quote.end <= draft.end
    )
    figures = quantities(text, *span)
    asserts = asserted(tokens, figures, vowed=draft.attribution.sort == "vow")
    weighed = features(tokens, draft.attribution, quotes, lead=around.at_the_top)
    return ExtractedClaim(
        selector=selector(text, *span),
        kind="opinion" if not asserts and is_opinion(tokens) else draft.kind,
        text=text_of(draft.kind, draft.text),
        attribution=draft.attribution,
        quotations=quotes,
        quantities=figures,
        said=draft.said,
        said_precision="day" if draft.said is not None else None,
        score=score(weighed),
        reasons=reasons(weighed),
        flags=tuple(draft.flags),
        asserts=asserts,
        features=tuple(weighed.items()),
        wording=_alone(tokens, span, around, offset),
        parts=_parts(tokens, around, offset),
        chain=draft.chain,
        due=due_on(periods(text[slice(*span)], around.published), around.published)
        if "prediction" in asserts
        else None,
    )


def _within(doc: Doc, span: Span, offset: int) -> list[Token]:
    found = doc.char_span(span[0] - offset, span[1] - offset, alignment_mode="expand")
    return list(found) if found is not None else []


def _alone(tokens: Sequence[Token], span: Span, around: Surroundings, offset: int) -> str | None:
    reading = around.reading
    if not tokens:
        return None
    return reworded(
        reading.text,
        span,
        [
            *pronoun_edits(tokens, offset, reading.named, reading.is_quoted),
            *day_edits(reading.text, span, around.published, reading.is_quoted),
            *reminder_edits(tokens, offset, around.sentence_before(tokens[0]), reading.is_quoted),
        ],
    )


def _parts(tokens: Sequence[Token], around: Surroundings, offset: int) -> tuple[Part, ...]:
    """Return the parts that assert something, if there are several."""
    found = []
    several = clauses(tokens)
    for clause in several if len(several) > 1 else ():
        start, end = span_of(clause, offset)
        asserts = asserted(clause, quantities(around.reading.text, start, end))
        if asserts:
            exact = around.reading.text[start:end]
            wording = _alone(clause, (start, end), around, offset) or as_shown(exact)
            found.append(Part(start, end, exact, asserts, wording if wording != exact else None))
    return tuple(found) if len(found) > 1 else ()
