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
    r"(?:takes?|comes?)\s+(?:effect|force)|(?:expires?|opens|polls\s+(?:open|close)|begins|starts|resumes|ends|closes|"
    r"runs\s+out|convenes?|reconvenes?|reopens?|returns?|meets?|gathers?|kicks\s+off|gets\s+under\s+way|lapses|"
    r"concludes|takes\s+office|goes\s+to\s+the\s+polls|go\s+to\s+the\s+polls|heads?\s+to\s+the\s+polls)"
    r"(?:\s+(?:in|at)(?:\s+[\w’'.:-]+){1,3}?)?(?:\s+(?:on|in|at|from))?\s*$)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:until|till|by|before|no\s+later\s+than)\s+(?:the\s+)?(?:(?:end|start|middle)\s+of\s+|early\s+|mid-?|"
    r"late\s+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|ran|held|came|went|took|began|became|broke|grew|fled|fell|rose|sat|stood|kept|met|made|"
    r"left|lost|won|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bhad\b", re.IGNORECASE)
_OPENS = re.compile(r"[\s“\"‘(]*(?:(?:on|in|from|by|this|the)\s+)*$", re.IGNORECASE)
_BEFORE, _AFTER = 90, 60


def _had_been(text: str, end: int, told: re.Pattern[str]) -> bool:
    """Tell whether what follows is told as past before anything is told as still to come: By June, prices had risen."""
    after = text[end : end + _AFTER]
    past, ahead, said = told.search(after), _AHEAD.search(after), _SAID.search(after)
    first = min((match.start() for match in (ahead, said) if match is not None), default=_AFTER)
    return past is not None and past.start() < first


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Tell whether what `text[start:end]` names is spoken of as still to come."""
    before = text[max(0, start - _BEFORE) : start]
    cuts = list(_SAID.finditer(before))
    clause = before[cuts[-1].end() if cuts else 0 :]
    if _AHEAD.search(clause):
        return True
    up_to = _UP_TO.search(clause)
    if up_to is not None:
        opens = _OPENS.fullmatch(clause, 0, up_to.start()) is not None
        return _PAST.search(clause) is None and not _had_been(text, end, _PAST if opens else _HAD)
    if not _OPENS.fullmatch(clause) or (cuts and cuts[-1].group()[:1].isalpha()):
        return False
    after = text[end : end + _AFTER]
    ahead, said = _AHEAD.search(after), _SAID.search(after)
    return ahead is not None and (said is None or ahead.start() < said.start())
