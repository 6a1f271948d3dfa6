"""Which words are the same word spelled otherwise.

The list is our own and closed, as the class `spelling` is (design §4.1): British and American spelling, open, closed
and hyphenated compounds, US and United States (and UK, EU, UN), digits and number words, per cent and %. What it does
not hold stays a change of words: contractions ("do not", "don't"), okay and OK, James' and James's, transliterated
names. Keys need only be shared by the two spellings of one word; they are compared, never shown.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from verification.matching.numerals import CARDINALS, ORDINALS, read_number

_WORDS = {
    # British → American, where no rule below reaches
    "licence": "license", "licences": "licenses", "licenced": "licensed", "practise": "practice",
    "practised": "practiced", "practises": "practices", "practising": "practicing", "cheque": "check",
    "cheques": "checks", "grey": "gray", "greys": "grays", "tyre": "tire", "tyres": "tires", "kerb": "curb",
    "plough": "plow", "ploughed": "plowed", "ploughing": "plowing", "sceptic": "skeptic", "sceptics": "skeptics",
    "sceptical": "skeptical", "scepticism": "skepticism", "aluminium": "aluminum", "cosy": "cozy", "mould": "mold",
    "moulds": "molds", "smoulder": "smolder", "smouldering": "smoldering", "sulphur": "sulfur", "axe": "ax",
    "disc": "disk", "discs": "disks", "artefact": "artifact", "artefacts": "artifacts", "pyjamas": "pajamas",
    "moustache": "mustache", "draught": "draft", "draughts": "drafts", "programme": "program",
    "programmes": "programs", "judgement": "judgment", "judgements": "judgments", "ageing": "aging",
    "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments", "sizeable": "sizable",
    "likeable": "likable", "jewellery": "jewelry", "speciality": "specialty", "enrol": "enroll", "enrols": "enrolls",
    "enrolment": "enrollment", "fulfil": "fulfill", "fulfils": "fulfills", "fulfilment": "fulfillment",
    "instalment": "installment", "instalments": "installments", "skilful": "skillful", "skilfully": "skillfully",
    "wilful": "willful", "wilfully": "willfully", "instil": "instill", "distil": "distill", "woollen": "woolen",
    "marvellous": "marvelous", "counsellor": "counselor", "counsellors": "counselors", "councillor": "councilor",
    "councillors": "councilors", "learnt": "learned", "burnt": "burned", "dreamt": "dreamed", "spelt": "spelled",
    "spoilt": "spoiled", "leapt": "leaped", "whilst": "while", "amongst": "among", "towards": "toward",
    "afterwards": "afterward", "backwards": "backward", "upwards": "upward", "downwards": "downward",
    "onwards": "onward", "focussed": "focused",
    "focussing": "focusing", "benefitted": "benefited", "adviser": "advisor", "advisers": "advisors",
    "paediatric": "pediatric",
    "anaesthetic": "anesthetic", "anaemia": "anemia", "foetus": "fetus", "foetal": "fetal", "leukaemia": "leukemia",
    "diarrhoea": "diarrhea", "orthopaedic": "orthopedic", "gynaecologist": "gynecologist",
    "haemorrhage": "hemorrhage", "encyclopaedia": "encyclopedia", "archaeology": "archeology",
    "archaeological": "archeological", "oestrogen": "estrogen", "manoeuvre": "maneuver", "manoeuvres": "maneuvers",
    "manoeuvred": "maneuvered", "manoeuvring": "maneuvering", "%": "percent", "per cent": "percent",
    "&": "and",
}  # fmt: skip

_OUR = re.compile(
    r"(ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|"
    r"savi|splend|succ|tum|val|vap|vig)our"
)
_RE = re.compile(r"(cent|met|theat|fib|lit|calib|lust|meag|sab|somb|spect)re(s|d)?$")
_OGUE = re.compile(r"(anal|catal|dial|epil|monol|prol)ogue(s|d)?$")
_ENCE = re.compile(r"(def|off|pret)ence(s|less)?$")
_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|able|ation|ations|ational)$")
_YSE = re.compile(r"(?<=[a-z]{2})lys(e|ed|es|er|ers|ing)$")
_DOUBLED_L = re.compile(r"(?<=[aeiou])([^aeiou]{0,3}[aeu])ll(ed|ing|er|ers)$")
"""travelled, signalling, fuelled; not filled or called, where another vowel must come first."""

_NUMBER_WORDS = {word: str(value) for word, value in CARDINALS.items()}
_ORDINAL_WORDS = {word: f"{value}{suffix}" for word, (value, suffix) in ORDINALS.items()}

_ABBREVIATIONS = {
    ("US",): "US", ("USA",): "US", ("US", "of", "america"): "US", ("united", "states"): "US",
    ("united", "states", "of", "america"): "US",
    ("UK",): "UK", ("united", "kingdom"): "UK", ("EU",): "EU", ("european", "union"): "EU",
    ("UN",): "UN", ("united", "nations"): "UN",
}  # fmt: skip
ABBREVIATED = {
    "US": "US", "USA": "US", "United States": "US", "UNITED STATES": "US", "UK": "UK", "United Kingdom": "UK",
    "EU": "EU", "European Union": "EU", "UN": "UN", "United Nations": "UN",
}  # fmt: skip
"""Countries and unions as they are told from words, by their capitals alone: "us" is none."""
CAPITALS = frozenset(ABBREVIATED.values()) | {"USA"}
_POSSESSIVE = re.compile(r"'s$")
_NEGATIONS = {"no", "not", "non", "never"}


def spelling_key(plain: str) -> str:
    """Return the key that every spelling of one word shares; `plain` is in lower case."""
    if plain.endswith("'s") and len(plain) > 4:
        return spelling_key(plain[:-2]) + "'s"
    key = _WORDS.get(plain) or _NUMBER_WORDS.get(plain) or _ORDINAL_WORDS.get(plain)
    if key or len(plain) < 5:
        return key or plain
    if "our" in plain:
        plain = _OUR.sub(r"\1or", plain)
    if plain.endswith(("re", "res", "red")):
        plain = _RE.sub(r"\1er\2", plain).replace("erd", "ered")
    elif "ogue" in plain:
        plain = _OGUE.sub(r"\1og\2", plain)
    elif "ence" in plain:
        plain = _ENCE.sub(r"\1ense\2", plain)
    if "is" in plain:
        plain = _ISE.sub(r"iz\1", plain)
    elif "ys" in plain:
        plain = _YSE.sub(r"lyz\1", plain)
    if "ll" in plain:
        plain = _DOUBLED_L.sub(r"\1l\2", plain)
    return plain


def same_words(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two runs of words are one wording spelled otherwise.

    `left` and `right` are plain forms, except that abbreviations in capitals (US, UK) keep them: "us" is no country.
    """
    if not left or not right:
        return False
    left_key, right_key = _phrase_key(left), _phrase_key(right)
    return left_key == right_key or _same_letters(left, right)


def _same_letters(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell a compound written together from one written apart; "notable" and "not able" are no such pair."""
    joined = "".join(left).lower()
    if len(left) == len(right) or (joined != "cannot" and any(word in _NEGATIONS for word in (*left, *right))):
        return False
    return spelling_key(joined) == spelling_key("".join(right).lower())


def _phrase_key(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words with abbreviations, numbers and amounts in one form."""
    key: list[str] = []
    at = 0
    while at < len(words):
        abbreviation, length = _abbreviation(words, at)
        if length:
            key.append(abbreviation)
        elif number := read_number(words, at):
            value, length = number
            key.append(f"{value:f}")
        else:
            key.append(spelling_key(words[at].lower()))
            length = 1
        at += length
    for left, right in pairwise(range(len(key))):
        if (key[left], key[right]) == ("per", "cent"):
            key[left : right + 1] = ["percent", ""]
    if "$" in key:  # $5 billion = 5 billion dollars
        key = [part for part in key if part != "$"] + ["dollars"]
    return tuple(part for part in key if part)


def _abbreviation(words: Sequence[str], at: int) -> tuple[str, int]:
    for length in (4, 3, 2, 1):
        window = list(words[at : at + length])
        if len(window) < length:
            continue
        ending = "'s" if window[-1].endswith("'s") else ""
        window[-1] = _POSSESSIVE.sub("", window[-1])
        found = _ABBREVIATIONS.get(tuple(word if word in CAPITALS else word.lower() for word in window))
        if found:
            return found + ending, length
    return "", 0
