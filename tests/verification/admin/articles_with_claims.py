"""Articles with claims in their places and open cases, and their pages of triage as a person opens and sends them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from claims.models import Appearance, Article, Claim
from tests.factories import make_article
from verification.models import Review, ReviewEvent
from verification.review.triage import open_cases


def make_claim_at(article: Article, start: int, end: int, **fields: object) -> Claim:
    """Store a claim that is this part of the article's text."""
    exact = article.text[start:end]
    values: dict[str, object] = {"kind": Claim.Kind.STATEMENT, "text": exact, "score": 0.5}
    claim = Claim.objects.create(**values | fields)
    Appearance.objects.create(
        claim=claim,
        article=article,
        snapshot=article.snapshot,
        snapshot_sha256=article.snapshot.sha256,
        exact=exact,
        start=start,
        end=end,
    )
    return claim


def make_article_with(count: int, **fields: object) -> tuple[Article, list[Review]]:
    """Store an article of so many sentences, each a claim in triage; return its cases in reading order."""
    port = Article.objects.count()
    sentences = [
        f"The board of Port {port} bought lamp number {number} for the northern mole." for number in range(count)
    ]
    values: dict[str, object] = {"title": "Lamps return", "extracted_by": "english 1"}
    article = make_article("\n\n".join(sentences), **values | fields)
    at = 0
    for sentence in sentences:
        make_claim_at(article, at, at + len(sentence))
        at += len(sentence) + 2
    open_cases()
    cases = Review.objects.filter(claim__appearances__article=article)
    return article, list(cases.select_related("claim").order_by("claim__appearances__start"))


def page_of(article: Article, **query: object) -> str:
    """Return the address of an article's triage page."""
    address = reverse("admin:triage_article", args=[article.public])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def seen(browser: Client, article: Article, **query: object) -> str:
    """Open an article's triage page and return its HTML."""
    answer = browser.get(page_of(article, **query))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(browser: Client, article: Article, review: Review, do: str, **fields: object) -> Any:
    """Press a button on a claim, the form filled in on the case as it was read."""
    values = {"claim": review.claim.public, "revision": review.revision, "wording": review.wording, "do": do}
    return browser.post(page_of(article), values | fields)


def undo(browser: Client, article: Article, *cases: Review) -> Any:
    """Press *Undo* for cases, as they were read."""
    return browser.post(page_of(article), {"do": "undo", "case": [f"{case.pk}:{case.revision}" for case in cases]})


def events(review: Review) -> list[str]:
    """Return what happened to a case, as the log has it."""
    return list(ReviewEvent.objects.filter(review=review).order_by("seq").values_list("verb", flat=True))
