"""Who may do what to log-ins, in the admin."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, now
from tests.people import make_person
from tests.verification.admin.opening import told
from verification.models import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    """Log in somebody with the role of an administrator, who is no superuser."""
    client.force_login(make_person("administrator"))
    return client


def form_of(person: User, **changed: object) -> dict[str, object]:
    """Return what the browser would send for a person's form."""
    fields: dict[str, object] = {"username": person.username, "first_name": person.first_name, "is_active": "on"}
    return fields | {"last_name": person.last_name, "email": "", "is_staff": "on"} | changed


def test_an_administrator_gives_a_person_a_role(administrator: Client) -> None:
    person = make_person()
    editor = make_person("editor").groups.get()
    address = reverse("admin:auth_user_change", args=[person.pk])
    assert administrator.post(address, form_of(person, groups=[editor.pk])).status_code == 302
    assert list(person.groups.all()) == [editor]


def test_whoever_is_added_can_log_in(admin_client: Client) -> None:
    fields = {
        "username": "nora",
        "usable_password": "true",
        "password1": "Lamp-7-keeper!",
        "password2": "Lamp-7-keeper!",
    }
    assert admin_client.post(reverse("admin:auth_user_add"), fields).status_code == 302
    answer = Client().post(reverse("admin:login"), {"username": "nora", "password": "Lamp-7-keeper!"})
    assert answer.status_code == 302


def test_only_a_superuser_makes_another_superuser(administrator: Client, admin_client: Client) -> None:
    person = make_person()
    address = reverse("admin:auth_user_change", args=[person.pk])
    assert administrator.post(address, form_of(person, is_superuser="on")).status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser
    assert admin_client.post(address, form_of(person, is_superuser="on")).status_code == 302
    person.refresh_from_db()
    assert person.is_superuser


def test_a_superusers_log_in_and_password_are_kept_from_an_administrator(
    administrator: Client, admin_user: User
) -> None:
    address = reverse("admin:auth_user_change", args=[admin_user.pk])
    assert administrator.post(address, form_of(admin_user, first_name="Mallory")).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[admin_user.pk])
    assert administrator.get(password).status_code == 403


def test_nobody_changes_their_own_roles(client: Client) -> None:
    person = make_person("administrator")
    client.force_login(person)
    address = reverse("admin:auth_user_change", args=[person.pk])
    roles = [group.pk for group in Group.objects.filter(name__in=["administrator", "editor"])]
    answer = client.post(address, form_of(person, groups=roles, last_name="Kept"))
    assert answer.status_code == 200
    assert "ask another administrator" in answer.content.decode()
    assert [group.name for group in person.groups.all()] == ["administrator"]
    same = form_of(person, groups=[person.groups.get().pk], last_name="Kept")
    assert client.post(address, same).status_code == 302
    person.refresh_from_db()
    assert person.last_name == "Kept"


@pytest.mark.parametrize("how", ["inactive", "no checker", "in bulk"])
def test_what_somebody_had_is_free_once_they_are_sent_away(administrator: Client, how: str) -> None:
    walk = Walk().accepted().taken()
    person = walk.checker
    address = reverse("admin:auth_user_change", args=[person.pk])
    if how == "inactive":
        sent = form_of(person, groups=[person.groups.get().pk])
        del sent["is_active"]
        answer = administrator.post(address, sent)
    elif how == "no checker":
        answer = administrator.post(address, form_of(person, groups=[Group.objects.get(name="intake").pk]))
    else:
        fields = {"action": "deactivate", "_selected_action": [person.pk], "index": "0"}
        answer = administrator.post(reverse("admin:auth_user_changelist"), fields)
    assert "1 check that Cato Lamp had can be taken by others; the draft is kept." in told(answer)
    assert now(walk.review).state == State.QUEUED
    person.refresh_from_db()
    assert person.is_active == (how == "no checker")


def test_a_checker_whose_name_is_corrected_keeps_what_they_have(administrator: Client) -> None:
    walk = Walk().accepted().taken()
    address = reverse("admin:auth_user_change", args=[walk.checker.pk])
    administrator.post(address, form_of(walk.checker, groups=[walk.checker.groups.get().pk], last_name="Lantern"))
    walk.checker.refresh_from_db()
    assert walk.checker.last_name == "Lantern"
    assert now(walk.review).state == State.RESEARCHING


def test_nobody_deactivates_themselves_or_a_superuser_in_bulk(client: Client, admin_user: User) -> None:
    person = make_person("administrator")
    client.force_login(person)
    fields = {"action": "deactivate", "_selected_action": [person.pk, admin_user.pk], "index": "0"}
    answer = client.post(reverse("admin:auth_user_changelist"), fields)
    assert told(answer).count("somebody else has to do this") == 2
    assert User.objects.filter(pk__in=[person.pk, admin_user.pk], is_active=True).count() == 2


def test_somebody_with_a_part_in_a_case_is_not_deleted_and_what_to_do_instead_is_said(admin_client: Client) -> None:
    walk = Walk().accepted().taken()
    address = reverse("admin:auth_user_delete", args=[walk.checker.pk])
    for answer in (admin_client.get(address), admin_client.post(address, {"post": "yes"})):
        assert answer.status_code == 302
        assert "untick “Active” and save instead" in told(answer)
    assert User.objects.filter(pk=walk.checker.pk).exists()
    nobody = make_person()
    assert admin_client.post(reverse("admin:auth_user_delete", args=[nobody.pk]), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=nobody.pk).exists()
