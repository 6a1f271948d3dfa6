"""The documents an article quotes: where its longer quotations stand word for word.

They tell what the article is about and when it happened, for its other claims too: who quotes one readout verbatim is
likely to speak of that day's other records.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from verification.matching.quotes import may_contain
from verification.ranking.days import Seed
from verification.ranking.words import plain_words

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„\n]{40,1200})[”\"»“]")
FEWEST_WORDS = 8
# An anchor outweighs a dozen documents that only share the context's words.
ANCHOR_SHARE = 1.0
# Of the documents near the context so many are read.
READ = 12


def article_quotations(context: str) -> list[str]:
    """Return the quotations of a text that are long enough to be found again nowhere else."""
    return [quoted for quoted in _QUOTED.findall(context) if len(plain_words(quoted)) >= FEWEST_WORDS]


def mark_anchors(seeds: Sequence[Seed], quotations: Sequence[str], texts: Mapping[int, str]) -> list[Seed]:
    """Return the seeds, those in whose text one of the quotations stands (case and punctuation aside) as anchors."""
    wanted = [(quotation, _flat(quotation)) for quotation in quotations]
    return [
        replace(seed, share=ANCHOR_SHARE, anchor=True) if _holds(texts.get(seed.document_id, ""), wanted) else seed
        for seed in seeds
    ]


def _holds(text: str, wanted: Sequence[tuple[str, str]]) -> bool:
    likely = [flat for quotation, flat in wanted if may_contain(quotation, text)]
    held = _flat(text) if likely else ""
    return any(flat in held for flat in likely)


def _flat(text: str) -> str:
    return f" {' '.join(plain_words(text))} "
