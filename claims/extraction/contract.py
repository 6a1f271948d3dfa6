"""What an engine is given and what it hands back: text in, frozen spans out.

Every offset is a Python string index into `ArticleText.text`, and every span slices to exactly the text it claims
to be.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from claims.wording import Words

EXTRACTOR_VERSION = "4"
"""Raised whenever the same article can give other claims."""

CONTEXT = 32
"""Characters of `Selector.prefix` and `Selector.suffix`, the length the W3C's own examples and Hypothesis use."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A W3C TextQuoteSelector (exact, prefix, suffix) and TextPositionSelector (start, end) of one stretch of text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words without their marks: `text` stands at `start:end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its hedge and unit: `text` stands at `start:end`; an unknown value, bound or unit is None."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approx: bool
    text: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who something comes from, and by which words.

    `mention` is the source as written at `span`; `speaker` is the name it stands for in this article, or None when
    the text does not tell. `speaker_kind` is `person` or `organisation` where the text tells it, `speaker_role` the
    role as written beside the name (`US President`). `cue` is the word or phrase of saying at `cue_span`, `sort` what
    it does: `say`, `judge`, `urge`, `vow`, `think`, `want`, `show`, `seem`, or `quote` for quoted words that no word of
    saying introduces. `content` are the spans of what was said, quotation marks included; `carried` says that the
    source was taken over from the text before.
    """

    speaker: str | None = None
    mention: str | None = None
    span: tuple[int, int] | None = None
    cue: str | None = None
    cue_span: tuple[int, int] | None = None
    sort: str = "quote"
    content: tuple[tuple[int, int], ...] = ()
    quotations: tuple[Quotation, ...] = ()
    carried: bool = False
    speaker_kind: str | None = None
    speaker_role: str | None = None


KINDS = ("quotation", "statement", "quantity", "trend", "event", "cause", "prediction", "rule", "opinion")
"""What a claim can be. The first two say who answers for it; the others what is asserted, and so how it is tested."""


@dataclass(frozen=True, slots=True)
class Link:
    """One source in a chain of attribution: who it is, as written at `span` and as resolved, and its words of saying.

    `officials` in `the paper reported that officials said …` is the second link of two.
    """

    mention: str
    speaker: str | None
    span: tuple[int, int]
    cue: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A checkable part of a compound claim, `exact` at `start:end`; `wording` is it standing alone, if that differs."""

    start: int
    end: int
    exact: str
    asserts: tuple[str, ...]
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One statement worth testing, as it stands in the article.

    `kind` is one of `KINDS`: `quotation` or `statement` where somebody is credited with it, else what the outlet itself
    asserts; `opinion` where nothing in it can be checked. `asserts` names, of the kinds from `quantity` on, all that it
    asserts. `text` is what is shown to people (`shown`): the quoted words as printed, or the reported content, never a
    word the article does not have (the parts of a split quotation are joined by “…”). `said` is when it was said, with
    `said_precision` `day`, or both None. `score` (0 to 1) is how much it deserves checking, with its `reasons`
    (`worth.reasons`) and the `features` (name, value) it was weighed by. `wording` says it so that
    it stands alone (names for pronouns, days for `on Tuesday`), or is None where the text does so itself. `parts` are
    the checkable parts of a compound claim, none of a simple one. `chain` are its sources from the outermost to the one
    that is credited, where there is more than one. `due` is the first day on which a prediction can be checked, as far
    as the text tells it. `flags` name what a checker should know: `no_speaker`; `pronoun`, the speaker is known through
    he or she; `carried`, from the quotation before; `split` by its attribution; `fragment`, quoted in part; `long`,
    more than two sentences.
    """

    selector: Selector
    kind: str
    text: str
    attribution: Attribution
    quotations: tuple[Quotation, ...]
    quantities: tuple[Quantity, ...]
    said: date | None
    said_precision: str | None
    score: float
    reasons: tuple[Words, ...]
    flags: tuple[str, ...] = ()
    asserts: tuple[str, ...] = ()
    features: tuple[tuple[str, float], ...] = ()
    wording: str | None = None
    parts: tuple[Part, ...] = ()
    chain: tuple[Link, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The readable text of an article; what is unknown is None, and an unknown language is read as English."""

    text: str
    title: str | None = None
    language: str | None = None
    published: date | None = None


class Engine(Protocol):
    """Whatever turns an article into claims. It reads no settings, no clock and no network."""

    @property
    def name(self) -> str:
        """Return the engine's short name, stored beside each claim it made."""
        ...

    @property
    def version(self) -> str:
        """Return the version that changes whenever the same article can give other claims."""
        ...

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        """Return the article's claims in the order of the text."""
        ...


def selector(text: str, start: int, end: int) -> Selector:
    """Return the selector of `text[start:end]` with up to `CONTEXT` characters on either side."""
    return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)
