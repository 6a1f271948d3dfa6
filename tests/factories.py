"""Rows for tests, made as the verbs make them; the words are our own."""

import hashlib
from itertools import count

from claims.models import Appearance, Article, Claim, Snapshot
from verification.models import Review
from verification.review.triage import open_cases

_numbers = count(1)


def make_snapshot(body: bytes = b"", **fields: object) -> Snapshot:
    """Store a snapshot of bytes that differ from every other's."""
    body = body or f"page {next(_numbers)}".encode()
    values = {"origin": Snapshot.Origin.UPLOADED, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    return Snapshot.objects.create(**values | fields)


def make_article(text: str = "", **fields: object) -> Article:
    """Store an article."""
    text = text or f"The harbour board of Port Example said {next(_numbers)} ships had called in spring."
    values = {"snapshot": make_snapshot(), "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest()}
    return Article.objects.create(**values | fields)


def make_claim(article: Article | None = None, **fields: object) -> Claim:
    """Store a claim that is the whole text of an article."""
    article = article or make_article()
    values: dict[str, object] = {"kind": Claim.Kind.STATEMENT, "text": article.text, "score": 0.5}
    claim = Claim.objects.create(**values | fields)
    Appearance.objects.create(
        claim=claim,
        article=article,
        snapshot=article.snapshot,
        snapshot_sha256=article.snapshot.sha256,
        exact=article.text,
        start=0,
        end=len(article.text),
    )
    return claim


def open_review() -> Review:
    """Open the case of a new claim, as the sweep does."""
    claim = make_claim()
    open_cases()
    return Review.objects.get(claim=claim)
