"""The engine for articles that are not in English: quotation marks, figures, and names beside verbs of saying.

No grammar is tried. A quotation is a claim wherever enough is quoted. In German, French, Spanish, Italian and
Portuguese a sentence with a telling figure is one too, and a source is named where its name stands right beside a verb
of saying; in any other language neither is looked for.
"""

from collections.abc import Sequence

from claims.extraction.contract import EXTRACTOR_VERSION, ArticleText, Attribution, ExtractedClaim, Quantity, Quotation
from claims.extraction.other_sentences import asks, ends_like_a_sentence, sentences_in
from claims.extraction.other_speakers import Source, Speakers
from claims.extraction.other_speech import SPEECH
from claims.extraction.plain import ENGLISH, QUOTED_WORDS, figures_in, plain_claim
from claims.extraction.quotations import QuoteSpan, quotations
from claims.extraction.sentences import MAX_SENTENCE, Span, paragraphs
from claims.extraction.worth import tells
from claims.languages import vote

_UNTOLD = frozenset([ENGLISH, "", "und", "mul", "zxx"])
"""What pages say of themselves without looking, and the codes for what is unknown."""

_LEAST_WORDS = 4
_FARTHEST = 160
"""Characters between a quotation and the verb of saying that may belong to it."""
_WORDS_BETWEEN = 6
"""The longest attribution that splits a quotation, in words."""


def read_as(article: ArticleText) -> str:
    """Return the language to read an article in, ISO 639-1.

    What is known counts, unless it says English, or nothing, and the text's commonest words are plainly of another
    language: then those do. What nobody can tell is read as English.
    """
    known = (article.language or "").lower().replace("_", "-").split("-")[0]
    return known if known not in _UNTOLD else vote(article.text) or ENGLISH


class OtherLanguagesEngine:
    """Extracts quotations from any language but English, and figures and named speakers from five of them."""

    name = "other-languages"
    version = EXTRACTOR_VERSION

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        """Return the claims of `article` in order, without overlaps; none of one that reads as English."""
        language = read_as(article)
        return () if language == ENGLISH else claims_in(article.text, language)


def claims_in(text: str, language: str) -> tuple[ExtractedClaim, ...]:
    """Return the claims of a text in `language` (ISO 639-1) in order, without overlaps, in linear time."""
    spans = paragraphs(text)
    quotes = quotations(text, spans)
    speakers = Speakers(language, text) if language in SPEECH else None
    claims: list[ExtractedClaim] = []
    place = 0
    for start, end in spans:
        first = place
        while place < len(quotes) and quotes[place].outer_start < end:
            place += 1
        claims += _of_paragraph(text, language, (start, end), quotes[first:place], speakers)
    return tuple(claims)


def _of_paragraph(
    text: str, language: str, span: Span, quotes: Sequence[QuoteSpan], speakers: Speakers | None
) -> list[ExtractedClaim]:
    found = figures_in(text, language, span)
    claims: list[ExtractedClaim] = []
    number = seen = 0
    for start, end in _units(sentences_in(language, text, *span), quotes):
        first = number
        while number < len(quotes) and quotes[number].outer_start < end:
            number += 1
        low = seen
        while seen < len(found) and found[seen].start < end:
            seen += 1
        here = [figure for figure in found[low:seen] if start <= figure.start and figure.end <= end]
        inside = quotes[first:number]
        sources = _outside(
            text, speakers.sources(start, end) if speakers and end - start <= MAX_SENTENCE else [], inside
        )
        quoted = _quoted(text, inside, here, sources)
        claims += quoted or _counted(text, (start, end), inside, here, sources)
    return claims


def _units(sentences: Sequence[Span], quotes: Sequence[QuoteSpan]) -> list[Span]:
    """Return the sentences, those that one quotation holds together joined into one."""
    units: list[Span] = []
    number = 0
    for start, end in sentences:
        while number < len(quotes) and quotes[number].outer_end <= start:
            number += 1
        if units and number < len(quotes) and quotes[number].outer_start < units[-1][1]:
            units[-1] = (units[-1][0], end)
        else:
            units.append((start, end))
    return units


def _outside(text: str, sources: Sequence[Source], quotes: Sequence[QuoteSpan]) -> list[Source]:
    """Return the sources that are not among the quoted words, unless commas set them off (« …, dit Jean Brun, … »)."""
    kept = []
    number = 0
    for source in sources:
        first, last = min(source.cue_span, source.span)[0], max(source.cue_span, source.span)[1]
        while number < len(quotes) and quotes[number].outer_end <= first:
            number += 1
        outside = number == len(quotes) or last <= quotes[number].outer_start
        if outside or (text[max(0, first - 2) : first].strip() == "," and text[last : last + 1] == ","):
            kept.append(source)
    return kept


def _quoted(
    text: str, quotes: Sequence[QuoteSpan], figures_here: Sequence[Quantity], sources: Sequence[Source]
) -> list[ExtractedClaim]:
    claims = []
    for group in _joined(text, quotes, sources):
        parts = [Quotation(quote.start, quote.end, text[quote.start : quote.end]) for quote in group]
        if not _is_quotable(" ".join(part.text for part in parts)):
            continue
        start, end = group[0].start, group[-1].end
        inside = [
            figure
            for figure in figures_here
            if any(part.start <= figure.start and figure.end <= part.end for part in parts)
        ]
        attribution = _attribution(
            _beside(group, sources), [(quote.outer_start, quote.outer_end) for quote in group], parts
        )
        shown = " … ".join(part.text for part in parts)
        flags = ["split"] if len(parts) > 1 else []
        claims.append(plain_claim(text, start, end, "quotation", attribution, parts, inside, flags, shown))
    return claims


def _counted(
    text: str, span: Span, quotes: Sequence[QuoteSpan], figures_here: Sequence[Quantity], sources: Sequence[Source]
) -> list[ExtractedClaim]:
    """Return the sentence as a claim if it has a telling figure and is one: no heading, question or cell."""
    sentence = text[slice(*span)]
    if len(sentence) > MAX_SENTENCE or not any(tells(figure) for figure in figures_here):
        return []
    if len(sentence.split()) < _LEAST_WORDS or not ends_like_a_sentence(sentence) or asks(sentence):
        return []
    if sentence.isupper():
        return []
    parts = [Quotation(quote.start, quote.end, text[quote.start : quote.end]) for quote in quotes]
    attribution = _attribution(sources[0] if sources else None, [span], parts)
    return [plain_claim(text, *span, "quantity", attribution, parts, figures_here)]


def _joined(text: str, quotes: Sequence[QuoteSpan], sources: Sequence[Source]) -> list[list[QuoteSpan]]:
    """Group the quotations that are parted by nothing but their attribution (« … », dit Brun, « … »)."""
    groups: list[list[QuoteSpan]] = []
    for quote in quotes:
        if groups:
            gap = groups[-1][-1].outer_end, quote.outer_start
            cued = any(gap[0] <= source.cue_span[0] and source.span[1] <= gap[1] for source in sources)
            between = text[slice(*gap)]
            if cued and between.rstrip().endswith(",") and len(between.split()) <= _WORDS_BETWEEN:
                groups[-1].append(quote)
                continue
        groups.append([quote])
    return groups


def _beside(group: Sequence[QuoteSpan], sources: Sequence[Source]) -> Source | None:
    """Return the source whose verb stands nearest to the quotation."""
    start, end = group[0].outer_start, group[-1].outer_end
    near = [(max(start - source.cue_span[1], source.cue_span[0] - end, 0), source) for source in sources]
    distance, source = min(near, key=lambda pair: pair[0], default=(_FARTHEST, None))
    return source if distance < _FARTHEST else None


def _attribution(source: Source | None, content: Sequence[Span], quotes: Sequence[Quotation]) -> Attribution:
    if source is None:
        return Attribution(content=tuple(content), quotations=tuple(quotes))
    return Attribution(
        speaker=source.speaker,
        mention=source.mention,
        span=source.span,
        cue=source.cue,
        cue_span=source.cue_span,
        sort="say",
        content=tuple(content),
        quotations=tuple(quotes),
        speaker_kind="person" if source.speaker and source.titled else None,
        speaker_role=source.role,
    )


def _is_quotable(quoted: str) -> bool:
    """Tell whether quoted words can be a claim: enough of them, no title, no question."""
    words = quoted.split()
    if len(words) < QUOTED_WORDS or asks(quoted):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return capitals <= 0.6 * len(words) or words[-1][-1] in ".,!…"
