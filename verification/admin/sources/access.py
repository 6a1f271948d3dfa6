"""Who looks at sources, outlets and hosts, and who changes them; what was changed is noted with the row."""

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.admin.pages import person_of

MOST_CHANGES = 8


def may_change(request: HttpRequest, what: str = "verification.change_source") -> bool:
    """Return whether this person may change sources (or what else the right is of)."""
    return person_of(request).has_perm(what)


def must_change(request: HttpRequest, what: str = "verification.change_source") -> None:
    """Raise PermissionDenied for whoever only looks."""
    if not may_change(request, what):
        raise PermissionDenied(_("Sources are changed by an administrator."))


def note(request: HttpRequest, row: Model, told: str, *, added: bool = False) -> None:
    """Keep who did what to a row; its history shows it."""
    flag = ADDITION if added else CHANGE
    LogEntry.objects.log_actions(person_of(request).pk, [row], flag, told, single_object=True)


def changes_of(row: Model) -> QuerySet[LogEntry]:
    """Return who changed what of a row, newest first, the last few (one query)."""
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).select_related("user")
    return entries.order_by("-action_time", "-pk")[:MOST_CHANGES]
