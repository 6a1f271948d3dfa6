"""An account cut into what it says, one statement at a time, and what each of them is about."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.sentences import paragraphs, sentences
from claims.extraction.wordset import wordset
from verification.matching.markup import blank_markup
from verification.matching.offices import unwrapped
from verification.matching.participants import enumerates
from verification.matching.tokens import WORD, plain_form, word_key

# Of a longer text the beginning is compared (characters, statements).
MOST_TEXT, MOST_STATEMENTS = 40_000, 300
FEWEST_WORDS = 4
_PART = re.compile(r";\s+|,?\s+and\s+(?=that\s)")
_HEADING = re.compile(r"^\s*(?:#+\s|(\*\*|__).*\1\s*$)")
_LINE = re.compile(
    r"^\s*(?:office of the spokesperson|the (?:below|following) is attributable to .*|for immediate release)", re.I
)

_STOP = wordset(
    "a an the and or but if of to in on at by for with from into over as is are was were be been being has have had "
    "do does did will would shall should can could may might must that this these those it its he she they them their "
    "his her our we us you your i not no nor none so than then there here which who whom whose what when where while "
    "also both all any each some such more most other further including include included as well through between "
    "among about after before during under against toward towards s neither either "
    "again less one once upon within without"
)
# What every account of every talk says: it tells nothing of the topic.
_OF_TALKS = wordset(
    "discuss reaffirm underscore emphasise emphasize stress note welcome express reiterate highlight thank commend "
    "exchange review address raise recall affirm confirm agree speak talk say tell meet hold share look forward "
    "commit commitment continue ongoing importance important strong shared joint mutual recent today yesterday leader "
    "side president minister prime chancellor secretary general vice deputy foreign state security advisor adviser "
    "majesty excellency conversation call meeting discussion view issue range effort work support way opportunity"
)
_ENDINGS = (
    "ational",
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ities",
    "ity",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "s",
    "e",
    "y",
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start:end` of the document, with its stem (shared by its forms) and whether it tells of a topic."""

    start: int
    end: int
    stem: str
    telling: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What an account says at `start:end` of its text (code points); `text` has its lines joined.

    `terms` are the stems of what it is about.
    """

    start: int
    end: int
    text: str
    words: tuple[Word, ...]
    terms: frozenset[str]


def statements(text: str, names: Collection[str] = ()) -> list[Statement]:
    """Return what a text says, in order; headings, signs and bare lists of who was there are passed over.

    `names` are the participants' surnames (casefolded): they stand everywhere and tell nothing of a topic.
    """
    flat = blank_markup(unwrapped(text[:MOST_TEXT]))
    quiet = {stem_of(name) for name in names}
    found: list[Statement] = []
    for start, end in _parts(flat):
        part = flat[start:end]
        if _HEADING.match(part) or _LINE.match(part) or enumerates(part):
            continue
        words = tuple(_words(flat, start, end, quiet))
        if len(words) >= FEWEST_WORDS and len(found) < MOST_STATEMENTS:
            terms = frozenset(word.stem for word in words if word.telling)
            found.append(Statement(start, end, flat[start:end], words, terms))
    return found


def as_written(statement: Statement, word: Word) -> str:
    """Return one of a statement's words as it is written there."""
    return statement.text[word.start - statement.start : word.end - statement.start]


def stem_of(word: str) -> str:
    """Return what the forms of a word share, roughly: "opening" and "open", "engineers" and "engineer"."""
    key = word_key(word).casefold()
    plain = re.sub(r"['’]s?$", "", key)
    for ending in _ENDINGS:
        if plain.endswith(ending) and not (ending == "s" and plain.endswith("ss")) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)]
    return plain


def weights(groups: Iterable[Sequence[Statement]]) -> Mapping[str, float]:
    """Return ln(1 + n / df) of each term over all statements of the accounts."""
    all_of = [statement.terms for group in groups for statement in group]
    held = Counter(term for terms in all_of for term in terms)
    return {term: math.log(1 + len(all_of) / count) for term, count in held.items()}


def _parts(flat: str) -> Iterable[tuple[int, int]]:
    for first, last in paragraphs(flat):
        for start, end in sentences(flat, first, last):
            at = start
            for cut in _PART.finditer(flat, start, end):
                if (
                    len(flat[at : cut.start()].split()) >= FEWEST_WORDS
                    and len(flat[cut.end() : end].split()) >= FEWEST_WORDS
                ):
                    yield at, cut.start()
                    at = cut.end()
            yield at, end


def _words(flat: str, start: int, end: int, quiet: Collection[str]) -> Iterable[Word]:
    for match in WORD.finditer(flat, start, end):
        plain = plain_form(match.group())
        stem = stem_of(match.group())
        figure = any(character.isdigit() for character in plain)
        empty = plain in _STOP or stem in _TALK_STEMS or stem in quiet or (len(stem) < 3 and not figure)
        yield Word(match.start(), match.end(), stem, not empty)


_TALK_STEMS = frozenset(stem_of(word) for word in _OF_TALKS)
