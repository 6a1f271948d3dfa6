"""What was said in a recording, with its times: WebVTT, SRT, JSON segments, or text whose lines begin with their time.

A paragraph is one speaker's, under their name in capitals, as official transcripts print it; each cue has its place.
"""

import html
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.capture.text import decode, normalise
from claims.wording import words
from verification.connectors.contract import Skipped, SourceText, UnreadableFile
from verification.connectors.dates import Published
from verification.connectors.fields import document
from verification.connectors.places import Place

# WebVTT §4.1 (https://www.w3.org/TR/webvtt1/); SRT has a comma before the milliseconds.
STAMP = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)(?:[.,](\d{1,3}))?"
ARROW = re.compile(rf"^\s*{STAMP}\s*-->\s*{STAMP}")
LINE = re.compile(rf"^\s*[\[(]?{STAMP}[\])]?\s*[-–—:]?\s+(?=\S)")
# No tag holds another's begin, and no run of blanks is tried twice: a hostile file costs no more than a long one.
VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?\s++([^<>]+)>")
TAG = re.compile(r"<[^<>]*+>")
SPEAKER = re.compile(r"^(?:>>\s*)?([^\W\d_][\w .’'-]{0,58}[\w.])\s?:\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][\"”’)]*$")
# One speaker's paragraph ends with the sentence after so many characters, or where nobody spoke so long (seconds).
LONG, PAUSE = 400, 4.0
MAX_CUES = 10_000
MAX_NAME = 60
NO_TIMES = words("It has no times: begin each passage with its own, as in 00:12:31, or use WebVTT or SRT.")
TOO_LONG = words("The transcript has more than %(limit)s passages: hand in the part that matters.", limit=MAX_CUES)


@dataclass(frozen=True, slots=True)
class Cue:
    """What was said from one second of a recording to another, and by whom where that is told."""

    start: float
    end: float
    text: str
    speaker: str = ""


def transcript_text(body: bytes) -> tuple[str, list[Place]]:
    """Return a transcript's text, and the place of each cue in it. Raises UnreadableFile for one without times."""
    text = decode(body).text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip()[:1] in {"{", "["} and (found := list(_of_json(text))):
        cues = found
    else:
        cues = list(_of_arrows(text)) if "-->" in text else list(_of_lines(text))
    cues = [cue for cue in cues if cue.text]
    if not cues:
        raise UnreadableFile(NO_TIMES)
    if len(cues) > MAX_CUES:
        raise UnreadableFile(TOO_LONG)
    return _written(_not_twice(cues))


def _written(cues: Iterable[Cue]) -> tuple[str, list[Place]]:
    parts: list[str] = []
    places: list[Place] = []
    at, long, before = 0, 0, None
    for cue in cues:
        anew = before is None or _begins_anew(before, cue, long)
        lead = "" if before is None else "\n\n" if anew else " "
        changed = before is None or before.speaker != cue.speaker
        label = f"{cue.speaker.upper()}: " if cue.speaker and (changed or anew) else ""
        parts.append(f"{lead}{label}{cue.text}")
        start = at + len(lead)
        at += len(parts[-1])
        long = at - start if anew else long + len(parts[-1])
        places.append({"start": start, "end": at, "from": cue.start, "to": cue.end})
        before = cue
    return "".join(parts), places


def _begins_anew(before: Cue, cue: Cue, long: int) -> bool:
    if before.speaker != cue.speaker or cue.start - before.end > PAUSE:
        return True
    return long > LONG and SENTENCE_END.search(before.text) is not None


def _not_twice(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield cues without those that repeat the one before, as captions that roll up do."""
    before = ""
    for cue in cues:
        if cue.text != before:
            yield cue
        before = cue.text


def _of_arrows(text: str) -> Iterator[Cue]:
    """Yield the cues of WebVTT or SRT: a line of two times, then the words until an empty line."""
    speaker = ""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        place = next((number for number, line in enumerate(lines) if ARROW.match(line)), None)
        if place is None:
            continue
        match = ARROW.match(lines[place])
        assert match is not None  # nosec B101 (found above)
        raw = " ".join(lines[place + 1 :])
        voice = VOICE.search(raw)
        said, named = _speaker_and_words(html.unescape(TAG.sub("", raw)))
        speaker = _name(html.unescape(voice[1])) if voice else named or speaker
        yield Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:]), said, speaker)


def _of_lines(text: str) -> Iterator[Cue]:
    """Yield the cues of a text whose lines begin with their time; a line without one goes on with the one before."""
    open_cues: list[tuple[float, list[str]]] = []
    for line in text.split("\n"):
        if match := LINE.match(line.rstrip()):
            open_cues.append((_seconds(match.groups()), [line[match.end() :]]))
        elif open_cues:
            open_cues[-1][1].append(line)
    speaker = ""
    for number, (start, lines) in enumerate(open_cues):
        said, named = _speaker_and_words(" ".join(lines))
        speaker = named or speaker
        end = open_cues[number + 1][0] if number + 1 < len(open_cues) else start
        yield Cue(start, max(start, end), said, speaker)


def _of_json(text: str) -> Iterator[Cue]:
    """Yield the cues of segments with `start`, `end` (seconds) and `text`, as tools that transcribe write them."""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(data, Mapping):
        data = next((data[key] for key in ("segments", "cues", "transcript") if isinstance(data.get(key), list)), [])
    for each in data if isinstance(data, list) else []:
        if isinstance(each, Mapping) and isinstance(each.get("text"), str):
            start, end = _number(each.get("start")), _number(each.get("end"))
            if start is not None:
                speaker = _name(each["speaker"]) if isinstance(each.get("speaker"), str) else ""
                yield Cue(start, max(start, end or start), _plain(each["text"]), speaker)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value < 1e6 else None


def _speaker_and_words(raw: str) -> tuple[str, str]:
    """Return the words of a cue, and the speaker they are given to, "" where none is named."""
    text = _plain(raw)
    match = SPEAKER.match(text)
    return (text[match.end() :], _name(match[1])) if match else (text.removeprefix(">> "), "")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + (int(fraction) / 10 ** len(fraction) if fraction else 0)


def _name(text: str) -> str:
    return _plain(text)[:MAX_NAME].rstrip(" :")


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())


def recording(body: bytes, *, title: str, url: str | None, day: Published | None) -> SourceText | Skipped:
    """Return a transcript as a document: that of the recording at `url`, made on `day` where that is known.

    Raises UnreadableFile for one without times.
    """
    text, places = transcript_text(body)
    return document(
        url or title,
        body,
        "text/vtt",
        text,
        title=title,
        url=url,
        published=day,
        date_origin="told" if day else None,
        language=None,
        places=places,
        kind="recording",
    )
