"""What the desk tells readers of itself: its policies, its people, its money. Each saving is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.append_only import AppendOnly
from claims.models.clock import ClockTimestamp


class DeskText(AppendOnly):
    """One text as it was saved; the newest of its kind stands, and an empty one takes it back."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("who we are")
        METHODOLOGY = "methodology", _("how we choose and check claims")
        SOURCES = "sources", _("which sources we use")
        CORRECTIONS = "corrections", _("how we correct")
        ETHICS = "ethics", _("how we stay fair and independent")
        FUNDING = "funding", _("who owns and funds us")
        TEAM = "team", _("our team")
        FEEDBACK = "feedback", _("how to reach us and complain")

    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(blank=True, help_text=_("in the marks that explanations are written in"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["about", "methodology", "sources", "corrections", "ethics", "funding", "team", "feedback"]
                ),
                name="desktext_kind_is_known",
            )
        ]
        indexes = [models.Index(fields=["kind", "-id"], name="desktext_newest_of_its_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"
