"""What a checked article looks like to a program: the JSON of `check_article` (design §5)."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from claims.models import Appearance, Article, Claim, Precision
from claims.translation import tell
from verification.models import Candidate, SearchRun


def written(at: datetime | None, precision: str | None, offset: int | None = None) -> str | None:
    """Return a time as far as it is known: `2022`, `2022-01`, `2022-01-24`, or an ISO 8601 time.

    `offset` is the source's own zone, in minutes east of UTC; a time whose zone is unknown is given in UTC.
    """
    if at is None:
        return None
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
    if precision in lengths:
        return at.date().isoformat()[: lengths[Precision(precision)]]
    return at.astimezone(timezone(timedelta(minutes=offset or 0))).isoformat()


def as_json(value: Mapping[str, object], encoding: str | None, *, indent: int | None = 2) -> str:
    """Return JSON that an output of this encoding can write: escaped where it has no character for one."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        written.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return written


def article_json(article: Article) -> dict[str, object]:
    """Return the article as read."""
    return {
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else None,
        "byline": article.byline,
        "language": article.language,
        "url": article.url,
        "published": written(article.published, article.published_precision),
        "published_precision": article.published_precision,
        "text": article.text,
    }


def claim_json(appearance: Appearance, run: SearchRun | None) -> dict[str, object]:
    """Return a claim where it stands, with the candidates of one search run."""
    claim: Claim = appearance.claim
    found = run.candidates.select_related("document__source").defer("document__text").order_by("rank") if run else []
    spoken = appearance.mention_start is not None
    return {
        "id": str(claim.public),
        "text": claim.text,
        "kind": claim.kind,
        "speaker": claim.speaker.name if claim.speaker else None,
        "speaker_span": [appearance.mention_start, appearance.mention_end] if spoken else None,
        "said": written(claim.said, claim.said_precision),
        "said_precision": claim.said_precision,
        "exact": appearance.exact,
        "start": appearance.start,
        "end": appearance.end,
        "score": round(claim.score, 3),
        "reasons": tell(claim.reasons),
        "asserts": claim.asserts,
        "wording": claim.standalone,
        "parts": claim.parts,
        "chain": appearance.chain,
        "due": claim.due.isoformat() if claim.due else None,
        "candidates": [candidate_json(candidate) for candidate in found],
    }


def candidate_json(candidate: Candidate) -> dict[str, object]:
    """Return a candidate: the document, the passage in it, and the comparisons made."""
    document, check = candidate.document, candidate.quote_check
    return {
        "rank": candidate.rank,
        "source": document.source.name,
        "document": document.stable_id,
        "title": document.title,
        "url": document.url,
        "published": written(document.published, document.published_precision, document.published_offset),
        "tier": f"T{document.tier}",
        "kind": document.kind,
        "text": candidate.exact,
        "start": candidate.start,
        "end": candidate.end,
        "reasons": tell(candidate.reasons),
        "quote_check": {key: check[key] for key in ("class", "flags", "similarity", "diff")} if check else None,
    }


def report(article: Article) -> dict[str, object]:
    """Return the whole object: the article, its claims in the order of the text, what the library held for each."""
    appearances = article.appearances.select_related("claim__speaker").order_by("start", "end")
    claims = []
    for appearance in appearances:
        newest = appearance.claim.search_runs.filter(step="").order_by("-pk").first()
        claims.append(claim_json(appearance, newest))
    return {"article": article_json(article), "claims": claims}
