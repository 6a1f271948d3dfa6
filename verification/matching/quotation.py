"""A quotation as an article prints it: its words, and what the article marked as its own doing.

Marked are ellipses (… or three full stops) and words in square or round brackets. Words in brackets need not stand in
the source; a letter in brackets that only changes the case of a word ("[T]hey") leaves the word a word.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from verification.matching.markup import JOINER
from verification.matching.prepared import PreparedText, blank_asides
from verification.matching.tokens import Tokens, has_ellipsis, tokenise
from verification.matching.turns import LABEL, read_turns

_OPENING = "\"'“‘„«‹ "
_SIGNS = f"\"'“‘«„+-−–~≈#*_ {JOINER}"
_BRACKETED = re.compile(r"\[[^\[\]]*\]|\((?:(?!…|\.\s?\.\s?\.)[^()\[\]])*\)")
"""Square brackets, and round ones with no mark inside."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words, `start` to `end` (half open), that the article gives without a mark between them."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """The quotation's words, which of them stand in brackets, and the unmarked runs."""

    tokens: Tokens
    segments: tuple[Segment, ...]
    bracketed: frozenset[int]

    @property
    def marked(self) -> bool:
        """Tell whether the article marked anything between the first and the last word."""
        return len(self.segments) != 1 or bool(self.bracketed)

    def ellipsis_between(self, left: Segment, right: Segment) -> bool:
        """Tell whether an ellipsis, and not brackets alone, stands between two segments."""
        return has_ellipsis(self.tokens.gap(left.end - 1, right.start))


def opening_label(quote: str, source: PreparedText) -> tuple[str, int] | None:
    """Return the speaker's label that a quotation opens with ("MS. HOLM: …") and where its words start."""
    match = LABEL.match(quote.lstrip(_OPENING)) if source.turns else None
    if match is None:
        return None
    return " ".join(match["label"].split()), match.end() + len(quote) - len(quote.lstrip(_OPENING))


def read_quotation(quote: str, source: PreparedText, start: int = 0) -> Quotation:
    """Split a quotation into words and unmarked runs; quotation marks around it, and all before `start`, do not matter.

    Brackets that the source has around the same words are the source's own and mark nothing. Stage directions and the
    interruptions of a transcript are told from words as in the source; markup is not, as an article has none.
    """
    transcript = bool(source.turns)
    turns = read_turns(quote) if transcript else ()
    clean = blank_asides(quote, transcript=transcript, turns=turns)
    tokens = tokenise(quote, " " * start + clean[start:])
    bracketed: set[int] = set()
    for match in _BRACKETED.finditer(tokens.clean):
        inside = range(bisect_left(tokens.ends, match.start() + 1), bisect_left(tokens.starts, match.end()))
        words = [index for index in inside if not tokens.joined(index)]
        if words and not _source_brackets(tokens.keys[words[0] : words[-1] + 1], match.group()[0], source):
            bracketed.update(words)
    return Quotation(tokens, _segments(tokens, bracketed), frozenset(bracketed))


def _segments(tokens: Tokens, bracketed: set[int]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    open_at: int | None = None
    for index in range(len(tokens.words)):
        if index in bracketed:
            open_at = None
        elif open_at is None or has_ellipsis(tokens.gap(index - 1, index)):
            open_at = index
            segments.append(Segment(index, index + 1))
        else:
            segments[-1] = Segment(open_at, index + 1)
    return tuple(segments)


def _source_brackets(keys: tuple[str, ...], bracket: str, source: PreparedText) -> bool:
    """Tell whether the source itself puts these words in such brackets."""
    clean, starts = source.tokens.clean, source.tokens.starts
    return any(bracket_before(clean, starts[place]) == bracket for place in source.places(keys))


def bracket_before(clean: str, at: int) -> str:
    """Return the bracket that opens before the word at `at`, signs between them aside: "(−9"; else nothing."""
    before = clean[max(0, at - 4) : at].rstrip(_SIGNS)[-1:]
    return before if before in ("(", "[") else ""
