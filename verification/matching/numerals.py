"""Numbers in words and digits as the comparison of wordings reads them: with the words and the reader of the claims."""

from claims.extraction.numbers.number_words import CARDINALS, ORDINALS, SCALES, read_number

__all__ = ["CARDINALS", "ORDINALS", "SCALES", "read_number"]
