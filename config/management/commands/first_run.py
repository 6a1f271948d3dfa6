"""`first_run`: makes the administrator's account once, and prints its password once."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext

ADMINISTRATOR = "administrator"


class Command(BaseCommand):
    """Does nothing when there is an account already."""

    help = "Make the first account, unless there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account under a random password and print both."""
        accounts = get_user_model().objects
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            if accounts.exists():
                return
            accounts.create_superuser(username=ADMINISTRATOR, password=password)
        self.stdout.write(
            gettext("Log in as %(name)s with the password %(password)s (shown only now).")
            % {"name": ADMINISTRATOR, "password": password}
        )
