"""Quotations cut from documents by rule, with one edit of the press each, whose class is known because it was made.

The documents are read here in a way of its own, not the quote check's: a paragraph is what a reader sees of it.
"""

import html
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from benchmarks.corpus import CorpusDocument
from verification.matching.quotes import QuoteClass

SEED = 20220124
FEWEST_WORDS, MOST_WORDS = 6, 45
_LABEL = re.compile(r"^\s*(?:Q\s{2,}|[A-Z][A-Z.’'\- ]+(?:\([^)]*\))?:\s)")
_ASIDE = re.compile(r"[(\[]|^\s*[#|]|-{4,}", re.MULTILINE)
"""Brackets, headings and tables, in which the class of an edit is a matter of reading."""
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CUT_NAME = re.compile(r"^(?:States|Nations|Union)\b|\bUnited$")
_DASH = re.compile(r"\s*[—–]\s*")
_SPELLINGS = (
    (r"\b(\w{4,})ization\b", r"\1isation"), (r"\b(\w{4,})izing\b", r"\1ising"), (r"\bdefense\b", "defence"),
    (r"\blabor\b", "labour"), (r"\bhonor\b", "honour"), (r"\bcenter\b", "centre"), (r"\bprograms\b", "programmes"),
    (r"\bpercent\b", "per cent"), (r"\bUnited States\b", "US"), (r"\bneighbors\b", "neighbours"), (r"\btwo\b", "2"),
    (r"\bthree\b", "3"), (r"\bfour\b", "4"), (r"\bhealth care\b", "healthcare"), (r"\btoward\b", "towards"),
)  # fmt: skip
_CONTRACTIONS = (
    ("we’re", "we are"), ("it’s", "it is"), ("don’t", "do not"), ("I’m", "I am"), ("we’ve", "we have"),
    ("that’s", "that is"), ("can’t", "cannot"), ("they’re", "they are"), ("we’ll", "we will"),
)  # fmt: skip
_OTHER_WORDS = (
    (" is ", " was "), (" are ", " were "), (" will ", " would "), (" and ", " or "), (" can ", " could "),
    (" all ", " some "), (" that ", " "), (" very ", " "), (" more ", " less "), (" our ", " the "),
    (" have ", " had "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """One quotation: the document it was cut from, what was done to it, and the class it so must have."""

    id: str
    quote: str
    gold: str
    label: str
    edit: str


def cut(documents: Iterable[CorpusDocument], wanted: int) -> list[Cut]:
    """Return up to `wanted` quotations, as many of each edit as the documents have room for; same input, same rows."""
    cuts: list[Cut] = []
    made: dict[str, int] = dict.fromkeys(_EDITS, 0)
    most = -(-wanted // len(_EDITS))
    for document in documents:
        chance = random.Random(f"{SEED} {document.id}")
        paragraphs = list(_paragraphs(document.text))
        whole = _letters(" ".join(paragraphs))
        chance.shuffle(paragraphs)
        for paragraph in paragraphs[:3]:
            passage = _passage(paragraph, chance)
            rarest = sorted(_EDITS, key=lambda name: (made[name], name))
            found = _edited(passage, rarest, whole, made, most, chance) if passage else None
            if found:
                name, quote = found
                made[name] += 1
                cuts.append(Cut(f"cut-{len(cuts)}", quote, document.id, _EDITS[name][0], name))
            if len(cuts) >= wanted:
                return cuts
    return cuts


def _edited(
    passage: str, names: list[str], whole: str, made: dict[str, int], most: int, chance: random.Random
) -> tuple[str, str] | None:
    """Return the first edit that the passage has room for, unless what comes of it stands elsewhere as it is."""
    for name in names:
        label, edit = _EDITS[name]
        quote = edit(passage, chance) if made[name] < most else None
        if quote and (label != QuoteClass.ALTERED or _letters(quote) not in whole):
            return name, quote
    return None


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs and list items as a reader sees them, on one line each."""
    for block in re.split(r"\n\s*\n|\n(?=[ \t]*(?:[-*]|\d+\.)[ \t])", text):
        block = re.sub(r"^[ \t]*(?:[-*>]|\d+\.)[ \t]+", "", block.replace("\xa0", " "))
        block = re.sub(r"!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\s]|\([^()\s]*\))*\)", r"\1", block)
        block = _INVISIBLE.sub("", html.unescape(re.sub(r"</?[A-Za-z][^<>]*>|\*+|\\(?=[^\w\s])|\\\n", "", block)))
        block = re.sub(r"(?<=\w-)\n\s*(?=\w)", "", block)
        block = _LABEL.sub("", block)
        if len(block.split()) >= FEWEST_WORDS and not _ASIDE.search(block) and "…" not in block:
            yield " ".join(block.split())


def _passage(paragraph: str, chance: random.Random) -> str | None:
    """Return words in a row of the paragraph, from its start, from a sentence's start or from anywhere."""
    words = paragraph.split(" ")
    starts = [0, *(i for i in range(1, len(words)) if words[i - 1][-1:] in ".?!"), chance.randrange(len(words))]
    start = chance.choice(starts)
    passage = " ".join(words[start : start + chance.randint(FEWEST_WORDS, MOST_WORDS)]).strip(" .,;:—–-")
    if len(_WORD.findall(passage)) < FEWEST_WORDS or "..." in passage or _CUT_NAME.search(passage):
        return None
    return passage


def _letters(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))


Edit = Callable[[str, random.Random], str | None]


def _swapped(pairs: Iterable[tuple[str, str]], *, plain: bool) -> Edit:
    """Return an edit that makes one of the replacements, the first that changes anything in a drawn order."""
    ordered = list(pairs)

    def edit(passage: str, chance: random.Random) -> str | None:
        for old, new in chance.sample(ordered, len(ordered)):
            changed = re.sub(re.escape(old) if plain else old, new, passage, count=1)
            if changed != passage:
                return changed
        return None

    return edit


def _changed(edit: Edit) -> Edit:
    """Return the edit, but nothing where it leaves the passage as it is."""

    def changed(passage: str, chance: random.Random) -> str | None:
        quote = edit(passage, chance)
        return None if quote == passage else quote

    return changed


def _other_quotes(passage: str, chance: random.Random) -> str:
    styles: tuple[dict[str, str | int | None], ...] = (
        {"’": "'", "“": '"', "”": '"'},
        {"'": "’", "“": "‘", "”": "’", '"': "'"},
        {"“": "«", "”": "»"},
    )
    return passage.translate(str.maketrans(chance.choice(styles)))


def _dashes(passage: str, chance: random.Random) -> str:
    return _DASH.sub(chance.choice([" – ", "—", " — ", " - ", "--", " -- "]), passage)


def _case(passage: str, chance: random.Random) -> str | None:
    first = passage.split(" ")[0]
    if not first.isalpha() or first.isupper() or first == "United":
        return None
    return passage[0].swapcase() + passage[1:]


def _comma(passage: str, chance: random.Random) -> str | None:
    return passage.replace(", ", " ", 1) if ", " in passage and not re.search(r"\d, \d", passage) else None


def _omission(passage: str, chance: random.Random) -> str | None:
    words = passage.split(" ")
    if len(words) < 14:
        return None
    at = chance.randint(4, len(words) - 9)
    left, right = words[:at], words[at + chance.randint(2, 4) :]
    if _CUT_NAME.search(" ".join(left)) or _CUT_NAME.search(" ".join(right)):
        return None
    mark = chance.choice([" … ", " ... ", " . . . ", "... ", " [...] ", " […] ", " (…) ", "…"])
    return " ".join(left) + mark + " ".join(right)


def _bracketed(passage: str, chance: random.Random) -> str | None:
    new = chance.choice(["[the United States]", "[the administration]", "[Americans]"])
    changed = re.sub(r" (?:we|they|he|it|this) ", f" {new} ", passage, count=1)
    return changed if changed != passage else None


def _bracketed_letter(passage: str, chance: random.Random) -> str | None:
    first = passage.split(" ")[0]
    return (
        f"[{passage[0].swapcase()}]{passage[1:]}" if first.isalpha() and len(first) > 1 and first != "United" else None
    )


def _word_dropped(passage: str, chance: random.Random) -> str:
    words = passage.split(" ")
    del words[chance.randint(1, len(words) - 2)]
    return " ".join(words)


def _not_added(passage: str, chance: random.Random) -> str:
    words = passage.split(" ")
    words.insert(chance.randint(1, len(words) - 1), "not")
    return " ".join(words)


def _digit_changed(passage: str, chance: random.Random) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", passage)]
    if not digits:
        return None
    at = chance.choice(digits)
    return passage[:at] + str((int(passage[at]) + chance.randint(1, 8)) % 9 + 1) + passage[at + 1 :]


def _name_dropped(passage: str, chance: random.Random) -> str | None:
    names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,} (?=[a-z])", passage))
    if not names:
        return None
    name = chance.choice(names)
    return passage[: name.start()] + passage[name.end() :]


_EDITS: dict[str, tuple[str, Edit]] = {
    "untouched": ("exact", lambda passage, chance: passage),
    "closing": ("exact", lambda passage, chance: passage + chance.choice([",", ".", "…", "!"])),
    "quotation marks": ("exact", _changed(_other_quotes)),
    "wrapped": ("exact", lambda passage, chance: passage.replace(" ", "\n", 1).replace(" ", " \xa0", 1)),
    "dashes": ("normalised", _changed(_dashes)),
    "case": ("normalised", _case),
    "comma": ("normalised", _comma),
    "US": ("normalised", _swapped([("U.S.", "US")], plain=True)),
    "spelling": ("spelling", _swapped(_SPELLINGS, plain=False)),
    "omission": ("edited", _omission),
    "brackets": ("edited", _bracketed),
    "letter": ("edited", _bracketed_letter),
    "word dropped": ("altered", _word_dropped),
    "not": ("altered", _not_added),
    "digit": ("altered", _changed(_digit_changed)),
    "name dropped": ("altered", _name_dropped),
    "contraction": ("altered", _swapped(_CONTRACTIONS, plain=True)),
    "other word": ("altered", _swapped(_OTHER_WORDS, plain=True)),
}
