"""Who may do what to log-ins, in the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.people import make_person

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
