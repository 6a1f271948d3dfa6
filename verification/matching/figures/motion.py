"""Whether a figure is a level or a change, and which way it goes: rose by 5, fell to 5, from 4 to 5."""

import re
from dataclasses import dataclass

UP, DOWN = "up", "down"
_UP = (
    r"r(?:o|i)se(?:n|s)?|rising|increas(?:e[ds]?|ing)|gr[eo]w(?:s|n|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|"
    r"gain(?:s|ed|ing)?|surg(?:e[ds]?|ing)|soar(?:s|ed|ing)?|up|rais(?:e[ds]?|ing)|expand(?:s|ed|ing)?|"
    r"add(?:s|ed|ing)|higher|rise|growth|gain"
)
_DOWN = (
    r"f[ea]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)|down|cut(?:s|ting)?|"
    r"reduc(?:e[ds]?|ing|tion)|los(?:e|es|t|ing)|shr[aiu]nk(?:s|ing)?|slump(?:s|ed)?|plung(?:e[ds]?|ing)|"
    r"lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|fewer|loss"
)
_FILLER = (
    r"by|to|from|about|nearly|almost|an?|another|further|some|as|more|than|much|many|sharply|slightly|steadily|again|over|"
    r"just|around|roughly|estimated|only|even|back|between|at|least|of|the|record|its|their|prices?|costs?|inflation|"
    r"unemployment|exports?|imports?|taxes|emissions?|deficit|up|down|low|high"
)
_BEFORE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?P<between>(?:\s+(?:{_FILLER}))*)\s*[$€£¥]?$", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?(?:(?P<up>increase|rise|growth|gain|jump|surge|hike|higher|more)|"
    r"(?P<down>decrease|drop|fall|decline|cut|reduction|loss|lower|less|fewer))\b(?!\s+(?:of|in\s+which))",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|nearly|just|over|under|a|an)\s+)*$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+(?:(?:about|around|nearly|just|over|under|a|an|almost|some)\s+)*$", re.IGNORECASE)
_REACH = 90


@dataclass(frozen=True, slots=True)
class Motion:
    """`sort` is level, change, from or to; `direction` up, down or empty; `word` the word that says so."""

    sort: str = "level"
    direction: str = ""
    word: str = ""


def motion_of(text: str, start: int, end: int, first: int, stop: int, *, counts: bool) -> Motion:
    """Return the motion of the figure `text[start:end]` in the sentence `text[first:stop]`.

    `counts`: what is counted follows, so that "12 more ships" is no change by 12.
    """
    before = text[max(first, start - _REACH) : start]
    match = _BEFORE.search(before)
    after = _AFTER.match(text, end, stop)
    if match is not None and match.start() > 0 and before[match.start() - 1] == "-":
        match = None
    if match is None:
        if after is not None and not counts:
            direction = UP if after["up"] else DOWN
            return Motion("change", direction, (after["up"] or after["down"]).lower())
        return Motion("from" if _FROM.search(before) else "level")
    direction, word = (UP if match["up"] else DOWN), (match["up"] or match["down"]).lower()
    if _FROM.search(before):
        return Motion("from", direction, word)
    if _TO.search(before):
        return Motion("to", direction, word)
    return Motion("change", direction, word)
