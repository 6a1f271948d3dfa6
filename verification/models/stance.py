"""What a source is for, and how it bears on the claim."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a piece of evidence is for."""

    SAID_WHERE = "said_where", _("where it was said")
    TESTS_CLAIM = "tests_claim", _("tests the claim")
    CONTEXT = "context", _("context")


class Stance(models.TextChoices):
    """How a piece of evidence bears on the claim."""

    SUPPORTS = "supports", _("supports")
    REFUTES = "refutes", _("refutes")
    MIXED = "mixed", _("mixed")
    SILENT = "silent", _("silent")
