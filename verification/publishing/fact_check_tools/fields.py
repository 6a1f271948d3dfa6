"""Partial answers: the `fields` parameter of Google's APIs, as in `claims(text,claimReview/url),nextPageToken`."""

import re
from typing import Any, Final

from verification.publishing.fact_check_tools.asking import Wrong

_PIECE: Final = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[*,()/])\s*")
_DEEPEST: Final = 20

Mask = dict[str, "Mask"]


def read_mask(text: str) -> Mask:
    """Return a mask as a tree of names; a name without any below it stands for all of it. Raises Wrong."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise _wrong(text)
        pieces.append(piece[1])
        at = piece.end()
    mask: Mask = {}
    _read_list(pieces, mask, text, 0)
    if pieces:
        raise _wrong(text)
    return mask


def masked(value: Any, mask: Mask) -> Any:
    """Return what a mask leaves of a JSON value; of a list it leaves that of each."""
    if not mask or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [masked(each, mask) for each in value]
    every = mask.get("*")
    kept = {name: mask.get(name, every) for name in value}
    return {name: masked(value[name], below) for name, below in kept.items() if below is not None}


def _read_list(pieces: list[str], into: Mask, text: str, depth: int) -> None:
    """Read `name/name(…),name` from the front of the pieces, up to what does not belong to it."""
    if depth > _DEEPEST:
        raise _wrong(text)
    while True:
        if not pieces or pieces[0] in {",", "(", ")", "/"}:
            raise _wrong(text)
        place = into.setdefault(pieces.pop(0), {})
        while pieces[:1] == ["/"]:
            pieces.pop(0)
            if not pieces or pieces[0] in {",", "(", ")", "/"}:
                raise _wrong(text)
            place = place.setdefault(pieces.pop(0), {})
        if pieces[:1] == ["("]:
            pieces.pop(0)
            _read_list(pieces, place, text, depth + 1)
            if pieces[:1] != [")"]:
                raise _wrong(text)
            pieces.pop(0)
        if pieces[:1] != [","]:
            return
        pieces.pop(0)


def _wrong(text: str) -> Wrong:
    return Wrong(f"Request contains an invalid argument: the field mask “{text[:100]}” cannot be read.", "fields")
