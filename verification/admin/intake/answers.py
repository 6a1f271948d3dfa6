"""What programs are answered: what became of a handing-in, and why a request was refused."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from claims import work
from claims.intake import EXTRACT
from claims.models import Appearance, Article, Submission, Work
from claims.models.precision import Precision
from claims.submitting import FETCH
from verification.publishing.addresses import Addresses

_DAY_OF = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
"""How much of an ISO date is known."""


class Problem(Exception):
    """A request that is refused: a status of HTTP, and one sentence that says how to meet it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        """Keep what the answer says, and its headers (underscores are written as hyphens)."""
        self.status, self.detail, self.headers = HTTPStatus(status), detail, headers
        super().__init__(detail)

    def answer(self) -> HttpResponse:
        """Return it as RFC 9457 has it."""
        told = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        return JsonResponse(told, status=self.status, content_type="application/problem+json", headers=self.headers)


def address_of(request: HttpRequest, submission: Submission) -> str:
    """Return the absolute address that tells what became of a handing-in."""
    return _desk(request) + reverse("api_article", args=[submission.public])


def answer_of(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return what became of a handing-in (at most four queries).

    `status` is `due` (the address is still to be fetched; `error` says why not yet), `failed` (`error` says why),
    `read` (its claims are still to be lifted out), `done`, or `cancelled` before it was that, by a person.
    """
    article = submission.article
    return {
        "id": str(submission.public),
        "status": _status(submission),
        "url": submission.url,
        "error": submission.error or None,
        "article": _article(request, article) if article else None,
        "address": address_of(request, submission),
    }


def _status(submission: Submission) -> str:
    article = submission.article
    if article and article.extracted_by:
        return "done"
    kind, subject = (EXTRACT, article.pk) if article else (FETCH, submission.pk)
    row = Work.objects.filter(kind=kind, subject=subject).order_by("-pk").first()
    if row is not None and row.quarantined_at and row.last_error.startswith(work.CANCELLED_BY):
        return "cancelled"
    if article:
        return "read"
    over = row is not None and (row.done_at or row.quarantined_at)
    return "failed" if over else "due"


def _article(request: HttpRequest, article: Article) -> dict[str, Any]:
    places = Appearance.objects.filter(article=article).order_by("start", "pk")
    rows = places.values_list(
        "claim__public", "claim__review__pk", "claim__review__public", "claim__review__publication"
    )
    claims = {
        claim: {
            "id": str(claim),
            "case": _desk(request) + reverse("admin:verification_review_change", args=[case]) if case else None,
            "case_id": str(public) if case else None,
            "case_url": _desk(request) + reverse("api:case", args=[public]) if case else None,
            "check": Addresses.of(request).check(public) if publication else None,
        }
        for claim, case, public, publication in rows
    }
    return {
        "id": str(article.public),
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else None,
        "byline": article.byline,
        "language": article.language,
        "url": article.url,
        "published": _moment(article),
        "registered": article.registered_at.isoformat(),
        "claims": {"count": len(claims), "items": list(claims.values())},
    }


def _moment(article: Article) -> str | None:
    """Return when it was published, as ISO 8601 with no more than is known."""
    if article.published is None:
        return None
    length = _DAY_OF.get(Precision(article.published_precision or ""))
    return article.published.isoformat()[:length] if length else article.published.isoformat()


def _desk(request: HttpRequest) -> str:
    """Return where the desk is, without a slash at the end."""
    return settings.DESK_URL or f"{request.scheme}://{request.get_host()}"
