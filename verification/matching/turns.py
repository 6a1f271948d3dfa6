"""Who speaks where in a transcript.

A turn starts with a label at the start of a line: `THE PRESIDENT:`, `MS. PSAKI:`, `KELLY:` or a reporter's bare `Q`
(White House, State and Pentagon transcripts, debate transcripts). A turn that holds nothing but a stage direction
(`SYSTEM: [ applause ]`, `AUDIENCE: (Laughter.)`) does not end the turn of whoever goes on afterwards.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_UPPER = r"A-ZÀ-ÖØ-ÞĀŁŃŚŠŻŽČĆĐĒĪŌŪẠ-Ỹ"
_NAME = rf"(?:(?:Mc|Mac|De|Di|La|Le|O[’'])?[{_UPPER}][{_UPPER}.’'\-]*|von|van|de|der|al-)"
LABEL = re.compile(
    rf"^[ \t\u00a0>*_]*(?P<label>Q(?=[ \t\u00a0]{{2}}|[ \t\u00a0]+[{_UPPER}“\"(—–…]|[*_]*:)"
    rf"|{_NAME}(?:[ \u00a0]{_NAME}){{0,6}}(?:[ \u00a0]\([^()\n]{{1,40}}\))?(?=[*_]{{0,3}}:[*_]{{0,3}}(?:\s|$)))"
    r"[*_]{0,3}:?[*_]{0,3}",
    re.MULTILINE,
)
_ONLY_STAGE = re.compile(r"\s*(?:[(\[][^()\[\]]*[)\]][\s.]*)+")
_HEADINGS = {
    "BACKGROUND", "BCC", "CC", "CONTACT", "DATE", "FACT", "FACT SHEET", "FOR IMMEDIATE RELEASE", "FROM", "HOAX",
    "LOCATION", "MYTH", "NOTE", "PROMISE KEPT", "PROMISE MADE", "RE", "SUBJECT", "SUMMARY", "TIME", "TO", "WHAT",
    "WHEN", "WHERE", "WHO", "WHY", "UPDATE",
}  # fmt: skip
_REPORTERS = {"Q", "QUESTION", "REPORTER", "PRESS"}
_REPORTER = re.compile(r"reporter|correspondent|journalist|anchor", re.IGNORECASE)
_NO_NAMES = {
    "acting", "ambassador", "chair", "chairman", "chancellor", "congressman", "congresswoman", "dr", "former", "gen",
    "general", "gov", "governor", "judge", "king", "lady", "leader", "mayor", "minister", "mr", "mrs", "ms", "the",
    "official", "president", "press", "prime", "queen", "rep", "representative", "sec", "secretary", "sen", "senator",
    "senior", "speaker", "spokesman", "spokesperson", "spokeswoman", "us", "vice", "house", "white", "state",
    "administration", "audience", "member", "moderator", "system", "q", "question", "reporter", "first", "deputy",
    "director", "defense", "foreign", "national", "security", "adviser", "advisor", "she", "they", "her", "his", "him",
    "who", "its",
}  # fmt: skip
_NAME_IN_TEXT = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of one speaker: the label as printed, where label and words start, where the turn ends."""

    label: str
    start: int
    words_start: int
    end: int
    resumed: bool
    stage_only: bool


def read_turns(text: str) -> tuple[Turn, ...]:
    """Return the turns of a transcript in order, none for a text without labels. Offsets index `text`."""
    labels = [match for match in LABEL.finditer(text) if match["label"] not in _HEADINGS]
    if all(match["label"] == "Q" for match in labels) and len(labels) < 2:
        return ()
    turns: list[Turn] = []
    speaking = ""
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(text)
        stage_only = bool(_ONLY_STAGE.fullmatch(text, match.end(), end))
        label = " ".join(match["label"].split())
        interrupted = bool(turns) and turns[-1].stage_only
        resumed = interrupted and label not in _REPORTERS and label == speaking
        turns.append(Turn(label, match.start("label"), match.end(), end, resumed, stage_only))
        if not stage_only:
            speaking = label
    return tuple(turns)


def turn_at(turns: tuple[Turn, ...], offset: int) -> Turn | None:
    """Return the turn that `offset` stands in, None before the first label."""
    index = bisect_right(turns, offset, key=lambda turn: turn.start)
    return turns[index - 1] if index else None


def belongs_to_another(turns: tuple[Turn, ...], turn: Turn | None, speaker: str | None) -> bool:
    """Tell whether a passage in `turn` is surely not `speaker`'s.

    Sure only when the speaker's surname labels other turns of this transcript, or when the turn is a reporter's
    question and the speaker a named person who is no reporter. An office ("THE PRESIDENT") is never set against a
    name, so nothing is said where the two cannot be brought together.
    """
    if turn is None or not speaker:
        return False
    surname = _surname(speaker)
    if not surname:
        return False
    own = {other.label for other in turns if surname in _label_names(other.label)}
    if turn.label in own:
        return False
    if turn.label in _REPORTERS:
        return not _REPORTER.search(speaker)
    return bool(own) and bool(_label_names(turn.label))


def _surname(speaker: str) -> str:
    """Return "rubio" for "Sen. Marco Rubio (R-Fla.), who …", "" for "she" or "the president"."""
    words = _NAME_IN_TEXT.findall(re.sub(r"\([^()]*\)|,.*", "", speaker))
    names = [re.sub(r"['’]s?$", "", word).casefold() for word in words if word[0].isupper()]
    names = [name for name in names if len(name) > 2 and name not in _NO_NAMES]
    return names[-1] if names else ""


def _label_names(label: str) -> frozenset[str]:
    words = _NAME_IN_TEXT.findall(re.sub(r"\([^()]*\)", "", label))
    return frozenset(word.casefold() for word in words if len(word) > 2 and word.casefold() not in _NO_NAMES)
