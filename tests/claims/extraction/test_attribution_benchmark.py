"""The `attribution` task on rows small enough to count by hand."""

import json
from pathlib import Path

import pytest

from benchmarks.attribution import run

_TEXT = "“The strait is open to every ship,” Jo Marsh said. The ferry left at noon."
_QUOTED = _TEXT[: _TEXT.index(" Jo")]


def rows(path: Path, *mentions: str) -> str:
    lines = [
        {
            "id": f"row-{number}",
            "text": _TEXT,
            "attributions": [
                {
                    "source": [[_TEXT.index(mention), _TEXT.index(mention) + len(mention)]],
                    "cue": [[_TEXT.index("said"), _TEXT.index("said") + 4]],
                    "content": [[0, len(_QUOTED)]],
                }
            ],
        }
        for number, mention in enumerate(mentions)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


def test_a_right_answer_scores_one_everywhere(tmp_path: Path) -> None:
    result = run(["--data", rows(tmp_path / "rows.jsonl", "Jo Marsh")])
    assert result.n == 1
    for name in ("sentence_f1", "speaker_accuracy", "speaker_token_f1", "speaker_resolved", "content_f1"):
        assert result.metrics[name] == 1
    assert result.peers["nearest_verb"] == {"speaker_accuracy": 1}
    assert result.peers["every_sentence"]["sentence_f1"] == pytest.approx(2 / 3)


def test_a_wrong_speaker_costs_accuracy_but_no_sentence(tmp_path: Path) -> None:
    result = run(["--data", rows(tmp_path / "rows.jsonl", "Jo Marsh", "The ferry")])
    assert result.metrics["speaker_accuracy"] == pytest.approx(1 / 2)
    assert result.metrics["sentence_f1"] == 1


def test_an_annotated_apposition_we_leave_out_costs_the_stricter_figure_only(tmp_path: Path) -> None:
    result = run(["--data", rows(tmp_path / "rows.jsonl", "Jo Marsh said")])
    assert result.metrics["speaker_accuracy"] == 1
    assert result.metrics["speaker_token_f1"] == pytest.approx(4 / 5)


def test_only_the_held_out_rows_are_scored(tmp_path: Path) -> None:
    assert run(["--data", rows(tmp_path / "rows.jsonl", "Jo Marsh", "The ferry"), "--held-out", "1"]).n == 1


def test_a_file_of_something_else_is_refused_with_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("no json", encoding="utf-8")
    with pytest.raises(SystemExit):
        run(["--data", str(path)])
    assert "rows.jsonl cannot be read as annotated articles" in capsys.readouterr().err
