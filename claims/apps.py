"""claims: what was said, by whom, where, with the bytes to prove it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Facts, no workflow."""

    name = "claims"
    verbose_name = _("Claims")
