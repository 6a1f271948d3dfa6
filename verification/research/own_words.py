"""The library asked in a checker's own words, here and now; what comes is compared with the claim as ever."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from claims import work
from claims.models import Claim
from claims.models.clock import read_clock
from verification.index.postgres import PostgresIndex
from verification.models import SearchRun
from verification.models.candidate import ANSWERED, OWN_WORDS
from verification.research.match import CANDIDATES, query_of
from verification.research.retrieval import first_stage, order_found
from verification.research.storing import VERSIONS, store_candidates

logger = logging.getLogger(__name__)
AT_ONCE: Final = timedelta(minutes=1)
"""Within so long the same words of the same person are one search, unless the library grew."""
LONGEST_WORDS: Final = 300
"""Characters."""


def search_in_words(claim: Claim, text: str, person: User) -> SearchRun:
    """Ask the library for `text` and store the search with what it found, in the order that suits the claim.

    Nothing found is stored too, and so is a search that broke (its outcome is FAILED, and none of it counts). What was
    found is put in order, and compared, by the claim's own words: the text says where to look, not what is to be
    proved.
    """
    asked = {
        "claim": claim,
        "query": {"words": text, "by": person.pk},
        "step": OWN_WORDS,
        "versions": dict(VERSIONS),
        "started_at": read_clock(),
    }
    try:
        with transaction.atomic():
            # Pressed twice, the second waits here, and then finds the first.
            Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
            index = PostgresIndex()
            asked["documents"] = index.size().documents
            just_asked = SearchRun.objects.filter(outcome__in=ANSWERED, started_at__gte=read_clock() - AT_ONCE)
            same = {name: asked[name] for name in ("claim", "query", "step", "documents")}
            return just_asked.filter(**same).first() or _search(asked, index)
    except Exception as error:
        logger.exception("claim %s", claim.pk)
        broken = {"documents": 0} | asked | {"error": work.storable(repr(error))[:2000]}
        return SearchRun.objects.create(**broken, outcome=SearchRun.Outcome.FAILED)


def _search(asked: dict[str, Any], index: PostgresIndex) -> SearchRun:
    query = query_of(asked["claim"])
    text = asked["query"]["words"]
    found = first_stage(replace(query, text=text, quotations=(), figures=(), context="", title=""), index)
    ranked = order_found(query, found, CANDIDATES)
    outcome = SearchRun.Outcome.OK if ranked else SearchRun.Outcome.EMPTY
    run = SearchRun.objects.create(**asked, outcome=outcome)
    store_candidates(run, query, ranked)
    return run
