"""Home: each role is told what to do now, and nothing that is not theirs."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import ArchiveMeasure, Claim, Work
from tests.cases import now
from tests.people import make_person
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.sources_at_hand import make_source
from verification.models import Desk, Review, State
from verification.review import assignment, judgments
from verification.review.judgments import Finding
from verification.review.sealing import seal

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HOME = reverse("admin:index")


def home(client: Client, person: User) -> Any:
    """Return the answer to a person who asks for their home."""
    client.force_login(person)
    answer = client.get(HOME)
    assert answer.status_code == 200
    return answer


def words(answer: Any) -> str:
    """Return what is read on the page's main part."""
    main = answer.content.decode().split('id="content-start"')[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def panels(answer: Any) -> dict[str, list[Review]]:
    """Return the lists of cases on the page."""
    return {panel.key: [line.row.review for line in panel.lines] for panel in answer.context["agenda"].panels}


def test_a_checker_is_sent_to_the_nearest_deadline_and_shown_the_rest(client: Client) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    answer = home(client, desk.checker)
    first = answer.context["agenda"].next
    assert (first.row.review, first.is_mine) == (cases["researching"], True)
    assert panels(answer) == {
        "mine": [cases["drafting"], cases["awaiting_source"]],
        "waiting": [cases["second_check"]],
    }
    text = words(answer)
    assert "Next: finish this one" in text
    assert "not begun" in text
    assert "Take next" in text
    assert "the first judgment stays hidden until you record yours" in text
    assert "Hand in an article" not in text
    assert "Stuck" not in text


def test_the_next_case_says_how_far_it_is(client: Client) -> None:
    desk = FullDesk()
    walk = desk.walk()
    judgments.save(walk.review, desk.checker, Finding(reasoning="It differs."), seen=walk.judgment().revision)
    text = words(home(client, desk.checker))
    assert "0 sources picked" in text
    assert "Choose a rating." in text


def test_a_checker_with_an_empty_desk_is_offered_the_most_urgent_case(client: Client) -> None:
    desk = FullDesk()
    desk.queued(priority=0.1)
    urgent = desk.queued(priority=0.9)
    answer = home(client, desk.checker)
    assert (answer.context["agenda"].next.row.review, answer.context["agenda"].next.is_mine) == (urgent, False)
    assert "Next: take the most urgent one" in words(answer)


def test_a_paused_case_is_not_what_to_go_on_with(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk().review
    assignment.pause(review, desk.checker, review.revision, "await_reply", "Asked.")
    answer = home(client, desk.checker)
    assert answer.context["agenda"].next is None
    assert panels(answer) == {"mine": [review]}


def test_an_editor_sees_what_waits_what_is_late_and_what_nobody_has(client: Client) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    shown = panels(home(client, desk.editor))
    assert set(shown["waiting"]) == {cases["sign_off"], cases["adjudication"], cases["proposed"]}
    assert shown["late"] == [cases["queued"]]
    assert shown["challenged"] == [cases["challenged"]]
    assert cases["second_check"] in shown["unassigned"]
    text = words(home(client, desk.editor))
    assert "Lamps return to the northern mole" in text
    assert "Take next" not in text
    assert "Ready to publish" not in text


def test_an_editor_is_not_asked_to_sign_what_they_had_a_part_in(client: Client) -> None:
    desk = FullDesk()
    desk.editor.groups.add(*desk.checker.groups.all())
    review = desk.walk(desk.editor).proposed().drafted().review
    assert review.state == State.SIGN_OFF
    assert "waiting" not in panels(home(client, User.objects.get(pk=desk.editor.pk)))
    assert panels(home(client, desk.second_editor))["waiting"] == [review]


def test_intake_is_asked_to_hand_in_and_shown_what_triage_waits_for(client: Client) -> None:
    desk = FullDesk()
    desk.opened()
    desk.opened()
    desk.walk()
    answer = home(client, desk.intake)
    text = words(answer)
    assert "Hand in an article" in text
    assert reverse("admin:claims_submission_add") in answer.content.decode()
    assert "1 to decide" in text
    assert "2 claims in triage" in text
    assert panels(answer) == {}


def test_a_publisher_sees_what_is_ready_and_until_when_it_is_held_back(client: Client) -> None:
    desk = FullDesk()
    cases = desk.every_state()
    answer = home(client, desk.publisher)
    assert panels(answer) == {"ready": [cases["approved"]], "published": [cases["published"]]}
    assert "embargo" in words(answer)
    assert "1 ready to publish" in words(answer).lower()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_those_who_oversee_see_what_is_stuck_and_the_logs_head(client: Client, role: str) -> None:
    desk = FullDesk()
    desk.every_state()
    person = getattr(desk, role)
    assert "Nothing has been sealed yet." in words(home(client, person))
    seal()
    text = words(home(client, person))
    assert "tests.nothing 7" in text
    assert "no such page" in text
    assert re.search(r"Seal 1 .* Hash [0-9a-f]{64} Not sealed yet 0 events", text)
    assert "Desk settings" in text
    Work.objects.update(quarantined_at=None)
    answer = home(client, person)
    assert "Nothing is stuck." in words(answer)
    assert panels(answer) == {}
    assert answer.context["agenda"].next is None


def test_somebody_with_every_role_sees_each_case_once(client: Client) -> None:
    desk = FullDesk()
    desk.every_state()
    person = make_person("intake", "checker", "editor", "publisher", "auditor", "administrator")
    answer = home(client, person)
    shown = panels(answer)
    assert set(shown) >= {"waiting", "ready", "late", "challenged", "unassigned", "published"}
    listed = [review for cases in shown.values() for review in cases]
    assert len(listed) == len(set(listed))


def test_whoever_has_no_role_is_told_whom_to_ask_and_shown_nothing(client: Client) -> None:
    review = FullDesk().queued()
    answer = home(client, make_person())
    assert "Ask an administrator" in words(answer)
    assert review.wording not in answer.content.decode()
    assert [entry.label for entry in answer.context["desk_menu"]] == ["Home"]


def test_home_asks_for_a_log_in(client: Client) -> None:
    answer = client.get(HOME)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_hostile_words_are_shown_not_run(client: Client) -> None:
    desk = FullDesk()
    desk.opened("<script>alert(1)</script>", title="<script>alert(2)</script>")
    desk.queued("<script>alert(3)</script>")
    Work.objects.create(
        kind="tests.<b>", subject=1, last_error="<script>alert(4)</script>", quarantined_at=timezone.now()
    )
    person = make_person("intake", "checker", "editor", "auditor")
    html = home(client, person).content.decode()
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") >= 3


def test_todays_figures_are_counted_and_left_out_where_unknown(client: Client) -> None:
    desk = FullDesk()
    empty = home(client, desk.auditor)
    assert "median" not in words(empty)
    assert empty.context["figures"].decided == 0
    walk = desk.walk()
    Claim.objects.filter(pk=walk.review.claim_id).update(created_at=timezone.now() - timedelta(hours=5, minutes=40))
    walk.proposed().drafted().approved().published()
    desk.queued()
    old = desk.queued()
    Review.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=9))
    figures = home(client, desk.auditor).context["figures"]
    assert (figures.decided, figures.published, figures.median, figures.open) == (1, 1, "5 h 40 min", 2)
    assert [bar.count for bar in figures.ages] == [1, 0, 0, 1]
    assert [bar.count for bar in figures.days] == [0] * 13 + [1]
    assert "older: 1" in figures.ages_told


def test_first_steps_are_those_of_ones_roles_and_ticked_by_what_was_done(client: Client) -> None:
    desk = FullDesk()
    desk.walk()
    steps = home(client, desk.checker).context["steps"]
    assert [(step.label, step.done) for step in steps] == [
        ("Take a case", True),
        ("Submit a judgment", False),
        ("Do a blind second check", False),
    ]
    assert "First steps" not in words(home(client, desk.auditor))


def test_whoever_opens_an_empty_desk_is_told_what_to_do_first(client: Client) -> None:
    administrator = make_person("administrator")

    def steps() -> list[tuple[str, bool]]:
        return [(step.label, step.done) for step in home(client, administrator).context["steps"]]

    assert steps() == [("Say who this desk is", False), ("Switch a source on", False), ("Invite somebody", False)]
    Desk.objects.create(contact="desk@paper.example")
    make_person("checker")
    make_source(enabled=True)
    assert [done for _label, done in steps()] == [True, True, True]


def test_the_number_of_queries_does_not_grow_with_the_desk(client: Client) -> None:
    desk = FullDesk()
    desk.every_state()
    person = make_person("intake", "checker", "editor", "publisher", "auditor", "administrator")
    desk.walk(person)
    for _number in range(6):
        desk.queued(deadline=timezone.now() - timedelta(hours=1))
        desk.walk(person)
    client.force_login(person)
    with CaptureQueriesContext(connection) as before:
        client.get(HOME)
    for _number in range(10):
        desk.queued(deadline=timezone.now() - timedelta(hours=1))
        desk.walk(person)
        desk.opened()
    with CaptureQueriesContext(connection) as after:
        client.get(HOME)
    assert len(after) <= len(before) <= 40


def test_a_case_one_has_just_handed_back_is_gone_from_home(client: Client) -> None:
    desk = FullDesk()
    review = desk.walk().review
    assignment.give_back(review, desk.checker, review.revision, "hand_back", "Not my field.")
    answer = home(client, desk.checker)
    assert now(review).state == State.QUEUED
    assert answer.context["agenda"].next is None
    assert "Nothing waits for you now." in words(answer)


def test_an_archive_that_is_nearly_full_is_told_to_those_who_can_do_something(client: Client) -> None:
    desk = FullDesk()
    told = "The archive holds 95.0 of the 100 GB it may hold: raise ARCHIVE_MAX_GB before it is full."
    assert told not in words(home(client, desk.editor))
    ArchiveMeasure.objects.create(pk=ArchiveMeasure.ONLY, bytes=95 * 10**9, files=1)
    assert told in words(home(client, desk.editor))
    assert told in words(home(client, make_person("administrator")))
    assert told not in words(home(client, desk.checker))


def test_only_keys_that_do_something_are_told(client: Client) -> None:
    def keys(person: User) -> list[str]:
        return [key.press for key in home(client, person).context["page_keys"]]

    administrator = make_person("wendy", "administrator")
    checker = make_person("olaf", "checker")
    assert keys(administrator) == keys(checker) == ["g q", "g s", "/"]
    desk = FullDesk()
    desk.every_state()
    assert keys(desk.checker) == ["Enter", "t", "j k", "g q", "g s", "/"]
    assert keys(administrator) == ["g q", "g s", "/"]
