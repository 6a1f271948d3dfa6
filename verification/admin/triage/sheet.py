"""What the pages of triage show: the articles with claims to decide, and one article with its claims in place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.safestring import SafeString

from claims.capture.told import ORIGIN
from claims.models import Appearance, Article, Claim
from verification.admin.case.timeline import payload_of
from verification.admin.triage.claims_in_place import Mark, marked
from verification.models import Candidate, Review, ReviewEvent, SearchRun, State
from verification.review.policy import actions, may
from verification.review.similar import CheckedEarlier, Similar, checked_earlier, similar_cases
from verification.review.standing import Standing, name_of

STRONG = 0.7
IN_TRIAGE = Q(appearances__claim__review__state=State.TRIAGE)
SET_ASIDE = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED)


@dataclass(frozen=True, slots=True)
class Line:
    """One claim of an article: its number in reading order, its case (None until a sweep opens it), its best source."""

    number: int
    appearance: Appearance
    review: Review | None
    outcome: str | None
    candidate: Candidate | None = None
    why: str = ""
    may_return: bool = False
    selected: bool = False
    key: str = ""

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.appearance.claim

    @property
    def waits(self) -> bool:
        """Whether it still has to be decided."""
        return self.review is not None and self.review.state == State.TRIAGE

    @property
    def decided(self) -> bool:
        """Whether triage is over for it."""
        return self.review is not None and self.review.state != State.TRIAGE

    @property
    def look(self) -> str:
        """The class of its marks in the text."""
        if self.selected:
            return "is-on"
        if self.review is not None and self.review.state in SET_ASIDE:
            return "is-out"
        return "is-done" if self.decided else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article on the triage page. `strongest` are the claims that one button accepts."""

    article: Article
    prose: SafeString
    lines: Sequence[Line]
    order: str
    selected: Line | None
    allowed: frozenset[str] = frozenset()
    similar: Sequence[Similar] = ()
    earlier: Sequence[CheckedEarlier] = ()
    strongest: Sequence[Line] = ()
    submitters: Sequence[User] = field(default_factory=tuple)
    next_article: UUID | None = None

    @property
    def decided(self) -> int:
        """How many claims are decided."""
        return sum(line.decided for line in self.lines)

    @property
    def strong(self) -> list[Similar]:
        """The cases that are held to check the selected claim already."""
        return [other for other in self.similar if other.strong]

    @property
    def alike(self) -> list[Similar]:
        """The cases that may check it already."""
        return [other for other in self.similar if not other.strong]

    @property
    def date_was_told(self) -> bool:
        """Whether the day of publication is a person's word, not the page's."""
        return self.article.published_origin == ORIGIN

    @property
    def query(self) -> str:
        """The query that keeps the order; what a form is sent to."""
        return "?order=score" if self.order == "score" else "?"


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the list: how many claims it has, how many wait, the best score of those, who handed it in."""

    article: Article
    total: int
    waiting: int
    strongest: float | None
    people: Sequence[str]

    @property
    def decided(self) -> int:
        """How many claims are decided."""
        return self.total - self.waiting


def articles_in_triage() -> QuerySet[Article]:
    """Return the articles that have claims to decide, newest first, without their texts.

    A claim that stands in a newer copy of its article is decided there.
    """
    newer = Appearance.objects.filter(claim=OuterRef("claim"), article__replaces=OuterRef("article"))
    waiting = Appearance.objects.filter(~Exists(newer), article=OuterRef("pk"), claim__review__state=State.TRIAGE)
    return Article.objects.filter(Exists(waiting)).defer("text").order_by("-registered_at", "-pk")


def listed(articles: Iterable[Article]) -> list[Listed]:
    """Count for each article what is decided and what is not, in the order given (two queries)."""
    order = [article.pk for article in articles]
    counted: QuerySet[Any] = Article.objects.defer("text").annotate(
        total=Count("appearances__claim", distinct=True),
        waiting=Count("appearances__claim", distinct=True, filter=IN_TRIAGE),
        strongest=Max("appearances__claim__score", filter=IN_TRIAGE),
    )
    found = counted.select_related("outlet").prefetch_related("submissions__person").in_bulk(order)
    rows = []
    for article in (found[pk] for pk in order):
        people = dict.fromkeys(name_of(submission.person) for submission in article.submissions.all())
        rows.append(Listed(article, article.total, article.waiting, article.strongest, tuple(people)))
    return rows


def lines_of(article: Article, order: str = "text") -> list[Line]:
    """Return the claims of an article as they stand, in reading order or (`order` "score") strongest first (one query).

    A claim that stands in two places is listed once, where it stands first.
    """
    newest = SearchRun.objects.filter(claim=OuterRef("claim"), step="").order_by("-pk")
    appearances = article.appearances.select_related("claim__speaker", "claim__review__duplicate_of").annotate(
        outcome=Subquery(newest.values("outcome")[:1])
    )
    first: dict[int, Any] = {}
    for appearance in appearances.order_by("start", "end", "pk"):
        first.setdefault(appearance.claim_id, appearance)
    lines = [
        Line(number, appearance, getattr(appearance.claim, "review", None), appearance.outcome)
        for number, appearance in enumerate(first.values(), start=1)
    ]
    return sorted(lines, key=lambda line: -line.claim.score) if order == "score" else lines


def next_to_decide(lines: Sequence[Line], after: UUID) -> Line | None:
    """Return the next claim to decide after the one named, from the top again at the end; None when all are decided."""
    places = [place for place, line in enumerate(lines) if line.claim.public == after]
    start = places[0] + 1 if places else 0
    return next((line for line in [*lines[start:], *lines[:start]] if line.waits), None)


def sheet_of(article: Article, person: User, order: str, selected: UUID | None) -> Sheet:
    """Gather the triage page of an article: at most nine queries and two searches, however many claims it has.

    Without a claim that is named, the first one to decide is selected.
    """
    lines = lines_of(article, order)
    named = next((line for line in lines if line.claim.public == selected), None)
    chosen = named or next((line for line in lines if line.waits), None)
    lines = _completed(lines, person, chosen)
    chosen = next((line for line in lines if line.selected), None)
    review = chosen.review if chosen else None
    waits = review if chosen and chosen.waits else None
    return Sheet(
        article=article,
        prose=marked(article.text, _marks(article, lines, order)),
        lines=lines,
        order=order,
        selected=chosen,
        allowed=_allowed(person, review),
        similar=similar_cases(waits, article.language) if waits else (),
        earlier=checked_earlier(waits, article.language) if waits else (),
        strongest=[line for line in lines if line.waits and line.claim.score >= STRONG],
        submitters=list(User.objects.filter(submissions__article=article).distinct().order_by("pk")),
        next_article=_next_article(article),
    )


def _completed(lines: Sequence[Line], person: User, chosen: Line | None) -> list[Line]:
    claims = [line.appearance.claim_id for line in lines]
    newest = SearchRun.objects.filter(claim__in=claims, step="").order_by("claim", "-pk").distinct("claim")
    best = Candidate.objects.filter(search_run__in=newest.values("pk"), rank=1)
    candidates = {found.claim_id: found for found in best.select_related("document").defer("document__text")}
    reasons = _reasons([line.review for line in lines if line.review and line.review.state in SET_ASIDE])
    place = lines.index(chosen) if chosen else None
    keys = {place - 1: "k", place + 1: "j"} if place is not None else {}
    return [
        replace(
            line,
            candidate=candidates.get(line.appearance.claim_id),
            why=reasons.get(line.review.pk, "") if line.review else "",
            may_return=line.review is not None and may(person, "reconsider", _bare(line.review)),
            selected=line is chosen,
            key=keys.get(number, ""),
        )
        for number, line in enumerate(lines)
    ]


def _bare(review: Review) -> Standing:
    """Return a standing without hats and turns: no step of triage asks for one, so none are read for each claim."""
    return Standing(review, (), ())


def _allowed(person: User, review: Review | None) -> frozenset[str]:
    if review is None:
        return frozenset()
    return frozenset(action.verb for action in actions(person, _bare(review)) if action.allowed)


def _reasons(reviews: Iterable[Review]) -> dict[int, str]:
    """Return why cases were set aside, by case, as the log has it; what was erased there is not told."""
    events = ReviewEvent.objects.filter(review__in=list(reviews), to_state__in=SET_ASIDE).select_related("payload")
    return {event.review_id: str((payload_of(event) or {}).get("reason", "")) for event in events.order_by("seq")}


def _marks(article: Article, lines: Sequence[Line], order: str) -> list[Mark]:
    suffix = "&order=score" if order == "score" else ""
    return [
        Mark(
            line.number,
            line.appearance.start,
            min(line.appearance.end, len(article.text)),
            f"?claim={line.claim.public}{suffix}#f{line.number}",
            line.look,
        )
        for line in lines
    ]


def _next_article(article: Article) -> UUID | None:
    older = Q(registered_at__lt=article.registered_at) | Q(registered_at=article.registered_at, pk__lt=article.pk)
    turn = Case(When(older, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = articles_in_triage().exclude(pk=article.pk).order_by(turn, "-registered_at", "-pk")
    return others.values_list("public", flat=True).first()
