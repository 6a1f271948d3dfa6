"""`flush`, run as the owner: the application's role may not TRUNCATE."""

from typing import Any

from django.core.management.commands import flush

from config.database import as_owner


class Command(flush.Command):
    """Django's own command in the owner's role."""

    def handle(self, **options: Any) -> None:
        """Empty the tables as their owner."""
        with as_owner(options["database"]):
            super().handle(**options)
