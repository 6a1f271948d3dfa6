"""The organisation's rating scales. They are data: a scale can be renamed, and old verdicts keep their words."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class RatingScale(models.Model):
    """An ordered set of ratings; `worst` and `best` are the ends of its numbers, as ClaimReview publishes them."""

    name = models.CharField(max_length=100, unique=True)
    worst = models.SmallIntegerField()
    best = models.SmallIntegerField()
    in_use = models.BooleanField(default=True, help_text=_("offered for new judgments"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(worst__lt=models.F("best")), name="ratingscale_has_two_ends"),
            models.UniqueConstraint(fields=["in_use"], condition=models.Q(in_use=True), name="ratingscale_one_in_use"),
        ]

    def __str__(self) -> str:
        return self.name

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check all but that one scale alone is in use: whoever ticks another takes the first out as both are saved."""
        super().validate_constraints({*(exclude or ()), "in_use"})


class Rating(models.Model):
    """One step of a scale. Without a number it stands beside the scale, as \"no primary record\" does."""

    class Tone(models.TextChoices):
        GOOD = "good", _("good")
        CAUTION = "caution", _("caution")
        BAD = "bad", _("bad")
        QUIET = "quiet", _("quiet")

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    value = models.SmallIntegerField(help_text=_("the key that picks it"))
    label = models.CharField(max_length=100)
    meaning = models.TextField(blank=True, help_text=_("one sentence for readers"))
    tone = models.CharField(max_length=10, choices=Tone)
    numeric = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["scale", "-value"]
        constraints = [models.UniqueConstraint(fields=["scale", "value"], name="rating_value_is_given_once")]

    def __str__(self) -> str:
        return self.label
