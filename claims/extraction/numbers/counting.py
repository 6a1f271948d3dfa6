"""Whether a number counts or measures something, or belongs to a name, an age, a year or a turn of phrase."""

import re
from collections.abc import Sequence

from claims.extraction.numbers.numerals import Numeral
from claims.extraction.wordset import wordset

_CAPITAL_BEFORE = re.compile(r"(?P<word>\b[A-Z][\w’'&-]*)\s$|[A-Z]\w+\s\d[\d.]*\s(?:and|or)\s$")
_OPENERS = wordset(
    "The A An Some About Around Over Under Nearly Almost Only Just Of In On At By From With Without For To And Or "
    "But Nor "
    "All Another Other These Those Their His Her Its Our My Your At Up More Fewer Less Exactly Precisely Roughly "
    "Approximately As Between After Before Since Until Till Through Throughout During Within Per Than That This There "
    "Here When While Where Which Who If Because Though Although Even Also Not No Every Each Any Both Half Last Next "
    "First "
    "Perhaps Maybe Another Additional Additionally Today Yesterday Tomorrow Tonight Still Yet So Then Thus Hence Was "
    "Were "
    "Is Are Be Been Has Have Had Do Does Did Will Would Can Could May Might Must Shall Should Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Meanwhile Elsewhere Overall Altogether Currently Now Recently Officially Of Off "
    "Police Officials Authorities Scientists Researchers Engineers Rescuers Firefighters Prices Sales Profits Minus "
    "Plus Like Among Amongst Against Across "
    "Including Excluding Counting Some Many Most Few Several Estimated Record What How Why Remaining Out Killed "
    "Around I He She They We You It"
)
_FULL_STOP = '.!?“"‘:;\n—–(•*-'
_GIVES = re.compile(
    r"\b(?:g[ai]v(?:e|es|en|ing)|sen[dt]s?|sending|costs?|costing|offer(?:s|ed|ing)?|sold|sell|lent|lend|owe[sd]?|"
    r"hand(?:s|ed)|"
    r"award(?:s|ed)|pay|pays|paid|grant(?:s|ed)|promis(?:es|ed)|deni(?:es|ed)|saved?|bought|earned|won|left|made|"
    r"bring|brought)\s+"
    r"(?:the\s+)?(?:[A-Z][\w’'-]*\s){1,3}$"
)
_NAME_AFTER = re.compile(
    r"[A-Za-z_/:²³]|[-–][A-Za-z]*\d|\.\d|-[A-Z]|['’]s\b|\s(?:U\.S\.C|C\.F\.R|CFR)\b|\(\w{1,3}\)|-a-side\b|-something\b|-?fold\b"
)
_GLUED = re.compile(r"[A-Za-z][-–/.]$|[#@/.:_%=&?]$|[\w)]\($|\d[-/:.,]$|\w$|№\s?$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AFTER_COUNT = re.compile(
    r"\s+(?:(?:more|new|other|local|young|foreign|armed|active)\s+)?(?:people|men|women|children|troops|soldiers|"
    r"jobs|homes|houses|"
    r"deaths|cases|seats|votes|signatures|inhabitants|residents|workers|employees|ships|boats|cars|units|copies|"
    r"tickets|students|"
    r"pupils|patients|refugees|migrants|protesters|delegates|members|firms|farms|trees|birds|animals|books|words|"
    r"pages|steps)\b"
)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|his|her|its|their|our|my|your|other|last|first|next|of|all|both)\s+$", re.IGNORECASE
)
_FEW = 5
"""Up to here "the four suspects" are the ones meant, from there on a number is told."""
_NO_COUNT = wordset(
    "of or and but in on at by who that which was is are were has had to from for with another thing way "
    "time reason point side man woman person more week year if as when than then not so"
)
_NO_COUNT_HYPHEN = wordset(
    "state way sided off time tier piece faced star fold party track pronged step horse on one handed speed man "
    "woman to "
    "up seater part wheeler legged size dimensional"
)
_LISTED = re.compile(
    r"[,;.!?)”\"’]|\s+(?:others?|in|on|at|and|or|of\s+(?:them|the)|more|near|by|from|after|during|when|while|was|is|were|"
    r"are|have)\b|\s+to\s+\w+[.,;]|\s*$"
)
_ACTED = re.compile(
    r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|arrest(?:ed|ing|s)|detain(?:ed|ing)|rescu(?:ed|ing)|"
    r"hurt(?:ing)?|"
    r"sank|sinking|destroy(?:ed|ing)|damag(?:ed|ing)|captur(?:ed|ing)|lost|losing|shot|shooting|leav(?:es|ing)|left|"
    r"including|"
    r"evacuat(?:ed|ing)|charg(?:ed|ing)|totall?ing|total(?:led|s)|number(?:ed|ing|s)|claim(?:ed|ing)|take|took|takes|"
    r"taking|"
    r"won|winning|add(?:ed|ing|s)|creat(?:ed|ing|es)|cut|cutting|built|building)\s+$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:rose|risen|rises|rising|fell|fallen|falls|climb(?:s|ed)|cut|trimmed|lowered|slashed|reduced|raised|increased|"
    r"dropped|grew|grown|jumped|shrunk|shrank|went|gone|up|down|toll|total)\s+(?:(?:from|to)|from\s+[\w-]+\s+to)\s+$|"
    r"\b(?:majority|margin|lead|total|toll|crew|team|party|family|panel|jury|average)\s+of\s+$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:(?:was|were|is|are|has\s+been|have\s+been|remains?)\s+(?:[a-z]+ly\s+)?"
    r"(?:killed|injured|wounded|hurt|arrested|missing|dead|detained|charged|rescued|hospitalised|hospitalized|"
    r"destroyed|damaged)|died)\b"
)
_ZERO = re.compile(r"\s+(?:(?:new|confirmed|reported|more|other)\s+)?(?!emissions|sums|hours)[a-z]{3,}s\b")
_ELLIPTICAL = re.compile(r"(?:\band|,|\bwhile)\s+(?:the\s+)?[A-Z][\w’'-]*\s$")
_ONLY = re.compile(r"\b(?:only|just|exactly|precisely|another|a\s+total\s+of|or|nor)\s+$", re.IGNORECASE)
_BESIDE = 60


def is_figure(
    text: str, numeral: Numeral, start: int, end: int, unit: str | None, *, hedged: bool, second: bool = False,
    others: Sequence[Numeral] = (),
) -> bool:  # fmt: skip
    """Tell a figure from a name, a year, an age or a turn of phrase.

    `start` and `end` hold the number with its sign, currency and unit; `hedged` that a hedge stands before it;
    `second` of a range has a dash before it; `others` are the numbers of the same text.
    """
    before = text[max(0, start - _BESIDE) : start]
    after = text[end : end + 40]
    if not second and _GLUED.search(before) and not (text[start] in "-−+" and not before[-1:].isalnum()):
        return False  # G7, F-16, COVID-19, 9/11, 5:45, item 3.2.1
    if re.match(r",\d", after):
        return False  # 2,5: nobody knows what it stands for
    if unit is not None:
        return not (
            numeral.words and numeral.value == 1 and unit == "day" and not hedged and _is_one_day(text, numeral, end)
        )
    if numeral.part:
        return True
    if _NAME_AFTER.match(after) or (not numeral.words and _ORDINAL.match(after)):
        return False  # 5G, 24/7, 46th, 1990s
    if numeral.words:
        return _counts(text, numeral, before, after, hedged, others)
    digits = text[numeral.start : numeral.end]
    if _YEAR.fullmatch(digits):
        return (hedged and not re.match(r"\s*(?:[,.;)]|$)|\s+levels?\b", after)) or _AFTER_COUNT.match(
            after
        ) is not None
    if (
        re.search(r"[A-Za-z’'.],\s$", before) and re.match(r",|\)|\.$", after)
        and 0 < numeral.value < 120 and numeral.value == int(numeral.value) and not numeral.scaled and not hedged
        and re.search(r"[A-Z][\w’'-]*,\s$", before)
    ):  # fmt: skip
        return False  # the age in an apposition
    if numeral.scaled or hedged or "," in digits:
        return True
    return _is_second_count(text, start, before, after, others) or not _in_name(text, before, start)


def _is_second_count(text: str, start: int, before: str, after: str, others: Sequence[Numeral]) -> bool:
    """Tell the count whose thing was named before: the House has 435 members and the Senate 100."""
    if _ELLIPTICAL.search(before) is None or re.match(r"\s+and\b|[.,;]|$", after) is None:
        return False
    first = next((other for other in others if start - _BESIDE < other.end < start and not other.part), None)
    return (
        first is not None
        and text[first.start - 1 : first.start] == " "
        and re.match(r"\s+[a-z]+\b", text[first.end :]) is not None
        and re.search(r"[.;!?]\s", text[first.end : start]) is None
        and re.search(r"[A-Z][\w’'-]*\s$", text[: first.start]) is None
    )


def _in_name(text: str, before: str, start: int) -> bool:
    """Tell the number of a name (Boeing 737) from one behind a capital that only opens a sentence or a headline."""
    match = _CAPITAL_BEFORE.search(before)
    if match is None:
        return False
    word = match["word"]
    if word is None:
        return True
    if (
        word.endswith(("’s", "'s", "’", "s'", "ly"))
        or word in _OPENERS
        or (word.capitalize() in _OPENERS and word.isupper())
    ):
        return False
    if _is_headline(text, start) or re.search(r"\b[Tt]he\s[A-Z]\w+s\s$", before):
        return False  # the Greens took 34 and the Liberals 28
    return _GIVES.search(before) is None


def _is_headline(text: str, at: int) -> bool:
    """Tell whether most words of the text around are capitalised, so that a capital tells nothing."""
    words = re.findall(r"[A-Za-z]{4,}", text[max(0, at - 120) : at + 120])
    return len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _is_one_day(text: str, numeral: Numeral, end: int) -> bool:
    before = text[max(0, numeral.start - 12) : numeral.start]
    return (
        text[numeral.end] != "-" and re.search(r"\b(?:in|for|within|only|just|after|of|than|every)\s+$", before) is None
    )


def _counts(
    text: str, numeral: Numeral, before: str, after: str, hedged: bool, others: Sequence[Numeral]
) -> bool:  # fmt: skip
    """Tell whether spelt words count something: `two soldiers`, not `one of them`, `the two leaders`, `Group of
    Seven`.
    """
    stripped = before.rstrip(" \t\u00a0")
    opens = not stripped or stripped[-1] in _FULL_STOP
    written = text[numeral.start : numeral.end]
    if written[0].isupper() and not opens and not written.isupper() and not _is_headline(text, numeral.start):
        return False
    if numeral.scaled:
        return not re.match(r"s\b", after)
    word = re.match(r"(?P<join>[\s-])(?P<word>[A-Za-z]+)", after)
    name = word["word"].lower() if word is not None else ""
    if numeral.value == 0:
        return _ZERO.match(after) is not None and not _DEFINITE.search(before)
    if word is not None and word["join"] == "-" and name in _NO_COUNT_HYPHEN:
        return False
    acted = _LISTED.match(after) is not None and (_ACTED.search(before) or _REACHED.search(before)) is not None
    if numeral.value == 1:
        return _one_counts(text, numeral, before, name, hedged, others)
    if hedged or acted:
        return True
    if name == "of" and re.match(r"\s+of\s+(?:the|its|their|his|her|our|these|those|them|\d|ten|all)\b", after):
        return not _DEFINITE.search(before)
    if (
        not name
        or name in _NO_COUNT
        or (word is not None and word["word"][0].isupper() and not _proper_counted(text, numeral))
    ):
        return False
    return not (_DEFINITE.search(before) and numeral.value <= _FEW)


def _proper_counted(text: str, numeral: Numeral) -> bool:
    """Tell whether what follows is a capitalised thing that is counted: two Norwegian ships, two F-16 jets."""
    following = text[numeral.end : numeral.end + 60]
    return (
        re.match(r"\s+(?:[A-Z][\w.-]*\s+){1,3}[a-z]+s\b", following) is not None
        or text[max(0, numeral.start - 60) : numeral.end + 30].isupper()
        or (re.match(r"\s+[A-Z][a-z]+s\b", following) is not None)
    )


def _one_counts(
    text: str, numeral: Numeral, before: str, name: str, hedged: bool, others: Sequence[Numeral]
) -> bool:  # fmt: skip
    if re.search(r"\b(?:no|any|every|some|number|this|that|the|which|each|many\s+a)[\s-]$", before, re.IGNORECASE):
        return False
    if name in ("of", "another", "thing", "day", "way", "time", "reason", "hand", "side", "point", "in", "who", "that"):
        return hedged and name == "of"
    if hedged or _ACTED.search(before) or (_ONLY.search(before) and name):
        return True
    if name and _HAPPENED.match(text, numeral.end):
        return True
    near = [
        other for other in others
        if other is not numeral and abs(other.start - numeral.start) < _BESIDE and not other.part and other.value > 1
        and re.search(r"\band\b|,", text[min(other.end, numeral.end) : max(other.start, numeral.start)])
    ]  # fmt: skip
    return bool(name and near and name.isalpha() and not re.match(r"official|member|expert|analyst|resident", name))
