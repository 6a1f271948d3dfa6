"""Fit the model of check-worthiness.

`python -m benchmarks.fit_worth --data a.jsonl --data b.jsonl [--without test.jsonl] [--out model.json]`

Rows are `{"id", "text", "label"}`, 1 for a statement worth checking. Equal texts count once, with the label most of
them have, and texts of `--without` are left out. The weights are those of a logistic regression with an L1 penalty
(scikit-learn, liblinear) over the raw features of `claims.extraction.worth_features` that stand in at least
`--texts` different texts: what the file holds stood in so many texts that none of them can be read back.

A statement is called worth checking from that probability on which serves F1 best for what comes later: it is chosen on
the last fifth of the ids, by a model fitted to the others (the middle of the probabilities that are as good as the
best, within .005). It is taken off the start, so that a score of 0.5 is where it is.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from claims.extraction.grammar import read_texts
from claims.extraction.worth import MODEL_FILE
from claims.extraction.worth_features import Raw, raw_features

_AS_GOOD = 0.005
_PLAIN = re.compile(r"\W+")


def main(argv: list[str]) -> int:
    """Fit, and write the model's file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_worth")
    parser.add_argument("--data", required=True, type=Path, action="append")
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--texts", type=int, default=100, help="texts a feature must stand in")
    parser.add_argument("--penalty", type=float, default=0.2, help="scikit-learn's C")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    options = parser.parse_args(argv)
    banned = {plain(row["text"]) for path in options.without for row in rows_of(path)}
    read = [row for path in options.data for row in rows_of(path)]
    texts, labels = _unique([row for row in read if plain(row["text"]) not in banned])
    features = [raw_features(list(doc)) for doc in read_texts(texts)]
    seen = Counter(name for each in features for name in each)
    names = sorted(name for name, count in seen.items() if count >= options.texts)
    matrix, truth = _matrix(features, names), np.array(labels)
    threshold = _threshold(matrix, truth, options.penalty)
    model = _fitted(matrix, truth, options.penalty)
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for (group, name), weight in zip(names, model.coef_[0], strict=True):
        if abs(weight) >= 0.005:
            weights[group][name] = round(float(weight), 2)
    told = {
        "provenance": {
            "method": "logistic regression, L1 penalty, features in at least so many different texts",
            "command": "python -m benchmarks.fit_worth",
            "data": [_named(path) for path in options.data],
            "left_out": [_named(path) for path in options.without],
            "texts": len(texts),
            "worth_checking": int(truth.sum()),
            "least_texts": options.texts,
            "penalty": options.penalty,
            "threshold": round(threshold, 3),
            "fitted": datetime.now(UTC).date().isoformat(),
        },
        "start": round(float(model.intercept_[0]) - log(threshold / (1 - threshold)), 3),
        "weights": {group: dict(sorted(found.items())) for group, found in sorted(weights.items())},
    }
    options.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    count = sum(len(found) for found in weights.values())
    print(f"{len(texts)} texts, {count} weights of {len(names)} features, threshold {threshold:.3f}: {options.out}")
    return 0


def _named(path: Path) -> dict[str, str]:
    return {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def plain(text: str) -> str:
    """Return a text as it is compared with others: its words in lower case."""
    return _PLAIN.sub(" ", text.lower()).strip()


def _unique(rows: Sequence[dict[str, str]]) -> tuple[list[str], list[int]]:
    """Return each text once with the label most of its rows have, in the order of the ids' numbers."""
    votes: dict[str, list[int]] = {}
    for row in sorted(rows, key=lambda row: int(re.sub(r"\D", "", row["id"]) or 0)):
        votes.setdefault(row["text"], []).append(int(row["label"]))
    return list(votes), [round(sum(given) / len(given)) for given in votes.values()]


def _matrix(features: Sequence[dict[Raw, float]], names: Sequence[Raw]) -> csr_matrix:
    column = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, found in enumerate(features):
        for name, value in found.items():
            if name in column:
                rows.append(row)
                columns.append(column[name])
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(features), len(names)))


def _fitted(matrix: csr_matrix, truth: np.ndarray, penalty: float) -> LogisticRegression:
    return LogisticRegression(penalty="l1", C=penalty, solver="liblinear", random_state=0).fit(matrix, truth)


def _threshold(matrix: csr_matrix, truth: np.ndarray, penalty: float) -> float:
    earlier = len(truth) * 4 // 5
    guesses = _fitted(matrix[:earlier], truth[:earlier], penalty).predict_proba(matrix[earlier:])[:, 1]
    precision, recall, thresholds = precision_recall_curve(truth[earlier:], guesses)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return float(np.median(thresholds[f1[:-1] >= f1.max() - _AS_GOOD]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
