"""The engine that asks an OpenAI-compatible endpoint where claims stand, and believes none of what it says of them.

A claim is kept only where its exact text stands at its offsets, or, where they are off, where that text stands once in
the article. What kind it is, its figures, quotations, features and score are computed here, from the article alone;
whoever is credited must be named in the same paragraph. So a page that tells the endpoint what to answer can at most
make it point to other places of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from claims.extraction.asserting import asserted, is_opinion
from claims.extraction.contract import ArticleText, Attribution, ExtractedClaim, Quantity, Quotation
from claims.extraction.endpoint_talk import Hint, hints, question
from claims.extraction.grammar import parse
from claims.extraction.names import SPEAKING_PRONOUNS
from claims.extraction.other_languages import read_as
from claims.extraction.other_speech import SPEECH
from claims.extraction.plain import ENGLISH, figures_in, plain_claim
from claims.extraction.quotations import quotations
from claims.extraction.sentences import MAX_PIECE, MAX_SENTENCE, Span, paragraphs, trimmed
from claims.extraction.worth import features, reasons, score, tells

Send = Callable[[bytes], bytes]
"""Sends the body of a request to the endpoint and returns that of its answer. Raises EngineUnavailable."""

_VERSION = "1"
_LEAST_WORDS = 4
_LONGEST_MENTION = 120
_ASSERTED = ("trend", "event", "cause", "prediction", "rule")
"""Kinds in which an endpoint is followed where nothing can be told by rule. `opinion`, which sets a claim aside, is
none: only the claim's own words can make it one."""


@dataclass(frozen=True, slots=True)
class EndpointEngine:
    """Extracts claims where the endpoint behind `send` points. `characters` of an article are sent at most, in whole
    paragraphs; `tokens` bound its answer.
    """

    send: Send
    model: str
    characters: int = 40_000
    tokens: int = 4_000
    name: str = "endpoint"

    @property
    def version(self) -> str:
        """Return the version of these rules and the model's name."""
        return f"{_VERSION}/{self.model}"

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        """Return the claims of `article` in order, without overlaps; raise EngineUnavailable when nobody answered."""
        page = _Page(article)
        sent = page.beginning(self.characters)
        if not sent.strip():
            return ()
        listed = hints(self.send(question(self.model, sent, self.tokens)))
        placed = {span: hint for hint in reversed(listed) if (span := place(sent, hint))}  # the first of equals counts
        claims: list[ExtractedClaim] = []
        for span, hint in sorted(placed.items(), key=lambda entry: (entry[0][0], -entry[0][1])):
            if not claims or claims[-1].selector.end <= span[0]:
                claims.append(page.claim(span, hint))
        return page.weighed(claims)


def place(text: str, hint: Hint) -> Span | None:
    """Return where the exact words of a hint stand in `text`: at its offsets, else at the one place that holds them.

    None for words that are elsewhere only, too few or too many, or cut out of the middle of a word or of more than a
    paragraph.
    """
    exact = hint.exact
    if exact != exact.strip() or len(exact.split()) < _LEAST_WORDS or len(exact) > MAX_SENTENCE or "\n\n" in exact:
        return None
    start = hint.start
    if start is None or text[start : start + len(exact)] != exact:
        start = text.find(exact)
        if start < 0 or text.find(exact, start + 1) >= 0:
            return None
    return (start, start + len(exact)) if _whole_words(text, start, start + len(exact)) else None


class _Page:
    """An article as its own rules see it, once for all hints."""

    def __init__(self, article: ArticleText) -> None:
        self.text = article.text
        self.language = read_as(article)
        self.paragraphs = paragraphs(article.text)
        self._starts = [start for start, _ in self.paragraphs]
        self.quotes = quotations(article.text, self.paragraphs)
        self._opens = [quote.outer_start for quote in self.quotes]

    def beginning(self, characters: int) -> str:
        """Return the article's first paragraphs, as many as fit; where the first does not, its beginning."""
        if len(self.text) <= characters:
            return self.text
        fitting = [end for _, end in self.paragraphs if end <= characters]
        return self.text[: fitting[-1] if fitting else characters]

    def claim(self, span: Span, hint: Hint) -> ExtractedClaim:
        """Return the claim at `span`; of the hint only the speaker and, at last resort, the kind count."""
        quoted = self._quoted(span)
        found = figures_in(self.text, self.language, span)
        mention = self._mention(span, hint.speaker)
        attribution = Attribution(
            speaker=hint.speaker if mention is not None and self._is_name(hint.speaker or "") else None,
            mention=hint.speaker if mention is not None else None,
            span=mention,
            sort="quote" if quoted else "say",
            content=(span,),
            quotations=tuple(quoted),
        )
        kind = self._kind(span, hint, quoted, attribution, found)
        return plain_claim(self.text, *span, kind, attribution, quoted, found)

    def weighed(self, claims: Sequence[ExtractedClaim]) -> tuple[ExtractedClaim, ...]:
        """Return the claims; those in English with what their words assert, and are worth."""
        if self.language != ENGLISH:
            return tuple(claims)
        docs = dict(parse(self.text, [(claim.selector.start, claim.selector.end) for claim in claims]))
        return tuple(_in_english(claim, list(docs[claim.selector.start, claim.selector.end])) for claim in claims)

    def _kind(
        self, span: Span, hint: Hint, quoted: Sequence[Quotation], attribution: Attribution, found: Sequence[Quantity]
    ) -> str:
        if sum(quote.end - quote.start for quote in quoted) > 0.8 * (span[1] - span[0]):
            return "quotation"
        if attribution.mention is not None:
            return "statement"
        if any(tells(figure) for figure in found):
            return "quantity"
        return hint.kind if hint.kind in _ASSERTED else "event"

    def _quoted(self, span: Span) -> list[Quotation]:
        """Return what of `span` stands between quotation marks."""
        first = max(0, bisect_right(self._opens, span[0]) - 1)
        found = []
        for quote in self.quotes[first : bisect_right(self._opens, span[1])]:
            start, end = trimmed(self.text, max(quote.start, span[0]), min(quote.end, span[1]))
            if start < end:
                found.append(Quotation(start, end, self.text[start:end]))
        return found

    def _mention(self, span: Span, mention: str | None) -> Span | None:
        """Return where `mention` stands in the paragraph of `span`, nearest to it."""
        if not mention or mention != mention.strip() or len(mention) > _LONGEST_MENTION or "\n" in mention:
            return None
        start, end = self.paragraphs[max(0, bisect_right(self._starts, span[0]) - 1)]
        start, end = max(start, span[0] - MAX_PIECE), min(end, span[1] + MAX_PIECE)
        found = [
            match.span()
            for match in re.finditer(re.escape(mention), self.text[start:end])
            if _whole_words(self.text, start + match.start(), start + match.end())
        ]
        nearest = min(found, key=lambda place: abs(start + place[0] - span[0]), default=None)
        return None if nearest is None else (start + nearest[0], start + nearest[1])

    def _is_name(self, mention: str) -> bool:
        word = mention.split(maxsplit=1)[0].lower()
        speech = SPEECH.get(self.language)
        unnamed = speech.no_subjects | speech.unnamed if speech else SPEAKING_PRONOUNS
        return any(letter.isupper() for letter in mention) and word not in unnamed


def _in_english(claim: ExtractedClaim, tokens: Sequence[Token]) -> ExtractedClaim:
    """Return a claim with what the words of it, `tokens`, assert, and with its worth by them."""
    asserts = asserted(tokens, claim.quantities)
    kind = claim.kind
    if kind not in ("quotation", "statement"):
        kind = asserts[0] if asserts else "opinion" if is_opinion(tokens) else kind
    weights = features(tokens, claim.attribution, claim.quotations)
    return replace(
        claim,
        kind=kind,
        asserts=asserts,
        features=tuple(weights.items()),
        score=score(weights),
        reasons=reasons(weights),
    )


def _whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether `start:end` begins and ends where words do."""
    return not (
        (start > 0 and text[start - 1].isalnum() and text[start].isalnum())
        or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
    )
