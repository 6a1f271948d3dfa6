"""A new version beside the one that stands: what changes in its words, its rating and its evidence, and who is told.

Shown where a correction is started, written, signed off and published (`desk/before_after.html`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from verification.admin.case.versions import Clash
from verification.models import Change, Evidence, Judgment, Review, Role, Verdict, VerdictEvidence
from verification.review.verdicts import next_version


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage as a version cites it. The same place in the same copy is the same passage, whatever its number."""

    place: tuple[int, int, int]
    number: int
    title: str
    source: str
    stance: str
    role: str

    @classmethod
    def of(cls, piece: Evidence | VerdictEvidence) -> "Cited":
        """Return a piece of evidence, whose document and source are at hand."""
        document = piece.document
        place = (document.pk, piece.start, piece.end)
        return cls(place, piece.number, str(document), document.source.name, piece.stance, piece.role)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Cited":
        """Return a piece as `with_evidence` reads it."""
        place = (told["document"], told["start"], told["end"])
        return cls(place, told["number"], told["title"], told["source"], told["stance"], told["role"])

    @property
    def role_label(self) -> str:
        """What the evidence is for, in words."""
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions. Of a version that withdraws the check the rating is of no meaning (`void`)."""

    version: int
    void: bool
    rating: str
    tone: str
    step: int
    numeric: int | None
    claim: str
    headline: str
    explanation: str
    note: str
    cited: Sequence[Cited]

    @property
    def rating_words(self) -> str:
        """The rating, or that there is none any more."""
        return _("Withdrawn") if self.void else self.rating


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in either version, None where one does not cite it."""

    before: Cited | None
    after: Cited | None

    @property
    def same(self) -> bool:
        """Whether both cite it for the same thing, under whatever number."""
        pair = [(each.stance, each.role) if each else None for each in (self.before, self.after)]
        return pair[0] == pair[1]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the change in one place."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The version that stands and the one that will; `after` is None until there is a judgment or a word of it.

    `change` says why there is another version; empty while nobody has said so.
    """

    before: Side
    after: Side | None
    change: str = ""

    @property
    def change_label(self) -> str:
        """Why there is another version, in words; empty while nobody has said so."""
        return str(Change(self.change).label) if self.change else ""

    @property
    def rating(self) -> Clash:
        """The two ratings, in words."""
        return Clash(_("Rating"), self.before.rating_words, self.after.rating_words if self.after else "")

    @property
    def words(self) -> list[Clash]:
        """Claim, headline and explanation of both."""
        names = {"claim": _("Claim"), "headline": _("Headline"), "explanation": _("Explanation")}
        after = self.after
        return [Clash(names[each], getattr(self.before, each), getattr(after, each) if after else "") for each in names]

    @property
    def passages(self) -> list[Passage]:
        """What only one of them cites, or both for different things: first what goes, then what comes."""
        return [each for each in self._passages if not each.same]

    @property
    def kept(self) -> int:
        """How many passages both cite for the same thing."""
        return sum(each.same for each in self._passages)

    @property
    def _passages(self) -> list[Passage]:
        before = {each.place: each for each in self.before.cited}
        after = {each.place: each for each in self.after.cited} if self.after else {}
        return [Passage(before.get(place), after.get(place)) for place in dict.fromkeys([*before, *after])]

    @property
    def told(self) -> list[Told]:
        """What is told where once the new version is out."""
        return told_where(self.before.version, self.change)


def told_where(version: int, change: str = "") -> list[Told]:
    """Return what readers and programs are told when a version replaces this one; `change` is empty while unknown."""
    if change == Change.MINOR:
        return _told_of_edit(version)
    kept = _("The new version takes its address, with what changed and why. Version %(version)s stays readable.")
    markup = {
        Change.CORRECTION: _("“correction” holds the note, “dateModified” the day."),
        Change.UPDATE: _("“dateModified” holds the day; it is no correction."),
        Change.VOID: _("None any more: its address answers that it is gone."),
    }
    open_kind = _("A correction adds its note and “dateModified”, an update the day alone; a withdrawal takes it away.")
    return [
        Told(_("Page"), kept % {"version": version}),
        Told(_("Corrections"), _("One more line: the kind of change, the note, and what became of the rating.")),
        Told(
            _("RSS, Atom, JSON Feed"),
            _("The same entry, at the top again: id and first date stay, the title begins with the kind of change."),
        ),
        Told(_("ClaimReview"), markup.get(Change(change), open_kind) if change else open_kind),
        Told(_("Open challenges"), _("Settled by the new version; its note is the answer.")),
    ]


def _told_of_edit(version: int) -> list[Told]:
    kept = _("The new words take its address, which says that it was edited. Version %(version)s stays readable.")
    return [
        Told(_("Page"), kept % {"version": version}),
        Told(_("Corrections"), _("Nothing: an edit is no correction.")),
        Told(_("RSS, Atom, JSON Feed"), _("The same entry in the new words, where it was and with its old dates.")),
        Told(_("ClaimReview"), _("The new words, with the old dates.")),
    ]


def with_evidence(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Let verdicts come with what they cite (as `cited`, for `side_of_standing`), and no query more."""
    cited = VerdictEvidence.objects.filter(verdict=OuterRef("pk")).order_by("number")
    told = JSONObject(
        **{name: name for name in ("number", "start", "end", "stance", "role")},
        document="document_id",
        title=Coalesce("document__title", "document__stable_id"),
        source="document__source__name",
    )
    return verdicts.annotate(cited=ArraySubquery(cited.values(told=told)))


def standing(review: Review) -> Side | None:
    """Return the version that stands (one query); None where nothing is published."""
    if review.publication is None:
        return None
    return side_of_standing(with_evidence(Verdict.objects.filter(pk=review.publication.verdict_id)).get())


def side_of_standing(verdict: Verdict) -> Side:
    """Return a version that was read by `with_evidence`."""
    return side_of(verdict, map(Cited.read, getattr(verdict, "cited")))  # noqa: B009 (an annotation)


def side_of(verdict: Verdict, cited: Iterable[Cited]) -> Side:
    """Return a version, stored or only drawn up, with what it cites."""
    return Side(
        version=verdict.version,
        void=verdict.change == Change.VOID,
        rating=verdict.rating_label,
        tone=verdict.rating_tone,
        step=verdict.rating_step,
        numeric=verdict.rating_value,
        claim=verdict.claim_text,
        headline=verdict.headline,
        explanation=verdict.explanation,
        note=verdict.change_note,
        cited=tuple(cited),
    )


def side_of_text(review: Review, text: Mapping[str, str], judgment: Judgment, pieces: Iterable[Evidence]) -> Side:
    """Return a version that is still being written: `text` as it is saved, the rating as it was judged."""
    rating = judgment.rating
    return Side(
        version=next_version(review),
        void=review.change == Change.VOID,
        rating=rating.label if rating else "",
        tone=rating.tone if rating else "quiet",
        step=rating.value if rating else 0,
        numeric=rating.numeric if rating else None,
        claim=review.wording,
        headline=text["headline"],
        explanation=text["explanation"],
        note=text["change_note"],
        cited=tuple(map(Cited.of, pieces)),
    )
