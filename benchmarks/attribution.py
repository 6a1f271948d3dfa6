"""Task `attribution`: who said what, against annotated news articles.

`python -m benchmarks attribution --data articles.jsonl [--held-out N] [--json]`, one article a line: `{"id", "text",
"attributions": [{"source": [[start, end]], "cue": [[start, end]], "content": [[start, end]]}]}`. `--held-out N` scores
only the N articles that come last by the SHA-256 of their ids: those nobody has tuned to.

What is measured:

- `sentence_f1` (with precision and recall): a sentence, cut by our own rule, is positive for the annotation when it
  overlaps the content of any attribution, and for us when it overlaps content we output. Sentences without a letter
  are left out.
- `speaker_accuracy`: over the direct quotations of the annotation, that is every stretch of at least 20 characters
  between double quotation marks inside the content of an attribution with a source. Right when the attribution of ours
  whose quotations overlap it most has a mention that shares at least half the words of the shorter of the two mentions
  with the annotated source. No answer is wrong. This scores the mention as written: a pronoun is right where a pronoun
  is annotated.
- `speaker_token_f1`: the stricter view of the same: the mean, over those quotations, of the F1 of the words of our
  mention against the annotated source, so that an apposition left out (“Jo Marsh” for “Jo Marsh, a captain who …”)
  costs.
- `speaker_resolved`: over the same quotations, the share whose mention is right and for which we also name somebody,
  the name agreeing with the annotation as far as it can tell: where the annotated source holds a capitalised word
  inside it, the last word of our name must occur in it; where it is a pronoun or a common noun, any name counts, so
  there this says how often a name is given and not how often it is right.
- `content_f1`: each attribution of ours is paired with at most one annotated attribution, largest overlap first; the
  words shared by the pairs, over all our words and over all annotated words.

Peers in the same run: `every_sentence` calls every sentence positive; `cue_words` those with a common verb of
saying, “according to” or a quotation mark; `nearest_verb` gives a quotation the name or pronoun beside the verb of
saying nearest to it.
"""

import argparse
import json
import re
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from benchmarks.result import Result
from claims.extraction.contract import Attribution
from claims.extraction.reading import attributions
from claims.extraction.sentences import Span, paragraphs, sentences

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"(?:[\"“”]|'')(?P<words>[^\"“”]{20,}?)(?:[\"“”]|'')")
_SAYING = (
    r"(?:said|says|say|saying|told|tells|added|adds|adding|wrote|writes|asked|asks|noted|notes|argued|argues|announced|claimed|"
    r"claims|explained|insisted|acknowledged|declared|continued|stated|concluded|tweeted|warned|admitted|replied|responded|"
    r"recalled|suggested|reported|called|described)"
)
_CUE_WORDS = re.compile(rf"\b{_SAYING}\b|\baccording to\b|[\"“”]", re.IGNORECASE)
_NAME = r"(?:(?:[A-Z][\w.’'-]*)(?:\s+(?:of|de|von|van|[A-Z][\w.’'-]*)){0,5}|he|she|they|He|She|They|it)"
_VERB_BESIDE = re.compile(
    rf"(?P<before>{_NAME})\s+(?:\w+ly\s+|has\s+|had\s+|also\s+)?{_SAYING}\b|\b{_SAYING}\s+(?P<after>{_NAME})"
)
_WINDOW = 120


@dataclass(slots=True)
class Counts:
    """Hits and misses of one method over all rows."""

    both: int = 0
    ours: int = 0
    gold: int = 0

    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.both / (self.ours + self.gold) if self.ours + self.gold else 0.0

    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.both / self.ours if self.ours else 0.0

    def recall(self) -> float:
        """Return the share of what is right that was found."""
        return self.both / self.gold if self.gold else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One annotated article."""

    text: str
    gold: Sequence[Mapping[str, Sequence[Span]]]


@dataclass(slots=True)
class Tally:
    """Everything counted in one run."""

    sentence: dict[str, Counts] = field(
        default_factory=lambda: {name: Counts() for name in ("ours", "every_sentence", "cue_words")}
    )
    quotes: int = 0
    right: int = 0
    token_f1: float = 0.0
    resolved: int = 0
    right_nearest: int = 0
    content: Counts = field(default_factory=Counts)


def run(argv: list[str]) -> Result:
    """Return our figures and the peers' on the articles of `--data`; exits with a sentence when the file is
    unusable.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks attribution")
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument(
        "--held-out", type=int, metavar="N", help="only the N articles last by the SHA-256 of their ids"
    )
    options = parser.parse_args(argv)
    try:
        rows = _rows(options.data, options.held_out)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{options.data} cannot be read as annotated articles, one JSON object a line: {error!r}")
    attributions("Warm up.")  # loads the model, which is not what is timed
    tally = Tally()
    started = time.perf_counter()
    for row in rows:
        _score(row, tally)
    seconds = time.perf_counter() - started
    ours = tally.sentence["ours"]
    share = 1 / tally.quotes if tally.quotes else 0.0
    return Result(
        task="attribution",
        n=len(rows),
        metrics={
            "sentence_f1": ours.f1(),
            "sentence_precision": ours.precision(),
            "sentence_recall": ours.recall(),
            "speaker_accuracy": tally.right * share,
            "speaker_token_f1": tally.token_f1 * share,
            "speaker_resolved": tally.resolved * share,
            "content_f1": tally.content.f1(),
            "direct_quotations": float(tally.quotes),
        },
        seconds=seconds,
        peers={
            "every_sentence": {"sentence_f1": tally.sentence["every_sentence"].f1()},
            "cue_words": {"sentence_f1": tally.sentence["cue_words"].f1()},
            "nearest_verb": {"speaker_accuracy": tally.right_nearest * share},
        },
    )


def _rows(path: Path, held_out: int | None) -> list[Row]:
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if held_out is not None:
        raw = sorted(raw, key=lambda row: sha256(str(row["id"]).encode()).hexdigest())[-held_out:]
    return [
        Row(
            row["text"],
            [
                {part: [(start, end) for start, end in attribution[part]] for part in ("source", "cue", "content")}
                for attribution in row["attributions"]
            ],
        )
        for row in raw
    ]


def _score(row: Row, tally: Tally) -> None:
    ours = attributions(row.text)
    _score_sentences(row, ours, tally)
    for source, quoted in _direct_quotations(row):
        best = _best(ours, quoted)
        tally.quotes += 1
        tally.right_nearest += _agree(_nearest(row.text, quoted), source)
        tally.token_f1 += _token_f1(best.mention or "", source) if best is not None else 0.0
        if best is not None and _agree(best.mention or "", source):
            tally.right += 1
            tally.resolved += _names(best.speaker, source)
    _score_content(row, ours, tally.content)


def _score_sentences(row: Row, ours: Sequence[Attribution], tally: Tally) -> None:
    gold = sorted(span for attribution in row.gold for span in attribution["content"])
    mine = sorted(span for attribution in ours for span in attribution.content)
    for start, end in (span for paragraph in paragraphs(row.text) for span in sentences(row.text, *paragraph)):
        sentence = row.text[start:end]
        if not any(character.isalpha() for character in sentence):
            continue
        is_gold = _overlaps(gold, start, end)
        called = {
            "ours": _overlaps(mine, start, end),
            "every_sentence": True,
            "cue_words": _CUE_WORDS.search(sentence) is not None,
        }
        for name, is_called in called.items():
            counts = tally.sentence[name]
            counts.both += is_gold and is_called
            counts.ours += is_called
            counts.gold += is_gold


def _overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(first < end and last > start for first, last in spans)


def _direct_quotations(row: Row) -> Iterator[tuple[str, Span]]:
    """Yield the annotated source, as written, and the span of each quotation of 20 characters or more."""
    for attribution in row.gold:
        source = " ".join(row.text[start:end] for start, end in attribution["source"])
        if not source.strip():
            continue
        for start, end in attribution["content"]:
            for match in _QUOTED.finditer(row.text[start:end]):
                yield source, (start + match.start("words"), start + match.end("words"))


def _best(ours: Sequence[Attribution], quoted: Span) -> Attribution | None:
    shared = [
        (
            sum(max(0, min(quote.end, quoted[1]) - max(quote.start, quoted[0])) for quote in attribution.quotations),
            number,
        )
        for number, attribution in enumerate(ours)
    ]
    overlap, number = max(shared, default=(0, 0))
    return ours[number] if overlap else None


def _agree(mention: str, source: str) -> bool:
    one, other = set(_WORD.findall(mention.lower())), set(_WORD.findall(source.lower()))
    return bool(one and other) and 2 * len(one & other) >= min(len(one), len(other))


def _token_f1(mention: str, source: str) -> float:
    one, other = set(_WORD.findall(mention.lower())), set(_WORD.findall(source.lower()))
    return Counts(len(one & other), len(one), len(other)).f1()


def _names(speaker: str | None, source: str) -> bool:
    if speaker is None:
        return False
    capitalised = [word for word in _WORD.findall(source) if word[0].isupper()]
    if not capitalised or (
        len(_WORD.findall(source)) == 1 and source.strip().lower() in ("he", "she", "they", "it", "i")
    ):
        return True
    return _WORD.findall(speaker.lower())[-1] in _WORD.findall(source.lower())


def _nearest(text: str, quoted: Span) -> str:
    """Return the name beside the verb of saying nearest to the quotation, after it or before it."""
    after = _VERB_BESIDE.search(text, quoted[1], min(len(text), quoted[1] + _WINDOW))
    before = list(_VERB_BESIDE.finditer(text, max(0, quoted[0] - _WINDOW), quoted[0]))
    candidates = [(after.start() - quoted[1], after)] if after is not None else []
    candidates += [(quoted[0] - before[-1].end(), before[-1])] if before else []
    if not candidates:
        return ""
    match = min(candidates, key=lambda candidate: candidate[0])[1]
    return match["before"] or match["after"] or ""


def _score_content(row: Row, ours: Sequence[Attribution], counts: Counts) -> None:
    starts = [match.start() for match in _WORD.finditer(row.text)]
    gold = [_words_in(starts, attribution["content"]) for attribution in row.gold if attribution["content"]]
    mine = [_words_in(starts, attribution.content) for attribution in ours]
    counts.gold += sum(len(words) for words in gold)
    counts.ours += sum(len(words) for words in mine)
    pairs = sorted(
        ((len(ours_here & gold_here), i, j) for i, ours_here in enumerate(mine) for j, gold_here in enumerate(gold)),
        reverse=True,
    )
    taken: set[tuple[str, int]] = set()
    for shared, i, j in pairs:
        if shared and ("ours", i) not in taken and ("gold", j) not in taken:
            taken |= {("ours", i), ("gold", j)}
            counts.both += shared


def _words_in(starts: Sequence[int], spans: Sequence[Span]) -> set[int]:
    return {word for start, end in spans for word in range(bisect_left(starts, start), bisect_left(starts, end))}
