"""`quotes`: does the quote check class a quotation as people who read both texts did?

Data: JSON lines `{"id","quote","gold": document id,"label"}` (`speaker` is optional), labels as in `data/README.md`.
Our own are in `benchmarks/pairs`; `--cut N` cuts N quotations from the corpus by rule instead (`quote_cuts`).
"""

import argparse
import hashlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks import quote_cuts
from benchmarks.corpus import read_corpus, read_rows
from benchmarks.result import Result
from verification.matching.quotes import PreparedText, QuoteClass, check_quote, prepare

OTHER_DOCUMENTS = 20
SEED = 20220124
TELLING_WORDS = 5
"""Words from which a quotation found in another document says that both hold the same speech."""
PEER = "folded substring + partial_ratio"
PEER_RECOGNISES = 80
"""Partial ratio (0 to 100) from which the peer takes a passage for an altered quotation."""
_FOLDED = str.maketrans("’‘“”", "''\"\"", "\u200b\u00ad")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled quotation and the documents it is tried against besides its own."""

    id: str
    quote: str
    speaker: str | None
    gold: str
    label: str
    others: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What one method answered: (label, class) for the right documents, classes for the wrong ones."""

    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    telling: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def count_wrong(self, row: "Row", document: str, answer: str) -> None:
        """Count an answer in a document that the quotation was not taken from; a full line for one called exact."""
        self.wrong[answer] += 1
        if len(row.quote.split()) >= TELLING_WORDS:
            self.telling[answer] += 1
            if answer == QuoteClass.EXACT:
                self.notes.append(f"exact in another document: {row.id} ({row.gold}) in {document}: {row.quote!r}")

    def metrics(self) -> dict[str, float]:
        """Return the metrics of design §5, each a share from 0 to 1."""
        altered = sum(count for (label, _), count in self.right.items() if label == QuoteClass.ALTERED)
        agreed = sum(count for (label, answer), count in self.right.items() if label == answer)
        return {
            "class_accuracy": agreed / max(1, self.right.total()),
            "altered_called_exact": self.right[QuoteClass.ALTERED, QuoteClass.EXACT] / max(1, altered),
            "exact_in_wrong_document": self.wrong[QuoteClass.EXACT] / max(1, self.wrong.total()),
            "exact_in_wrong_5_words": self.telling[QuoteClass.EXACT] / max(1, self.telling.total()),
        }


def run(argv: list[str]) -> Result:
    """Check every quotation against its own document and 20 others, drawn with a fixed seed.

    `altered_called_exact` is a share of the quotations labelled altered, `exact_in_wrong_document` of all tries against
    another document, `exact_in_wrong_5_words` of the tries with quotations of five words and more; `--confusion` names
    each of these. Raises ValueError for a quotation whose document the corpus lacks.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks quotes", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder or archive of .md files, or JSONL")
    data = parser.add_mutually_exclusive_group(required=True)
    data.add_argument("--data", type=Path, help="labelled quotations, JSONL")
    data.add_argument("--cut", type=int, metavar="N", help="cut N quotations from the corpus by rule")
    parser.add_argument("--confusion", action="store_true", help="list labels by answers, and rows missed, on stderr")
    options = parser.parse_args(argv)
    started = time.perf_counter()
    ids = [document.id for document in read_corpus(options.corpus)]
    labelled = _cut(options.corpus, options.cut) if options.cut else read_rows(options.data)
    rows = _rows(labelled, ids)
    needed = {id_ for row in rows for id_ in (row.gold, *row.others)}
    texts = {document.id: document.text for document in read_corpus(options.corpus) if document.id in needed}
    ours, times = _run_ours(rows, texts)
    peer = _run_peer(rows, texts)
    if options.confusion:
        _print_confusion(ours)
    metrics = ours.metrics() | {
        "found_in_wrong_document": 1 - ours.wrong[QuoteClass.NOT_FOUND] / max(1, ours.wrong.total()),
        "check_p50_ms": _percentile(times, 0.5),
        "check_p95_ms": _percentile(times, 0.95),
    }
    return Result("quotes", len(rows), metrics, time.perf_counter() - started, {PEER: peer.metrics()})


def _cut(corpus: Path, wanted: int) -> Iterator[Mapping[str, str]]:
    documents = sorted(read_corpus(corpus), key=lambda document: hashlib.sha256(document.id.encode()).digest())
    for cut in quote_cuts.cut(documents, wanted):
        yield {"id": f"{cut.id} {cut.edit}", "quote": cut.quote, "gold": cut.gold, "label": cut.label}


def _rows(labelled: Iterable[Mapping[str, str]], ids: list[str]) -> list[Row]:
    known = set(ids)
    ordered = sorted(known)
    rows = []
    for row in labelled:
        if row["gold"] not in known:
            raise ValueError(f"the corpus holds no document {row['gold']!r} (quotation {row['id']})")
        draw = random.Random(f"{SEED} {row['id']}").sample(ordered, min(len(ordered), OTHER_DOCUMENTS + 1))
        others = tuple(id_ for id_ in draw if id_ != row["gold"])[:OTHER_DOCUMENTS]
        rows.append(Row(row["id"], row["quote"], row.get("speaker"), row["gold"], row["label"], others))
    return rows


def _run_ours(rows: Iterable[Row], texts: Mapping[str, str]) -> tuple[Tally, list[float]]:
    """Return the answers, and how long each check took in milliseconds, reading the document not counted."""
    tally, times = Tally(), []

    @lru_cache(maxsize=128)
    def prepared(id_: str) -> PreparedText:
        return prepare(texts[id_])

    for row in rows:
        for id_ in (row.gold, *row.others):
            source = prepared(id_)
            before = time.perf_counter()
            answer = check_quote(row.quote, source, speaker=row.speaker).quote_class
            times.append((time.perf_counter() - before) * 1000)
            if id_ == row.gold:
                tally.right[row.label, answer] += 1
                if answer != row.label:
                    tally.notes.append(f"{row.label} called {answer}: {row.id} in {row.gold}: {row.quote!r}")
            else:
                tally.count_wrong(row, id_, answer)
    return tally, times


def _run_peer(rows: Iterable[Row], texts: Mapping[str, str]) -> Tally:
    tally = Tally()
    folded = {id_: _fold(text) for id_, text in texts.items()}
    for row in rows:
        quote = _fold(row.quote).strip(" .,;:!?\"'")
        tally.right[row.label, _peer_class(quote, folded[row.gold])] += 1
        for id_ in row.others:
            tally.count_wrong(row, id_, QuoteClass.EXACT if quote in folded[id_] else QuoteClass.NOT_FOUND)
    return tally


def _peer_class(quote: str, text: str) -> QuoteClass:
    if quote in text:
        return QuoteClass.EXACT
    if _letters(quote) in _letters(text):
        return QuoteClass.NORMALISED
    ratio = fuzz.partial_ratio(quote.lower(), text.lower(), score_cutoff=PEER_RECOGNISES)
    return QuoteClass.ALTERED if ratio else QuoteClass.NOT_FOUND


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLDED).split())


def _letters(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _print_confusion(tally: Tally) -> None:
    classes = [str(quote_class) for quote_class in QuoteClass]
    print(f"{'label / answer':<14}" + "".join(f"{name:>12}" for name in classes), file=sys.stderr)
    for label in classes:
        counts = "".join(f"{tally.right[label, answer]:>12}" for answer in classes)
        print(f"{label:<14}{counts}", file=sys.stderr)
    for note in tally.notes:
        print(note, file=sys.stderr)
