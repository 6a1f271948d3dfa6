"""What it adds to a claim's worth who is credited with it."""

import re
from collections.abc import Sequence

from claims.extraction.contract import Attribution, Quotation

_ANONYMOUS = re.compile(
    r"\b(?:officials?|sources?|aides?|people|person|insiders?|observers?|critics?|experts?|analysts?|some|others|many|several)\b"
)
_QUOTED_WORDS = 3


def source_features(attribution: Attribution, quotes: Sequence[Quotation]) -> dict[str, float]:
    """Return the features, by name, of a claim's source and of its quoted words."""
    source = attribution.speaker or attribution.mention
    # Small letters only: an Official Monetary Forum is named.
    unnamed = source is not None and (attribution.speaker is None or _ANONYMOUS.search(source) is not None)
    holding = {
        "quoted": any(len(quote.text.split()) > _QUOTED_WORDS for quote in quotes),
        "named_source": source is not None and not unnamed,
        "unnamed_source": unnamed,
        "no_source": source is None and bool(quotes),
        "outlet": source is None and not quotes,
    }
    return {name: 1.0 for name, holds in holding.items() if holds}
