"""One article read once: its paragraphs, quotations, parses and attributions, with every offset in the whole text."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from claims.extraction.attribution import Carried, attribute
from claims.extraction.clauses import whole_mention
from claims.extraction.contract import Attribution, Quotation
from claims.extraction.grammar import parse
from claims.extraction.quotations import QuoteSpan, quotations
from claims.extraction.reported import Found
from claims.extraction.sentences import Span, paragraphs, pieces
from claims.extraction.speakers import NOBODY, Speakers


@dataclass(frozen=True, slots=True)
class Read:
    """One attribution as found, the characters it stands in the paragraph of, and its public form."""

    found: Found
    offset: int
    attribution: Attribution


class Reading:
    """An English article, parsed and attributed; built in linear time, about 0.2 s for 1,000 words."""

    def __init__(self, text: str) -> None:
        """Read `text`; any text will do, what is no prose simply yields nothing."""
        self.text = text
        whole = paragraphs(text)
        self.quotes = quotations(text, whole)
        self.parsed: list[tuple[Span, Doc]] = parse(text, pieces(text, whole))
        self._starts = [quote.outer_start for quote in self.quotes]
        speakers = Speakers(self.parsed, self.is_quoted)
        self.named = speakers.of_pronoun
        offsets = {id(doc): start for (start, _), doc in self.parsed}
        self.attributions: list[Read] = [
            Read(found, start, self._public(found, start, speakers, offsets)) for start, found in self._attributed()
        ]

    def is_quoted(self, index: int) -> bool:
        """Tell whether the character at `index` stands between quotation marks."""
        place = bisect_right(self._starts, index) - 1
        return place >= 0 and self.quotes[place].outer_start <= index < self.quotes[place].outer_end

    def quotes_between(self, start: int, end: int) -> list[QuoteSpan]:
        """Return the quotations that open in `start:end`."""
        return self.quotes[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def _attributed(self) -> Iterator[tuple[int, Found]]:
        carried = Carried()
        for (start, end), doc in self.parsed:
            local = [
                QuoteSpan(
                    quote.start - start,
                    min(quote.end, end) - start,
                    quote.outer_start - start,
                    min(quote.outer_end, end) - start,
                    quote.continues,
                )
                for quote in self.quotes_between(start, end)
            ]
            for found in attribute(doc, local, carried):
                yield start, found

    def _public(self, found: Found, start: int, speakers: Speakers, offsets: dict[int, int]) -> Attribution:
        source = found.source
        home = offsets[id(source.doc)] if source is not None else 0
        cue = (start + found.cue[0], start + found.cue[1])
        who = speakers.who(source, home) if source is not None else NOBODY
        mention = whole_mention(source, found.anchor) if source is not None else None
        return Attribution(
            speaker=who.name,
            speaker_kind=who.kind,
            speaker_role=who.role,
            mention=self.text[home + mention.start_char : home + mention.end_char] if mention is not None else None,
            span=(home + mention.start_char, home + mention.end_char) if mention is not None else None,
            cue=self.text[cue[0] : cue[1]] or None,
            cue_span=cue if cue[1] > cue[0] else None,
            sort=found.sort,
            content=tuple((start + first, start + last) for first, last in found.content),
            quotations=tuple(
                Quotation(start + quote.start, start + quote.end, self.text[start + quote.start : start + quote.end])
                for quote in found.quotes
            ),
            carried=found.carried,
        )


def attributions(text: str) -> tuple[Attribution, ...]:
    """Return everything `text` hands to a source, check-worthy or not, in order; claims are chosen from these.

    Spans are (start, end) in characters of `text`. Thoughts and wishes (`sort` `think`, `want`) are among them.
    """
    return tuple(read.attribution for read in Reading(text).attributions)
