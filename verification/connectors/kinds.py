"""What kind of document a title announces, and the tier its kind suggests (sources hand-book §1.2 and §12).

Only the beginning of a title is read: measured on 6,919 titles, a stricter pattern caught 777 of 1,391 readouts.
"""

import re

KINDS = (
    ("readout", re.compile(r"readouts?\b", re.I)),
    ("prepared", re.compile(r"remarks as prepared|.*\bas prepared for delivery\b", re.I)),
    (
        "transcript",
        re.compile(
            r".{0,40}?\b(remarks (by|of|in)|press (briefing|gaggle|conference)|transcript|interview)\b"
            r"|(on-the-record |background )?press (call|briefing|gaggle)|background press",
            re.I,
        ),
    ),
    ("fact_sheet", re.compile(r"fact ?sheets?\b", re.I)),
    (
        "order",
        re.compile(r"executive order|(presidential )?(memorand|proclamation|determination)|a proclamation", re.I),
    ),
    ("statement", re.compile(r"(joint |press )?(statements?|communiqu[eé]|press release|letter|message)\b", re.I)),
)
# T0 is a verbatim record; everything an institution says of itself is T1.
TIERS = {"transcript": 0, "order": 0, "dataset": 0}
FIRST_PARTY = 1


def kind_of(title: str | None) -> str:
    """Return the document kind a title announces, "other" when it announces none."""
    if title:
        for kind, pattern in KINDS:
            if pattern.match(title.strip()):
                return kind
    return "other"


def tier_of(kind: str) -> int:
    """Return the tier (0 nearest) that a first party's document of this kind has by default."""
    return TIERS.get(kind, FIRST_PARTY)
