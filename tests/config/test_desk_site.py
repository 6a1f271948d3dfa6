"""What every page of the desk is told."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from config.desk_site import DeskSite
from tests.people import make_person
from verification.models import Desk

pytestmark = pytest.mark.django_db


def test_the_admin_is_ours() -> None:
    assert isinstance(admin.site, DeskSite)


def test_a_checker_is_shown_the_way_to_the_queue(client: Client) -> None:
    client.force_login(make_person("checker"))
    shown = client.get(reverse("admin:verification_review_changelist")).context["desk_menu"]
    assert [(entry.label, entry.is_current) for entry in shown if entry.label in {"Home", "Queue"}] == [
        ("Home", False),
        ("Queue", True),
    ]


def test_nobody_is_told_what_is_open_before_logging_in(client: Client) -> None:
    assert client.get(reverse("admin:login")).context["desk_menu"] == []


def test_a_sample_desk_says_so_and_another_does_not(client: Client) -> None:
    address = reverse("admin:login")
    assert "Sample desk" not in client.get(address).content.decode()
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"sample": True})
    assert "Sample desk" in client.get(address).content.decode()


def test_a_wrong_password_is_told_in_plain_words(client: Client) -> None:
    person = make_person("checker", password="a lamp on the mole")
    answer = client.post(reverse("admin:login"), {"username": person.username, "password": "a lamp on the Mole"})
    assert "This name and this password do not go together." in answer.content.decode()
    assert "staff" not in answer.content.decode()
