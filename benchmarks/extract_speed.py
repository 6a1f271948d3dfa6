"""Task `extract-speed`: articles a second of the whole extraction, beside the bare spaCy pipeline on the same texts.

`python -m benchmarks extract-speed --data articles.jsonl [--articles N] [--rounds N] [--json]`, one article a line with
its `text`. `ours` reads each article from its text to its claims, weighed and with their reasons, one after the other,
as a worker does. `peer` is the model as it is shipped (tok2vec, tagger, parser, attribute ruler, lemmatizer, entities)
called once an article and doing nothing with what it finds. Both are loaded and warm, and take turns in one process;
each figure is the best of the rounds. `ratio` is ours over the peer's. `peer · batched_articles_per_second` hands all
articles to the model's own `pipe` at once.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from benchmarks.result import Result
from claims.extraction.contract import ArticleText
from claims.extraction.english import EnglishEngine
from claims.extraction.grammar import MODEL


def run(argv: list[str]) -> Result:
    """Return articles a second and the ratio; exits with a sentence when the file is unusable."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks extract-speed")
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(argv)
    try:
        lines = options.data.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines if line.strip()][: options.articles]
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"{options.data} cannot be read as articles, one JSON object with a text a line: {error!r}")
    engine, bare = EnglishEngine(), spacy.load(MODEL)
    engine.extract(ArticleText("Jo Marsh said on Monday that 40 ships were lost."))
    bare("Warm up.")
    started = time.perf_counter()
    ours, peer, batched = [], [], []
    for _ in range(options.rounds):
        ours.append(_seconds(lambda: [engine.extract(ArticleText(text, language="en")) for text in texts]))
        peer.append(_seconds(lambda: [bare(text) for text in texts]))
        batched.append(_seconds(lambda: list(bare.pipe(texts))))
    return Result(
        task="extract-speed",
        n=len(texts),
        metrics={
            "ours": len(texts) / min(ours),
            "peer": len(texts) / min(peer),
            "ratio": min(peer) / min(ours),
            "words_per_second": sum(len(text.split()) for text in texts) / min(ours),
        },
        seconds=time.perf_counter() - started,
        peers={
            "spacy": {
                "articles_per_second": len(texts) / min(peer),
                "batched_articles_per_second": _rate(texts, batched),
            }
        },
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _rate(texts: Sequence[str], seconds: Sequence[float]) -> float:
    return len(texts) / min(seconds)
