"""Ringing for work that was handed in, once it is stored. A broker that is away costs nothing: the sweep rings soon."""

from functools import partial

from celery import current_app
from django.db import transaction

from claims.models import Work

SWEEP = "claims.sweep"


def ring(kind: str, subject: int) -> None:
    """Ring for an open row of work, when what makes it due is stored."""
    row = Work.objects.filter(kind=kind, subject=subject, done_at__isnull=True).first()
    if row is not None:
        transaction.on_commit(partial(current_app.send_task, kind, [row.pk], retry=False), robust=True)


def ring_for_all() -> None:
    """Ring once for all that is due: the sweep, which rings for each row, without waiting for its turn."""
    transaction.on_commit(partial(current_app.send_task, SWEEP, retry=False), robust=True)
