"""Research on one claim: ask the library, store what was asked and what it answered."""

from django.db import DatabaseError, transaction

from claims import work
from claims.models import Claim
from claims.models.clock import read_clock
from claims.speakers import standing_for
from verification.index.postgres import PostgresIndex
from verification.models import Review, SearchRun
from verification.ranking.query import ClaimQuery
from verification.research.counterparts import leads_json, look_for_accounts
from verification.research.retrieval import find_candidates
from verification.research.storing import VERSIONS, store_candidates
from verification.review.appearances import of_its_whole

CANDIDATES = 10
# Of a long article, what stands this near to the claim tells which event is meant (characters, each side).
CONTEXT = 4000


def query_of(claim: Claim) -> ClaimQuery:
    """Return what to look for: the claim with the article around it."""
    appearance = claim.appearances.select_related("article").order_by("pk").first()
    if appearance is None:  # a part of a compound claim that is worded anew is read where the whole stands
        review = Review.objects.filter(claim=claim).values_list("pk", flat=True).first()
        appearance = next(iter(of_its_whole(review)), None) if review else None
    context, title, published, language = "", "", None, None
    if appearance is not None:
        article = appearance.article
        context = article.text[max(0, appearance.start - CONTEXT) : appearance.end + CONTEXT]
        title = article.title or ""
        published = article.published.date() if article.published else None
        language = article.language
    return ClaimQuery(
        text=claim.text,
        quotations=tuple(claim.quotations),
        speaker=standing_for(claim.speaker).name if claim.speaker else None,
        said=claim.said.date() if claim.said else None,
        said_precision=claim.said_precision,
        published=published,
        figures=tuple(quantity["text"] for quantity in claim.quantities),
        context=context,
        title=title,
        language=language or "und",
    )


def research_claim(claim: Claim, lease: work.Lease) -> SearchRun:
    """Search the library for one claim and store the run with its candidates, once, under a lease.

    Nothing found is stored too: it is evidence. Raises LeaseLost when another worker took over meanwhile.
    """
    started = read_clock()
    index = PostgresIndex()
    query = query_of(claim)
    asked = {
        "claim": claim,
        "query": {
            "text": query.text,
            "quotations": list(query.quotations),
            "speaker": query.speaker,
            "said": query.said.isoformat() if query.said else None,
            "published": query.published.isoformat() if query.published else None,
            "figures": list(query.figures),
        },
        "documents": index.size().documents,
        "versions": dict(VERSIONS),
        "started_at": started,
    }
    try:
        ranked = find_candidates(query, index, limit=CANDIDATES)
        accounts = look_for_accounts(query, ranked, index)
    except DatabaseError:
        raise  # the library could not be reached: nothing was asked
    except Exception as error:
        # A search that broke is not one that found nothing.
        SearchRun.objects.create(**asked, outcome=SearchRun.Outcome.FAILED, error=work.storable(repr(error))[:2000])
        raise
    with transaction.atomic():
        work.complete(lease)
        outcome = SearchRun.Outcome.OK if ranked else SearchRun.Outcome.EMPTY
        run = SearchRun.objects.create(**asked, outcome=outcome, leads=leads_json(accounts.leads) or None)
        store_candidates(run, query, ranked, accounts)
    return run
