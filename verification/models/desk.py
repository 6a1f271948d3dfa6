"""What a desk says of itself, and how it works: one row."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SecondCheckRule(models.TextChoices):
    """Which cases a second person judges blind, beyond the desk's setting."""

    FIXED = "fixed", _("as set above")
    RISK = "risk", _("by risk: the most urgent ones as well")
    SAMPLE = "sample", _("by sample: some, drawn by chance, as well")


class Desk(models.Model):
    """The newsroom's own settings, which the administrator changes in the browser."""

    ONLY = 1

    name = models.CharField(max_length=200, default="Readout desk", help_text=_("as readers know it"))
    homepage = models.URLField(blank=True, help_text=_("the newsroom's own site"))
    description = models.TextField(blank=True, help_text=_("one or two sentences for readers"))
    contact = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("an e-mail address or page; sites we fetch from are told it"),
    )
    licence = models.CharField(max_length=200, blank=True, help_text=_("e.g. Text under CC BY 4.0"))
    language = models.CharField(max_length=20, default="en", help_text=_("of the verdicts, as in `en` or `pt-BR`"))
    second_check = models.BooleanField(
        null=True,
        blank=True,
        default=False,
        choices=[(False, _("never")), (True, _("always")), (None, _("an editor decides, case by case"))],
        help_text=_("whether a second person judges a case blind"),
    )
    second_check_rule = models.CharField(
        max_length=10,
        choices=SecondCheckRule,
        db_default=SecondCheckRule.FIXED,
        default=SecondCheckRule.FIXED,
        help_text=_("by risk and by sample add second checks to what is set above, and never take one away"),
    )
    risk_from = models.FloatField(
        db_default=0.7,
        default=0.7,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_("by risk: cases of this priority (0 to 1) or more are judged twice"),
    )
    sample_percent = models.PositiveSmallIntegerField(
        db_default=20,
        default=20,
        validators=[MaxValueValidator(100)],
        help_text=_("by sample: how many of a hundred cases are judged twice; the log tells how they were drawn"),
    )
    names_to_adjudicator = models.BooleanField(
        db_default=False, default=False, help_text=_("who decides between two judgments sees whose they are")
    )
    postponements = models.PositiveSmallIntegerField(
        db_default=2, default=2, help_text=_("how often a checker may put off the end of a turn; editors always may")
    )
    names_public = models.BooleanField(default=False, help_text=_("readers see who checked and who approved"))
    turn_minutes = models.PositiveIntegerField(
        default=480,
        validators=[MinValueValidator(5), MaxValueValidator(30 * 24 * 60)],
        help_text=_("how long a case stays on a checker's desk"),
    )
    sample = models.BooleanField(default=False, editable=False, help_text=_("the desk holds invented cases"))

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desk settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="desk_is_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the one row, whatever number the sequence would give it: a try that failed has used one up."""
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    @classmethod
    def get(cls) -> "Desk":
        """Return the desk's settings; the defaults, not stored, when nobody has set any."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)


def introduction() -> tuple[str, str]:
    """Return the desk's page and its contact, for the sites that are fetched from; each empty where unknown."""
    desk = Desk.get()
    return desk.homepage or settings.PUBLIC_URL, desk.contact
