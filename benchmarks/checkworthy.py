"""Task `checkworthy`: which statements deserve a checker's hour, against people's labels.

`python -m benchmarks checkworthy --data test.jsonl [--train a.jsonl --train b.jsonl] [--json]`, rows `{"id", "text",
"label"}`, 1 for a statement worth checking.

Without `--train` the shipped model is scored, by the words of each statement alone. With it, a model is fitted to those
rows first, as `benchmarks.fit_worth` does, without the texts of `--data`; nothing is written. `f1` calls a statement
worth checking from 0.5 on; where that is was chosen on the training rows. `average_precision` needs no threshold.

Peers in the same run, only with `--train`: `tfidf`, a logistic regression over TF-IDF of words and pairs, with balanced
classes; `everything` calls all statements worth checking.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from benchmarks import fit_worth
from benchmarks.result import Result
from claims.extraction import worth
from claims.extraction.grammar import read_texts


def run(argv: list[str]) -> Result:
    """Return our figures and the peers'; exits with a sentence when a file is unusable."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks checkworthy")
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--train", type=Path, action="append", default=[])
    options = parser.parse_args(argv)
    try:
        rows = fit_worth.rows_of(options.data)
        texts, labels = [row["text"] for row in rows], [int(row["label"]) for row in rows]
        trained = [row for path in options.train for row in fit_worth.rows_of(path)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"these are no rows of id, text and label, one JSON object a line: {error!r}")
    started = time.perf_counter()
    model = _fitted(options.data, options.train) if options.train else worth.shipped()
    scores = [worth.score(worth.features_of(list(doc), model), model=model) for doc in read_texts(texts)]
    seconds = time.perf_counter() - started
    return Result(
        task="checkworthy",
        n=len(texts),
        metrics=_metrics(labels, scores, 0.5),
        seconds=seconds,
        peers={
            "everything": _metrics(labels, [1.0] * len(labels), 0.5),
            **({"tfidf": _tfidf(trained, texts, labels)} if trained else {}),
        },
    )


def _metrics(labels: Sequence[int], scores: Sequence[float], threshold: float) -> dict[str, float]:
    return {
        "average_precision": float(average_precision_score(labels, scores)),
        "f1": float(f1_score(labels, [score >= threshold for score in scores])),
    }


def _fitted(data: Path, train: Sequence[Path]) -> worth.Model:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "model.json"
        named = [part for path in train for part in ("--data", str(path))]
        fit_worth.main([*named, "--without", str(data), "--out", str(out)])
        return worth.read_model(out.read_text(encoding="utf-8"))


def _tfidf(train: Sequence[dict[str, str]], texts: Sequence[str], labels: Sequence[int]) -> dict[str, float]:
    banned = {fit_worth.plain(text) for text in texts}
    kept = [row for row in train if fit_worth.plain(row["text"]) not in banned]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    known = vectors.fit_transform([row["text"] for row in kept])
    peer = LogisticRegression(class_weight="balanced", max_iter=1000).fit(known, [int(row["label"]) for row in kept])
    return _metrics(labels, list(peer.predict_proba(vectors.transform(texts))[:, 1]), 0.5)
