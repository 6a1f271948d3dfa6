"""Cuts quotations out of documents by rule, as the press prints them: rows whose right answers are known beforehand.

A quotation is 8 to 40 words of running text that often begin in the middle of a sentence; the others are fragments of
3 to 7. With `altered`, words are dropped, changed and respelt: an ellipsis, a bracket, a contraction written out or
in, British for American spelling, a filler left out, "that" for "which". The same seed cuts the same quotations.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.corpus import CorpusDocument

SEED = 20220124
SHORTEST_TEXT = 600
LONGEST, SHORTEST, SHORTEST_FRAGMENT = 40, 8, 3
FRAGMENTS = 0.15
_SENTENCE = re.compile(r"[^.!?\n]{30,}[.!?]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LABEL = re.compile(r"^[A-Z .’'\-]{3,}:|^\s*Q\s")
_TELLING = 5
_CONTRACTIONS = (
    ("we're", "we are"), ("it's", "it is"), ("I'm", "I am"), ("don't", "do not"), ("they're", "they are"),
    ("we've", "we have"), ("can't", "cannot"), ("that's", "that is"), ("we'll", "we will"), ("isn't", "is not"),
)  # fmt: skip
_SPELLINGS = (
    ("defense", "defence"), ("labor", "labour"), ("program", "programme"), ("center", "centre"), ("honor", "honour"),
    ("ization", "isation"), ("ize ", "ise "), ("percent", "per cent"), ("toward ", "towards "), ("favor", "favour"),
)  # fmt: skip
_OTHER_WORDS = {
    "which": "that", "that": "which", "will": "would", "would": "will", "has": "had", "have": "had", "are": "were",
    "is": "was", "our": "the", "this": "the", "these": "those", "people": "persons", "very": "really",
    "important": "significant", "continue": "go on", "help": "assist", "many": "a lot of", "need": "have",
}  # fmt: skip
_FILLERS = re.compile(r"\b(?:you know|I mean|very|also|really|just|certainly|well|of course),? ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CutQuotation:
    """A quotation without marks, the document it was cut from, and all that hold the same words."""

    id: str
    text: str
    document: str
    day: date | None
    holders: frozenset[str]


def cut_quotations(documents: Sequence[CorpusDocument], count: int, *, altered: bool) -> list[CutQuotation]:
    """Cut `count` quotations, each out of another document; raises ValueError where so many cannot be cut."""
    drawn = random.Random(SEED)
    order = [document for document in documents if len(document.text) >= SHORTEST_TEXT]
    drawn.shuffle(order)
    cut: list[tuple[CorpusDocument, str, str]] = []
    for document in order:
        if len(cut) == count:
            break
        original = _cut(document.text, drawn)
        if original:
            cut.append((document, original, _as_printed(original, drawn) if altered else original))
    if len(cut) < count:
        raise ValueError(f"The corpus holds text for {len(cut)} quotations, not for {count}")
    holders = _holders([original for _, original, _ in cut], documents)
    return [
        CutQuotation(f"cut-{number}", printed, document.id, document.date, holders[original] | {document.id})
        for number, (document, original, printed) in enumerate(cut)
    ]


def _cut(text: str, drawn: random.Random) -> str | None:
    """Return some words of one or two neighbouring sentences; None where the text has no sentences."""
    sentences = [match for match in _SENTENCE.finditer(text) if not _LABEL.match(match.group().strip())]
    if not sentences:
        return None
    first = drawn.randrange(len(sentences))
    last = min(first + drawn.randrange(2), len(sentences) - 1)
    if sentences[last].start() - sentences[first].end() > 2:
        last = first
    passage = " ".join(text[sentences[first].start() : sentences[last].end()].split())
    words = list(_WORD.finditer(passage))
    fragment = drawn.random() < FRAGMENTS
    shortest, longest = (SHORTEST_FRAGMENT, SHORTEST - 1) if fragment else (SHORTEST, LONGEST)
    if len(words) < shortest:
        return None
    length = min(drawn.randint(shortest, longest), len(words))
    start = drawn.choice((0, drawn.randint(0, len(words) - length)))
    quotation = passage[words[start].start() : words[start + length - 1].end()]
    # Only what holds some long words can be told from other texts.
    return quotation if sum(len(word) > _TELLING for word in _WORD.findall(quotation)) >= 2 else None


def _as_printed(quotation: str, drawn: random.Random) -> str:
    """Return the quotation with one to three of the changes that newspapers make."""
    changes: list[Callable[[str, random.Random], str]] = [_ellipsis, _bracket, _contract, _respell, _fill, _reword]
    for change in drawn.sample(changes, drawn.randint(1, 3)):
        quotation = change(quotation, drawn)
    # Every third loses or gains a word besides.
    return _drop(quotation, drawn) if drawn.random() < 1 / 3 else quotation


def _ellipsis(quotation: str, drawn: random.Random) -> str:
    words = quotation.split(" ")
    if len(words) < SHORTEST + 4:
        return quotation
    at, dropped = drawn.randint(3, len(words) - 7), drawn.randint(2, 4)
    return " ".join([*words[:at], drawn.choice(("…", "...", ". . .")), *words[at + dropped :]])


def _bracket(quotation: str, drawn: random.Random) -> str:
    words = quotation.split(" ")
    at = drawn.randrange(len(words))
    put = drawn.choice((f"[{words[at]}]", "[the government]", f"[{words[at][:1].swapcase()}]{words[at][1:]}"))
    return " ".join([*words[:at], put, *words[at + 1 :]]) if len(words) >= SHORTEST else quotation


def _contract(quotation: str, drawn: random.Random) -> str:
    quotation = quotation.replace("’", "'")
    return _swap(quotation, [*_CONTRACTIONS, *((long, short) for short, long in _CONTRACTIONS)], drawn)


def _respell(quotation: str, _drawn: random.Random) -> str:
    for american, british in _SPELLINGS:
        quotation = quotation.replace(american, british)
    return quotation


def _fill(quotation: str, _drawn: random.Random) -> str:
    return _FILLERS.sub("", quotation)


def _reword(quotation: str, drawn: random.Random) -> str:
    pairs = [(f" {word} ", f" {other} ") for word, other in _OTHER_WORDS.items()]
    return _swap(_swap(quotation, pairs, drawn), pairs, drawn)


def _drop(quotation: str, drawn: random.Random) -> str:
    words = quotation.split(" ")
    at = drawn.randrange(len(words))
    return " ".join(words[:at] + words[at + 1 :]) if len(words) >= SHORTEST else quotation


def _swap(quotation: str, pairs: Sequence[tuple[str, str]], drawn: random.Random) -> str:
    """Put one of the pairs that occur in the quotation, once."""
    held = [pair for pair in pairs if pair[0] in quotation]
    return quotation.replace(*drawn.choice(held), 1) if held else quotation


def _holders(quotations: Sequence[str], documents: Sequence[CorpusDocument]) -> Mapping[str, frozenset[str]]:
    """Return which documents hold each quotation word for word."""
    wanted = {quotation: flat_words(quotation) for quotation in quotations}
    found: dict[str, set[str]] = {quotation: set() for quotation in quotations}
    for document in documents:
        text = flat_words(document.text)
        for quotation, words in wanted.items():
            if words in text:
                found[quotation].add(document.id)
    return {quotation: frozenset(ids) for quotation, ids in found.items()}


def flat_words(text: str) -> str:
    """Return the words of a text between single blanks, without case and punctuation: " as they stand "."""
    return f" {' '.join(_WORD.findall(text.casefold().replace('’', chr(39))))} "
