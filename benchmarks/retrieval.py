"""`retrieval`: is the document that a sentence speaks of, or was quoted from, among the candidates?

Data: JSON lines `{"id","query","gold":[document id]}`; `date` (ISO day), `source` (a document that is never an answer),
`speaker` and `hard` are optional; rows of the `quotes` task (`quote` and one `gold`) are asked as quotations. Without
data, quotations are cut from the corpus itself. It is imported into a throw-away PostgreSQL and searched as the product
does it. Copies that were folded into a candidate count right behind it.
"""

import argparse
import json
import logging
import math
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from benchmarks.corpus import CorpusDocument
from benchmarks.cutting import CutQuotation, cut_quotations, flat_words
from benchmarks.library import read_documents
from benchmarks.result import Result
from benchmarks.scratch import scratch_database
from verification.index.passages import read_passages
from verification.index.terms import WORD

TOP = 10
# A query that is one quotation, from mark to mark.
QUOTED = re.compile(r"\s*[“\"]([^“”\"]+)[”\"]\s*\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One query: its day, the right documents, and those that cannot be answers; `group` gets figures of its own."""

    query: str
    speaker: str | None
    day: date | None
    gold: frozenset[str]
    source: str | None
    latest: date | None
    group: str = ""

    def excludes(self, document: CorpusDocument) -> bool:
        """Tell whether a document cannot be an answer: it is the query's own, or came later."""
        late = self.latest is not None and document.date is not None and document.date > self.latest
        return late or document.id == self.source


@dataclass(slots=True)
class Tally:
    """What one method answered, row by row."""

    hits: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    gains: list[float] = field(default_factory=list)
    first_stage: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    same_words: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def add(self, row: Row, ranked: Sequence[str], found: Sequence[str], seconds: float, first: str) -> None:
        """Count one answer: the ranked ids, those the first stage found, and the text of the first."""
        right = [place for place, id_ in enumerate(ranked[:TOP]) if id_ in row.gold]
        ideal = sum(1 / math.log2(place + 2) for place in range(min(len(row.gold), TOP)))
        self.hits.append(float(0 in right))
        self.recalls.append(len(right) / len(row.gold))
        self.gains.append(sum(1 / math.log2(place + 2) for place in right) / ideal)
        self.first_stage.append(len(row.gold.intersection(found)) / len(row.gold))
        self.seconds.append(seconds)
        self.same_words.append(float(0 in right or flat_words(row.query) in flat_words(first)))
        self.groups.append(row.group)

    def metrics(self) -> dict[str, float]:
        """Return the metrics of design §5: means over the rows, and milliseconds.

        `hit_at_1_same_words` counts as right also what holds every word of the query as it stands.
        """
        of_groups = {}
        for group in sorted({*self.groups} - {""}):
            own = np.array(self.groups) == group
            of_groups[f"hit_at_1_{group}"] = float(np.mean(np.array(self.hits)[own]))
            of_groups[f"recall_at_10_{group}"] = float(np.mean(np.array(self.recalls)[own]))
        return {
            "hit_at_1": float(np.mean(self.hits)),
            "hit_at_1_same_words": float(np.mean(self.same_words)),
            "recall_at_10": float(np.mean(self.recalls)),
            "ndcg_at_10": float(np.mean(self.gains)),
            "gold_in_first_stage": float(np.mean(self.first_stage)),
            "p50_ms": float(np.percentile(self.seconds, 50) * 1000),
            "p95_ms": float(np.percentile(self.seconds, 95) * 1000),
            **of_groups,
        }


def run(argv: list[str]) -> Result:
    """Search for every row; raises ValueError for rows without a right document in the corpus.

    Peers, on the same rows with the same exclusions: bm25s over whole documents, and over our passages (a document's
    score is that of its best one). Their time is scoring only, in memory.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks retrieval", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder or archive of .md files, or JSONL")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--data", type=Path, help="queries, JSONL")
    asked.add_argument("--cut", type=int, metavar="N", help="ask for N quotations cut from the corpus by rule")
    parser.add_argument("--altered", action="store_true", help="cut quotations as newspapers alter them")
    parser.add_argument("--no-date", action="store_true", help="search as if no date were known")
    parser.add_argument("--days-after", type=int, default=0, help="a document so many days later may be an answer")
    parser.add_argument("--without-peers", action="store_true", help="measure ours only")
    options = parser.parse_args(argv)
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    started = time.perf_counter()
    documents = read_documents(options.corpus)
    days = None if options.no_date else timedelta(days=options.days_after)
    if options.data:
        rows = _rows(options.data, {document.id for document in documents}, days)
    else:
        rows = _cut_rows(cut_quotations(documents, options.cut, altered=options.altered), days)
    ours = _run_ours(documents, rows)
    peers = {} if options.without_peers else _run_peers(documents, rows)
    return Result("retrieval", len(rows), ours.metrics(), time.perf_counter() - started, peers)


def _rows(path: Path, known: set[str], days_after: timedelta | None) -> list[Row]:
    """Read the rows; `days_after` their day a document may still be an answer, None leaves all days unknown."""
    rows = []
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        gold = frozenset([row["gold"]] if isinstance(row["gold"], str) else map(str, row["gold"]))
        if not gold & known:
            raise ValueError(f"{path.name}: none of the right documents of {row['id']} is in the corpus")
        day = date.fromisoformat(row["date"][:10]) if row.get("date") and days_after is not None else None
        latest = day + days_after if day and days_after is not None else None
        query = str(row["query"]) if "query" in row else f"“{row['quote'].strip(' “”').replace('”', '’')}”"
        group = "hard" if row.get("hard") else ""
        rows.append(Row(query, row.get("speaker"), day, gold, row.get("source"), latest, group))
    return rows


def _cut_rows(cut: Sequence[CutQuotation], days_after: timedelta | None) -> list[Row]:
    """Ask for each quotation twice: between quotation marks, and as bare text."""
    rows = []
    for quotation in cut:
        day = quotation.day if days_after is not None else None
        latest = day + days_after if day and days_after is not None else None
        for group, query in (("marked", f"“{quotation.text}”"), ("bare", quotation.text)):
            rows.append(Row(query, None, day, quotation.holders, None, latest, group))
    return rows


def _run_ours(documents: Sequence[CorpusDocument], rows: Sequence[Row]) -> Tally:
    tally = Tally()
    texts = {document.id: document.text for document in documents}
    with scratch_database():
        # Django's models can be imported only where the settings are known.
        from verification.index.postgres import PostgresIndex  # noqa: PLC0415
        from verification.models import Document  # noqa: PLC0415
        from verification.ranking.query import ClaimQuery  # noqa: PLC0415
        from verification.research.retrieval import first_stage, order_found  # noqa: PLC0415

        _import(documents)
        numbers = dict(Document.objects.values_list("stable_id", "pk"))
        ids = {number: id_ for id_, number in numbers.items()}
        index = PostgresIndex()
        for row in rows:
            exclude = {numbers[document.id] for document in documents if row.excludes(document)}
            quoted = QUOTED.match(row.query)
            query = ClaimQuery(
                text=row.query, quotations=quoted.groups() if quoted else (), speaker=row.speaker, published=row.day
            )
            started = time.perf_counter()
            found = first_stage(query, index, exclude)
            ranked = order_found(query, found, TOP)
            seconds = time.perf_counter() - started
            answers = [ids[number] for each in ranked for number in (each.document_id, *each.also_at)]
            first = texts[answers[0]] if answers else ""
            tally.add(row, answers, [ids[hit.document_id] for hit in found.hits], seconds, first)
    return tally


def _import(documents: Sequence[CorpusDocument]) -> None:
    """Import the corpus by the product's own verb, into the database that Django is set up on."""
    from claims.languages import vote  # noqa: PLC0415
    from verification.connectors.contract import SourceText  # noqa: PLC0415
    from verification.index.postgres import PostgresIndex  # noqa: PLC0415
    from verification.models import Source  # noqa: PLC0415
    from verification.research.importing import import_texts  # noqa: PLC0415

    languages = [vote(document.text) for document in documents]
    # One line is too short for a vote: it is in the language that the corpus is in.
    common = Counter(filter(None, languages)).most_common(1)
    texts = (
        SourceText(
            stable_id=document.id,
            body=document.text.encode(),
            media_type="text/plain",
            text=document.text,
            title=document.title or None,
            published=datetime.combine(document.date, datetime.min.time(), UTC) if document.date else None,
            precision="day" if document.date else None,
            language=language or (common[0][0] if common else None),
        )
        for document, language in zip(documents, languages, strict=True)
    )
    import_texts(texts, Source.objects.create(name="corpus"))
    PostgresIndex().merge()


def _run_peers(documents: Sequence[CorpusDocument], rows: Sequence[Row]) -> dict[str, Mapping[str, float]]:
    whole = [f"{document.title}\n{document.text}" for document in documents]
    passages: list[str] = []
    owners: list[int] = []
    for owner, document in enumerate(documents):
        spans = read_passages(document.text, WORD).passages
        passages += [document.text[span.start : span.end] for span in spans] or [document.title]
        owners += [owner] * max(1, len(spans))
    return {
        "bm25s documents": _run_peer(documents, rows, whole, np.arange(len(documents))),
        "bm25s passages": _run_peer(documents, rows, passages, np.array(owners)),
    }


def _run_peer(
    documents: Sequence[CorpusDocument], rows: Sequence[Row], texts: list[str], owners: NDArray[np.int64]
) -> Mapping[str, float]:
    """Rank by bm25s alone; `owners` are the places of the documents that the texts belong to, ascending."""
    stemmer = Stemmer.Stemmer("english")
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    tally = Tally()
    for row in rows:
        excluded = np.array([row.excludes(document) for document in documents])
        started = time.perf_counter()
        words = bm25s.tokenize(row.query, stemmer=stemmer, return_ids=False, show_progress=False)[0]
        scores = np.maximum.reduceat(retriever.get_scores(words), firsts)
        scores[excluded] = -1
        order = np.argsort(-scores)[:200]
        ids = [documents[place].id for place in order]
        tally.add(row, ids, ids, time.perf_counter() - started, documents[order[0]].text)
    return tally.metrics()
