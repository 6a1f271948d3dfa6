"""Inviting people: a link that makes one log-in, once, in time, and tells nobody else anything."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.people import make_person
from tests.verification.admin.opening import as_person, told
from tests.verification.people.smtp_sink import MailSink
from verification.models import Invitation
from verification.people.invitations import LeadsNowhere, NewPerson, accept, invite, token_of
from verification.review.policy import roles_of

pytestmark = pytest.mark.django_db

ALL = reverse("admin:invitations")
MINE = {
    "first_name": "Nils",
    "last_name": "Navel",
    "username": "nils",
    "password1": "a lantern under the pier",
    "password2": "a lantern under the pier",
}


@pytest.fixture
def administrator() -> User:
    """Return who may invite."""
    return make_person("administrator", name="Adda Key")


def page(by: User, address: str = ALL, **fields: object) -> Any:
    browser = as_person(by)
    return browser.post(address, fields) if fields else browser.get(address)


def invited(by: User, *roles: str, email: str = "nils@newsroom.example") -> tuple[Invitation, str]:
    made = invite(by, email, roles or ("checker",))
    return made, reverse("invitation", args=[token_of(made)])


def test_an_invitation_is_mailed_and_its_link_makes_a_log_in_with_its_roles(
    administrator: User, sink: MailSink
) -> None:
    answer = page(administrator, email="Nils@Newsroom.example", roles=["checker", "editor"])
    assert told(answer) == "The invitation was mailed to nils@newsroom.example."
    (text,) = sink.texts
    assert "Adda Key invites you to work at" in text
    link = next(line for line in text.splitlines() if line.startswith("https://desk.newsroom.example/invitation/"))
    stranger, address = Client(), link.removeprefix("https://desk.newsroom.example")
    shown = stranger.get(address)
    assert "checker, editor" in shown.content.decode()
    assert stranger.post(address, MINE)["Location"] == reverse("admin:index")
    person = User.objects.get(username="nils")
    assert (person.email, person.is_staff, person.is_superuser) == ("nils@newsroom.example", True, False)
    assert roles_of(person) == {"checker", "editor"}
    assert Client().login(username="nils", password=MINE["password1"])
    assert "now Nils Navel" in page(administrator).content.decode()


def test_where_no_mail_server_is_set_the_link_is_shown_once(administrator: User, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    answer = page(administrator, email="nils@newsroom.example", roles=["checker"])
    link = reverse("invitation", args=[token_of(Invitation.objects.get())])
    assert f"http://testserver{link}" in answer.content.decode()
    assert link not in page(administrator).content.decode()
    assert Client().get(link).status_code == 200


def test_a_server_that_refuses_leaves_the_link_and_says_why(administrator: User, sink: MailSink) -> None:
    sink.refuse = "550 no such lamp"
    answer = page(administrator, email="nils@newsroom.example", roles=["checker"]).content.decode()
    assert "/invitation/" in answer
    assert "no such lamp" in answer
    later = page(administrator).content.decode()
    assert "mail failed" in later
    assert "no such lamp" in later
    sink.refuse = ""
    made = Invitation.objects.get()
    page(administrator, reverse("admin:invite_again", args=[made.public]), x="")
    assert "open, mailed" in page(administrator).content.decode()


def test_sent_again_the_link_before_leads_nowhere(administrator: User, sink: MailSink) -> None:
    made, _link = invited(administrator)
    Invitation.objects.update(expires_at=timezone.now().replace(microsecond=0) + timedelta(hours=1))
    made.refresh_from_db()
    before = reverse("invitation", args=[token_of(made)])
    assert Client().get(before).status_code == 200
    page(administrator, reverse("admin:invite_again", args=[made.public]), x="")
    made.refresh_from_db()
    assert Client().get(before).status_code == 404
    assert Client().get(reverse("invitation", args=[token_of(made)])).status_code == 200


def test_a_second_open_invitation_to_an_address_is_refused_by_the_database_too(administrator: User) -> None:
    made, _link = invited(administrator)
    answer = page(administrator, email="NILS@newsroom.example", roles=["editor"])
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "There is an invitation to this address already" in html
    assert 'value="NILS@newsroom.example"' in html
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_somebody_who_works_here_is_not_invited(administrator: User) -> None:
    User.objects.filter(pk=make_person("checker").pk).update(email="Nils@newsroom.example")
    answer = page(administrator, email="nils@newsroom.example", roles=["editor"])
    assert "works here already" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_roles_are_chosen_and_known(administrator: User) -> None:
    for roles in ([], ["owner"]):
        assert page(administrator, email="nils@newsroom.example", roles=roles).status_code == 400
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["intake", "checker", "editor", "legal", "publisher", "auditor"])
def test_only_an_administrator_invites(administrator: User, role: str) -> None:
    made, _link = invited(administrator)
    person = make_person(role)
    for address in (ALL, *(reverse(f"admin:{name}", args=[made.public]) for name in ("invite_again", "invite_revoke"))):
        assert page(person, address, email="x@newsroom.example", roles=["administrator"]).status_code == 403
    assert Invitation.objects.count() == 1


def test_an_invited_administrator_is_named_on_the_list(administrator: User) -> None:
    invited(administrator, "administrator")
    assert "<span>administrator</span>" in page(administrator).content.decode()


def nowhere(address: str) -> str:
    """Return the answer to a link that leads nowhere."""
    answer = Client().get(address)
    assert answer.status_code == 404
    assert Client().post(address, MINE).status_code == 404
    return answer.content.decode()


def test_every_link_that_leads_nowhere_is_answered_alike(administrator: User) -> None:
    used, revoked, old, (_made, good) = (
        *(invited(administrator, email=f"{name}@newsroom.example")[1] for name in ("used", "revoked", "old")),
        invited(administrator),
    )
    Client().post(used, MINE)
    unwanted = Invitation.objects.get(email__startswith="revoked").public
    page(administrator, reverse("admin:invite_revoke", args=[unwanted]), x="")
    Invitation.objects.filter(email__startswith="old").update(expires_at=timezone.now() - timedelta(seconds=1))
    forged = good[:-4] + "abc/"
    never = reverse("invitation", args=["00000000000000000000000000000000.1:x"])
    junk = ("/invitation/%00/", "/invitation/x/")
    assert len({nowhere(address) for address in (used, revoked, old, forged, never, *junk)}) == 1
    assert User.objects.filter(username="nils").count() == 1
    states = page(administrator).content.decode()
    for state in ("accepted", "revoked", "expired", "open, not mailed"):
        assert state in states


def test_a_forged_link_costs_no_query_for_an_invitation(administrator: User) -> None:
    _made, good = invited(administrator)
    with CaptureQueriesContext(connection) as queries:
        Client().get(good[:-4] + "abc/")
    assert not [query for query in queries if "invitation" in query["sql"]]


def test_what_is_wrong_with_the_form_is_told_and_what_was_typed_stays(administrator: User) -> None:
    _made, link = invited(administrator)
    taken = make_person("checker")
    wrong: list[dict[str, str]] = [
        {"username": taken.username},
        {"password1": "nils", "password2": "nils"},
        {"password1": "nils@newsroom", "password2": "nils@newsroom"},
        {"password2": "another"},
        {"first_name": ""},
    ]
    for fields in wrong:
        answer = Client().post(link, MINE | fields)
        assert answer.status_code == 400, fields
        assert 'value="Navel"' in answer.content.decode()
        assert "errorlist" in answer.content.decode()
    assert not User.objects.filter(last_name="Navel").exists()


def test_a_revoked_invitation_is_revoked_once_and_an_accepted_one_not_at_all(administrator: User) -> None:
    made, link = invited(administrator)
    address = reverse("admin:invite_revoke", args=[made.public])
    page(administrator, address, x="")
    when = Invitation.objects.get().revoked_at
    page(administrator, address, x="")
    assert Invitation.objects.get().revoked_at == when
    second, link = invited(administrator)
    Client().post(link, MINE)
    answer = page(administrator, reverse("admin:invite_revoke", args=[second.public]), x="")
    assert "It was accepted already" in told(answer)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_make_one_person() -> None:
    made = invite(make_person("administrator"), "nils@newsroom.example", ["checker"])
    token, ends = token_of(made), []

    def click(number: int) -> None:
        try:
            ends.append(accept(token, NewPerson(f"nils{number}", "Nils", "Navel", "a lantern under the pier")).username)
        except LeadsNowhere:
            ends.append("nowhere")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=[number]) for number in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(ends)[:1] != ["nowhere"]
    assert ends.count("nowhere") == 3
    assert User.objects.filter(email="nils@newsroom.example").count() == 1
