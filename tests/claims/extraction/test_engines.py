"""Engines by dotted path, and several of them on one article."""

from dataclasses import dataclass

import pytest

from claims.extraction.contract import ArticleText, Engine, ExtractedClaim
from claims.extraction.engines import DEFAULT_ENGINES, EngineUnavailable, extract_with, load_engines
from claims.extraction.english import EnglishEngine
from claims.extraction.other_languages import OtherLanguagesEngine, claims_in
from claims.wording import words
from tests.claims.extraction.articles import SUMMIT
from tests.claims.extraction.engine_contract import EngineContract
from tests.claims.extraction.test_engines_other_languages import HAFEN


class TestEnglishEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return EnglishEngine()


class TestOtherLanguagesEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return OtherLanguagesEngine()

    def article(self) -> str:
        return HAFEN


@dataclass(frozen=True)
class Unreachable:
    """An engine whose service is away."""

    name: str = "unreachable"
    version: str = "1"

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        raise EngineUnavailable(words("Nobody is there."))


@dataclass(frozen=True)
class QuotationsAlone:
    """An engine that finds what every other one finds, and knows no speaker."""

    name: str = "quotations-alone"
    version: str = "1"

    def extract(self, article: ArticleText) -> tuple[ExtractedClaim, ...]:
        return claims_in(article.text, "nl")


def test_the_engine_of_a_new_desk_needs_no_service() -> None:
    assert [engine.name for engine in load_engines(DEFAULT_ENGINES)] == ["english"]


def test_an_engine_that_cannot_be_found_is_reported_with_the_setting() -> None:
    with pytest.raises(ValueError, match=r"EXTRACTION_ENGINES.*claims\.extraction\.nowhere\.Engine"):
        load_engines(["claims.extraction.nowhere.Engine"])


def test_a_path_that_is_no_engine_is_reported_with_the_setting() -> None:
    with pytest.raises(ValueError, match=r"EXTRACTION_ENGINES.*no method extract"):
        load_engines(["decimal.Context"])


def test_an_engine_that_is_away_costs_nobody_the_claims_of_the_others_and_is_told() -> None:
    found = extract_with([Unreachable(), EnglishEngine()], ArticleText(SUMMIT))
    assert found.claims == EnglishEngine().extract(ArticleText(SUMMIT))
    assert found.engines == ("unreachable (no answer)", f"english {EnglishEngine.version}")


def test_where_no_engine_answers_the_article_is_not_taken_for_read() -> None:
    with pytest.raises(EngineUnavailable, match="Nobody is there"):
        extract_with([Unreachable()], ArticleText(SUMMIT))


def test_of_two_engines_that_find_the_same_place_the_first_is_believed() -> None:
    alone = EnglishEngine().extract(ArticleText(SUMMIT))
    assert extract_with([EnglishEngine(), QuotationsAlone()], ArticleText(SUMMIT)).claims == alone
    other = extract_with([QuotationsAlone(), EnglishEngine()], ArticleText(SUMMIT)).claims
    assert {claim for claim in other if claim.kind == "quotation" and claim not in alone}
    assert {claim for claim in other if claim in alone}
