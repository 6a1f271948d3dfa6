"""Sentences of German, French, Spanish, Italian and Portuguese, by rule; good enough to keep a figure in its sentence.

The English rules do not hold here: German writes ordinals with a point (3. Mai) and every noun with a capital, French
puts blanks before closing marks, each has abbreviations of its own. In any other language a point before a capital ends
a sentence.
"""

import re

from claims.extraction.sentences import Span, trimmed
from claims.extraction.wordset import wordset

_ABBREVIATIONS = {
    "de": wordset(
        "dr prof hr fr st str nr abs art bzw ca evtl ggf inkl exkl vgl mio mrd tsd jan feb apr aug sept okt nov dez "
        "dipl ing geb gest sog bspw max min tel zzgl bd hrsg red univ"
    ),
    "fr": wordset("m mm mme mmes mlle mlles dr pr me st ste av art no cf env p.ex tél vol p pp janv févr avr juil"),
    "es": wordset(
        "sr sra sres sras srta dr dra d dª ee dña ud uds vd núm nº art pág págs av avda gral prof lic tel aprox"
    ),
    "it": wordset("sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa avv on ing geom arch art n nr pag pagg tel ca"),
    "pt": wordset("sr sra srs dr dra drs prof profa eng engª exmo exma art n nº pág págs av gal gen tel aprox d"),
}
"""Abbreviations after which the sentence goes on."""

_ORDINALS = {"de": re.compile(r"(?<!\d)\d{1,2}$")}
"""Before a point that makes an ordinal and ends nothing, unless a word follows that begins sentences."""

_STARTERS = wordset(
    "der die das ein eine es er sie wir ich man dies diese dieser dieses doch aber und auch damit dabei dazu danach "
    "zudem außerdem jedoch nach im in am bei mit für vor seit laut wie wenn als so"
)

_TERMINAL = re.compile(
    r"(?<![.!?…])(?:[\u00a0\u202f]?[.!?…])+(?P<closers>(?:[\"“”’'«»)\]]|[ \u00a0\u202f]»(?=[\s,.;:!?)]|$))*)\s+"
)
_OPENERS = "\"“„‚'‘’«»‹([—–-¿¡"
_ENDS = re.compile(r"(?:[.!?…][\"“”’'«»)\]\s]*|[.!?…,]?\s?[\"“”»«])$")
_ASKS = re.compile(r"\?[\"“”’'«»)\]\s]*$")


def sentences_in(language: str, text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of the paragraph `text[start:end]` as trimmed (start, end) pairs, in order."""
    spans = []
    first = start
    for match in _TERMINAL.finditer(text, start, end):
        if match.end() < end and _ends_here(language, text, match):
            spans.append(trimmed(text, first, match.end()))
            first = match.end()
    spans.append(trimmed(text, first, end))
    return [span for span in spans if span[1] > span[0]]


def ends_like_a_sentence(text: str) -> bool:
    """Tell whether `text` ends like a sentence, so that headings, captions and cells are told apart."""
    return _ENDS.search(text[-40:]) is not None


def asks(text: str) -> bool:
    """Tell whether `text` is a question, its closing quotation mark aside."""
    return _ASKS.search(text[-40:]) is not None


def _ends_here(language: str, text: str, match: re.Match[str]) -> bool:
    following = text[match.end()]
    if following.islower() or not (following.isalnum() or following in _OPENERS):
        return False
    if match.group("closers") or match.group()[0] != ".":
        return True
    before = text[max(0, match.start() - 24) : match.start()]
    word = re.search(r"[\w.ª-]*$", before)
    last = word.group().lower() if word else ""
    if last in _ABBREVIATIONS.get(language, ()) or re.fullmatch(r"(?:\w\.)*[^\W\d_]", last):
        return False  # Dr., z. B., M., J. R.
    ordinal = _ORDINALS.get(language)
    if ordinal is None or ordinal.search(before) is None:
        return True
    opening = re.match(r"\w+", text[match.end() : match.end() + 24])
    return opening is not None and opening.group().lower() in _STARTERS
