"""Who speaks where in a transcript.

A turn starts with a label at the start of a line: `THE PRESIDENT:`, `MS. PSAKI:`, `KELLY:` or a reporter's bare `Q`
(White House, State and Pentagon transcripts, debate transcripts). A turn that holds nothing but a stage direction
(`SYSTEM: [ applause ]`, `AUDIENCE: (Laughter.)`) does not end the turn of whoever goes on afterwards.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from verification.matching.markup import INVISIBLE

_UPPER = r"A-ZÀ-ÖØ-ÞĀŁŃŚŠŻŽČĆĐĒĪŌŪẠ-Ỹ"
_NAME = rf"(?:(?:Mc|Mac|De|Di|La|Le|O[’'])?[{_UPPER}][{_UPPER}.’'\-]*|von|van|de|der|al-)"
LABEL = re.compile(
    rf"^[ \t\u00a0>*_{INVISIBLE}]*(?P<label>Q(?=[ \t\u00a0]{{2}}|[ \t\u00a0]+[{_UPPER}“\"(—–…]|[*_{INVISIBLE}]*:)"
    rf"|{_NAME}(?:[ \u00a0]{_NAME}){{0,6}}(?:[ \u00a0]\([^()\n]{{1,40}}\))?"
    rf"(?=[*_{INVISIBLE}]*:[*_{INVISIBLE}]*(?:\s|$)))[*_{INVISIBLE}]*:?[*_{INVISIBLE}]*",
    re.MULTILINE,
)
_ONLY_STAGE = re.compile(r"\s*(?:[(\[][^()\[\]]*[)\]][\s.]*)+")
_HEADINGS = {
    "BACKGROUND", "BCC", "CC", "CONTACT", "DATE", "FACT", "FACT SHEET", "FOR IMMEDIATE RELEASE", "FROM", "HOAX",
    "LOCATION", "MYTH", "NOTE", "PROMISE KEPT", "PROMISE MADE", "RE", "SUBJECT", "SUMMARY", "TIME", "TO", "WHAT",
    "WHEN", "WHERE", "WHO", "WHY", "UPDATE",
}  # fmt: skip
_TITLES = {
    "ACTING", "ADMINISTRATOR", "ADMIRAL", "AIDE", "AMBASSADOR", "ATTORNEY", "AUDIENCE", "BISHOP", "CAPTAIN", "CHAIR",
    "CHAIRMAN", "CHAIRWOMAN", "CHANCELLOR", "CHIEF", "COLONEL", "COMMISSIONER", "CONGRESSMAN", "CONGRESSWOMAN",
    "DEPUTY", "DIRECTOR", "DR", "FIRST", "GENERAL", "GOVERNOR", "INTERPRETER", "JUDGE", "JUSTICE", "KING", "LEADER",
    "LIEUTENANT", "MAJOR", "MAYOR", "MINISTER", "MODERATOR", "MR", "MRS", "MS", "OPERATOR", "PARTICIPANT", "POPE",
    "PRESIDENT", "PRIME", "PRINCE", "PRINCESS", "PROF", "PROFESSOR", "QUEEN", "RABBI", "REPRESENTATIVE", "REVEREND",
    "SECRETARY", "SECRETARY-GENERAL", "SENATOR", "SENIOR", "SERGEANT", "SIR", "SPEAKER", "TAOISEACH", "VICE",
}  # fmt: skip
"""First words (or second, after THE) of labels that are surely a speaker's."""
_IN_HEADINGS = re.compile(r"^\w+ING\b.* |.+ (?:OF|AND|TO|FOR|IN|ON|WITH|THROUGH|FROM|BY|AGAIN) ")
_REPORTERS = {"Q", "QUESTION", "REPORTER", "PRESS"}
_CROWDS = {"AUDIENCE", "AUDIENCE MEMBER", "AUDIENCE MEMBERS", "CROWD", "PARTICIPANT", "PARTICIPANTS"}
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
_OTHERS_OFFICE = r"(?<!vice )(?<!former )(?<!deputy )(?<!ex-)(?<!’s )(?<!'s )"
"""Not the office itself: "former president", "France's president"."""
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
    labels = _labels(text)
    turns: list[Turn] = []
    speaking = ""
    for match, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else len(text)
        stage_only = bool(_ONLY_STAGE.fullmatch(text, match.end(), end))
        label = " ".join(match["label"].split())
        interrupted = bool(turns) and turns[-1].stage_only
        resumed = interrupted and label not in _REPORTERS and label == speaking
        turns.append(Turn(label, match.start("label"), match.end(), end, resumed, stage_only))
        if not stage_only:
            speaking = label
    return tuple(turns)


def _labels(text: str) -> list[re.Match[str]]:
    """Return the labels of a transcript; of a text none of whose labels is surely a speaker's, none.

    Sure are a title ("MS.", "THE PRESIDENT"), what comes twice ("HOLM" in a debate), and two labels where nothing
    reads like a heading. What stands once and reads like one ("KEEPING THE LIGHTS ON:") is dropped.
    """
    labels = [match for match in LABEL.finditer(text) if match["label"] not in _HEADINGS]
    times = Counter(match["label"] for match in labels)
    sure = {label for label, count in times.items() if count > 1 or _titled(label)}
    headings = {label for label in times if label not in sure and _IN_HEADINGS.match(f"{label} ")}
    if not sure and (headings or len(times) < 2):
        return []
    return [match for match in labels if match["label"] not in headings]


def _titled(label: str) -> bool:
    words = label.replace(".", "").split()
    return (words[1] if words[0] == "THE" and len(words) > 1 else words[0]) in _TITLES


def is_reporters(label: str) -> bool:
    """Tell whether a label is that of reporters, named or not: "Q", "QUESTION", "REPORTER"."""
    return label.strip(" :*_").upper() in _REPORTERS


def turn_at(turns: tuple[Turn, ...], offset: int) -> Turn | None:
    """Return the turn that `offset` stands in, None before the first label."""
    index = bisect_right(turns, offset, key=lambda turn: turn.start)
    return turns[index - 1] if index else None


def goes_on(turns: tuple[Turn, ...], earlier: Turn | None, later: Turn | None) -> bool:
    """Tell whether one person's speech goes from one turn to the other, stage directions between them aside."""
    if earlier is None or later is None or earlier is later:
        return True
    first, last = (bisect_right(turns, turn.start, key=lambda other: other.start) for turn in (earlier, later))
    return first < last and earlier.label == later.label and all(turn.stage_only for turn in turns[first : last - 1])


def belongs_to_another(turns: tuple[Turn, ...], turn: Turn | None, speaker: str | None) -> bool:
    """Tell whether a passage in `turn` is surely not `speaker`'s.

    Sure only when the speaker's surname, or the office it names, labels other turns of this transcript, and this turn
    has another name or office; or when the turn is a reporter's question and the speaker a named person who is no
    reporter. Whose office it is, a text does not say: "THE PRESIDENT" is never set against a President by name.
    """
    if turn is None or not speaker:
        return False
    surname = _surname(speaker)
    own = {other.label for other in turns if surname and surname in _label_names(other.label)}
    offices = {other.label for other in turns if _holds(speaker, other.label)}
    if turn.label in own | offices:
        return False
    if turn.label in _REPORTERS:
        return bool(surname or offices) and not _REPORTER.search(speaker)
    if turn.label in _CROWDS or _label_names(turn.label):
        return bool(own or offices)
    words = set(_office(turn.label))
    return bool(words) and bool(own) and not any(words & set(label.casefold().split()) for label in own)


def _office(label: str) -> list[str]:
    """Return "vice", "president" for THE VICE PRESIDENT, nothing for a label that is no such office."""
    words = label.casefold().split()
    return words[1:] if words[0] == "the" else []


def _holds(speaker: str, label: str) -> bool:
    """Tell whether the mention names the office of the label: "President Vale" and THE PRESIDENT."""
    office = " ".join(_office(label))
    mention = re.sub(r"\([^()]*\)|,.*", "", speaker).casefold()
    return bool(office) and re.search(rf"{_OTHERS_OFFICE}\b{re.escape(office)}\b(?!['’])", mention) is not None


def _surname(speaker: str) -> str:
    """Return "rubio" for "Sen. Marco Rubio (R-Fla.), who …", "" for "she" or "the president"."""
    words = _NAME_IN_TEXT.findall(re.sub(r"\([^()]*\)|,.*", "", speaker))
    names = [re.sub(r"['’]s?$", "", word).casefold() for word in words if word[0].isupper()]
    names = [name for name in names if len(name) > 2 and name not in _NO_NAMES]
    return names[-1] if names else ""


def _label_names(label: str) -> frozenset[str]:
    words = _NAME_IN_TEXT.findall(re.sub(r"\([^()]*\)", "", label))
    return frozenset(word.casefold() for word in words if len(word) > 2 and word.casefold() not in _NO_NAMES)
