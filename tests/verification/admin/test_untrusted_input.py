"""What no browser sends and somebody may: forms and addresses answer, and never fall over."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.cases import Walk, now
from tests.verification.admin.opening import as_person, page_of, send
from verification.models import Document, Turn

pytestmark = pytest.mark.django_db

QUEUE = "admin:verification_review_changelist"


@pytest.mark.parametrize(
    "field", [{"reasoning": "a\0b"}, {"sourcing_reason": "a\0b"}, {"answer-\0x": "harmless"}, {"reasoning": "a\ud800b"}]
)
def test_a_judgment_keeps_what_a_database_can_hold(field: dict[str, str]) -> None:
    walk = Walk().accepted().taken()
    field = {name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for name, value in field.items()}
    answer = send(walk.checker, walk.review, "case_judge", judgment_revision=walk.judgment().revision, **field)
    assert answer.status_code == 302
    assert walk.judgment().answers == {}
    assert "\0" not in walk.judgment().reasoning


def test_only_asked_warnings_are_answered() -> None:
    walk = Walk().accepted().taken()
    form: Any = {"judgment_revision": walk.judgment().revision, "answer-" + "x" * 100: "harmless"}
    assert send(walk.checker, walk.review, "case_judge", **form).status_code == 302
    assert walk.judgment().answers == {}


def test_a_note_to_a_checker_is_cleaned() -> None:
    walk = Walk().accepted()
    values = {"revision": walk.review.revision, "person": str(walk.checker.pk), "note": "You know\0 the port."}
    assert as_person(walk.editor).post(page_of(walk.review, "assign"), values).status_code == 302
    assert Turn.objects.get().note == "You know the port."


def test_a_case_number_no_computer_can_hold_is_no_case() -> None:
    walk = Walk()
    client = as_person(walk.editor)
    for number in ("9" * 30, "9" * 5000, "٣"):
        assert client.get(f"/admin/verification/review/{number}/change/").status_code == 404


def test_a_list_filtered_by_what_cannot_be_stored_is_told_so() -> None:
    assert as_person(Walk().editor).get(reverse(QUEUE) + "?wording=%00").status_code in {302, 400}


def test_a_search_for_very_many_words_is_answered_by_the_first(django_assert_max_num_queries: Any) -> None:
    client = as_person(Walk().editor)
    words = " ".join(f"w{number}" for number in range(2000))
    with django_assert_max_num_queries(40) as asked:
        assert client.get(reverse(QUEUE), {"q": words}).status_code == 200
    assert max(len(query["sql"]) for query in asked.captured_queries) < 200_000


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_a_deadline_at_the_end_of_the_calendar_is_refused(settings: Settings, zone: str) -> None:
    settings.TIME_ZONE = zone
    walk = Walk().accepted()
    form = {"priority": "50", "deadline": "9999-12-31T23:59", "second_check": "no"}
    assert send(walk.editor, walk.review, "plan", **form).status_code == 400
    assert now(walk.review).deadline is None
    other = Walk()
    article = other.review.claim.appearances.get().article
    values = {"do": "accept", "claim": str(other.review.claim.public), "wording": "x", "deadline": "9999-12-31T23:59"}
    url = reverse("admin:triage_article", args=[article.public])
    assert as_person(other.intake).post(url, values | {"revision": 0}).status_code == 422


@pytest.mark.parametrize(("url", "linked"), [("javascript:alert(1)", False), ("https://port.example/record", True)])
def test_an_imported_address_that_would_run_is_no_link(url: str, linked: bool) -> None:
    walk = Walk().accepted().taken()
    candidate = walk.review.claim.candidates.get()
    Document.objects.filter(pk=candidate.document_id).update(url=url)
    page = as_person(walk.checker).get(page_of(walk.review, "verification_review_change")).content.decode()
    assert (f'href="{url}"' in page) is linked
