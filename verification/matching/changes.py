"""What kind of change a change of words is: the flags beside `altered`.

Contractions are opened first ("we'll" = "we will"), so that writing one out raises no flag. A flag is raised where one
side holds a word of the kind that the other does not; it is a hint to the checker, never part of the class.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, product

from verification.matching.numerals import CARDINALS, ORDINALS, SCALES, read_number
from verification.matching.tokens import exact_form, plain_form

FLAGS = ("negation", "number", "modal", "name", "tense", "quantifier")

_NEGATIONS = frozenset({
    "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without", "hardly", "barely",
    "scarcely",
})  # fmt: skip
_MOST_PAIRS = 400
"""Pairs of words looked at for one verb in two tenses and the like; in longer changes the words tell nothing."""
NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_MODALS = frozenset({
    "can", "could", "may", "might", "must", "shall", "should", "will", "would", "ought", "need",
})  # fmt: skip
_QUANTIFIERS = frozenset({
    "all", "almost", "always", "any", "anyone", "anybody", "anything", "barely", "both", "each", "either", "enough",
    "every", "everybody", "everyone", "everything", "few", "fewer", "half", "least", "less", "little", "lots",
    "majority", "many", "minority", "more", "most", "mostly", "much", "nearly", "often", "only", "rarely", "seldom",
    "several", "some", "somebody", "someone", "something", "sometimes", "usually",
})  # fmt: skip
_HEDGES = frozenset({
    "about", "approximately", "around", "over", "roughly", "under", "up",
})  # fmt: skip
"""Quantifiers only where a number follows: "about 8,500" but not "talk about"."""
_MAGNITUDES = frozenset({
    "percent", "cent", "percentage", "point", "points", "dozen", "dozens", "half", "quarter", "third", "thirds",
    "double", "triple", "twice", "$", "€", "£", "¥",
})  # fmt: skip
_IRREGULAR_PAST = {
    "am": "was", "is": "was", "are": "were", "has": "had", "have": "had", "do": "did", "go": "went", "say": "said",
    "make": "made", "come": "came", "see": "saw", "take": "took", "get": "got", "give": "gave", "know": "knew",
    "think": "thought", "tell": "told", "find": "found", "leave": "left", "bring": "brought", "begin": "began",
    "keep": "kept", "hold": "held", "mean": "meant", "meet": "met", "pay": "paid", "send": "sent", "build": "built",
    "fall": "fell", "lose": "lost", "win": "won", "rise": "rose", "run": "ran", "stand": "stood", "spend": "spent",
    "speak": "spoke", "grow": "grew", "write": "wrote", "feel": "felt", "become": "became", "fight": "fought",
    "buy": "bought", "sell": "sold", "lead": "led", "seek": "sought", "teach": "taught", "understand": "understood",
    "break": "broke", "choose": "chose", "draw": "drew", "drive": "drove", "eat": "ate", "fly": "flew",
    "forget": "forgot", "hear": "heard", "strike": "struck", "throw": "threw", "wear": "wore", "withdraw": "withdrew",
}  # fmt: skip
_PAST = frozenset(_IRREGULAR_PAST.values())
_NEVER_NAMES = _NEGATIONS | _QUANTIFIERS | frozenset(CARDINALS) | frozenset({
    "actually", "again", "ago", "although", "another", "because", "before", "certainly", "clearly", "despite", "during",
    "even", "finally", "first", "following", "frankly", "further", "furthermore", "hello", "hence", "here", "however",
    "hopefully", "indeed", "instead", "later", "let", "likewise", "look", "maybe", "meanwhile", "moreover",
    "nevertheless", "next", "nonetheless", "obviously", "okay", "once", "other", "otherwise", "perhaps", "please",
    "possibly", "probably", "really", "recently", "second", "seriously", "should", "since", "still", "such", "sure",
    "surely", "thank", "thanks", "therefore", "these", "third", "through", "thus", "today", "together", "tomorrow",
    "tonight", "toward", "towards", "under", "unfortunately", "unless", "until", "very", "whatever", "whenever",
    "where", "wherever", "whether", "while", "whoever", "why", "within", "yes", "yesterday", "yet",
})  # fmt: skip
"""Words that open sentences, and are capitalised there though the source may never write them without."""
_CONTRACTED = re.compile(r"^(.+?)(n't|'ll|'re|'ve|'m|'d|'s)$")
_OPENED = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would", "'s": "is"}
_IRREGULAR_NEGATIVES = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not")}
_IS_CONTRACTED = frozenset({
    "it", "that", "he", "she", "there", "what", "here", "who", "where", "how", "let",
})  # fmt: skip


def change_flags(
    quote: Sequence[str], source: Sequence[str], following: str, is_common: Callable[[str], bool]
) -> frozenset[str]:
    """Return the flags for words `quote` standing where the source has `source`; either may be empty.

    `following` is the next word both share ("" at the end), by which "about 8,500" is known; `is_common` tells whether
    a capitalised word also occurs uncapitalised and so is no name.
    """
    left, right = _opened(quote), _opened(source)
    flags = set()
    if negates_otherwise(quote, source):
        flags.add("negation")
    if _numbers(left, right) != _numbers(right, left):
        flags.add("number")
    if _held(left, _MODALS) != _held(right, _MODALS):
        flags.add("modal")
    if _names(quote, is_common) != _names(source, is_common):
        flags.add("name")
    if _tense_changed(left, right):
        flags.add("tense")
    if _quantifiers(left, following) != _quantifiers(right, following):
        flags.add("quantifier")
    return frozenset(flags)


def negates_otherwise(quote: Sequence[str], source: Sequence[str]) -> bool:
    """Tell whether one side says no more often than the other: not, never, without, unlikely for likely."""
    left, right = _opened(quote), _opened(source)
    return _count(left, _NEGATIONS) != _count(right, _NEGATIONS) or _prefix_negated(left, right)


def _opened(words: Iterable[str]) -> list[str]:
    """Return the words in lower case with contractions written out."""
    opened: list[str] = []
    for word in words:
        plain = plain_form(word)
        match = _CONTRACTED.match(plain)
        if plain in _IRREGULAR_NEGATIVES:
            opened += _IRREGULAR_NEGATIVES[plain]
        elif match and (match[2] != "'s" or match[1] in _IS_CONTRACTED):
            opened += match[1], _OPENED[match[2]]
        else:
            opened.append(plain)
    return opened


def _count(words: Iterable[str], kind: frozenset[str]) -> int:
    return sum(word in kind for word in words)


def _held(words: Iterable[str], kind: frozenset[str]) -> Counter[str]:
    return Counter(word for word in words if word in kind)


def _prefix_negated(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell "likely" from "unlikely"."""
    pairs = product(left, right) if len(left) * len(right) <= _MOST_PAIRS else ()
    return any(a == prefix + b or b == prefix + a for a, b in pairs for prefix in NEGATING_PREFIXES)


def _numbers(words: Sequence[str], other: Sequence[str]) -> Counter[str]:
    """Return the numbers of a side; a bare "one" is a number only where the other side holds a number too."""
    held: Counter[str] = Counter()
    at = 0
    while at < len(words):
        word = words[at]
        length = 1
        if number := read_number(words, at):
            value, length = number
            if words[at : at + length] != ["one"] or any(_numeric(word) for word in other):
                held[f"{value:f}"] += 1
        elif _numeric(word):
            held[word] += 1
        at += length
    return held


def _numeric(word: str) -> bool:
    return word[0].isdigit() or word in CARDINALS or word in SCALES or word in ORDINALS or word in _MAGNITUDES


def _names(words: Sequence[str], is_common: Callable[[str], bool]) -> Counter[str]:
    """Return the words that can only be names: capitalised, and never written without the capital."""
    held = (re.sub(r"'s$", "", exact_form(word)) for word in words)
    return Counter(
        word.casefold()
        for word in held
        if word[:1].isupper()
        and word.split("'")[0] not in {"I", "OK"}
        and word.casefold() not in _NEVER_NAMES
        and not is_common(word)
    )


def _tense_changed(left: Sequence[str], right: Sequence[str]) -> bool:
    only_left, only_right = set(left) - set(right), set(right) - set(left)
    if len(only_left) * len(only_right) > _MOST_PAIRS:
        return False
    return any(_other_tense(a, b) or _other_tense(b, a) for a in only_left for b in only_right)


def _other_tense(present: str, past: str) -> bool:
    """Tell whether the words are one verb, now and then: is and was, say and said, plan(s) and planned."""
    if past in (_IRREGULAR_PAST.get(present), _IRREGULAR_PAST.get(re.sub(r"(?<=o)es$|s$", "", present))):
        return True
    if {present, past} in ({"is", "were"}, {"are", "was"}, {"will", "was"}, {"will", "were"}, {"will", "had"}):
        return True
    if not past.endswith("ed") or len(past) < 5 or past in _PAST:
        return False
    stem = re.sub(r"(.)\1$", r"\1", past[:-2])
    present = re.sub(r"(?:ing|es|e|s)$", "", present)
    return len(stem) > 1 and re.sub(r"(.)\1$", r"\1", re.sub(r"y$", "i", present)) in {stem, re.sub(r"i$", "y", stem)}


def _quantifiers(words: Sequence[str], following: str) -> Counter[str]:
    held = _held(words, _QUANTIFIERS)
    for word, after in pairwise([*words, *([plain_form(following)] if following else [])]):
        if word in _HEDGES and _numeric(after):
            held[word] += 1
    return held
