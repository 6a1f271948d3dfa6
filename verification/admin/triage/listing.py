"""The list of articles that have claims to decide: what each holds, and the claim in it that is most worth checking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import get_language_info

from claims.models import Appearance, Article, Claim
from verification.admin.triage.lines import first_reason
from verification.models import State
from verification.review.standing import name_of

IN_TRIAGE = Q(appearances__claim__review__state=State.TRIAGE)


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the list: how many claims it has, how many wait, the best of those, who handed it in.

    `best` is None where nothing but opinions waits.
    """

    article: Article
    total: int
    waiting: int
    people: Sequence[str]
    best: Claim | None = None

    @property
    def decided(self) -> int:
        """How many claims are decided."""
        return self.total - self.waiting

    @property
    def language(self) -> str:
        """The name of the article's language, empty where that is unknown."""
        return language_name(self.article.language)

    @property
    def reason(self) -> str:
        """Why its best claim is worth checking: the weightiest reason for it."""
        return first_reason(self.best) if self.best else ""


def language_name(code: str | None) -> str:
    """Return a language's name in the reader's own, the code where it has none, empty where it is unknown."""
    if not code:
        return ""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code


def articles_in_triage(order: str = "newest") -> QuerySet[Article]:
    """Return the articles that have claims to decide, without their texts: newest first, or (`order` "score") by the
    claim that is most worth checking.

    A claim that stands in a newer copy of its article is decided there.
    """
    waiting = _waiting().filter(article=OuterRef("pk"))
    articles = Article.objects.filter(Exists(waiting)).defer("text")
    if order != "score":
        return articles.order_by("-registered_at", "-pk")
    best = waiting.exclude(claim__kind=Claim.Kind.OPINION).order_by("-claim__score").values("claim__score")[:1]
    return articles.annotate(best=Subquery(best)).order_by(F("best").desc(nulls_last=True), "-registered_at", "-pk")


def _waiting() -> QuerySet[Appearance]:
    newer = Appearance.objects.filter(claim=OuterRef("claim"), article__replaces=OuterRef("article"))
    return Appearance.objects.filter(~Exists(newer), claim__review__state=State.TRIAGE)


def listed(articles: Iterable[Article]) -> list[Listed]:
    """Count for each article what is decided and what is not, in the order given (four queries)."""
    order = [article.pk for article in articles]
    counted: QuerySet[Any] = Article.objects.defer("text").annotate(
        total=Count("appearances__claim", distinct=True),
        waiting=Count("appearances__claim", distinct=True, filter=IN_TRIAGE),
    )
    found = counted.select_related("outlet").prefetch_related("submissions__person").in_bulk(order)
    best = _best(order)
    rows = []
    for article in (found[pk] for pk in order):
        people = dict.fromkeys(name_of(submission.person) for submission in article.submissions.all())
        rows.append(Listed(article, article.total, article.waiting, tuple(people), best.get(article.pk)))
    return rows


def _best(articles: Sequence[int]) -> dict[int, Claim]:
    """Return, by article, the claim to decide that is most worth checking; of equals the one that stands first."""
    checkable = _waiting().filter(article__in=articles).exclude(claim__kind=Claim.Kind.OPINION)
    rows = checkable.select_related("claim__review").order_by("article", "-claim__score", "start").distinct("article")
    return {appearance.article_id: appearance.claim for appearance in rows}


def article_after(article: Article) -> UUID | None:
    """Return the next article to decide: the next older one, then from the newest again; None when there is none."""
    older = Q(registered_at__lt=article.registered_at) | Q(registered_at=article.registered_at, pk__lt=article.pk)
    turn = Case(When(older, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = articles_in_triage().exclude(pk=article.pk).order_by(turn, "-registered_at", "-pk")
    return others.values_list("public", flat=True).first()
