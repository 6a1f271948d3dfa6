"""Everybody's settings, the list of people, and the notices on the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from claims.models import Outlet, Speaker
from tests.cases import Walk
from tests.people import make_person
from tests.verification.admin.opening import as_person
from tests.verification.people.desks import tell_all
from verification.models import Absence, Conflict, Notification, Profile, Topic
from verification.people.notices.choices import choices_of
from verification.people.notices.kinds import KINDS
from verification.review import assignment

pytestmark = pytest.mark.django_db

ME, PEOPLE, NOTICES = reverse("admin:me"), reverse("admin:people"), reverse("admin:notices")


def save(by: User, form: str, whose: User | None = None, **fields: object) -> Any:
    address = reverse("admin:person", args=[whose.pk]) if whose else ME
    return as_person(by).post(address, {"form": form, **fields})


def text(by: User, address: str = ME) -> str:
    answer = as_person(by).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("roles", [(), ("intake",), ("checker",), ("legal",), ("auditor",), ("administrator",)])
def test_everybody_has_settings_and_notices_of_their_own(roles: tuple[str, ...]) -> None:
    person = make_person(*roles)
    assert "My settings" in text(person)
    assert "Nothing has happened yet" in text(person, NOTICES)


def test_languages_and_topics_are_saved_as_they_are_written_properly() -> None:
    person, topic = make_person("checker"), Topic.objects.create(name="Lamps")
    assert save(person, "reading", languages="EN, pt-br,en", topics=[topic.pk]).status_code == 302
    profile = Profile.objects.get(person=person)
    assert profile.languages == ["en", "pt-BR"]
    assert list(profile.topics.all()) == [topic]
    assert 'value="en, pt-BR"' in text(person)


def test_what_is_no_language_is_told_and_what_was_typed_stays() -> None:
    person, topic = make_person("checker"), Topic.objects.create(name="Lamps")
    answer = save(person, "reading", languages="en, English!", topics=[topic.pk])
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "“English!” is no language code" in html
    assert 'value="en, English!"' in html
    assert f'value="{topic.pk}" id="id_topics_0" checked' in html
    assert not Profile.objects.exists()


def test_a_topic_out_of_use_stays_with_whoever_chose_it() -> None:
    person, topic = make_person("checker"), Topic.objects.create(name="Lamps")
    save(person, "reading", languages="", topics=[topic.pk])
    Topic.objects.update(in_use=False)
    assert "Lamps" in text(person)
    assert "Lamps" not in text(make_person("checker"))


def test_how_one_is_told_is_saved_for_each_kind() -> None:
    person = make_person("checker")
    fields: dict[str, Any] = {f"mail-{kind.key}": "digest" for kind in KINDS} | {
        "desk-given": "on",
        "mail-given": "never",
    }
    assert save(person, "notices", digest_hour="17", **fields).status_code == 302
    chosen = {kind.key: (choice.on_desk, choice.mail) for kind, choice in choices_of(person)}
    assert chosen["given"] == (True, "never")
    assert chosen["ends_soon"] == (False, "digest")
    assert "decide" not in chosen  # a checker is not told of it
    assert Profile.objects.get(person=person).digest_hour == 17


def test_absences_are_noted_once_and_taken_back() -> None:
    person, today = make_person("checker"), localdate()
    days: dict[str, Any] = {"since": today + timedelta(3), "until": today + timedelta(9), "note": "Regatta"}
    for _sent in range(2):
        assert save(person, "absence", **days).status_code == 302
    absence = Absence.objects.get()
    assert "Regatta" in text(person)
    save(person, "absence-back", absence=absence.pk)
    assert not Absence.objects.exists()


def test_an_absence_that_runs_ends_with_yesterday_and_stays_on_record() -> None:
    person, today = make_person("checker"), localdate()
    absence = Absence.objects.create(person=person, since=today - timedelta(2), until=today + timedelta(2))
    save(person, "absence-back", absence=absence.pk)
    assert Absence.objects.get().until == today - timedelta(1)


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [(5, 2, "The last day comes before the first"), (-9, -2, "Those days are over"), (1, 5000, "Look at the year")],
)
def test_days_that_cannot_be_are_told_and_stay_in_the_form(since: int, until: int, told: str) -> None:
    person, today = make_person("checker"), localdate()
    answer = save(person, "absence", since=today + timedelta(since), until=today + timedelta(until))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert f'value="{today + timedelta(until)}"' in answer.content.decode()
    assert not Absence.objects.exists()


def test_a_conflict_is_found_by_name_declared_with_a_reason_once_and_ended() -> None:
    person = make_person("checker")
    speaker, outlet = Speaker.objects.create(name="Ada Quillfeather"), Outlet.objects.create(name="Quill Wire")
    found = text(person, f"{ME}?sought=quill")
    assert "Ada Quillfeather" in found
    assert "Quill Wire" in found
    refused = save(person, "conflict", sought="quill", party=f"speaker:{speaker.pk}", reason=" ")
    assert "Say why, in one sentence." in refused.content.decode()
    assert f'value="speaker:{speaker.pk}" checked' in refused.content.decode()
    for _sent in range(2):
        save(person, "conflict", party=f"speaker:{speaker.pk}", reason="She is my aunt.")
    save(person, "conflict", party=f"outlet:{outlet.pk}", reason="I wrote for it.")
    conflict = Conflict.objects.get(speaker=speaker)
    assert Conflict.objects.count() == 2
    save(person, "conflict-end", conflict=conflict.pk)
    conflict.refresh_from_db()
    assert conflict.ended_at is not None
    assert "She is my aunt." in text(person)


def test_only_whoever_runs_the_desk_opens_others_settings_and_the_list() -> None:
    checker, other, editor = make_person("checker"), make_person("checker"), make_person("editor")
    address = reverse("admin:person", args=[other.pk])
    for role in ("intake", "checker", "legal", "publisher", "auditor"):
        person = make_person(role)
        assert as_person(person).get(address).status_code == 403
        assert as_person(person).get(PEOPLE).status_code == 403
        assert save(person, "reading", other, languages="en").status_code == 403
    assert save(editor, "reading", other, languages="en").status_code == 302
    assert save(editor, "load", other, capacity="3", weight="0").status_code == 302
    profile = Profile.objects.get(person=other)
    assert (profile.languages, profile.capacity, profile.weight) == (["en"], 3, 0)
    refused = save(checker, "load", capacity="9", weight="9")
    assert refused.status_code == 400
    assert "An editor or an administrator sets this" in refused.content.decode()
    assert not Profile.objects.filter(person=checker).exists()


def test_nobody_changes_anothers_rows_through_their_own_page() -> None:
    checker, other = make_person("checker"), make_person("checker")
    day = localdate() + timedelta(2)
    absence = Absence.objects.create(person=other, since=day, until=day)
    conflict = Conflict.objects.create(person=other, outlet=Outlet.objects.create(name="Wire"), reason="Mine.")
    save(checker, "absence-back", absence=absence.pk)
    save(checker, "conflict-end", conflict=conflict.pk)
    conflict.refresh_from_db()
    assert conflict.ended_at is None
    assert Absence.objects.filter(pk=absence.pk).exists()
    editor = make_person("editor")
    assert save(editor, "notices", other, digest_hour="3").status_code == 400


@pytest.mark.parametrize("junk", ["", "x", "9" * 40, "²", "speaker:²", "speaker:" + "9" * 30, "\x00", "load-"])
def test_junk_is_refused_or_does_nothing(junk: str) -> None:
    person = make_person("editor")
    for form in ("conflict", "conflict-end", "absence-back", "absence", "load", "reading", "notices", junk):
        names = ("party", "reason", "conflict", "absence", "since", "capacity", "languages")
        fields: dict[str, Any] = dict.fromkeys(names, junk)
        assert save(person, form, **fields).status_code in {302, 400}
    assert as_person(person).get(ME, {"sought": junk}).status_code == 200


def test_the_list_says_what_everybody_reads_has_and_when_they_are_away() -> None:
    walk = Walk().accepted().taken()
    today = localdate()
    Absence.objects.create(person=walk.checker, since=today, until=today + timedelta(4))
    Profile.objects.create(person=walk.checker, languages=["en", "pt"], capacity=1)
    gone = make_person("checker", name="Gunda Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    html = " ".join(text(walk.editor, PEOPLE).split())
    for words in ("Cato Lamp", "en, pt", "1 of 1", "full", "<b>now</b>", "never", "Gunda Gone", "Deactivated"):
        assert words in html
    assert "No mail server is set" not in html, "nothing waits to be mailed"


def test_the_list_asks_as_often_for_many_people_as_for_few() -> None:
    editor, asked = make_person("editor"), []
    for _more in range(2):
        for _person in range(6):
            Profile.objects.create(person=make_person("checker"))
        browser = as_person(editor)
        with CaptureQueriesContext(connection) as queries:
            browser.get(PEOPLE)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20


def given(walk: Walk) -> Walk:
    assignment.assign(walk.review, walk.editor, walk.checker)
    tell_all()
    return walk


def test_the_bell_counts_and_opening_a_notice_reads_it_and_leads_to_its_case() -> None:
    walk = given(Walk().accepted())
    notice = Notification.objects.get(person=walk.checker)
    assert '<b class="num">1<' in text(walk.checker, reverse("admin:index"))
    html = text(walk.checker, NOTICES)
    assert f"Edda Quay gave you {walk.review.number}." in html
    assert walk.review.wording in html
    opened = as_person(walk.checker).get(reverse("admin:notice", args=[notice.pk]))
    assert opened["Location"] == reverse("admin:verification_review_change", args=[walk.review.pk])
    assert '<b class="num">' not in text(walk.checker, reverse("admin:index"))


def test_nobody_opens_anothers_notice() -> None:
    walk = given(Walk().accepted())
    notice = Notification.objects.get(person=walk.checker)
    assert as_person(walk.second).get(reverse("admin:notice", args=[notice.pk])).status_code == 404
    as_person(walk.second).post(reverse("admin:notices_read"), {"newest": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_all_as_read_leaves_what_came_after_the_page_was_shown() -> None:
    first = given(Walk().accepted())
    newest = Notification.objects.get(person=first.checker).pk
    second = Walk().accepted()
    assignment.assign(second.review, second.editor, first.checker)
    tell_all()
    as_person(first.checker).post(reverse("admin:notices_read"), {"newest": newest})
    unread = Notification.objects.filter(person=first.checker, read_at=None)
    assert [notice.review for notice in unread] == [second.review]


def test_the_administrator_keeps_topics_and_nobody_deletes_one() -> None:
    administrator = make_person("administrator")
    topic = Topic.objects.create(name="Lamps")
    page = as_person(administrator)
    page.post(reverse("admin:verification_topic_change", args=[topic.pk]), {"name": "Lights", "in_use": "on"})
    assert Topic.objects.get().name == "Lights"
    assert page.get(reverse("admin:verification_topic_delete", args=[topic.pk])).status_code == 403
    assert as_person(make_person("checker")).get(reverse("admin:verification_topic_changelist")).status_code == 403
