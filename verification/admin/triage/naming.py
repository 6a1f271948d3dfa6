"""How a form names cases of an article: each by its id and the revision that was seen, `12:3`, parted by blanks."""

from collections.abc import Iterable

from django.http import HttpRequest

from claims.models import Article
from verification.models import Review


def tokens(cases: Iterable[Review]) -> str:
    """Return the name of cases as they stand."""
    return " ".join(f"{case.pk}:{case.revision}" for case in cases)


def named(request: HttpRequest, article: Article, field: str = "case") -> list[tuple[Review, int]]:
    """Return the cases of this article that the form names, each with the revision it was filled in on."""
    cases = Review.objects.filter(claim__appearances__article=article).select_related("claim")
    found = []
    for name in " ".join(request.POST.getlist(field)).split():
        number, _colon, seen = name.partition(":")
        review = cases.filter(pk=int(number)).first() if _whole(number) and _whole(seen) else None
        if review:
            found.append((review, int(seen)))
    return found


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18
