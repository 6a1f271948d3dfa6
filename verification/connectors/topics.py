"""What a text is about, in a few words: the telling ones, in its order."""

import re

from claims.extraction.wordset import wordset
from verification.matching.offices import plain_text
from verification.matching.tokens import WORD

SHORTEST = 4
_COMMON = wordset(
    """
    about above across after again against agreed agreement almost along already also although always among announced
    another around asked away back because become been before began being believe below between both call called came
    cannot come could didn't does doing done down during each either else enough even ever every everyone everything
    first following from full gave getting give given going gone good great have having held here herself himself
    however including instead into itself joint just keep known last later least less like little long made make making
    many matter maybe might more most much must myself need never next nobody none nothing only other others over
    part people perhaps possible president prime minister press quite rather really reporters released remarks readout
    said same says second secretary seen several shall should since some someone something soon spoke statement still
    such sure take taken tell than that their them then there these they thing things think this those though through
    thus today together told tomorrow tonight total toward towards under until upon used very want wanted well went were
    what when where whether which while whom whose will with within without would year years yesterday your
    """
)


def topic_words(text: str, title: str = "", *, most: int) -> tuple[str, ...]:
    """Return at most so many words that tell what a text is about, and then what its title does, as they are written.

    Names count first: nothing tells more of an event than who and where.
    """
    found: dict[str, str] = {}
    for part in (text, title):
        for match in WORD.finditer(plain_text(part)):
            word = re.sub(r"['’]s$", "", match.group())
            if len(word) >= SHORTEST and word.casefold() not in _COMMON and not word[0].isdigit():
                found.setdefault(word.casefold(), word)
    ranked = sorted(found.values(), key=lambda word: (not word[0].isupper(), -len(word)))[:most]
    return tuple(word for word in found.values() if word in ranked)


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's telling words, so that forms of one word meet: "German", "Germany"."""
    words = (match.group().casefold() for match in WORD.finditer(plain_text(text)))
    return frozenset(word[:6] for word in words if len(word) >= SHORTEST and word not in _COMMON)
