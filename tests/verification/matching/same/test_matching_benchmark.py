import json
from pathlib import Path

import pytest

from benchmarks.matching import Query, Tally, run


def test_average_precision_counts_the_first_five() -> None:
    tally = Tally()
    tally.add(Query("a", frozenset({"1"})), ["2", "1"], 0.001)
    tally.add(Query("b", frozenset({"1", "2"})), ["1", "9", "2"], 0.003)
    tally.add(Query("c", frozenset({"6"})), ["1", "2", "3", "4", "5", "6"], 0.002)
    metrics = tally.metrics()
    assert metrics["map_at_5"] == pytest.approx((1 / 2 + (1 + 2 / 3) / 2 + 0) / 3)
    assert metrics["hit_at_1"] == pytest.approx(1 / 3)


def test_a_query_whose_claim_is_unknown_is_named(tmp_path: Path) -> None:
    claims, queries = tmp_path / "claims.jsonl", tmp_path / "queries.jsonl"
    claims.write_text(json.dumps({"id": "1", "text": "The ferry sank.", "title": "Did It Sink?"}), encoding="utf-8")
    queries.write_text(json.dumps({"id": "1", "query": "It sank!", "gold": ["2"]}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"queries.jsonl: .*It sank!"):
        run(["--claims", str(claims), "--data", str(queries)])
