"""`first_run`: makes the first accounts once, and prints their passwords once; begins the sample desk."""

import secrets
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext

from claims.models import Article
from claims.translation import say
from config.embedded.launching import free_port
from config.sample.marker import Marker, write_marker
from config.sample.people import COLLEAGUES, DESK, Colleague
from verification.models import Desk
from verification.review.states import ROLE_NAMES

ADMINISTRATOR = "administrator"


class Command(BaseCommand):
    """Does nothing when there is an account already."""

    help = "Make the first accounts, unless there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the accounts under random passwords, and print those before they are kept.

        A process that ends in between leaves no account whose password nobody has seen.
        """
        with transaction.atomic():
            if User.objects.exists():
                return
            people = {ADMINISTRATOR: User(username=ADMINISTRATOR, is_staff=True, is_superuser=True)}
            sample = settings.SAMPLE_DESK and not Article.objects.exists()
            if sample:
                people |= {each.username: _account(each) for each in COLLEAGUES}
            passwords = _give_passwords(people.values())
            User.objects.bulk_create(people.values())
            if sample:
                _begin_sample(people)
            self.stdout.write(_as_table(passwords) if sample else _as_line(passwords[ADMINISTRATOR]))
            self.stdout.flush()


def _account(colleague: Colleague) -> User:
    return User(
        username=colleague.username,
        first_name=colleague.first_name,
        last_name=colleague.last_name,
        is_staff=True,
    )


def _give_passwords(people: Iterable[User]) -> dict[str, str]:
    """Give each a random password; return them by log-in. Hashing one takes a good part of a second, on purpose."""
    passwords = {person.username: secrets.token_urlsafe(12) for person in people}
    with ThreadPoolExecutor() as threads:
        for person, hashed in zip(people, threads.map(make_password, passwords.values()), strict=True):
            person.password = hashed
    return passwords


def _begin_sample(people: Mapping[str, User]) -> None:
    """Give the sample's people their roles, say that this is a sample, and leave the loading to `load_sample`."""
    groups = {group.name: group for group in Group.objects.all()}
    for colleague in COLLEAGUES:
        people[colleague.username].groups.add(groups[colleague.role])
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults=DESK)
    write_marker(settings.STATE_DIR, Marker(free_port()))


def _as_line(password: str) -> str:
    return gettext("Log in as %(name)s with the password %(password)s (shown only now).") % {
        "name": ADMINISTRATOR,
        "password": password,
    }


def _as_table(passwords: Mapping[str, str]) -> str:
    who = {each.username: f"{each.name}, {say(ROLE_NAMES[each.role])}" for each in COLLEAGUES}
    rows = [f"  {name:<15} {password:<18} {who.get(name, '')}".rstrip() for name, password in passwords.items()]
    return "\n".join([gettext("Log-ins of the sample desk (the passwords are shown only now):"), *rows])
