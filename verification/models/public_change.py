"""That something which readers see was changed: what is kept ready for them is made anew then."""

import uuid

from django.db import models

from claims.models.clock import ClockTimestamp


class PublicChange(models.Model):
    """One change, written by triggers in the transaction that makes it (migration 0029), so that none is forgotten.

    The newest rows together name what is public: `verification.publishing.edition` keeps what it read under their
    digest. Each has a random name, so that nothing waits for anybody, and a desk restored from a copy never gives an
    old name to something new.
    """

    name = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(db_default=ClockTimestamp())

    def __str__(self) -> str:
        return str(self.name)
