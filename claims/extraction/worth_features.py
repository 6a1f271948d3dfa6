"""What a statement looks like to the model of check-worthiness: raw features, by name, from its parsed words.

Each raw feature belongs to one of the groups of `worth.FEATURES`; what a group means is said there. Lexicons are our
own; words and pairs of words count only as far as the model holds a weight for them, and names never do: a model that
weighed whom a claim is about would be taking sides.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from claims.extraction.wordset import wordset

if TYPE_CHECKING:  # whoever only reads what the features are called does not load spaCy
    from spacy.tokens import Token

Raw = tuple[str, str]
"""Group and name of a raw feature."""

LEXICONS = {
    ("opinion", "thinks"): wordset(
        "think believe want hope feel know guess suppose like love wish need try mean understand agree wonder"
    ),
    ("opinion", "praises or blames"): wordset(
        "great terrible wonderful horrible beautiful important good bad right wrong proud sad happy strong "
        "weak disaster tremendous incredible fair nice sure disgrace unacceptable shameful"
    ),
    ("saying", "says"): wordset(
        "say tell ask talk speak answer call mention"
    ),
    ("deeds", "acts on record"): wordset(
        "vote sign pass veto propose introduce oppose support cut raise appoint invade attack kill spend pay "
        "build create lose close sue arrest charge convict indict increase reduce rise fall grow double "
        "triple drop cost earn own hire fire sell buy ban approve refuse withdraw deport release testify "
        "publish report announce"
    ),
    ("matters", "money and work"): wordset(
        "job unemployment deficit debt budget tax wage income price inflation economy trade export import "
        "dollar cost spending rate revenue surplus gdp mortgage salary poverty welfare company business "
        "industry worker factory oil energy gas"
    ),
    ("matters", "law and office"): wordset(
        "bill law act legislation amendment treaty agreement court congress senate house committee "
        "administration policy program programme veto election governor senator president record plan "
        "parliament ministry"
    ),
    ("matters", "arms and crime"): wordset(
        "war troop soldier weapon missile nuclear bomb army military invasion terrorist crime murder gun "
        "prison drug police border immigrant"
    ),
    ("vague", "hedges"): wordset(
        "maybe perhaps probably possibly might may could seem appear kind sort"
    ),
    ("absolute", "absolutes"): wordset(
        "never always every all none nobody nothing everyone everybody only ever no any"
    ),
    ("trend", "trends"): wordset(
        "increase decrease rise fall grow decline double triple drop surge raise up down more less fewer "
        "higher lower highest lowest most least worst best biggest largest first last record twice half"
    ),
    ("figure", "scales"): wordset(
        "million billion trillion thousand percent hundred"
    ),
    ("when", "since or ago"): wordset(
        "since ago yesterday"
    ),
    ("address", "courtesies"): wordset(
        "thank thanks please welcome sorry let"
    ),
}  # fmt: skip
_PRONOUNS = {
    ("self", "I"): wordset("i me my"),
    ("self", "we"): wordset("we our us"),
    ("address", "you"): wordset("you your"),
    ("others", "he or she"): wordset("he she his her him"),
    ("others", "they"): wordset("they their them"),
    ("future", "will"): wordset("will 'll ’ll shall gonna"),
    ("vague", "modal verbs"): wordset("would could should can may might must ought"),
    ("vague", "if"): wordset("if"),
    ("form", "but"): wordset("but"),
}


def _by_word(lexicons: Mapping[Raw, frozenset[str]]) -> dict[str, list[Raw]]:
    found: dict[str, list[Raw]] = {}
    for feature, lexicon in lexicons.items():
        for word in lexicon:
            found.setdefault(word, []).append(feature)
    return found


_BY_WORD, _BY_PRONOUN = _by_word(LEXICONS), _by_word(_PRONOUNS)
_ENTITIES = {
    "MONEY": "figure", "PERCENT": "figure", "CARDINAL": "figure", "QUANTITY": "figure", "DATE": "when", "TIME": "when",
    "ORDINAL": "when", "PERSON": "names", "ORG": "names", "GPE": "names", "NORP": "names", "LAW": "names",
    "EVENT": "names", "LOC": "names", "FAC": "names",
}  # fmt: skip
_TAGS = {
    "VBD": "past", "VBN": "past", "VBZ": "form", "VBP": "form", "VB": "form", "MD": "vague", "JJR": "trend",
    "JJS": "trend", "RBR": "trend", "RBS": "trend", "NNP": "names", "CD": "figure", "UH": "address", "WP": "question",
    "WRB": "question",
}  # fmt: skip
_SUBJECTS = {"i": "I", "we": "we", "you": "you", "he": "he", "she": "he", "they": "they"} | dict.fromkeys(
    ("it", "this", "that", "there"), "it"
)
_TOGETHER = wordset("figure trend names when opinion vague past question deeds matters saying future address negation")
_ROOTS = wordset("perfect passive short long") | {"main verb"}
_YEARS = re.compile(r"\b(?:19|20)\d\d\b|\byears?\b")
_CAUSE = re.compile(r"\bbecause of|\bcaused\b|\bled to\b|\bdue to\b|\bresult")
_MANY = 3.0


def raw_features(tokens: Sequence["Token"]) -> dict[Raw, float]:
    """Return the raw features of a statement, as (group, name) and value; of tokens of one document, in order."""
    words = [token for token in tokens if not token.is_punct and not token.is_space]
    found: dict[Raw, float] = {}
    for feature, value in (*_counts(words), *_roots(words), *_shape(words, tokens)):
        if value:
            found[feature] = min(_MANY, found.get(feature, 0.0) + value)
    for feature in (*_together(found), *_vocabulary(words), *_patterns(tokens)):
        found[feature] = 1.0
    return found


def _together(found: dict[Raw, float]) -> Iterator[Raw]:
    """Yield what comes together, two by two: a figure with a time, a deed with its doer."""
    groups = {group for group, _ in found}
    present = sorted(
        (groups & _TOGETHER) | {name for group, name in found if group in ("form", "self", "others") or name in _ROOTS}
    )
    for one, other in combinations(present, 2):
        yield "together", f"{one} + {other}"


def _counts(words: Sequence["Token"]) -> Iterator[tuple[Raw, float]]:
    for token in words:
        lower, lemma = token.lower_, token.lemma_.lower()
        for feature in {*_BY_WORD.get(lower, ()), *_BY_WORD.get(lemma, ())}:
            yield feature, 1.0
        for feature in _BY_PRONOUN.get(lower, ()):
            yield feature, 1.0
        if token.tag_ in _TAGS:
            yield (_TAGS[token.tag_], token.tag_), 1.0
        if token.ent_iob_ == "B" and token.ent_type_ in _ENTITIES:
            yield (_ENTITIES[token.ent_type_], token.ent_type_), 1.0
        if any(character.isdigit() for character in token.text):
            yield ("figure", "digits"), 1.0
        if token.pos_ == "NUM":
            yield ("figure", "numbers"), 1.0
        if token.dep_ == "neg":
            yield ("negation", "negations"), 1.0


def _roots(words: Sequence["Token"]) -> Iterator[tuple[Raw, float]]:
    """Yield how the main verb stands: its tense, its subject and what goes with it."""
    inside = {token.i for token in words}
    root = next((token for token in words if token.head == token or token.head.i not in inside), None)
    if root is None:
        return
    yield ("form", f"main {root.tag_}"), 1.0
    children = [child for child in root.children if child.i in inside]
    subject = next((child for child in children if child.dep_ in ("nsubj", "nsubjpass")), None)
    yield ("form", f"subject {_kind_of(subject)}"), 1.0
    helping = {child.lemma_.lower() for child in children if child.dep_ == "aux"} | {
        child.lower_ for child in children if child.dep_ == "aux"
    }
    yield ("past", "perfect"), float("have" in helping)
    yield ("future", "main verb"), float(bool(helping & _PRONOUNS["future", "will"]))
    yield ("vague", "main verb"), float(bool(helping & _PRONOUNS["vague", "modal verbs"]))
    yield ("opinion", "main verb"), float(root.lemma_.lower() in LEXICONS["opinion", "thinks"])
    yield ("negation", "main verb"), float(any(child.dep_ == "neg" for child in children))
    yield ("past", "passive"), float(any(child.dep_ == "nsubjpass" for child in children))


def _kind_of(subject: "Token | None") -> str:
    if subject is None:
        return "none"
    return _SUBJECTS.get(subject.lower_) or ("name" if subject.pos_ == "PROPN" else "noun")


def _shape(words: Sequence["Token"], tokens: Sequence["Token"]) -> Iterator[tuple[Raw, float]]:
    text = tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text if tokens else ""
    yield ("future", "going to"), float(" going to " in text.lower())
    yield ("when", "years"), float(_YEARS.search(text) is not None)
    yield ("cause", "cause"), float(_CAUSE.search(text) is not None)
    yield ("question", "question mark"), float(text.rstrip("\"”’' ").endswith("?"))
    yield ("length", "words"), min(math.log(1 + len(words)), 4.0) / 2
    yield ("length", "very short"), float(len(words) <= 5)
    yield ("length", "short"), float(len(words) <= 8)
    yield ("length", "long"), float(len(words) >= 30)


def _vocabulary(words: Sequence["Token"]) -> Iterator[Raw]:
    """Yield the words, and the pairs of words that follow each other; names and figures as what they are."""
    for token in words:
        if not token.ent_type_ and token.is_alpha and token.pos_ != "PROPN":
            yield "words", token.lemma_.lower()
    masked = [_masked(token) for token in words]
    for one, other in pairwise(masked):
        yield "words", f"{one} {other}"


def _masked(token: "Token") -> str:
    if token.ent_type_:
        return f"<{token.ent_type_}>"
    if token.like_num:
        return "<NUMBER>"
    return "<NAME>" if token.pos_ == "PROPN" else token.lower_


def _patterns(tokens: Sequence["Token"]) -> Iterator[Raw]:
    """Yield pairs of word classes, and what is done by whom to what, in classes."""
    shown = [token for token in tokens if not token.is_space]
    for one, other in pairwise(shown):
        yield "form", f"{one.tag_} {other.tag_}"
    inside = {token.i for token in shown}
    for token in shown:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        yield "form", f"{token.lemma_.lower()} {token.tag_}"
        for child in token.children:
            if child.i not in inside:
                continue
            if child.dep_ in ("nsubj", "nsubjpass"):
                who = child.lower_ if child.pos_ == "PRON" else child.ent_type_ or child.pos_
                yield "form", f"{who} > {token.tag_}"
            elif child.dep_ == "dobj":
                yield "form", f"{token.tag_} > {child.ent_type_ or child.pos_}"
