"""How near a document stands to what happened (sources hand-book §12). Software proposes a tier; a person decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tier(models.IntegerChoices):
    """T0 to T5, nearest first."""

    T0 = 0, _("T0 verbatim record")
    T1 = 1, _("T1 first party")
    T2 = 2, _("T2 independent official")
    T3 = 3, _("T3 faithful copy")
    T4 = 4, _("T4 secondary")
    T5 = 5, _("T5 lead only")
