"""A claim out of a span of which no grammar is known: what its marks, figures and names tell, and no more."""

from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.contract import Attribution, ExtractedClaim, Quantity, Quotation, selector
from claims.extraction.numbers.other_numerals import figures
from claims.extraction.numbers.quantities import quantities
from claims.extraction.other_speech import SPEECH
from claims.extraction.sentences import Span
from claims.extraction.shown import text_of
from claims.extraction.worth import reasons, score, tells
from claims.extraction.worth_sources import source_features

ENGLISH = "en"
QUOTED_WORDS = 4
"""Quoted words from which a quotation is a claim of its own; fewer are a phrase."""


def plain_claim(
    text: str,
    start: int,
    end: int,
    kind: str,
    attribution: Attribution,
    quotations: Sequence[Quotation] = (),
    quantities: Sequence[Quantity] = (),
    flags: Sequence[str] = (),
    shown: str | None = None,
) -> ExtractedClaim:
    """Return the claim at `text[start:end]`, weighed by what is evident of it.

    `quotations` and `quantities` are those inside the span; `shown` is the text for people, where it is not the span.
    """
    features = evident(attribution, quotations, quantities)
    return ExtractedClaim(
        selector=selector(text, start, end),
        kind=kind,
        text=text_of(kind, shown or text[start:end]),
        attribution=attribution,
        quotations=tuple(quotations),
        quantities=tuple(quantities),
        said=None,
        said_precision=None,
        score=score(features),
        reasons=reasons(features),
        flags=(*(["no_speaker"] if quotations and attribution.speaker is None else []), *flags),
        asserts=("quantity",) if "figure" in features else (),
        features=tuple(features.items()),
    )


def evident(
    attribution: Attribution, quotations: Sequence[Quotation], quantities: Sequence[Quantity]
) -> dict[str, float]:
    """Return the features that can be told in any language: how the source is known, own words, and figures."""
    figure = {"figure": 1.0} if any(tells(quantity) for quantity in quantities) else {}
    return {**source_features(attribution, quotations), **figure}


def figures_in(text: str, language: str, span: Span) -> tuple[Quantity, ...]:
    """Return the figures of `text[span]` in order, with offsets into `text`; none in a language not read for them."""
    if language == ENGLISH:
        return quantities(text, *span)
    if language not in SPEECH:
        return ()
    start = span[0]
    return tuple(
        replace(figure, start=figure.start + start, end=figure.end + start)
        for figure in figures(text[slice(*span)], language)
    )
