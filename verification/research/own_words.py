"""The library asked in a checker's own words, here and now; what comes is compared with the claim as ever."""

from dataclasses import replace

from django.db import transaction

from claims.models import Claim
from claims.models.clock import read_clock
from verification.index.postgres import PostgresIndex
from verification.models import SearchRun
from verification.models.candidate import OWN_WORDS
from verification.research.match import CANDIDATES, query_of
from verification.research.retrieval import first_stage, order_found
from verification.research.storing import VERSIONS, store_candidates


def search_in_words(claim: Claim, text: str) -> SearchRun:
    """Ask the library for `text` and store the search with what it found, in the order that suits the claim.

    Nothing found is stored too. What was found is put in order, and compared, by the claim's own words: the text says
    where to look, not what is to be proved.
    """
    started, index, query = read_clock(), PostgresIndex(), query_of(claim)
    found = first_stage(replace(query, text=text, quotations=(), figures=(), context="", title=""), index)
    ranked = order_found(query, found, CANDIDATES)
    with transaction.atomic():
        run = SearchRun.objects.create(
            claim=claim,
            query={"words": text},
            documents=index.size().documents,
            outcome=SearchRun.Outcome.OK if ranked else SearchRun.Outcome.EMPTY,
            step=OWN_WORDS,
            versions=dict(VERSIONS),
            started_at=started,
        )
        store_candidates(run, query, ranked)
    return run
