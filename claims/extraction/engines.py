"""The engines a desk uses, by a list of dotted paths, and one article read by all of them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from claims.extraction.contract import ArticleText, Engine, ExtractedClaim
from claims.wording import Words

DEFAULT_ENGINES = ("claims.extraction.english.EnglishEngine",)

logger = logging.getLogger(__name__)


class EngineUnavailable(Exception):
    """An engine that asks somebody else got no answer that can be read; `sentence` says why."""

    def __init__(self, sentence: Words) -> None:
        """Keep it."""
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the engines made of one article: its claims in the order of the text, and who gave them.

    `engines` names each engine with its version, and says of one that gave no answer that it did not.
    """

    claims: tuple[ExtractedClaim, ...]
    engines: tuple[str, ...]


def load_engines(paths: Sequence[str] = DEFAULT_ENGINES, setting: str = "EXTRACTION_ENGINES") -> tuple[Engine, ...]:
    """Return one instance of each engine in `paths` (a class, or what makes one), in order.

    Raises ValueError naming `setting` for a path that is none.
    """
    engines = []
    for path in paths:
        module, _, name = path.rpartition(".")
        try:
            engine = getattr(import_module(module), name)()
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            raise ValueError(f"{setting} lists {path!r}, which is not an extraction engine: {error}") from error
        if not callable(getattr(engine, "extract", None)):
            raise ValueError(f"{setting} lists {path!r}, which has no method extract(article)")
        engines.append(engine)
    return tuple(engines)


def extract_with(engines: Sequence[Engine], article: ArticleText) -> Extraction:
    """Read an article with each engine; where two find a claim in the same place, the one listed first is believed.

    An engine that is unavailable is told, and costs nobody the claims of the others. Raises EngineUnavailable when
    none of several, or the only one, answered.
    """
    claims: list[ExtractedClaim] = []
    told = []
    failure: EngineUnavailable | None = None
    answered = False
    for engine in engines:
        try:
            found = engine.extract(article)
        except EngineUnavailable as error:
            logger.warning("extraction engine %s gave no answer: %s", engine.name, error)
            told.append(f"{engine.name} (no answer)")
            failure = error
            continue
        answered = True
        told.append(f"{engine.name} {engine.version}")
        claims = _together(claims, found)
    if failure is not None and not answered:
        raise failure
    return Extraction(tuple(claims), tuple(told))


def _together(claims: Sequence[ExtractedClaim], others: Sequence[ExtractedClaim]) -> list[ExtractedClaim]:
    """Return `claims` and those of `others` that overlap none of them, in the order of the text."""
    kept = list(claims)
    place = 0
    for other in others:
        while place < len(claims) and claims[place].selector.end <= other.selector.start:
            place += 1
        if place == len(claims) or claims[place].selector.start >= other.selector.end:
            kept.append(other)
    return sorted(kept, key=lambda claim: claim.selector.start)
