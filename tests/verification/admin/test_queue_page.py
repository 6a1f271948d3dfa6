"""The queue: what it shows, to whom, and how it is narrowed down."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Outlet, Speaker
from tests.cases import make_run
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE, listed, page, row_of
from verification.models import Review, SearchRun, State
from verification.review import assignment, triage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["intake", "checker", "editor", "publisher", "auditor", "administrator"])
def test_every_role_may_look_at_the_queue(client: Client, role: str) -> None:
    assert "Queue" in page(client, make_person(role))


def test_a_superuser_may_look_too(client: Client) -> None:
    assert "Queue" in page(client, User.objects.create_superuser("root", password=None))


def test_whoever_has_no_role_is_refused_by_address_too(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(QUEUE).status_code == 403


def test_open_cases_come_first_and_the_most_urgent_on_top(client: Client) -> None:
    desk = FullDesk()
    calm = desk.queued(priority=0.2)
    urgent = desk.queued(priority=0.9)
    desk.opened()
    assert listed(client, desk.checker) == [urgent, calm]


def test_a_line_says_what_by_whom_where_and_with_whom(client: Client) -> None:
    desk = FullDesk()
    walk = desk.walk(priority=0.87)
    speaker = walk.review.claim.speaker
    assert speaker
    outlet = walk.review.claim.appearances.get().article.outlet
    assert outlet
    line = row_of(client, desk.editor, walk.review)
    for words in (walk.review.wording, speaker.name, outlet.name, walk.review.number, "Researching", "Cato Lamp", "87"):
        assert words in line
    assert "gives a figure that can be compared with a record and 1 more" in line
    assert "1 document" in line
    assert "you" in row_of(client, desk.checker, walk.review)


def test_the_second_checker_is_not_told_who_was_first(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk(second_check=True).proposed().review
    assert desk.checker.get_full_name() not in row_of(client, desk.other, review)
    assignment.take(review, desk.other, review.revision, "take_second")
    assert desk.checker.get_full_name() not in row_of(client, desk.other, review)
    assert desk.other.get_full_name() in row_of(client, desk.editor, review)


def test_a_search_that_failed_does_not_look_like_one_that_found_nothing(client: Client) -> None:
    desk = FullDesk()
    empty, failed, unasked = desk.queued("Lamps one"), desk.queued("Lamps two"), desk.queued("Lamps three")
    unasked.claim.candidates.all().delete()
    unasked.claim.search_runs.all().delete()
    make_run(empty.claim, outcome=SearchRun.Outcome.EMPTY)
    make_run(failed.claim, outcome=SearchRun.Outcome.FAILED)
    assert "nothing found" in row_of(client, desk.checker, empty)
    assert "Could not be asked" in row_of(client, desk.checker, failed)
    assert "not searched yet" in row_of(client, desk.checker, unasked)


def test_hostile_words_are_shown_not_run(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued("<script>alert(1)</script> lamps")
    Speaker.objects.filter(claims=review.claim).update(name="<img src=x onerror=alert(2)>")
    Outlet.objects.update(name="<b>Wire</b>")
    html = page(client, desk.editor, q='<script>"lamps"')
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>Wire" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; lamps" in page(client, desk.editor)


def test_a_deadline_is_told_in_words_and_never_made_up(client: Client) -> None:
    desk, now = FullDesk(), timezone.now()
    late = desk.queued("Lamps one", deadline=now - timedelta(hours=2, minutes=1))
    soon = desk.queued("Lamps two", deadline=now + timedelta(minutes=90))
    free = desk.queued("Lamps three")
    assert "late by 2 h" in row_of(client, desk.checker, late)
    assert "1 h 29 min" in row_of(client, desk.checker, soon)
    assert "no deadline" in row_of(client, desk.checker, free)
    assert listed(client, desk.checker, due="late") == [late]
    assert listed(client, desk.checker, due="soon") == [soon]
    assert listed(client, desk.checker, due="none") == [free]


def test_the_number_of_queries_stays_the_same_however_many_cases_there_are(client: Client) -> None:
    desk = FullDesk()
    people = [make_person("editor", "checker", "intake"), desk.checker, desk.auditor]
    numbers: dict[int, set[int]] = {}
    for size in (5, 40):
        while Review.objects.filter(state__in=[State.QUEUED, State.RESEARCHING]).count() < size:
            desk.walk() if Review.objects.count() % 2 else desk.queued(deadline=timezone.now())
        for place, person in enumerate(people):
            client.force_login(person)
            for query in ({}, {"q": "lamps", "due": "today", "checker": "none", "kind": "quotation"}):
                with CaptureQueriesContext(connection) as asked:
                    client.get(QUEUE, query)
                assert len(asked) <= 20
                numbers.setdefault(2 * place + bool(query), set()).add(len(asked))
    assert all(len(found) == 1 for found in numbers.values()), numbers


def test_a_long_queue_is_read_page_by_page(client: Client) -> None:
    desk = FullDesk()
    for number in range(52):
        desk.queued(f"Lamp {number} was lit")
    html = page(client, desk.auditor)
    assert "1–50 of 52" in html
    assert "Next page" in html
    html = page(client, desk.auditor, p="2")
    assert "51–52 of 52" in html
    assert "Previous page" in html
    assert "Next page" not in html


def test_an_empty_queue_says_so_and_where_cases_come_from(client: Client) -> None:
    checker = make_person("checker")
    assert "No case is open. A claim comes here when triage accepts it" in page(client, checker)
    assert "No case fits" in page(client, checker, q="state:queued")


def test_an_address_the_queue_does_not_understand_is_told_not_dropped(client: Client) -> None:
    client.force_login(make_person("checker"))
    answer = client.get(reverse("admin:verification_review_changelist"), {"state": "nix"}, follow=True)
    assert "That address asked for a filter or a page that the queue does not have." in answer.content.decode()


def test_a_case_cannot_be_edited_or_deleted_as_a_row(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(User.objects.create_superuser("root", password=None))
    assert client.get(reverse("admin:verification_review_delete", args=[review.pk])).status_code == 403
    assert client.get(reverse("admin:verification_review_add")).status_code == 403


def test_a_line_offers_to_take_a_case_only_to_whom_policy_lets(client: Client) -> None:
    desk = FullDesk()
    queued, second = desk.queued(), desk.walk(second_check=True).proposed().review
    take = reverse("admin:take", args=[queued.pk, "take"])
    take_second = reverse("admin:take", args=[second.pk, "take_second"])
    assert take in page(client, desk.other)
    assert take_second in page(client, desk.other)
    assert take_second not in page(client, desk.checker)
    for person in (desk.intake, desk.editor, desk.publisher, desk.auditor, desk.administrator):
        assert "Take it" not in page(client, person)
        assert "Take next" not in page(client, person)


def test_only_an_editor_is_offered_to_assign(client: Client) -> None:
    desk = FullDesk()
    desk.queued()
    desk.walk()
    html = page(client, desk.editor)
    assert "Assign to…" in html
    assert "Cato Lamp, 1 open" in html
    assert "Sela Rope, 0 open" in html
    for person in (desk.intake, desk.checker, desk.publisher, desk.auditor, desk.administrator):
        assert "Assign to…" not in page(client, person)


def test_reworded_claims_are_listed_as_reworded(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    triage.reword(review, desk.editor, review.revision, "The board bought forty lamps.")
    assert "The board bought forty lamps." in row_of(client, desk.checker, review)


def test_the_history_of_a_case_is_its_timeline(client: Client) -> None:
    desk = FullDesk()
    review = desk.queued()
    client.force_login(desk.editor)
    answer = client.get(reverse("admin:verification_review_history", args=[review.pk]))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('admin:verification_review_change', args=[review.pk])}#timeline"
    for nothing in (review.pk + 100, "x"):
        assert client.get(reverse("admin:verification_review_history", args=[nothing])).status_code == 404
