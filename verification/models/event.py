"""The decision log: chained per case, sealed globally. Nothing here is ever changed.

The format of both chains is in `verification.review.log_format`; the trigger `readout_chain_event` writes it and
`verify_log` reads it again.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly, Erasable, Fixed
from claims.models.clock import ClockTimestamp
from verification.models.review import Review


class ReviewEvent(AppendOnly):
    """One line of a case's log. `seq`, `at`, `prev_hash` and `hash` are the database's, whatever is inserted."""

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_default=ClockTimestamp())
    cycle = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=100, help_text=_("user:<id> or service:<name>"))
    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    payload_hash = models.BinaryField(max_length=32)
    erases = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="erased_by", help_text=_("a tombstone's target")
    )
    prev_hash = models.BinaryField(max_length=32, default=bytes(32))
    hash = models.BinaryField(max_length=32, default=bytes(32))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "seq"], name="reviewevent_seq_is_given_once"),
            models.CheckConstraint(
                # One event is one line of the hashed text: a field may not smuggle in a second line.
                condition=~models.Q(actor__regex=r"[\n\r]")
                & ~models.Q(verb__regex=r"[\n\r]")
                & ~models.Q(from_state__regex=r"[\n\r]")
                & ~models.Q(to_state__regex=r"[\n\r]"),
                name="reviewevent_fields_are_one_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class EventPayload(Erasable):
    """What an event says, apart from the chain: the chain keeps only its salted hash, so the words can be erased."""

    event = models.OneToOneField(ReviewEvent, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.BinaryField(max_length=32)
    body = models.TextField(help_text=_("canonical JSON: the very characters that were hashed"))

    def __str__(self) -> str:
        return self.body


class UnsealedEvent(models.Model):
    """The events no seal holds yet: filled by a trigger, emptied by the sealer."""

    event = models.OneToOneField(ReviewEvent, on_delete=models.PROTECT, primary_key=True, related_name="unsealed")

    def __str__(self) -> str:
        return str(self.event_id)


class Seal(AppendOnly):
    """A link of the global chain: everything logged since the seal before it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    events = models.PositiveIntegerField()
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.number)


class SealEntry(AppendOnly):
    """One event's place in a seal."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    event = models.OneToOneField(ReviewEvent, on_delete=models.PROTECT, related_name="seal_entry")
    event_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="sealentry_position_is_given_once")]

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.position}"


class LogStep(Fixed):
    """A line that the log may hold: this verb, from this state to that one. Written by migrations, from the states.

    The trigger `readout_chain_event` refuses any other.
    """

    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verb", "from_state", "to_state"], name="logstep_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} → {self.to_state}"


class LogKey(models.Model):
    """A key that signs checkpoints: the half that anybody may know. The secret half is a file of the operator."""

    name = models.CharField(max_length=100, help_text=_("as the signature line names it"))
    key_id = models.CharField(max_length=8, unique=True, help_text=_("four bytes, in hexadecimal"))
    public_key = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    retired_at = models.DateTimeField(null=True, help_text=_("signs no more; what it signed holds"))
    compromised_at = models.DateTimeField(null=True, help_text=_("what it signed after this proves nothing"))
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id}"


class Checkpoint(AppendOnly):
    """A signed head of the global chain, as it was published: whoever keeps one can show that the end was cut off."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="checkpoints")
    key = models.ForeignKey(LogKey, on_delete=models.PROTECT, related_name="checkpoints")
    note = models.TextField(help_text=_("the signed note, whole"))
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "key"], name="checkpoint_is_signed_once")]

    def __str__(self) -> str:
        return self.note
