"""Numbers that are no figures: dates, times, scores, telephone numbers, addresses, and parts of names."""

import re
from collections.abc import Iterator

from claims.extraction.numbers.number_words import CARDINALS
from claims.extraction.wordset import wordset

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|"
    r"JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:(?:\s?[-–]\s?|,\s+|\s+(?:and|to|or|until|through)\s+){_DAY}){{0,4}}(?!\d)"
_NUMBERED = (
    r"articles?|art\.|sections?|secs?\.|chapters?|ch\.|titles?|flights?|routes?|highways?|interstate|rooms?|rules?|"
    r"resolutions?|amendments?|propositions?|prop\.?|measures?|channels?|phases?|tiers?|parts?|pages?|pp?\.|vol\.?|"
    r"volumes?|"
    r"nos?\.?|numbers?|levels?|grades?|class|seasons?|episodes?|areas?|units?|piers?|platforms?|gates?|districts?|"
    r"wards?|"
    r"precincts?|figures?|figs?\.|tables?|formula|versions?|types?|categor(?:y|ies)|items?|questions?|lines?|rows?|"
    r"acts?|"
    r"h\.\s?r\.|(?<!\.)s\.|bills?|cases?|points?|steps?|group\s+of|big|sizes?|super\s+bowl|world\s+cup|copa|expo|"
    r"agenda|"
    r"euro|vision|projects?|models?|tasks?|paragraphs?|paras?\.?|clauses?|days?|weeks?|year|verses?|psalms?|top|"
    r"under|over-|"
    r"aged?\s+under|appendix|annex(?:es)?|schedules?|exhibits?|lots?|runways?|junctions?|exits?|zones?|blocks?|"
    r"buildings?|"
    r"apartments?|flats?|suites?|boxes|box|bus|buses|tram|trams|lane|stage|stages|round|rounds|chapter|protocols?|"
    r"directives?|regulations?|recommendations?|goals?|pillars?|apollo|boeing|airbus|covid|saturn|soyuz|voyager|"
    r"sputnik|gemini|iphone|windows|studio|area|camp|sector|zone|quarter|q|terminal"
)
_NUMBER = rf"(?:\d+(?:\.\d+)*|(?:{'|'.join(CARDINALS)})\b)"
_NAMED = re.compile(
    rf"(?<![\w-])(?:{_NUMBERED})\s+(?P<number>{_NUMBER}(?!,\d{{3}}|\.\d|\s?%|[a-z]{{3}}))"
    rf"(?P<more>(?:(?:,\s+|,?\s+(?:and|or|to)\s+|\s?[-–]\s?){_NUMBER}(?!,\d|\s?%|\s+[a-z]+s\b))*)",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:per\s?cent|percent|people|men|women|children|times|years?|months?|weeks?|days?|hours?|minutes?|million|"
    r"billion)\b",
    re.IGNORECASE,
)
_IN_LOWER_CASE = wordset(
    "under top day days week weeks big area areas unit units point points case cases step steps class round rounds "
    "euro "
    "goal goals measure measures number numbers project projects model models figure figures part parts line lines box "
    "boxes bus buses flat flats lot lots building buildings question questions row rows act acts table tables size "
    "sizes"
)
"""Common words that the number behind them may count: "in day 3" is a name, "in cases 12 were hurt" is none."""
_CALENDAR = wordset("day days week weeks year quarter season seasons round rounds points cases phases stages")
_DETERMINED = re.compile(
    r"\b(?:last|this|that|next|per|an?|each|every|same|the|other|these|those|all|some|many|more|few|past|one|first|"
    r"of)\s+$",
    re.IGNORECASE,
)
_MASKS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", 0),
        (r"(?<![\w.,])(?:19|20)\d\d-\d\d?-\d\d?(?![\d-])|(?<![\d/])\d{1,4}[/.]\d{1,2}[/.]\d{2,4}(?![\d/])", 0),
        (r"(?<![\d/,.])\d{1,4}/\d{1,4}(?![\d/])(?!\s+of\b)(?<!\s\d/\d)", 0),
        (rf"\b{_MONTH}\s+(?:the\s+)?{_DAYS}(?![\d%]|[.,:]\d|\s?(?:per\s?cent|percent|million|"
        rf"billion)\b)(?:,?\s+\d{{4}}\b)?", 0),
        (rf"\b{_DAYS}\s+(?:of\s+)?{_MONTH}(?![a-z])(?!\s+(?:have|be)\b)(?:,?\s+\d{{4}}\b)?", 0),
        (r"(?<![\d.,])\d{1,2}(?:[.:]\d\d){1,2}(?:\s?(?:[ap]\.?\s?m\b\.?|hrs\b|GMT\b|h\b))?(?<=:\d\d)|"
         r"(?<![\d.,:])\d{1,2}(?:[.:]\d\d)?(?:\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?)?\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|"
         r"noon\b)|"
         r"(?<![\d.,:])\d{1,2}[.:]\d\d\s?(?:[ap]\.?\s?m\b\.?|GMT\b|UTC\b|[CE]E?[SD]?T\b|BST\b)|\b\d{4}\s?(?:GMT|UTC|"
         r"hrs|hours\s+GMT)\b|"
         r"\bat\s+(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d%]|\s?(?:per\s?cent|[a-z]+s\b|[mbt]n\b|(?:m|b|tr)illion)|(?:\s?[-–]|"
         r"\s+to)\s?\d+(?:\.\d+)?(?:%|\s?(?:per\s?cent|[a-z]+s\b)))", re.IGNORECASE),
        (r"(?<![\w.])\+\d[\d\s().-]{6,20}\d|(?<![\w.,])0\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?(?!\d)|"
        r"\(\d{3,5}\)\s?\d{3,}(?:[\s-]\d+)*|"
         r"(?<![\w.,-])\d{3}[-.]\d{3}[-.]\d{4}\b|(?<![\w.,-])\d{3}-\d{4}\b|(?<![\w.,])(?:dial|phone|ring|hotline|"
         r"helpline|call)(?:led|ed)?\s+(?:on\s+)?(?:911|999|11\d|101|\d{4,})\b", re.IGNORECASE),
        (r"(?<![\w.,-])\d+[.]\d+[.]\d+(?:[.]\d+)*", 0),
        (r"(?<![\w.,£$€])[1-9]\d?\s?(?:x|×)\s?\d{1,2}\b", 0),
        (r"(?<![\w.,\u00a0\u202f\u2009])(?<!\d )0\d+(?![.,]\d)", 0),
        (r"(?<![\w.,])\d{1,5}[A-Za-z]?\s(?:[A-Z][\w’'-]+\s){1,3}(?:Lane|Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Square|"
        r"Drive|Boulevard|"
         r"Blvd\.?|Terrace|Court|Place|Close|Crescent|Way|Gardens|Row|Quay)\b", 0),
        (r"\b(?:50[-/–]50|20[-/–]20)\b", 0),
    )
)  # fmt: skip
_SCORE = re.compile(
    r"(?<![\w.,:/£$€%-])(?P<one>\d{1,3})\s?(?P<join>[-–:]|\bto\b)\s?(?P<two>\d{1,3})(?![\w%:]|[.,]\d|[-–/]\d)"
    r"(?P<noun>[\s-](?:vote|win|victory|defeat|lead|loss|majority|margin|decision|ruling|split|draw|score|triumph|"
    r"advantage|"
    r"deficit|chance|record)\b)?"
)
_CONTEST = re.compile(
    r"\b(?:won|win|wins|winning|lost|lose|lead|leads|led|beat|beats|beating|defeated|trail(?:s|ed)?|vote|voted|votes|"
    r"voting|ruled|"
    r"passed|approved|rejected|drew|draw|score|scored|split|divided|by|ahead|behind|victory|defeat)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_COUNTED_THINGS = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?!was\b|is\b|has\b|this\b|as\b|versus\b|votes\b)(?:[a-z]{2,}s|people|men|women|children)\b"
)
_UNIT_FOLLOWS = re.compile(r"\s?(?:%|per\s?cent|percent|°|degrees|kg|km|cm|mm)|[\s-](?:year|month|week|day|hour|"
r"minute|second|mile|tonne|inche?|pound)s?\b|\s(?:million|billion|trillion|thousand)\b")  # fmt: skip


def lookalikes(text: str) -> list[tuple[int, int]]:
    """Return the spans of what holds digits or number words and is no figure, in order and without overlaps."""
    spans = list(_names(text))
    if any(character.isdigit() for character in text):
        for pattern in _MASKS:
            spans += [match.span() for match in pattern.finditer(text)]
        spans += _scores(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _names(text: str) -> Iterator[tuple[int, int]]:
    for match in _NAMED.finditer(text):
        word = match.group().split()[0]
        spelt = not match["number"][0].isdigit()
        if _COUNTED_AFTER.match(text, match.end("number")) and word.lower() in _IN_LOWER_CASE:
            continue
        if spelt and word.lower() in ("under", "over-", "big", "year") and not word[0].isupper():
            continue
        if word.lower() in _CALENDAR and _DETERMINED.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if word.lower() == "under" and not _is_age_group(text, match):
            continue
        yield match.span()


def _is_age_group(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 1] in ("s", "’", "'")


def _scores(text: str) -> Iterator[tuple[int, int]]:
    for match in _SCORE.finditer(text):
        if _FROM.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        if not match["noun"] and _UNIT_FOLLOWS.match(text, match.end()):
            continue
        rises = int(match["one"]) < int(match["two"])
        contest = _CONTEST.search(text[max(0, match.start() - 40) : match.start()]) is not None
        counted = _COUNTED_THINGS.match(text, match.end("two"))
        if (
            match["noun"]
            or match["join"] == ":"
            or not rises
            or (contest and not counted)
            or (match["join"] != "to" and not counted)
        ):
            yield match.span()
