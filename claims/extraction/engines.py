"""The engines a desk uses, by a list of dotted paths."""

from collections.abc import Sequence
from importlib import import_module

from claims.extraction.contract import Engine

DEFAULT_ENGINES = ("claims.extraction.english.EnglishEngine",)


def load_engines(paths: Sequence[str] = DEFAULT_ENGINES, setting: str = "EXTRACTION_ENGINES") -> tuple[Engine, ...]:
    """Return one instance of each engine in `paths`, in order; raise ValueError naming `setting` for a path that is
    none.
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
