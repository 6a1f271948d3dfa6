"""What the figure check hands back: one comparison of a figure or date of the claim with its counterpart."""

from dataclasses import dataclass

from claims.wording import Words

FIGURE_CHECK_VERSION = "2"
"""Raised whenever the same claim and passage can give another answer."""


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """A figure (`quantity`) or a `date` as the claim and the source write it, and how they compare.

    `claim` stands at `claim_start:claim_end` of the claim's text, `source` at `source_start:source_end` of the passage.
    `outcome` is `agrees` (the same value, after conversion), `rounded` (one rounds the other, within its written
    precision or hedge), `within` (inside a range, a bound or a longer period), `differs`, or `not_comparable` (per cent
    and points, a total and a rate, two currencies, two periods). `working` is the arithmetic, line by line. `warns`
    where they differ, or where what cannot be compared misleads.
    """

    kind: str
    outcome: str
    claim: str
    claim_start: int
    claim_end: int
    source: str
    source_start: int
    source_end: int
    working: tuple[Words, ...]
    warns: bool
