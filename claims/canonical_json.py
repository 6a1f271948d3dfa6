"""JSON in one form, for what is hashed."""

import json


def canonical(value: object) -> bytes:
    """Return JSON in its one form: sorted keys, no blanks, not escaped, UTF-8, a line feed at the end.

    Raises ValueError for NaN and infinities, and for a lone surrogate, which UTF-8 cannot hold.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"
