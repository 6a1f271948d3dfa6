"""`migrate`, run as the owner of the tables; afterwards the application's role is granted what it may do."""

from typing import Any

from django.core.management.commands import migrate

from config.database import as_owner
from config.privileges import grant_privileges


class Command(migrate.Command):
    """Django's own command in the owner's role."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant. Both as the owner, so that the application's role owns nothing."""
        with as_owner(options["database"]):
            super().handle(*args, **options)
            if not options.get("plan") and not options.get("check_unapplied"):
                grant_privileges(options["database"])
