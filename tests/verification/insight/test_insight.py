"""Insight: what is counted is what was logged, and the page and the files say the same."""

import csv
import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Speaker
from tests.cases import Walk, finding, now
from tests.people import make_person
from tests.verification.admin.opening import as_person
from verification.admin.insight.span import USUAL
from verification.insight import balance, flow
from verification.insight.judging import FEWEST_PAIRS, Pair, agreement, judging
from verification.models import Review, SpeakerSide, State, Topic, Turn
from verification.review import afterwards, assignment, judgments, triage

pytestmark = pytest.mark.django_db


def days() -> tuple[datetime, datetime]:
    return timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)


def judged_twice(value: int) -> Walk:
    """A case whose first judgment says 1, the second `value`."""
    walk = Walk(second_check=True).accepted().taken().proposed()
    assignment.take(walk.review, walk.second, walk.review.revision, "take_second")
    walk.review.refresh_from_db()
    seen = walk.judgment(walk.second, "second").revision
    wish = finding(walk.review, value)
    judgments.submit(walk.review, walk.second, wish, seen=seen, case_seen=walk.review.revision)
    walk.review.refresh_from_db()
    return walk


def test_weeks_count_what_was_logged() -> None:
    walk = Walk()
    walk.to_publication()
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "A figure was wrong.")
    Walk().accepted()
    (week,) = flow.weeks(*days())
    assert (week.opened, week.accepted, week.judged, week.published, week.new_versions) == (2, 2, 1, 1, 0)
    assert week.monday.weekday() == 0


def test_a_stay_is_measured_once_it_has_ended_and_is_counted_while_it_has_not() -> None:
    Walk().accepted().taken()
    Walk().accepted()
    found = {stay.state: stay for stay in flow.stays(*days())}
    assert (found[State.QUEUED].left, found[State.QUEUED].still) == (1, 1)
    assert found[State.RESEARCHING].left == 0
    assert found[State.RESEARCHING].median is None
    assert State.PUBLISHED not in found


def test_a_turn_that_ended_without_a_judgment_is_lost() -> None:
    walk = Walk().accepted().taken()
    assignment.give_back(walk.review, walk.checker, walk.review.revision, "hand_back", "I am away.")
    walk.review.refresh_from_db()
    walk.taken().proposed()
    (turns,) = flow.turns(*days())
    assert (turns.person, turns.lost, turns.all) == (walk.checker.pk, 1, 2)
    assert turns.ended == {Turn.End.HANDED_BACK: 1, Turn.End.DONE: 1}


def test_pairs_are_counted_when_both_are_in_and_told_by_rating() -> None:
    Walk(second_check=True).accepted().taken().proposed()
    judged_twice(1)
    judged_twice(4)
    found = judging(*days())
    assert (found.all.pairs, found.all.same) == (2, 1)
    assert found.all.kappa is None
    by_label = {line.label: line for line in found.by_rating}
    assert by_label["False"].others == (("Mostly accurate", 1),)
    assert (by_label["False"].pairs, by_label["False"].same) == (2, 1)
    assert len(found.by_checker) == 4


def test_a_coefficient_needs_enough_pairs_and_leaves_out_what_has_no_number() -> None:
    alike = [Pair(1, 2, ("False", "False"), (1, 1)), Pair(1, 2, ("Accurate", "Accurate"), (5, 5))]
    assert agreement(alike * (FEWEST_PAIRS // 2 - 1)).kappa is None
    assert agreement(alike * (FEWEST_PAIRS // 2)).kappa == 1
    beside = [Pair(1, 2, ("No primary record", "False"), (None, 1))] * FEWEST_PAIRS
    assert agreement(beside).alpha_interval is None


def sided() -> Walk:
    walk = Walk()
    speaker = Speaker.objects.create(name="Ada Quillfeather")
    SpeakerSide.objects.create(speaker=speaker, side="harbour board")
    walk.review.claim.speaker = speaker
    walk.review.claim.save(update_fields=["speaker"])
    about = [Topic.objects.create(name="shipping")]
    triage.accept(walk.review, walk.intake, walk.review.revision, why="It names a figure.", about=about)
    walk.review = now(walk.review)
    walk.taken().proposed().drafted().approved().published()
    return walk


def test_the_ledger_counts_by_speaker_side_outlet_and_topic_with_the_reasons() -> None:
    sided()
    Walk().accepted()
    for group, name in (("speaker", "Ada Quillfeather"), ("side", "harbour board"), ("topic", "shipping")):
        lines = {line.name: line for line in balance.ledger(group, *days())}
        assert (lines[name].found, lines[name].selected, lines[name].published) == (1, 1, 1)
        assert lines[name].tones["bad"] == 1
        assert lines[name].reasons == ("It names a figure.",)
        assert lines[None].published == 0
    assert {line.name for line in balance.ledger("outlet", *days())} == {None}


def page(person: User, query: str = "") -> str:
    answer = as_person(person).get(reverse("admin:insight") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_the_figures_to_those_who_may_see_them() -> None:
    walk = sided()
    judged_twice(4)
    shown = page(walk.editor)
    assert "Ada Quillfeather" in shown
    assert "harbour board" in shown
    assert "too few to say" in shown
    for role in ("checker", "intake", "publisher"):
        assert as_person(make_person(role)).get(reverse("admin:insight")).status_code == 403


def test_the_days_that_are_shown_stand_in_the_form() -> None:
    today = timezone.localdate()
    shown = page(make_person("editor"))
    for name, day in (("since", today - USUAL), ("until", today)):
        assert f'name="{name}" value="{day.isoformat()}"' in shown


def test_an_empty_desk_and_an_empty_span_say_so() -> None:
    editor = make_person("editor")
    assert "Nothing happened on these days" in page(editor)
    Walk().to_publication()
    assert "Nothing happened on these days" in page(editor, "?since=1999-01-01&until=1999-02-01")


@pytest.mark.parametrize("query", ["?since=2026-02-01&until=2026-01-01", "?since=yesterday", "?until=0000-00-00"])
def test_a_span_that_is_none_is_told_and_the_usual_one_shown(query: str) -> None:
    answer = as_person(make_person("editor")).get(reverse("admin:insight") + query)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("query", ["?until=9999-12-31", "?since=0001-01-01", "?since=9999-12-31"])
def test_days_at_the_ends_of_the_calendar_do_no_harm(query: str) -> None:
    page(make_person("auditor"), query)


def test_the_page_asks_as_often_however_much_happened() -> None:
    editor = make_person("editor")
    sided()
    judged_twice(1)
    client = as_person(editor)
    client.get(reverse("admin:insight"))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("admin:insight"))
        counts.append(len(asked))
        judged_twice(2)
        Walk().to_publication()
    assert counts[0] == counts[1]


def unpacked(person: User) -> dict[str, str]:
    answer = as_person(person).get(reverse("admin:insight_export"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_the_files_list_every_check_and_correction_and_run_no_formula() -> None:
    walk = sided()
    Review.objects.filter(pk=walk.review.pk).update(selection_reason="=HYPERLINK(1)")
    afterwards.correct(walk.review, walk.editor, walk.review.revision, "correction", "A figure was wrong.")
    walk.review.refresh_from_db()
    walk.taken().proposed().drafted(change_note="The figure was wrong.").approved().published()
    files = unpacked(walk.editor)
    checks = list(csv.DictReader(io.StringIO(files["checks.csv"])))
    assert [row["version"] for row in checks] == ["1", "2"]
    assert checks[0]["side"] == "harbour board"
    assert checks[0]["why selected"].startswith("'=")
    (correction,) = csv.DictReader(io.StringIO(files["corrections.csv"]))
    assert correction["what changed and why"] == "The figure was wrong."
    summary = json.loads(files["summary.json"])
    assert (summary["checks"], summary["corrections"]) == (1, 1)
    assert {"balance-by-side.csv", "balance-by-topic.csv"} <= set(files)
