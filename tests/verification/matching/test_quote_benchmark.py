import io
import json
import tarfile
from datetime import date
from pathlib import Path

import pytest

from benchmarks.corpus import CorpusDocument, read_corpus
from benchmarks.quote_cuts import cut
from benchmarks.quotes import run

MARKDOWN = "---\ntitle: \"Ice\\_Report\"\ndate: '2031-02-03'\n---\n\nThe ice will hold.\n"


def test_a_folder_and_an_archive_of_it_hold_the_same_documents(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "2031").mkdir(parents=True)
    (folder / "2031" / "ice.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "plain.md").write_text("No front matter --- here.\n", encoding="utf-8")
    (folder / "LICENSE").write_text("not a document", encoding="utf-8")
    with tarfile.open(tmp_path / "papers.tgz", "w:gz") as archive:
        archive.add(folder, "papers")
    expected = {
        CorpusDocument("2031/ice.md", "Ice Report", date(2031, 2, 3), "\nThe ice will hold.\n"),
        CorpusDocument("plain.md", "", None, "No front matter --- here.\n"),
    }
    assert set(read_corpus(folder)) == expected
    assert set(read_corpus(tmp_path / "papers.tgz")) == expected


def test_json_lines_are_documents_too(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n\n{"id": "b", "title": "B", "date": "2031-02-03", "text": "Two."}\n')
    assert list(read_corpus(path)) == [
        CorpusDocument("a", "", None, "One."),
        CorpusDocument("b", "B", date(2031, 2, 3), "Two."),
    ]


def test_a_row_that_is_no_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{"text": "Two."}\n')
    with pytest.raises(ValueError, match=r"papers\.jsonl, line 2"):
        list(read_corpus(path))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.tar"
    texts = {
        "ice": "The ice will hold until the end of March. The ferries may sail, but only by day.",
        "fuel": "Every village on the coast has fuel for twelve days and bread for ten.",
        "copy": "As the council noted, the ice will hold until the end of March.",
    }
    with tarfile.open(path, "w") as archive:
        for name, text in texts.items():
            member = tarfile.TarInfo(f"top/{name}.md")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def rows(path: Path, *quotes: tuple[str, str, str]) -> Path:
    data = path / "quotes.jsonl"
    lines = [
        json.dumps({"id": f"q{number}", "quote": quote, "gold": gold, "label": label})
        for number, (quote, gold, label) in enumerate(quotes)
    ]
    data.write_text("\n".join(lines))
    return data


def test_the_benchmark_counts_agreement_and_the_two_errors_that_matter(tmp_path: Path, corpus: Path) -> None:
    data = rows(
        tmp_path,
        ("ice will hold until the end of March", "ice.md", "exact"),
        ("The ferries must sail, but only by day", "ice.md", "altered"),
        ("fuel for 12 days", "fuel.md", "spelling"),
        ("bread for ten", "fuel.md", "altered"),
    )
    result = run(["--corpus", str(corpus), "--data", str(data)])
    assert result.n == 4
    assert result.metrics["class_accuracy"] == 0.75
    assert result.metrics["altered_called_exact"] == 0.5
    assert result.metrics["exact_in_wrong_document"] == 1 / 8
    assert result.metrics["exact_in_wrong_5_words"] == 1 / 4
    assert set(next(iter(result.peers.values()))) == {
        "class_accuracy",
        "altered_called_exact",
        "exact_in_wrong_document",
        "exact_in_wrong_5_words",
    }


def test_a_quotation_of_a_missing_document_is_an_error_that_names_it(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(ValueError, match=r"snow\.md"):
        run(["--corpus", str(corpus), "--data", str(rows(tmp_path, ("snow", "snow.md", "exact")))])


def test_the_quotations_that_copies_of_a_speech_hold_are_named(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rows(tmp_path, ("ice will hold until the end of March", "ice.md", "exact"), ("ten", "fuel.md", "edited"))
    run(["--corpus", str(corpus), "--data", str(data), "--confusion"])
    listed = capsys.readouterr().err
    assert "exact in another document: q0 (ice.md) in copy.md: 'ice will hold until the end of March'" in listed
    assert "edited called exact: q1 in fuel.md: 'ten'" in listed


def test_our_own_pairs_are_classed_as_they_were_labelled() -> None:
    pairs = Path(__file__).parents[3] / "benchmarks" / "pairs"
    result = run(["--corpus", str(pairs / "corpus.jsonl"), "--data", str(pairs / "quotes.jsonl")])
    assert result.n >= 420
    assert result.metrics["class_accuracy"] >= 0.99
    assert result.metrics["altered_called_exact"] == 0
    assert result.metrics["exact_in_wrong_document"] == 0


def test_quotations_cut_by_rule_have_the_class_of_their_edit() -> None:
    corpus = Path(__file__).parents[3] / "benchmarks" / "pairs" / "corpus.jsonl"
    documents = list(read_corpus(corpus))
    cuts = cut(documents, 36)
    assert cut(documents, 36) == cuts
    assert len({row.edit for row in cuts}) > 10
    result = run(["--corpus", str(corpus), "--cut", "36"])
    assert result.n >= 20
    assert result.metrics["class_accuracy"] == 1
