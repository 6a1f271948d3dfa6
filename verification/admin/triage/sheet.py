"""What the page of an article in triage shows: its text with the claims in place, and the one to decide now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.safestring import SafeString

from claims.capture.told import ORIGIN
from claims.models import Article, Claim
from verification.admin.case.timeline import payload_of
from verification.admin.triage.claims_in_place import Mark, marked
from verification.admin.triage.lines import SET_ASIDE, UNDOES, Line, View, asserted_in, asserting, lines_of
from verification.admin.triage.listing import article_after, language_name
from verification.models import Candidate, Duty, Review, ReviewEvent, SearchRun
from verification.review.joining import CLOSED
from verification.review.policy import actions, may
from verification.review.similar import CheckedEarlier, Similar, checked_earlier, similar_cases
from verification.review.standing import Standing


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article on the triage page.

    `lines` are all its claims, `shown` those of the kind one looks for. `strongest` are the claims that one button
    accepts, `asserted` the kinds that can be looked for.
    """

    article: Article
    prose: SafeString
    lines: Sequence[Line]
    view: View
    selected: Line | None
    shown: Sequence[Line] = ()
    asserted: Sequence[Claim.Kind] = ()
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
    def claims(self) -> list[Line]:
        """What is shown, opinions apart."""
        return [line for line in self.shown if not line.is_opinion]

    @property
    def opinions(self) -> list[Line]:
        """The opinions among what is shown."""
        return [line for line in self.shown if line.is_opinion]

    @property
    def opinions_waiting(self) -> list[Line]:
        """The opinions that are to be decided: what one button sets aside."""
        return [line for line in self.opinions if line.waits]

    @property
    def rest(self) -> list[Line]:
        """What is left of what is shown once others were decided: what one button sets aside."""
        return [line for line in self.shown if line.waits] if self.decided else []

    @property
    def others(self) -> list[Line]:
        """The claims that the selected one can be merged with, in reading order."""
        open_ones = [line for line in self.lines if line.review and line.review.state not in CLOSED]
        return sorted((line for line in open_ones if not line.selected), key=lambda line: line.number)

    @property
    def stands_alone(self) -> bool:
        """Whether the article’s own words of the selected claim need nothing around them, as far as is known."""
        return self.selected is None or not self.selected.claim.standalone

    @property
    def language(self) -> str:
        """The name of the article's language, empty where that is unknown."""
        return language_name(self.article.language)

    @property
    def query(self) -> str:
        """The query that keeps order and kind; what a form is sent to."""
        return f"?{self.view.suffix[1:]}"


def sheet_of(article: Article, person: User, view: View, selected: UUID | None) -> Sheet:
    """Gather the triage page of an article: at most ten queries and two searches, however many claims it has.

    Without a claim that is named, the first one to decide is selected, opinions last.
    """
    lines = lines_of(article, view.order)
    named = next((line for line in lines if line.claim.public == selected), None)
    wanted = asserting(lines, view.asserts)
    chosen = named or next((line for line in wanted if line.waits), None)
    numbers = {line.number for line in [*wanted, *([chosen] if chosen else [])]}
    lines = _completed(lines, person, chosen, [line for line in lines if line.number in numbers])
    chosen = next((line for line in lines if line.selected), None)
    shown = [line for line in lines if line.number in numbers]
    review = chosen.review if chosen else None
    waits = review if chosen and chosen.waits else None
    return Sheet(
        article=article,
        prose=marked(article.text, _marks(article, lines, view)),
        lines=lines,
        view=view,
        selected=chosen,
        shown=shown,
        asserted=asserted_in(lines),
        allowed=_allowed(person, review),
        similar=similar_cases(waits, article.language) if waits else (),
        earlier=checked_earlier(waits, article.language) if waits else (),
        strongest=[line for line in shown if line.is_for_now],
        submitters=list(User.objects.filter(submissions__article=article).distinct().order_by("pk")),
        next_article=article_after(article),
    )


def _completed(lines: Sequence[Line], person: User, chosen: Line | None, shown: Sequence[Line]) -> list[Line]:
    claims = [line.appearance.claim_id for line in lines]
    newest = SearchRun.objects.filter(claim__in=claims, step="").order_by("claim", "-pk").distinct("claim")
    best = Candidate.objects.filter(search_run__in=newest.values("pk"), rank=1)
    candidates = {found.claim_id: found for found in best.select_related("document").defer("document__text")}
    reasons = _reasons([line.review for line in lines if line.review and line.review.state in SET_ASIDE])
    worked_on = _duties([line.review for line in lines if line.review and line.review.state in UNDOES])
    place = shown.index(chosen) if chosen else 0
    beside = {place - 1: "k", place + 1: "j"} if chosen else {}
    keys = {line.number: beside[at] for at, line in enumerate(shown) if at in beside}
    return [
        replace(
            line,
            candidate=candidates.get(line.appearance.claim_id),
            why=reasons.get(line.review.pk, "") if line.review else "",
            may_undo=line.review is not None and _may_undo(person, line.review, worked_on),
            selected=line is chosen,
            key=keys.get(line.number, ""),
        )
        for line in lines
    ]


def _bare(review: Review) -> Standing:
    """Return a standing without hats and turns: no step out of triage asks for one, so none are read for each claim."""
    return Standing(review, (), ())


def _may_undo(person: User, review: Review, duties: Mapping[int, Sequence[Duty]]) -> bool:
    verb = UNDOES.get(review.state)
    return verb is not None and may(person, verb, Standing(review, tuple(duties.get(review.pk, ())), ()))


def _duties(reviews: Sequence[Review]) -> Mapping[int, Sequence[Duty]]:
    """Return who wears which hat in these cases, by case: what somebody works on stays where it is."""
    found: defaultdict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(review__in=reviews):
        found[duty.review_id].append(duty)
    return found


def _allowed(person: User, review: Review | None) -> frozenset[str]:
    if review is None:
        return frozenset()
    return frozenset(action.verb for action in actions(person, _bare(review)) if action.allowed)


def _reasons(reviews: Iterable[Review]) -> dict[int, str]:
    """Return why cases were set aside, by case, as the log has it; what was erased there is not told."""
    events = ReviewEvent.objects.filter(review__in=list(reviews), to_state__in=SET_ASIDE).select_related("payload")
    return {event.review_id: str((payload_of(event) or {}).get("reason", "")) for event in events.order_by("seq")}


def _marks(article: Article, lines: Sequence[Line], view: View) -> list[Mark]:
    return [
        Mark(
            line.number,
            line.appearance.start,
            min(line.appearance.end, len(article.text)),
            f"?claim={line.claim.public}{view.suffix}#f{line.number}",
            line.look,
        )
        for line in lines
    ]
