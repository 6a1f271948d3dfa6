"""The source's own words around a passage, and whether the next of them takes the passage back."""

import re

from verification.matching.markup import INVISIBLE

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*(?=\s)|\n(?=[ \t\u00a0]*\n|[ \t>]*(?:[-+*•]|\d{1,2}[.)])[ \t])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|(?i:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Maj|Capt|Sen|Rep|Gov|Sec|St|Jr|Sr|Messrs)|No|vs?|Inc|"
    r"Corp|Co|Ltd|(?:[A-Za-z]\.)+[A-Za-z])$"
)
_FULL_STOPS = tuple(".!?…")
_CLOSING = "\"'”’»)]*_"
SENTENCES_AROUND = 2
_LONGEST_CONTEXT = 1_000

_QUALIFIER = (
    r"but|unless|except|however|although|though|until|provided|providing|assuming|only (?:if|when|after|where)|"
    r"as long as|so long as|subject to|on condition|on the condition|with the exception"
)
_IN_SENTENCE = re.compile(rf"[\s,;:—–\-\"'”’)*_\x01{INVISIBLE}]*(?:and )?(?:{_QUALIFIER}|(?P<if>if))\b", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(
    rf"[.!?…]*[\"'”’)\x01{INVISIBLE}]*\s+[“\"]?(?:But|However|Unless|Except|Only if|Provided)\b"
)
_ASKS_IF = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|know|wonder(?:s|ed|ing)?|see|sure|doubt|as|even|what|only)\W*$", re.IGNORECASE
)
"""Words after which "if" opens a question or a comparison, and takes nothing back."""


def sentences_before(text: str, start: int) -> str:
    """Return the rest of the sentence before `start` and up to two sentences more, as they stand."""
    begin = max(0, start - _LONGEST_CONTEXT)
    ends = _sentence_ends(text, begin, start)
    wanted = SENTENCES_AROUND + _has_words(text[ends[-1] if ends else begin : start])
    ends = [end for end in ends if _has_words(text[end:start])]
    if len(ends) >= wanted:
        return text[ends[-wanted] : start]
    return text[begin:start].partition(" ")[2] if begin else text[:start]


def sentences_after(text: str, end: int) -> str:
    """Return the rest of the sentence after `end` and up to two sentences more, as they stand."""
    limit = min(len(text), end + _LONGEST_CONTEXT)
    ended = text[max(0, end - 8) : end].rstrip(_CLOSING)[-1:] in _FULL_STOPS
    wanted = SENTENCES_AROUND + (not ended and _SENTENCE_END.match(text, end, limit) is None)
    ends = _sentence_ends(text, end, limit)
    if len(ends) >= wanted:
        return text[end : ends[wanted - 1]]
    return text[end:limit] if limit == len(text) else text[end:limit].rpartition(" ")[0]


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Return the offsets after each sentence and heading; an abbreviation's full stop ends none."""
    ends: list[int] = []
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
            continue
        if any(map(str.isalnum, text[ends[-1] if ends else start : match.end()])):
            ends.append(match.end())
    return ends


def goes_on_with_a_qualifier(clean: str, end: int) -> bool:
    """Tell whether the clause after `end` opens with but, unless, if, except or their like.

    In the same sentence any of them counts; a sentence of its own only takes back what the last one said where it opens
    with "But", "However", "Unless", "Except" and the like.
    """
    if _NEXT_SENTENCE.match(clean, end):
        return True
    match = _IN_SENTENCE.match(clean, end)
    return bool(match) and not (match is not None and match["if"] and _ASKS_IF.search(clean, max(0, end - 20), end))
