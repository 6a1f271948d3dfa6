"""The article the project began with, read where the developers' data lies beside the repository."""

from pathlib import Path

import pytest

from claims.extraction.contract import ArticleText, ExtractedClaim
from claims.extraction.english import EnglishEngine

_ARTICLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "seed-article.txt"


@pytest.fixture(scope="module")
def claims() -> tuple[ExtractedClaim, ...]:
    if not _ARTICLE.exists():
        pytest.skip(f"the developers' data is not here: {_ARTICLE}")
    return EnglishEngine().extract(ArticleText(_ARTICLE.read_text(encoding="utf-8")))


def test_the_seed_article_gives_its_speakers_their_quotations(claims: tuple[ExtractedClaim, ...]) -> None:
    quoted = [claim.attribution.speaker for claim in claims if claim.kind == "quotation"]
    assert sorted(str(speaker) for speaker in quoted) == [
        "Jens Stoltenberg",
        "Joe Biden",
        "Joe Biden",
        "John Kirby",
        "John Kirby",
        "None",
        "White House",
        "White House",
    ]


def test_the_seed_article_gives_its_figures_and_its_lawmaker(claims: tuple[ExtractedClaim, ...]) -> None:
    figures = {
        (quantity.value, quantity.unit, claim.attribution.speaker) for claim in claims for quantity in claim.quantities
    }
    assert {(8500, None, "US officials"), (8500, None, "John Kirby"), (80, "minute", None)} <= figures
    assert "Andrei Kartapolov" in {claim.attribution.speaker for claim in claims}


def test_the_seed_article_gives_no_date_and_no_page_furniture(claims: tuple[ExtractedClaim, ...]) -> None:
    assert {claim.said for claim in claims} == {None}
    text = _ARTICLE.read_text(encoding="utf-8")
    assert all(claim.selector.end < text.index("can also be accessed") for claim in claims)
    assert all(claim.selector.start > text.index("touts") for claim in claims)
