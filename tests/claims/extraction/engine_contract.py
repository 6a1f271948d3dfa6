"""What every extraction engine must hold to, whatever the text: a class whose tests an engine's own tests inherit.

    class TestHarbourEngine(EngineContract):
        @pytest.fixture
        def engine(self) -> Engine:
            return HarbourEngine()

Described for those who write engines in docs/engines.md.
"""

import dataclasses
from datetime import date
from itertools import pairwise
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.contract import CONTEXT, KINDS, ArticleText, Engine, ExtractedClaim
from tests.claims.extraction.articles import SUMMIT

SCRAPS = st.sampled_from(
    [
        *('"“”‘’«»„「」()😀'),
        *("''", "\n", "\n\n", " ", "\u00a0", "\u200b", "\u202e", ". ", ", ", ": ", "? ", "من ", "e\u0301"),
        *("Marsh ", "said ", "He ", "she ", "that ", "the strait is open", "according to ", "urged ", "not "),
        *("Mr. ", "Jo ", "Lowell ", "Jr. ", "III ", "van der ", "President ", "the president ", "’s ", "and ", "his "),
        *("4,200 ", "$3bn ", "nearly a third ", "on Monday ", "THE COUNCIL ", "www.ledger.example"),
        *("sagte Ida Fenn ", "selon la Banque ", "1.200 Schiffe ", "4,5 % ", "ha detto ", "según ", "z. B. "),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=60).map("".join))
LANGUAGES = st.sampled_from([None, "en", "de", "fr", "es", "it", "pt", "nl", "ar", "de-AT", "xx"])

ODD = [
    " \n\u200b\n",
    '"' * 5_000,
    "“‘„«" * 1_000,
    "😀" * 5_000,
    "word " * 20_000,
    "9" * 100_000,
    "Marsh said the strait was open and " * 3_000,
    "“x y z w,” Marsh said. " * 400,
    "\x00\ufeff\u2028\u2029",
    "\ud800 Marsh said “the strait \udfff is open to all”.",
    SUMMIT.upper(),
    SUMMIT.replace("\n", " "),
    SUMMIT.replace(" ", "\u00a0"),
    SUMMIT.replace(" ", "\u200b "),
]


class EngineContract:
    """Inherit, and let the fixture `engine` return yours: spans slice to what they say, and nothing is raised."""

    @pytest.fixture
    def engine(self) -> Engine:
        """Return the engine under test."""
        raise NotImplementedError  # each test class gives its own; without one its tests end here

    @given(text=TEXTS, published=st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)), language=LANGUAGES)
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    def test_every_span_slices_to_what_it_says(
        self, engine: Engine, text: str, published: date | None, language: str | None
    ) -> None:
        assert_kept(text, engine.extract(ArticleText(text, published=published, language=language)))

    @pytest.mark.parametrize("number", range(len(ODD)))
    def test_odd_texts_raise_nothing(self, engine: Engine, number: int) -> None:
        assert_kept(ODD[number], engine.extract(ArticleText(ODD[number])))

    def test_an_empty_text_holds_no_claim(self, engine: Engine) -> None:
        assert engine.extract(ArticleText("")) == ()

    def test_the_same_article_gives_the_same_frozen_claims(self, engine: Engine) -> None:
        article = ArticleText(self.article(), published=date(2031, 5, 15))
        claims = engine.extract(article)
        assert claims
        assert claims == engine.extract(article)
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(claims[0], "score", 1.0)  # noqa: B010 (a type checker sees that it is frozen, too)

    def article(self) -> str:
        """Return an article in which the engine finds claims; override it for one that does not read English."""
        return SUMMIT

    def test_an_engine_says_its_name_and_version(self, engine: Engine) -> None:
        assert engine.name.isprintable()
        assert engine.version.isprintable()
        assert 0 < len(f"{engine.name} {engine.version}") <= 60


def assert_kept(text: str, claims: tuple[ExtractedClaim, ...]) -> None:
    """Fail where a claim breaks the contract: its place, its spans, its kind, its score and the reasons for it."""
    assert isinstance(claims, tuple)
    for before, after in pairwise(claims):
        assert before.selector.end <= after.selector.start
    for claim in claims:
        _assert_placed(text, claim)
        _assert_spans(text, claim)
        assert claim.text.strip()
        assert claim.kind in KINDS
        assert set(claim.asserts) <= set(KINDS)
        assert 0 <= claim.score <= 1
        assert claim.reasons
        assert all(str(reason) for reason in claim.reasons)
        assert all(name and isfinite(value) for name, value in claim.features)
        assert (claim.said is None) == (claim.said_precision is None)
        assert claim.wording is None or claim.wording.strip()
        hash(claim)


def _assert_placed(text: str, claim: ExtractedClaim) -> None:
    selector = claim.selector
    assert 0 <= selector.start < selector.end <= len(text)
    assert text[selector.start : selector.end] == selector.exact
    assert text[: selector.start].endswith(selector.prefix)
    assert text[selector.end :].startswith(selector.suffix)
    assert len(selector.prefix) <= CONTEXT
    assert len(selector.suffix) <= CONTEXT


def _assert_spans(text: str, claim: ExtractedClaim) -> None:
    selector, source = claim.selector, claim.attribution
    for quoted in claim.quotations:
        assert text[quoted.start : quoted.end] == quoted.text
        assert selector.start <= quoted.start < quoted.end <= selector.end
    for figure in claim.quantities:
        assert text[figure.start : figure.end] == figure.text
        assert selector.start <= figure.start < figure.end <= selector.end
        assert all(value is None or isfinite(value) for value in (figure.value, figure.low, figure.high))
    for part in claim.parts:
        assert text[part.start : part.end] == part.exact
        assert selector.start <= part.start < part.end <= selector.end
        assert set(part.asserts) <= set(KINDS)
    for link in claim.chain:
        assert text[slice(*link.span)] == link.mention
    assert (source.span is None) == (source.mention is None)
    if source.span is not None:
        assert text[slice(*source.span)] == source.mention
    if source.cue_span is not None:
        assert text[slice(*source.cue_span)] == source.cue
    for start, end in source.content:
        assert 0 <= start < end <= len(text)
