"""To which place a figure is written: 8,712 to ones, 9,000 perhaps to thousands, 2.5 million to hundred thousands."""

import math
import re

from claims.extraction.contract import Quantity
from verification.matching.numerals import SCALES

_NUMBER = re.compile(r"\d[\d,\u00a0\u202f\u2009]*(?:\.\d+)?")


def step_of(quantity: Quantity) -> tuple[float, bool]:
    """Return the size of the last place a figure is written to, in its unit, and whether noughts leave that open.

    Noughts below a hundred are taken as counted: 20 ships are not 19.
    """
    value = next((abs(part) for part in (quantity.value, quantity.high, quantity.low) if part is not None), 0.0)
    if value == 0:
        return 1.0, False
    written = _NUMBER.findall(quantity.text)
    if written:
        plain = re.sub(r"[^\d.]", "", written[-1])
        bare = float(plain or 0)
        scale = value / bare if bare else 1.0
        decimals = len(plain.partition(".")[2])
        if decimals:
            return 10.0**-decimals * scale, False
        if not math.isclose(scale, round(scale)) or "½" in quantity.text or "half" in quantity.text:
            return 0.1 * max(1.0, 10.0 ** math.floor(math.log10(scale))), False
        return _last_place(bare, scale)
    text = quantity.text.lower()
    scale = max((float(size) for word, size in SCALES.items() if word in text), default=1.0)
    return _last_place(value / scale, scale)


def _last_place(mantissa: float, scale: float) -> tuple[float, bool]:
    if not math.isclose(mantissa, round(mantissa), rel_tol=1e-9):
        return 0.1 * scale, False
    whole, noughts = round(mantissa), 0
    while whole >= 10 and whole % 10 == 0:
        whole, noughts = whole // 10, noughts + 1
    if mantissa < 100:
        return scale, False
    return 10.0**noughts * scale, noughts > 0
