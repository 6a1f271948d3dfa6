"""Who said what in one paragraph: reported speech and quotations brought together, and quotations that carry on.

A quotation goes, in this order, to the cue whose content holds it, to the cue that governs it, to a verb of saying
beside it, or, where its sentence holds nothing else, to the source quoted before it. Otherwise nobody is named: in
`The minister “has seen the plan,” at his own request` the text does not tell whose words they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from claims.extraction.clauses import mention, source_of
from claims.extraction.quotations import QuoteSpan
from claims.extraction.reported import Found, reported
from claims.extraction.sentences import Span

_REACH = 8
"""Words between a quotation and a verb of saying that the parser did not join to it (`, the minister told the BBC`)."""

_SCARE = 3
"""Quoted words up to this many, with no cue, are a name, a title or a scare quote and not somebody's statement."""

_INNER = frozenset(["think", "want", "show"])
"""Sorts that yield a quotation to the speech around them: in `she said he wants “it all”` the words are hers."""

_QUOTING = frozenset(["say", "judge", "urge", "vow", "think", "show", "want"])


@dataclass(slots=True)
class Carried:
    """The source that a quotation without a cue of its own goes on quoting, from one paragraph to the next."""

    source: Tokens | None = None


class Marks:
    """The quotations of one paragraph, asked by character or token."""

    def __init__(self, quotes: Sequence[QuoteSpan]) -> None:
        """Take the paragraph's quotations in order, in its own characters."""
        self.quotes = quotes
        self._starts = [quote.outer_start for quote in quotes]

    def at(self, index: int) -> QuoteSpan | None:
        """Return the quotation that holds this character, marks included."""
        place = bisect_right(self._starts, index) - 1
        return self.quotes[place] if place >= 0 and index < self.quotes[place].outer_end else None

    def hold(self, token: Token) -> bool:
        """Tell whether `token` stands inside a quotation or is one of its marks."""
        return self.at(token.idx) is not None


def attribute(doc: Doc, quotes: Sequence[QuoteSpan], carried: Carried) -> list[Found]:
    """Return the attributions of one paragraph in order; `quotes` are in its characters.

    `carried` is read, and left holding the source that a following paragraph of nothing but quotation would continue.
    """
    marks = Marks(quotes)
    found = reported(doc, marks.hold)
    places = [token.idx for token in doc]
    for quote in quotes:
        inside = doc[bisect_right(places, quote.outer_start - 1) : bisect_right(places, quote.outer_end - 1)]
        if not any(token.is_alpha or token.is_digit for token in inside):
            continue
        owner = (
            _before_colon(found, inside)
            or _inside(found, quote)
            or _governing(found, inside, marks)
            or _beside(found, inside, marks)
        )
        if owner is None:
            owner = _loose(found, inside, quote, marks, carried)
            if owner is None:
                continue
            found.append(owner)
        else:
            owner.content = _merged([*owner.content, (quote.outer_start, quote.outer_end)])
        owner.quotes.append(quote)
    carried.source = _last_source(found, doc)
    return sorted((draft for draft in found if draft.content), key=lambda draft: draft.content[0])


def _before_colon(found: Iterable[Found], inside: Tokens) -> Found | None:
    """Return the saying right before the quotation: `said: “…”` outranks a `the paper reported` after it."""
    index = inside.start - 1
    if index < 1 or inside.doc[index].text != ":":
        return None
    return next((draft for draft in found if draft.anchor.i == index - 1 and draft.source is not None), None)


def _inside(found: Iterable[Found], quote: QuoteSpan) -> Found | None:
    holding = [
        draft
        for draft in found
        if draft.sort in _QUOTING
        and any(start < quote.outer_end and end > quote.outer_start for start, end in draft.content)
    ]
    return min(
        holding,
        key=lambda draft: (
            draft.source is None,
            draft.sort in _INNER,
            sum(end - start for start, end in draft.content),
        ),
        default=None,
    )


def _governing(found: Iterable[Found], inside: Tokens, marks: Marks) -> Found | None:
    by_anchor = {draft.anchor.i: draft for draft in found}
    for sentence in {token.sent.start: token.sent for token in inside}.values():
        governor = next((token for token in sentence if token in inside and not token.is_punct), sentence.root)
        while governor.head != governor and marks.hold(governor):
            governor = governor.head
        if governor.i in by_anchor:
            return by_anchor[governor.i]
    return None


def _beside(found: Iterable[Found], inside: Tokens, marks: Marks) -> Found | None:
    saying = {draft.anchor.i: draft for draft in found if draft.sort == "say" and draft.anchor.pos_ == "VERB"}
    doc = inside.doc
    for indices in (range(inside.end, len(doc)), range(inside.start - 1, -1, -1)):
        for steps, index in enumerate(indices):
            token = doc[index]
            if token.i in saying:
                return saying[token.i]
            leaves = token.text in (".", "?", "!") or (index >= inside.end and token.is_sent_start)
            if steps >= _REACH or leaves or marks.hold(token):
                break
    return None


def _loose(found: Sequence[Found], inside: Tokens, quote: QuoteSpan, marks: Marks, carried: Carried) -> Found | None:
    """Return a quotation without a cue: carried on where it stands alone, else of unknown source, or no statement."""
    words = [token for token in inside if token.is_alpha or token.is_digit]
    sentences = {token.sent.start: token.sent for token in (words[0], words[-1])}.values()
    frame = [token for sentence in sentences for token in sentence if not marks.hold(token)]
    alone = not any(token.is_alpha for token in frame)
    if not alone and len(words) <= _SCARE:
        return None
    source = None
    if alone:
        earlier = [draft for draft in found if draft.source is not None and draft.anchor.i < words[0].i]
        source = max(earlier, key=lambda draft: draft.anchor.i).source if earlier else carried.source
    elif inside.start >= 2 and inside.doc[inside.start - 1].text == ":":
        source = _introduced(inside.doc[inside.start - 2])
    cue = (quote.outer_start, quote.outer_start)
    content = [(quote.outer_start, quote.outer_end)]
    return Found("quote", words[0], cue, source, content, carried=alone and source is not None)


def _introduced(before_colon: Token) -> Tokens | None:
    """Return the person whose name ends right before the colon (`It did not surprise the analyst Jo Marsh: “…”`)."""
    if before_colon.ent_type_ not in ("PERSON", "ORG"):
        return None
    return mention(before_colon)


def _last_source(found: Sequence[Found], doc: Doc) -> Tokens | None:
    """Return whom a quotation that follows on its own would quote: the last source, or who leads up to a final
    colon.
    """
    sources = [draft for draft in found if draft.source is not None and draft.sort in ("say", "quote", "judge")]
    last = max(sources, key=lambda draft: draft.anchor.i, default=None)
    final = next((token for token in reversed(doc) if not token.is_space), None)
    if final is not None and final.text == ":" and (last is None or last.anchor.i < final.sent.start):
        subject = source_of(final.sent.root)
        return mention(subject) if subject is not None and subject.pos_ in ("PROPN", "PRON") else None
    return last.source if last is not None else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
