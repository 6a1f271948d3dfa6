"""What was published, as pages, feeds and ClaimReview read it: frozen, with every time in the zone it is shown in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from verification.models import Change, Role
from verification.publishing.history import PublishedVersion, rating_change
from verification.publishing.labels import (
    Badge,
    change_words,
    class_badge,
    flag_badge,
    flag_words,
    stance_badge,
    tier_words,
)
from verification.publishing.moments import Moment
from verification.publishing.parts import PublishedParts
from verification.publishing.searches import PublishedSearch
from verification.publishing.two_parts import TwoParts


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDesk:
    """What the desk says of itself; `texts` are the kinds of `DeskText` that it has filled in."""

    name: str
    homepage: str | None = None
    description: str = ""
    licence: str = ""
    language: str = "en"
    sample: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRating:
    """A rating in the words of its day. `value` is None beside the scale; `step` is its place on the meter."""

    label: str
    tone: str
    step: int
    value: int | None
    worst: int
    best: int
    meaning: str = ""

    @property
    def meter(self) -> str | None:
        """The icon of the five-step meter, empty at 0; None for a scale of other length, which it would misstate."""
        if self.value is None:
            return "r0"
        fits = self.best == 5 and self.worst in {0, 1} and self.worst <= self.step <= 5
        return f"r{self.step or 'none'}" if fits else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAppearance:
    """Where the claim stands: an article as captured."""

    title: str | None
    outlet: str | None
    url: str | None
    published: Moment | None
    captured: Moment
    sha256: str
    outlet_id: UUID | None = None

    @property
    def name(self) -> str:
        """What readers know it by: the outlet, else the article's title."""
        return self.outlet or self.title or gettext("an article")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in a comparison; `changed` when the other side does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedComparison:
    """A quotation against a source, word by word."""

    quote_class: str
    flags: tuple[str, ...]
    printed: tuple[Span, ...]
    source: tuple[Span, ...]

    @classmethod
    def read(cls, check: dict[str, object]) -> "PublishedComparison":
        """Return the comparison that a quote check stored as JSON holds."""
        flags, parts = check.get("flags"), check.get("diff")
        told = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
        sides = [(part.get("op") != "equal", str(part.get("quote", "")), str(part.get("source", ""))) for part in told]
        return cls(
            quote_class=str(check.get("class", "")),
            flags=tuple(str(flag) for flag in flags) if isinstance(flags, list) else (),
            printed=_spans((changed, quote) for changed, quote, _source in sides),
            source=_spans((changed, source) for changed, _quote, source in sides),
        )

    @property
    def badges(self) -> list[Badge]:
        """The class's label and those of the flags that have one."""
        return [class_badge(self.quote_class), *filter(None, map(flag_badge, self.flags))]

    @property
    def notes(self) -> list[str]:
        """What the flags say changed, in words."""
        return [str(note) for flag in self.flags if (note := flag_words(flag))]

    @property
    def differs(self) -> bool:
        """Whether there is something to lay side by side."""
        return bool(self.source) and any(span.changed for span in (*self.printed, *self.source))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEvidence:
    """One passage of one source, as it was when the verdict was approved.

    `passage` is what is shown of it, in pieces: the quotation marked, where one stands there. `place` says where in the
    source it stands, `url` leads there; of one that is `withheld` the passage is all that readers see. `archived` is
    the address of a copy at a web archive.
    """

    number: int
    role: str
    stance: str
    tier: int
    title: str
    issuer: str
    url: str | None
    published: Moment | None
    exact: str
    passage: tuple[tuple[str, bool], ...]
    captured: Moment
    sha256: str
    comparison: PublishedComparison | None = None
    note: str = ""
    place: str = ""
    withheld: bool = False
    archived: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def stance_badge(self) -> Badge:
        """The stance's label."""
        return stance_badge(self.stance)

    @property
    def tier_words(self) -> tuple[str, str]:
        """The tier's short name and what it means."""
        return tier_words(self.tier)

    @property
    def role_label(self) -> str:
        """What the evidence is for, in words."""
        return str(Role(self.role).label)


@dataclass(frozen=True, slots=True)
class PublishedPackage:
    """The file that proves a version: its SHA-256 (hex) and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVerdict:
    """One version of one check. `check` is the case's public id, the same for all its versions, `public` its own.

    `attached` are the search records it rests on, `searches` the others that were made for it, `parts` those of a
    compound claim; `package` proves it to a stranger, once that is built. `change` and `note` are those of version
    `changed_in`, which minor edits of it leave as they are; `as_of` is the day for which it holds. `source_changed`
    says that it is challenged because a page it cites changed.
    `claimant_kind` (empty where it is not known) and `claimant_same_as`, addresses that identify the claimant, are what
    the desk knows of the claimant now; `claimant_id` chooses their checks, as an outlet's `outlet_id` does.
    """

    check: UUID
    public: UUID
    version: int
    rating: PublishedRating
    headline: str
    explanation: str
    claim: str
    kind: str
    claimant: str | None
    said: Moment | None
    language: str
    change: str
    note: str
    published: Moment
    first_published: Moment
    changed_in: int
    rating_before: str | None = None
    edited: Moment | None = None
    as_of: Moment | None = None
    current: bool = True
    challenged: bool = False
    source_changed: bool = False
    checked_by: str = ""
    second_by: str = ""
    approved_by: str = ""
    evidence: tuple[PublishedEvidence, ...] = ()
    appearances: tuple[PublishedAppearance, ...] = ()
    versions: tuple[PublishedVersion, ...] = ()
    attached: tuple[PublishedSearch, ...] = ()
    searches: tuple[PublishedSearch, ...] = ()
    two_parts: tuple[TwoParts, ...] = ()
    parts: PublishedParts | None = None
    package: PublishedPackage | None = None
    claimant_kind: str = ""
    claimant_same_as: tuple[str, ...] = ()
    claimant_id: UUID | None = None
    topics: tuple[str, ...] = ()

    @property
    def void(self) -> bool:
        """Whether this version withdraws the check: its rating stands no more."""
        return self.change == Change.VOID

    @property
    def title(self) -> str:
        """What it is called: its headline; of a withdrawn check, whose conclusion is gone, the claim."""
        return self.claim if self.void else self.headline

    @property
    def numbers(self) -> frozenset[int]:
        """What the explanation can cite: the numbers of its evidence and of its search records."""
        return frozenset([item.number for item in self.evidence] + [search.number for search in self.attached])

    @property
    def change_label(self) -> str:
        """What kind of version this is, in words."""
        return change_words(self.change)

    @property
    def rating_change(self) -> str:
        """What became of the rating, in words; empty for the first version."""
        return rating_change(self.change, self.rating_before, self.rating.label)

    @property
    def others(self) -> int:
        """How many articles have the claim beside the first."""
        return max(0, len(self.appearances) - 1)

    @property
    def superseding(self) -> bool:
        """Whether a version went before this one."""
        return self.change != Change.INITIAL

    @property
    def comparison(self) -> PublishedEvidence | None:
        """The evidence whose comparison says most of the quotation: where it was said, else the first compared."""
        compared = [item for item in self.evidence if item.comparison and item.comparison.source]
        return next((item for item in compared if item.role == Role.SAID_WHERE), compared[0] if compared else None)

    @property
    def as_proposed(self) -> bool:
        """Whether a compound claim has the very rating that its rule gives."""
        return self.parts is not None and self.parts.value is not None and self.parts.value == self.rating.value

    @property
    def outlet(self) -> str | None:
        """The first outlet known to have carried the claim."""
        return next((item.outlet for item in self.appearances if item.outlet), None)


def _spans(sides: Iterable[tuple[bool, str]]) -> tuple[Span, ...]:
    """Return one side of a comparison, with blanks outside the changed words so that no mark is drawn under them."""
    spans: list[Span] = []
    for changed, text in sides:
        words = text.strip()
        if not changed or not words:
            spans.append(Span(text, False))
            continue
        start = text.index(words)
        before, after = text[:start], text[start + len(words) :]
        spans += [Span(before, False), Span(words, True), Span(after, False)]
    return tuple(span for span in spans if span.text)
