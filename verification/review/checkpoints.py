"""Signed heads of the global chain. Whoever keeps one can show that the log was cut off or rewritten after it.

The format is in `heads`. One is made for every publication, and otherwise once an hour while something is logged: feeds
carry it, and should not change for each step of the desk.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext

from claims.models.clock import read_clock
from claims.translation import say
from verification.models import Checkpoint, Seal, SealEntry
from verification.review.heads import Head, read_head, write_head
from verification.review.log_keys import signing_key, verifier_of
from verification.review.signed_note import NoteFault

EVERY = timedelta(hours=1)
GOES_OUT = ("publish", "minor_edit")
CHECKPOINT_LOCK = 0xC4EC


def make_checkpoint() -> Checkpoint | None:
    """Sign the newest seal where that is due; None where it is not, or another worker is at it.

    Raises KeyMissing while there is no key to sign with.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHECKPOINT_LOCK])
            (alone,) = cursor.fetchone()
        seal = Seal.objects.order_by("-number").first()
        last = newest_checkpoint()
        if not alone or seal is None or not _is_due(seal, last):
            return None
        secret, key = signing_key(make=True)
        events = Seal.objects.filter(number__lte=seal.number).aggregate(all=Sum("events"))["all"]
        head = Head(secret.name, seal.number, bytes(seal.hash), events)
        return Checkpoint.objects.create(seal=seal, key=key, note=write_head(secret, head, seal.at))


def _is_due(seal: Seal, last: Checkpoint | None) -> bool:
    if last is None or last.key.compromised_at or last.key.retired_at:
        return True
    if last.seal_id == seal.pk:
        return False
    if last.at < read_clock() - EVERY:
        return True
    return SealEntry.objects.filter(seal__number__gt=last.seal.number, event__verb__in=GOES_OUT).exists()


def newest_checkpoint() -> Checkpoint | None:
    """Return the checkpoint that stands."""
    return Checkpoint.objects.select_related("seal", "key").order_by("-seal__number", "-pk").first()


def astray(head: Head) -> str:
    """Return what is wrong with this log, seen from a checkpoint of it: nothing ("") where the log goes on from it."""
    seal = Seal.objects.filter(number=head.number).first()
    if seal is None:
        return gettext("seal %(number)s is missing: the log was cut off") % {"number": head.number}
    if bytes(seal.hash) != head.hash:
        return gettext("seal %(number)s is another one: the log was rewritten") % {"number": head.number}
    events = Seal.objects.filter(number__lte=head.number).aggregate(all=Sum("events"))["all"]
    if events == head.events:
        return ""
    told = {"found": events, "number": head.number, "said": head.events}
    return gettext("%(found)s events are sealed up to seal %(number)s, not %(said)s") % told


def checkpoint_faults() -> Iterator[tuple[Checkpoint, str]]:
    """Yield the checkpoints of this desk that do not hold, with what is wrong."""
    for checkpoint in Checkpoint.objects.select_related("key").order_by("seal__number").iterator():
        if _proves_nothing(checkpoint):
            continue
        try:
            fault = astray(read_head(checkpoint.note, verifier_of(checkpoint.key)))
        except NoteFault as error:
            fault = say(error.sentence)
        if fault:
            yield checkpoint, fault


def unproved() -> int:
    """Return how many checkpoints prove nothing, because somebody else may have signed them."""
    return sum(_proves_nothing(each) for each in Checkpoint.objects.select_related("key"))


def _proves_nothing(checkpoint: Checkpoint) -> bool:
    since = checkpoint.key.compromised_at
    return since is not None and checkpoint.at >= since
