"""An article whose engines do not all answer: nothing is lost, and what failed is told."""

import pytest
from pytest_django.fixtures import Settings

from claims import work
from claims.archiving import Handed
from claims.extracting import extract_claims
from claims.extraction.engines import load_engines
from claims.intake import register_article
from claims.models import Article, Snapshot, Work
from claims.running import run_leased
from tests.claims.extraction.articles import SUMMIT
from tests.claims.extraction.test_engines import Unreachable

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Work:
    register_article(Handed(SUMMIT.encode(), Snapshot.Origin.UPLOADED, filename="summit.txt"))
    return Work.objects.get()


def test_what_the_other_engines_found_is_stored_and_the_silent_one_is_named(row: Work) -> None:
    article = Article.objects.get()
    engines = [*load_engines(), Unreachable()]
    assert run_leased(row.pk, lambda lease: extract_claims(article, engines, lease))
    article.refresh_from_db()
    assert article.appearances.exists()
    assert str(article.extracted_by).endswith(", unreachable (no answer)")


def test_an_article_that_no_engine_read_is_tried_again(row: Work) -> None:
    article = Article.objects.get()
    assert not run_leased(row.pk, lambda lease: extract_claims(article, [Unreachable()], lease))
    article.refresh_from_db()
    row.refresh_from_db()
    assert article.extracted_by is None
    assert row.done_at is None
    assert "Nobody is there." in row.last_error
    assert work.release(row.pk)


def test_an_article_whose_only_engine_may_not_be_asked_yet_waits_and_loses_no_attempt(
    row: Work, settings: Settings
) -> None:
    settings.EXTRACTION_ENDPOINT_URL, settings.EXTRACTION_ENDPOINT_MODEL = "https://models.example/v1", "small-1"
    settings.EXTRACTION_ENDPOINT_DAILY = 0
    article, engines = Article.objects.get(), load_engines(["claims.engines.endpoint"])
    assert not run_leased(row.pk, lambda lease: extract_claims(article, engines, lease))
    row.refresh_from_db()
    assert (row.attempts, row.quarantined_at) == (0, None)
    assert "budget" in row.last_error
