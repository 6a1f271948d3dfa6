"""Many cases given to a checker at once: what was given, what was refused and why, and what stays ticked and typed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.cases import case, now
from tests.verification.admin.full_desk import FullDesk
from tests.verification.admin.queue_pages import QUEUE
from tests.verification.admin.test_assigning import bulk, holder
from verification.models import Duty, Hat, State, Turn
from verification.review import triage

pytestmark = pytest.mark.django_db


def test_an_editor_gives_many_cases_at_once_and_those_refused_are_named_with_the_reason(client: Client) -> None:
    desk = FullDesk()
    first, second, own = desk.queued(), desk.queued(), desk.queued()
    taken = desk.walk(desk.other).review
    own.duties.create(cycle=1, person=desk.checker, hat=Hat.SUBMITTER)
    told = bulk(client, desk.editor, [first, second, own, taken], desk.checker.pk, "Before noon, please.")
    assert "2 cases are with Cato Lamp now." in told
    assert f"{own.number}: Cato Lamp has another part in this case." in told
    assert f"{taken.number}: Nothing was changed: Sela Rope was here" in told
    assert holder(first) == holder(second) == desk.checker
    assert holder(taken) == desk.other
    assert now(own).state == State.QUEUED
    turn = Turn.objects.get(review=first)
    assert (turn.given_by, turn.note) == (desk.editor, "Before noon, please.")


def boxes(answer: Any) -> dict[str, bool]:
    """Return the tick boxes of a list, by the ids of their cases, and whether each is ticked."""
    found = re.findall(r'name="_selected_action" value="(\d+)"[^>]*?( checked)?>', answer.content.decode())
    return {case: bool(ticked) for case, ticked in found}


def test_what_was_ticked_and_typed_is_kept_when_no_checker_was_chosen(client: Client) -> None:
    desk = FullDesk()
    ticked, other = desk.queued(), desk.queued()
    client.force_login(desk.editor)
    fields = {"action": "assign_to", "index": "0", "to": "", "note": "Ask the <board>.", "_selected_action": ticked.pk}
    answer = client.post(f"{QUEUE}?state=queued", fields)
    assert answer.status_code == 409
    assert "Choose the checker whom the cases go to." in answer.content.decode()
    assert boxes(answer) == {str(ticked.pk): True, str(other.pk): False}
    assert "Ask the &lt;board&gt;." in answer.content.decode()


def test_a_case_in_triage_is_named_and_stays_ticked_with_the_checker_and_the_note(client: Client) -> None:
    desk = FullDesk()
    given, undone = desk.queued(), desk.queued()
    triage.undo_accept(undone, desk.editor, undone.revision)
    taken = desk.walk(desk.other).review
    client.force_login(desk.editor)
    fields = {"action": "assign_to", "index": "0", "to": desk.checker.pk, "note": "Before noon."}
    answer = client.post(f"{QUEUE}?state=any", fields | {"_selected_action": [given.pk, undone.pk, taken.pk]})
    html = unescape(answer.content.decode())
    assert f"{undone.number}: Still in triage: accept it first, then it can be given to somebody." in html
    assert "1 case is with Cato Lamp now." in html
    assert boxes(answer) == {str(given.pk): False, str(taken.pk): True}
    assert f'value="{desk.checker.pk}" selected' in html
    assert 'value="Before noon."' in html


def test_a_case_in_triage_cannot_be_ticked(client: Client) -> None:
    desk = FullDesk()
    waits, queued = case(), desk.queued()
    client.force_login(desk.editor)
    answer = client.get(QUEUE, {"state": "any"})
    assert f'id="{waits.number}"' in answer.content.decode()
    assert boxes(answer) == {str(queued.pk): False}


def test_a_ticked_case_that_left_the_list_meanwhile_is_told_of(client: Client) -> None:
    desk = FullDesk()
    taken = desk.walk(desk.other).review
    client.force_login(desk.editor)
    fields = {"action": "assign_to", "index": "0", "to": desk.checker.pk, "_selected_action": taken.pk}
    assert "Sela Rope was here" in client.post(f"{QUEUE}?state=queued", fields).content.decode()


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30]])
def test_whoever_ticked_nothing_is_told_so_and_keeps_what_was_typed(client: Client, ticked: list[str]) -> None:
    desk = FullDesk()
    desk.queued()
    client.force_login(desk.editor)
    fields = {"action": "assign_to", "index": "0", "to": desk.checker.pk, "note": "Now.", "_selected_action": ticked}
    html = client.post(QUEUE, fields).content.decode()
    assert "Tick the cases first." in html
    assert "Items must be selected" not in html
    assert f'value="{desk.checker.pk}" selected' in html
    assert 'value="Now."' in html


def test_refused_for_one_reason_are_told_in_one_line(client: Client) -> None:
    desk = FullDesk()
    cases = [desk.queued(), desk.queued()]
    for review in cases:
        review.duties.create(cycle=1, person=desk.checker, hat=Hat.SUBMITTER)
    told = bulk(client, desk.editor, cases, desk.checker.pk)
    assert "another part" in told
    assert told.count("another part") == 1
    assert all(review.number in told for review in cases)


def test_of_many_that_are_refused_for_one_reason_some_are_named_and_the_rest_counted(client: Client) -> None:
    desk = FullDesk()
    cases = [desk.queued() for _number in range(22)]
    Duty.objects.bulk_create(
        Duty(review=review, cycle=1, person=desk.checker, hat=Hat.SUBMITTER) for review in cases[:21]
    )
    told = bulk(client, desk.editor, cases, desk.checker.pk)
    assert "1 case is with Cato Lamp now." in told
    assert f"{cases[19].number} and 1 more: Cato Lamp has another part in this case." in told
    assert cases[20].number not in told


def test_cases_that_somebody_has_already_are_counted_and_stay_as_they_are(client: Client) -> None:
    desk = FullDesk()
    cases = [desk.queued(), desk.queued()]
    bulk(client, desk.editor, cases[:1], desk.checker.pk, "Before noon.")
    told = bulk(client, desk.editor, cases, desk.checker.pk, "After noon.")
    assert "1 case is with Cato Lamp now." in told
    assert "1 case was with Cato Lamp already." in told
    assert set(Turn.objects.values_list("note", flat=True)) == {"Before noon.", "After noon."}
