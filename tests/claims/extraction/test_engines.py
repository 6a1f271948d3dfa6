"""Engines by dotted path, and what every engine must hold to."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction.contract import CONTEXT, ArticleText, Engine, Quantity, Quotation
from claims.extraction.engines import DEFAULT_ENGINES, load_engines
from tests.claims.extraction.articles import SUMMIT

_SCRAPS = st.sampled_from(
    [
        *('"“”‘’«»„「」()😀'),
        *("''", "\n", "\n\n", " ", "\u00a0", "\u200b", "\u202e", ". ", ", ", ": ", "? ", "من ", "e\u0301"),
        *("Marsh ", "said ", "He ", "she ", "that ", "the strait is open", "according to ", "urged ", "not "),
        *("Mr. ", "Jo ", "Lowell ", "Jr. ", "III ", "van der ", "President ", "the president ", "’s ", "and ", "his "),
        *("4,200 ", "$3bn ", "nearly a third ", "on Monday ", "THE COUNCIL ", "www.ledger.example"),
    ]
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_SCRAPS, max_size=60).map("".join))


@pytest.mark.parametrize("path", DEFAULT_ENGINES)
class TestEveryEngine:
    """The contract: whatever the text, spans hold what they say and nothing is raised."""

    @given(text=_TEXTS, published=st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)))
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_every_offset_slices_to_its_exact_text(self, path: str, text: str, published: date | None) -> None:
        (engine,) = load_engines([path])
        assert_kept(engine, text, published)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \n\u200b\n",
            '"' * 5_000,
            "“‘„«" * 1_000,
            "😀" * 5_000,
            "word " * 20_000,
            "9" * 100_000,
            "Marsh said the strait was open and " * 3_000,
            "“x y z w,” Marsh said. " * 400,
            "\x00\ufeff\u2028\u2029",
            SUMMIT.upper(),
            SUMMIT.replace("\n", " "),
            SUMMIT.replace(" ", "\u00a0"),
        ],
    )
    def test_odd_texts_raise_nothing_and_stay_within_themselves(self, path: str, text: str) -> None:
        (engine,) = load_engines([path])
        assert_kept(engine, text, None)

    def test_an_engine_says_its_name_and_version(self, path: str) -> None:
        (engine,) = load_engines([path])
        assert engine.name
        assert engine.version


def assert_kept(engine: Engine, text: str, published: date | None) -> None:
    claims = engine.extract(ArticleText(text, published=published))
    last = 0
    for claim in claims:
        selector = claim.selector
        assert last <= selector.start < selector.end <= len(text)
        last = selector.end
        assert text[selector.start : selector.end] == selector.exact
        assert selector.prefix + selector.exact + selector.suffix in text
        assert len(selector.prefix) <= CONTEXT
        assert len(selector.suffix) <= CONTEXT
        assert claim.text
        assert claim.kind in ("quotation", "statement", "quantity")
        assert 0 <= claim.score <= 1
        assert claim.reasons
        assert (claim.said is None) == (claim.said_precision is None)
        parts: tuple[Quotation | Quantity, ...] = (*claim.quotations, *claim.quantities)
        for part in parts:
            assert text[part.start : part.end] == part.text
            assert selector.start <= part.start < part.end <= selector.end
        source = claim.attribution
        assert (source.span is None) == (source.mention is None)
        if source.span is not None:
            assert text[slice(*source.span)] == source.mention
        for start, end in source.content:
            assert 0 <= start < end <= len(text)


def test_an_engine_that_cannot_be_found_is_reported_with_the_setting() -> None:
    with pytest.raises(ValueError, match=r"EXTRACTION_ENGINES.*claims\.extraction\.nowhere\.Engine"):
        load_engines(["claims.extraction.nowhere.Engine"])


def test_a_path_that_is_no_engine_is_reported_with_the_setting() -> None:
    with pytest.raises(ValueError, match=r"EXTRACTION_ENGINES.*no method extract"):
        load_engines(["decimal.Context"])
