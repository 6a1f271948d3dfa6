"""The `numbers` benchmark: what it counts as right, and that our own table stays read."""

import json
from pathlib import Path

import pytest

from benchmarks.numbers import outcome, run

_TEXT = "About 40 ships left in 2029."
_FIGURE = {"span": [0, 8], "value": 40, "low": None, "high": None, "unit": None, "approx": True}
_DATE = {"span": [23, 27], "from": "2029-01-01", "to": "2029-12-31", "precision": "year"}


def test_our_own_table_has_enough_rows_and_is_read() -> None:
    result = run([])
    assert result.n >= 360
    assert result.metrics["held_out"] >= 0.97
    assert min(result.metrics["quantities"], result.metrics["dates"]) >= 0.97


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True),
        ({"value": 40.03}, True),
        ({"span": [0, 9]}, True),
        ({"value": 41}, False),
        ({"unit": "tonne"}, False),
        ({"approx": False}, False),
        ({"low": 40}, False),
        ({"span": [6, 8]}, False),
    ],
)
def test_a_figure_is_right_by_value_bounds_unit_approximation_and_span(change: dict[str, object], right: bool) -> None:
    row = {"id": "1", "text": _TEXT, "quantities": [_FIGURE | change]}
    assert outcome(row).right is right


@pytest.mark.parametrize(("change", "right"), [({}, True), ({"to": None}, False), ({"precision": "day"}, False)])
def test_a_date_is_right_by_its_days_and_precision(change: dict[str, object], right: bool) -> None:
    assert outcome({"id": "1", "text": _TEXT, "base": None, "dates": [_DATE | change]}).right is right


def test_what_is_invented_makes_a_row_wrong() -> None:
    assert not outcome({"id": "1", "text": _TEXT, "quantities": []}).right


def test_rows_of_a_file_are_scored_and_the_wrong_ones_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [{"id": "good", "text": _TEXT, "quantities": [_FIGURE]}, {"id": "bad", "text": _TEXT, "quantities": []}]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    result = run(["--data", str(file), "--show-wrong"])
    assert (result.n, result.metrics["accuracy"], result.metrics["quantities"]) == (2, 0.5, 0.5)
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == ["bad"]


def test_a_file_that_holds_no_rows_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": 1}')
    with pytest.raises(SystemExit):
        run(["--data", str(file)])
    assert "cannot be read as rows of expressions" in capsys.readouterr().err
