"""`claims-search`: what a search through the Fact Check Tools API costs, over very many published checks.

    python -m benchmarks claims-search [--checks 100000] [--times 50]

The server's time for the whole answer, in one process, in milliseconds: `claim` asks with a claim's whole text,
`words` with two or three words of one, `common` with one word that an eighth of all checks have, `newest` for the
site's newest without words. `language` asks with such a common word for one check in nineteen, which are in another
language, `rare` for one in five thousand. The peer is Django's own full-text search of the same rows (a GIN index over
`to_tsvector`, `SearchRank`, all words of a query or, for whole claims, any of them), and nothing else of an answer.
`NAME_ratio` is our median by the peer's.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.crowd import percentile
from benchmarks.full_queue import fill
from benchmarks.full_shelf import publish_all
from benchmarks.result import Result
from benchmarks.scratch import scratch_database

if TYPE_CHECKING:
    from django.test import Client

URL = "/v1alpha1/claims:search"
OTHER_LANGUAGES = """
UPDATE verification_verdict SET language = CASE WHEN id % 5003 = 1 THEN 'pt' ELSE 'de' END
WHERE id % 5003 = 1 OR id % 19 = 0
"""
ALONE = ("newest", "language", "rare")
"""What the peer is not asked."""
GIN = "CREATE INDEX bench_words ON verification_verdict USING gin (to_tsvector('english', claim_text))"


def run(argv: list[str]) -> Result:
    """Fill a desk, index what is public, and ask."""
    parser = argparse.ArgumentParser(prog="claims-search")
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=50)
    wanted = parser.parse_args(argv)
    started = time.perf_counter()
    with scratch_database():
        from django.db import connection  # noqa: PLC0415 (Django is set up by now)
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import override_settings  # noqa: PLC0415

        from config.database import as_owner  # noqa: PLC0415
        from verification.index.collection import PUBLIC  # noqa: PLC0415
        from verification.index.rebuilding import rebuild  # noqa: PLC0415

        fill(wanted.checks)
        publish_all()
        _speak_others()
        before = time.perf_counter()
        rebuild(collection=PUBLIC)
        metrics = {"indexed_per_s": wanted.checks / (time.perf_counter() - before)}
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(GIN)
            cursor.execute("VACUUM ANALYZE")
        queries = _queries(wanted.times)
        peer: dict[str, float] = {}
        with override_settings(ALLOWED_HOSTS=["*"], CLAIMS_SEARCH_PER_MINUTE=10**9):
            client = Client()
            for name, asked in queries.items():
                metrics |= _timed(name, asked, partial(_ask, client))
        for name, asked in queries.items():
            if name not in ALONE:
                peer |= _timed(name, asked, partial(_peer, whole=name == "claim"))
    metrics |= {
        f"{name}_ratio": metrics[f"{name}_p50_ms"] / peer[f"{name}_p50_ms"] for name in queries if name not in ALONE
    }
    return Result("claims-search", wanted.times, metrics, time.perf_counter() - started, {"django_search": peer})


def _speak_others() -> None:
    """Let some checks be in other languages."""
    from django.db import connection  # noqa: PLC0415 (Django is set up by now)

    from config.database import as_owner  # noqa: PLC0415

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE verification_verdict DISABLE TRIGGER USER")
        cursor.execute(OTHER_LANGUAGES)
        cursor.execute("ALTER TABLE verification_verdict ENABLE TRIGGER USER")


def _queries(times: int) -> dict[str, list[dict[str, str]]]:
    from verification.models import Verdict  # noqa: PLC0415 (Django is set up by now)

    chosen = random.Random(9)
    ids = list(Verdict.objects.values_list("pk", flat=True))
    texts = Verdict.objects.filter(pk__in=chosen.sample(ids, times)).values_list("claim_text", flat=True)
    claims = [text.rstrip(".") for text in texts]
    few = [" ".join(chosen.sample(claim.split()[1:], chosen.choice((2, 3)))) for claim in claims]
    common = [claim.split()[1] for claim in claims]
    pages = [{"reviewPublisherSiteFilter": "testserver", "offset": str(10 * page)} for page in range(times)]
    told = {"claim": claims, "words": few, "common": common}
    others = {
        name: [{"query": query, "languageCode": code} for query in common]
        for name, code in (("language", "de"), ("rare", "pt"))
    }
    return {name: [{"query": query} for query in asked] for name, asked in told.items()} | {"newest": pages} | others


def _ask(client: "Client", query: dict[str, str]) -> None:
    answer = client.get(URL, query)
    if answer.status_code != 200 or ("claims" not in answer.json() and "languageCode" not in query):
        raise RuntimeError(f"{query} was answered {answer.status_code} {answer.content[:300]!r}")


def _peer(asked_for: dict[str, str], *, whole: bool) -> None:
    from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector  # noqa: PLC0415
    from django.db.models import F  # noqa: PLC0415

    from verification.models import Verdict  # noqa: PLC0415

    vector = SearchVector("claim_text", config="english")
    text = (" or " if whole else " ").join(asked_for["query"].split())
    asked = SearchQuery(text, config="english", search_type="websearch")
    found = Verdict.objects.filter(publication__current_of__isnull=False).annotate(
        vector=vector, rank=SearchRank(vector, asked)
    )
    list(found.filter(vector=asked).select_related("publication", "review").order_by(F("rank").desc(), "-pk")[:11])


def _timed(name: str, asked: Sequence[dict[str, str]], ask: Callable[[dict[str, str]], None]) -> dict[str, float]:
    ask(asked[0])
    spent = []
    for query in asked:
        before = time.perf_counter()
        ask(query)
        spent.append(1000 * (time.perf_counter() - before))
    return {f"{name}_p50_ms": statistics.median(spent), f"{name}_p95_ms": percentile(spent, 95)}
