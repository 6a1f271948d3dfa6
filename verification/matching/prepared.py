"""A source text read once, to check many quotations against."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verification.matching.markup import blank_markup
from verification.matching.tokens import (
    NARRATION,
    STAGE_DIRECTION,
    STAGE_MARK,
    Tokens,
    blank_stage,
    tokenise,
)
from verification.matching.turns import Turn, read_turns


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text's words, the places of each word, and its turns where it is a transcript."""

    tokens: Tokens
    positions: Mapping[str, list[int]]
    turns: tuple[Turn, ...]

    @property
    def text(self) -> str:
        """Return the text as it was handed in."""
        return self.tokens.text

    def places(self, keys: Sequence[str], lo: int = 0, hi: int | None = None) -> list[int]:
        """Return every word index from `lo` to `hi` at which a run of words stands word for word, in order."""
        words, length = self.tokens.keys, len(keys)
        rarest, offset, fewest = None, 0, len(words) + 1
        for index, key in enumerate(keys):
            found = self.positions.get(key)
            if found is None:
                return []
            if len(found) < fewest:
                rarest, offset, fewest = found, index, len(found)
        if rarest is None:
            return []
        wanted = tuple(keys)
        last = (len(words) if hi is None else hi) - length
        starts = (place - offset for place in rarest)
        return [start for start in starts if lo <= start <= last and words[start : start + length] == wanted]


def prepare(text: str) -> PreparedText:
    """Read `text` once for any number of `check_quote` calls; takes a few milliseconds for 60 KB.

    Stage directions, and the labels of turns that go on after one, are no part of what was said and are left out of the
    words; the text itself and all offsets stay as they are.
    """
    clean = blank_markup(text)
    turns = read_turns(clean)
    tokens = tokenise(text, blank_asides(clean, transcript=bool(turns), turns=turns))
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(tokens.keys):
        positions[key].append(index)
    return PreparedText(tokens, dict(positions), turns)


def blank_asides(clean: str, *, transcript: bool, turns: tuple[Turn, ...]) -> str:
    """Blank stage directions and, in a transcript, narration and interrupting turns, keeping every offset."""
    if transcript:
        clean = blank_stage(NARRATION, _blank_interruptions(clean, turns))
    return blank_stage(STAGE_DIRECTION, clean)


def _blank_interruptions(clean: str, turns: tuple[Turn, ...]) -> str:
    """Blank turns of nothing but stage directions, and the labels of speakers who go on after them."""
    parts: list[str] = []
    done = 0
    for turn in turns:
        end = turn.end if turn.stage_only else turn.words_start
        if turn.stage_only or turn.resumed:
            parts += [clean[done : turn.start], STAGE_MARK, " " * (end - turn.start - 1)]
            done = end
    return "".join([*parts, clean[done:]])
