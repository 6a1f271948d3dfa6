"""Verdict packages: which file proves which published version. The bytes lie in the archive, under their hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp
from verification.models.event import Checkpoint
from verification.models.verdict import Verdict


class VerdictPackage(AppendOnly):
    """The package of one version, as it was built once its publication was below a signed head of the log."""

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="package")
    sha256 = models.CharField(max_length=64, help_text=_("of the file"))
    size = models.PositiveBigIntegerField()
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="verdictpackage_sha256_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.size}"
