"""The claims of one article as triage lists them: in which order, which of them, and what each says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from claims.extraction.worth import FEATURES
from claims.models import Article, Claim, Speaker
from claims.models.claim import Appearance
from claims.translation import tell
from claims.weighing import Topic
from verification.models import Candidate, Part, Review, SearchRun, State

STRONG = 0.7
SHOWN_REASONS = 3
SET_ASIDE = (State.NOT_CHECKABLE, State.DUPLICATE, State.DECLINED)
UNDOES = {State.QUEUED.value: "undo_accept"} | dict.fromkeys((state.value for state in SET_ASIDE), "reconsider")
"""What takes a decision of triage back, by the state that it led to."""
ASSERTED = tuple(kind for kind in Claim.Kind if kind not in {Claim.Kind.QUOTATION, Claim.Kind.STATEMENT})
"""What a claim can assert; the two others say who answers for it."""
AGAINST = frozenset(
    [
        Topic("", (), points=-1).reason.msgid,
        *(
            (feature.against or feature.reason).msgid
            for feature in FEATURES.values()
            if feature.against or feature.effect == "lowers"
        ),
    ]
)
"""The reasons that lower a score, as they are stored."""


@dataclass(frozen=True, slots=True)
class View:
    """How a person looks at an article's claims: `order` is `text` or `score`, `asserts` a kind, empty for all."""

    order: str = "text"
    asserts: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What the address of the page says of it."""
        return ({"order": "score"} if self.order == "score" else {}) | (
            {"asserts": self.asserts} if self.asserts else {}
        )

    @property
    def suffix(self) -> str:
        """The query as it follows another part of one; all of it are words of our own."""
        return "".join(f"&{name}={value}" for name, value in self.query.items())


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of a score in words, and whether it `lowers` it."""

    text: str
    lowers: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One claim of an article: its number in reading order, its case (None until a sweep opens it), its best source.

    `part_of` is the number of the case of which it is a part, empty where it is none.
    """

    number: int
    appearance: Appearance
    review: Review | None
    outcome: str | None
    candidate: Candidate | None = None
    why: str = ""
    may_undo: bool = False
    selected: bool = False
    key: str = ""
    part_of: str = ""

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.appearance.claim

    @property
    def speaker(self) -> Speaker | None:
        """Who it is attributed to: the row that stands for both, where a person joined two."""
        speaker = self.claim.speaker
        return (speaker.joined_to or speaker) if speaker else None

    @property
    def waits(self) -> bool:
        """Whether it still has to be decided."""
        return self.review is not None and self.review.state == State.TRIAGE

    @property
    def decided(self) -> bool:
        """Whether triage is over for it."""
        return self.review is not None and self.review.state != State.TRIAGE

    @property
    def is_opinion(self) -> bool:
        """Whether nothing in it can be checked, as far as the machine can tell."""
        return self.claim.kind == Claim.Kind.OPINION

    @property
    def is_strong(self) -> bool:
        """Whether its score reaches the line from which claims are accepted together."""
        return self.claim.score >= STRONG and not self.is_opinion

    @property
    def is_for_now(self) -> bool:
        """Whether it is strong and waits for nothing but a decision: a prediction is first checked on its day."""
        return self.waits and self.is_strong and self.due_ahead is None

    @property
    def look(self) -> str:
        """The class of its marks in the text."""
        if self.selected:
            return "is-on"
        if self.review is not None and self.review.state in SET_ASIDE:
            return "is-out"
        if self.decided:
            return "is-done"
        return "is-strong" if self.is_strong else "is-opinion" if self.is_opinion else ""

    @property
    def labels(self) -> list[str]:
        """Its kind and what it asserts besides, in words."""
        names = dict.fromkeys([self.claim.kind, *self.claim.asserts])
        return [str(Claim.Kind(name).label) for name in names if name in Claim.Kind.values]

    @property
    def reasons(self) -> list[str]:
        """Why it is worth checking, in words, weightiest first."""
        return tell(self.claim.reasons)

    @property
    def top_reasons(self) -> list[Why]:
        """The reasons that are seen at once."""
        return whys(self.claim)[:SHOWN_REASONS]

    @property
    def further_reasons(self) -> list[Why]:
        """The others."""
        return whys(self.claim)[SHOWN_REASONS:]

    @property
    def first_reason(self) -> str:
        """The weightiest reason that speaks for the claim."""
        return first_reason(self.claim)

    @property
    def reworded(self) -> str:
        """The wording of the case where it is not the article’s words any more, else empty."""
        wording = self.review.wording if self.review else ""
        return wording if wording != self.claim.text else ""

    @property
    def token(self) -> str:
        """Its case and the revision that was looked at, as a form names them; empty before it has one."""
        return f"{self.review.pk}:{self.review.revision}" if self.review else ""

    @property
    def proposed(self) -> str:
        """The wording that is proposed, empty where there is none or the case reads so already."""
        wording = self.claim.standalone or ""
        return wording if not self.review or wording != self.review.wording else ""

    @property
    def chain(self) -> list[str]:
        """The sources between the outlet and whoever is credited, as resolved, else as written."""
        return [str(link.get("speaker") or link.get("mention") or "") for link in self.appearance.chain]

    @property
    def due_ahead(self) -> date | None:
        """The first day on which a prediction can be checked, while that lies ahead."""
        due = self.claim.due
        return due if due and due > timezone.localdate() else None


def whys(claim: Claim) -> list[Why]:
    """Return what speaks for checking a claim and what against it, weightiest first."""
    return [
        Why(text, reason.get("msgid") in AGAINST)
        for text, reason in zip(tell(claim.reasons), claim.reasons, strict=True)
    ]


def first_reason(claim: Claim) -> str:
    """Return the weightiest reason that speaks for checking a claim, empty where none does."""
    return next((why.text for why in whys(claim) if not why.lowers), "")


def lines_of(article: Article, order: str = "text") -> list[Line]:
    """Return the claims of an article as they stand, in reading order or (`order` "score") strongest first (one query).

    A claim that stands in two places is listed once, where it stands first. Opinions come last in either order.
    """
    newest = SearchRun.objects.filter(claim=OuterRef("claim"), step="").order_by("-pk")
    appearances = article.appearances.select_related(
        "claim__speaker__joined_to", "claim__review__duplicate_of"
    ).annotate(
        outcome=Subquery(newest.values("outcome")[:1]),
        whole=Subquery(Part.objects.filter(part__claim=OuterRef("claim")).values("whole")[:1]),
    )
    first: dict[int, Any] = {}
    for appearance in appearances.order_by("start", "end", "pk"):
        first.setdefault(appearance.claim_id, appearance)
    lines = [
        Line(
            number,
            appearance,
            getattr(appearance.claim, "review", None),
            appearance.outcome,
            part_of=Review(pk=appearance.whole).number if appearance.whole else "",
        )
        for number, appearance in enumerate(first.values(), start=1)
    ]
    return sorted(lines, key=lambda line: (line.is_opinion, -line.claim.score if order == "score" else 0))


def asserting(lines: Sequence[Line], kind: str) -> list[Line]:
    """Return the lines whose claim is of a kind or asserts it; all of them where `kind` is empty."""
    return [line for line in lines if not kind or kind == line.claim.kind or kind in line.claim.asserts]


def asserted_in(lines: Sequence[Line]) -> list[Claim.Kind]:
    """Return the kinds of what is asserted in these lines, opinions apart, in the order of the model."""
    found = {name for line in lines for name in (line.claim.kind, *line.claim.asserts) if not line.is_opinion}
    return [kind for kind in ASSERTED if kind in found and kind != Claim.Kind.OPINION]


def next_to_decide(lines: Sequence[Line], after: UUID) -> Line | None:
    """Return the next claim to decide after the one named, from the top again at the end; None when all are decided.

    Opinions come last: another claim is decided before them.
    """
    places = [place for place, line in enumerate(lines) if line.claim.public == after]
    start = places[0] + 1 if places else 0
    waiting = [line for line in [*lines[start:], *lines[:start]] if line.waits]
    return next(iter(sorted(waiting, key=lambda line: line.is_opinion)), None)
