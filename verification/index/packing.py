"""The bytes of the index tables: arrays of little-endian numbers, so that a search adds up whole arrays at once.

A posting's bytes are its n numbers (of documents or passages within the segment, two bytes each, ascending) and after
them n counts (how often the term stands there, one byte each, at most 255).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.int64]

NUMBER = np.dtype("<u2")
COUNT = np.dtype("u1")
POSTING_BYTES = NUMBER.itemsize + COUNT.itemsize
DOCUMENT_ID = np.dtype("<i8")
LENGTH = np.dtype("<u4")
# What a segment may hold, so that NUMBER can name each of its passages and documents.
MOST_NUMBERS = 65_536
MOST_COUNTED = 255


def unpack(packed: bytes, dtype: np.dtype[np.generic]) -> Numbers:
    """Return an array of numbers."""
    return np.frombuffer(packed, dtype).astype(np.int64)


def pack(values: Numbers | list[int], dtype: np.dtype[np.generic]) -> bytes:
    """Return the bytes of an array of numbers."""
    return np.asarray(values, dtype=dtype).tobytes()
