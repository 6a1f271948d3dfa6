"""verification: what the sources say, what people decided, and what we publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    """Sources, evidence, review, publishing."""

    name = "verification"
    verbose_name = _("Verification")
