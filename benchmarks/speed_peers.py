"""What the first stage is measured against: full text search as PostgreSQL has it, and BM25 in memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import bm25s
import numpy as np
import Stemmer

from benchmarks.corpus import CorpusDocument
from benchmarks.library import HITS, Query, passages_of

# Passages that are ranked: the rarest lexemes that together stand in no more.
RANKED = 20_000
MAKE = """
    DROP TABLE IF EXISTS peer;
    DROP TABLE IF EXISTS peer_lexeme;
    CREATE UNLOGGED TABLE peer AS
        SELECT document_id, to_tsvector('english', substr(text, start + 1, "end" - start)) AS words
        FROM verification_passage AS passage JOIN verification_document AS document ON document.id = document_id;
    CREATE INDEX ON peer USING gin (words);
    CREATE UNLOGGED TABLE peer_lexeme AS SELECT word, ndoc FROM ts_stat('SELECT words FROM peer');
    CREATE INDEX ON peer_lexeme (word);
    ANALYZE peer, peer_lexeme;
    GRANT SELECT ON peer, peer_lexeme TO PUBLIC;
"""
LEXEMES = """
    SELECT word, ndoc FROM peer_lexeme WHERE word = ANY(tsvector_to_array(to_tsvector('english', %s))) ORDER BY ndoc
"""
FIND = """
    SELECT document_id FROM peer, to_tsquery('simple', %s) AS query
    WHERE words @@ query AND document_id <> ALL(%s)
    GROUP BY document_id ORDER BY max(ts_rank(words, query)) DESC LIMIT %s
"""


class GinRareFirst:
    """PostgreSQL's GIN over the indexed passages: an OR of the query's rarest lexemes, ranked by `ts_rank`."""

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415 (Django is set up by now)

        from config.database import as_owner  # noqa: PLC0415

        with as_owner(), connection.cursor() as cursor:
            cursor.execute(MAKE)

    def find(self, query: Query, exclude: Collection[int]) -> Collection[int]:
        """Return the keys of at most `HITS` documents."""
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute(LEXEMES, [query.text])
            wanted: list[str] = []
            passages = 0
            for word, holding in cursor.fetchall():
                passages += holding
                if wanted and passages > RANKED:
                    break
                wanted.append(word)
            quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in wanted]
            cursor.execute(FIND, [" | ".join(quoted), list(exclude), HITS])
            return [key for (key,) in cursor.fetchall()]


class Bm25s:
    """bm25s over the same passages, in memory; a document's score is that of its best passage."""

    def __init__(self, documents: Sequence[CorpusDocument], keys: Mapping[str, int]) -> None:
        cut = [(keys[document.id], passage) for document in documents for passage in passages_of(document)]
        owners = np.array([key for key, _ in cut])
        self._stemmer = Stemmer.Stemmer("english")
        self._firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        self._keys = owners[self._firsts]
        self._retriever = bm25s.BM25()
        tokens = bm25s.tokenize(_texts(cut), stemmer=self._stemmer, show_progress=False)
        self._retriever.index(tokens, show_progress=False)

    def find(self, query: Query, exclude: Collection[int]) -> Collection[int]:
        """Return the keys of the `HITS` documents with the best passages."""
        words = bm25s.tokenize(query.text, stemmer=self._stemmer, return_ids=False, show_progress=False)[0]
        scores = np.maximum.reduceat(self._retriever.get_scores(words), self._firsts)
        scores[np.isin(self._keys, list(exclude))] = -1
        best = np.argpartition(-scores, HITS)[:HITS] if len(scores) > HITS else np.arange(len(scores))
        return [int(key) for key in self._keys[best]]


def _texts(cut: Iterable[tuple[int, str]]) -> list[str]:
    return [passage for _, passage in cut]
