"""Whether a day without a year or week, by the words around it, still lies ahead."""

import re

_SAID = re.compile(
    r"\b(?:said|says|told|tells|announced|reported|warned|added|wrote|confirmed|according|ruled|agreed|decided|"
    r"voted)\b|[;!?\n]|\.\s",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|would|due|slated|upcoming|forthcoming|(?:is|are|be)\s+(?:set|scheduled|expected|"
    r"planned|to\s+[a-z]+)|"
    r"(?:plan|plans|planning|hope|hopes|intend|intends|want|wants|aim|aims|expect|expects|going|set|scheduled|"
    r"expected|ready)\s+to|"
    r"(?:scheduled|planned|set|booked|slated|due|expected)\s+(?:for|on|in|by)|"
    r"(?:moved|postponed|delayed|adjourned|put\s+off|rescheduled|extended|brought\s+forward)\s+(?:to|until|till|by)|"
    r"(?:takes?|comes?)\s+(?:effect|force)|(?:expires?|opens|begins|starts|resumes|ends|closes|"
    r"runs\s+out)(?:\s+(?:on|in|at))?\s*$)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:until|till|by|before|no\s+later\s+than)\s+(?:the\s+)?(?:(?:end|start|middle)\s+of\s+|early\s+|mid-?|"
    r"late\s+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|ran|held|came|went|took|fell|rose|sat|stood|kept|met|made|left|lost|won|"
    r"[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\s“\"‘(]*(?:(?:on|in|from|by|this|the)\s+)*$", re.IGNORECASE)
_BEFORE, _AFTER = 90, 60


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Tell whether what `text[start:end]` names is spoken of as still to come."""
    before = text[max(0, start - _BEFORE) : start]
    cuts = list(_SAID.finditer(before))
    clause = before[cuts[-1].end() if cuts else 0 :]
    if _AHEAD.search(clause):
        return True
    if _UP_TO.search(clause):
        return _PAST.search(clause) is None
    if not _OPENS.fullmatch(clause) or (cuts and cuts[-1].group()[:1].isalpha()):
        return False
    after = text[end : end + _AFTER]
    ahead, said = _AHEAD.search(after), _SAID.search(after)
    return ahead is not None and (said is None or ahead.start() < said.start())
