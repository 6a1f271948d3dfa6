"""What a row is about, in a word or two as the accounts write them."""

from collections.abc import Mapping

from claims.extraction.wordset import wordset
from verification.matching.accounts.aligning import Pair
from verification.matching.accounts.statements import Statement, as_written

TOPIC_WORDS = 2
_BEFORE_THINGS = wordset(
    "the a an of its their his her our no any this that these those for on in at from and below above near to with by "
    "between your my every each some last next same several many few less more"
)
# What stands where a noun stands and names no topic.
_NO_TOPIC = wordset(
    "mine yours ours theirs hers himself herself itself themselves everyone everybody everything someone somebody "
    "something anyone anybody anything nobody nothing much many almost every each above below alone again together "
    "apart back only even still just ever never always often soon sooner later earlier better best worse worst good "
    "bad great new old own same different honest able sure fair straight thing things way ways lot kind sort part "
    "parts side sides time times case said says told "
    "tell asked ask asks taken take takes took given give gives gave made make makes gone goes going went come comes "
    "came seen see know knows known think thinks want wants let lets put set kept keep belong belongs expect expected "
    "stand standing hope hopes find finds found long short first second third half begin begins began remain remains "
    "follow follows followed please very"
)
# Nouns that tell little: named where a statement has no other.
_TIMES = wordset(
    "year years day days week weeks month months hour hours tonight tomorrow today yesterday morning afternoon evening "
    "night"
)
_NO_NOUN_ENDINGS = ("est", "ly")
# Nouns that end as adverbs and superlatives do.
_NOUNS = wordset(
    "forest harvest interest request protest test conquest guest west contest quest arrest rest nest chest vest east "
    "assembly supply family reply ally anomaly italy july"
)


def topic_of(pair: Pair, shared: frozenset[str], own: frozenset[str], heavy: Mapping[str, float]) -> tuple[str, ...]:
    """Return at most two words: nouns and names that both sides have, else the most telling of the statements.

    Empty where a statement holds no word that could tell what it is about.
    """
    for terms in (shared, own):
        told = _told(pair, terms, heavy)
        if told:
            return told
    return ()


def _told(pair: Pair, terms: frozenset[str], heavy: Mapping[str, float]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    things: dict[str, str] = {}
    for statement in (*pair.here, *pair.there):
        for at, word in enumerate(statement.words):
            written = as_written(statement, word)
            if word.stem not in terms or not _may_be_told(written):
                continue
            first.setdefault(word.stem, written)
            if _is_a_thing(statement, at):
                things.setdefault(word.stem, written)
    named = {stem: written for stem, written in things.items() if written.casefold() not in _TIMES}
    chosen = named or things or {stem: written for stem, written in first.items() if not written.endswith("ed")}
    told = sorted(chosen, key=lambda stem: -heavy[stem])[: TOPIC_WORDS if named else 1]
    return tuple(chosen[stem] for stem in first if stem in told)


def _may_be_told(written: str) -> bool:
    plain = written.casefold()
    if not plain[0].isalpha() or plain in _NO_TOPIC or len(plain) < 3:
        return False
    return plain in _NOUNS or not plain.endswith(_NO_NOUN_ENDINGS)


def _is_a_thing(statement: Statement, at: int) -> bool:
    """Tell whether a word is written as a name, or follows a figure, an article or the like: "the", "the northern"."""
    word = statement.words[at]
    before = [as_written(statement, each).casefold() for each in statement.words[max(0, at - 2) : at]]
    if not before:
        return False
    if as_written(statement, word)[0].isupper() or statement.words[at - 1].stem[0].isdigit():
        return True
    if before[-1] in _BEFORE_THINGS:
        return not (before[-1] == "to" and not as_written(statement, word).endswith("s"))
    # "the measures taken": what follows a plural is no noun any more.
    joined = statement.words[at - 1].telling and before[0] in _BEFORE_THINGS
    return joined and not _plural(before[-1])


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))
