"""Compares an answer in JSON with the shape that its connector expects."""

from collections.abc import Iterator, Mapping
from typing import Any

from claims.capture.asking import Answer, NotAsExpected
from claims.wording import Words, words
from verification.connectors.issuers.shapes import Shape


def compare(shape: Shape, answer: Answer, differs: list[Words], notes: list[Words]) -> None:
    """Add what is missing and what is not known to `differs`; to `notes` what only some lack, or was trimmed away.

    Paths are told as JSONPath writes them (RFC 9535): "$" is the answer itself.
    """
    try:
        value = answer.json()
    except NotAsExpected as told:
        differs.append(told.sentence)
        return
    for path, keys in shape.keys.items():
        known = {key.removesuffix("?") for key in keys.split()}
        needed = [key for key in keys.split() if not key.endswith("?")]
        objects = list(_objects(value, path))
        where = f"$.{path}" if path else "$"
        lacking = {key: sum(key not in each for each in objects) for key in needed}
        if objects and (gone := [key for key, count in lacking.items() if count == len(objects)]):
            differs.append(words("“%(where)s” has no %(keys)s.", where=where, keys=", ".join(gone)))
        if some := [key for key, count in lacking.items() if 0 < count < len(objects)]:
            notes.append(words("Some of “%(where)s” have no %(keys)s.", where=where, keys=", ".join(some)))
        if more := sorted({key for each in objects for key in each} - known):
            unknown = words("“%(where)s” has keys that are not known: %(keys)s.", where=where, keys=", ".join(more))
            (notes if shape.trimmed else differs).append(unknown)


def _objects(value: Any, path: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects at a path ("results[].author"), the answer itself at an empty one."""
    if not path:
        if isinstance(value, dict):
            yield value
        return
    step, _, rest = path.partition(".")
    name = step.removesuffix("[]")
    below = value.get(name) if isinstance(value, dict) else None
    for each in below if step.endswith("[]") and isinstance(below, list) else [below]:
        yield from _objects(each, rest)
