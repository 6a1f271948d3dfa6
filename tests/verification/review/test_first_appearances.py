"""The first places of a case, as its page and the API list them, cut off by the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Appearance, Claim
from tests.cases import Walk, case
from tests.factories import make_article
from verification.admin.case.appearances import places_of
from verification.api.seeing import seen
from verification.review import triage
from verification.review.appearances import first_appearances

pytestmark = pytest.mark.django_db


def printed(claim: Claim, published: str) -> int:
    """Let the claim stand in one more article, and return the id of the place."""
    article = make_article(published=published, published_precision="day")
    kept = {"snapshot": article.snapshot, "snapshot_sha256": article.snapshot.sha256}
    words = {"exact": article.text, "start": 0, "end": len(article.text)}
    return Appearance.objects.create(claim=claim, article=article, **kept, **words).pk


def test_no_more_are_read_than_are_asked_for_and_how_many_there_are_is_known() -> None:
    walk, again = Walk(), case()
    (first,) = walk.review.claim.appearances.all()
    own = [first.pk, printed(walk.review.claim, "2031-05-04T00:00Z"), printed(walk.review.claim, "2031-05-03T00:00Z")]
    triage.mark_duplicate(again, walk.intake, again.revision, walk.review)
    (joined,) = again.claim.appearances.all()
    with CaptureQueriesContext(connection) as asked:
        listed, count = first_appearances(walk.review, 2)
    assert ([each.pk for each in listed], count) == (own[:2], 4)
    assert len(asked) == 1
    assert "LIMIT 2" in asked.captured_queries[0]["sql"]
    assert listed[0].article.get_deferred_fields() == {"text"}
    every = [*own, joined.pk]
    assert [each.pk for each in seen(walk.review, walk.editor).appearances] == every
    assert [place.appearance.pk for place in places_of(walk.review, walk.editor).listed] == every


def test_a_case_that_stands_nowhere_has_none() -> None:
    review = case()
    review.claim.appearances.all().delete()
    assert first_appearances(review, 2) == ([], 0)
