"""The admin site of this house: stock Django, with the desk's menu and the notice of a sample desk on every page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config.desk_menu import menu
from verification.models import Desk
from verification.people.notices.reading import UNREAD
from verification.research.source_keeping import failing
from verification.review.policy import may_open


class LogInForm(AdminAuthenticationForm):
    """Stock; a wrong password is told in words that are not about Django."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("This name and this password do not go together. Capitals count in both."),
    }


class DeskSite(admin.AdminSite):
    """Stock behaviour; each page is also given what the sidebar shows, `sample_desk` and `unread_notices`."""

    login_form = LogInForm
    site_title = _("Readout")
    site_header = _("Readout")
    site_url = reverse_lazy("public:checks")  # type: ignore[assignment]  # a lazy string is one
    index_title = _("Your desk")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the desk's menu for whoever may be here (nobody else is told what is open), and say if it is a sample."""
        person = request.user if self.has_permission(request) else None
        told = _of_person(person) if isinstance(person, User) else {"sample_desk": Desk.get().sample}
        from verification.admin.keys import EVERYWHERE  # noqa: PLC0415 (it loads the pages, which need this site)

        entries = menu(request, told.get("failing_sources", 0)) if person else []
        return {
            **super().each_context(request),
            "desk_menu": entries,
            "desk_urls": [entry.url for entry in entries],
            "desk_is_current": any(entry.is_current for entry in entries),
            "keys_everywhere": EVERYWHERE,
            "takes_next": isinstance(person, User) and may_open(person, "take"),
            **told,
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the work first; log-ins and groups, which few ever need, come last."""
        return sorted(super().get_app_list(request, app_label), key=lambda app: app["app_label"] == "auth")


def _of_person(person: User) -> dict[str, Any]:
    """Say if it is a sample, how many notices the person has not read, and how many sources fail.

    It is one query: every page pays for it.
    """
    sample = Exists(Desk.objects.filter(sample=True))
    each = User.objects.annotate(sample=sample, unread=UNREAD, failing=failing())
    told = each.values_list("sample", "unread", "failing").get(pk=person.pk)
    return {"sample_desk": told[0], "unread_notices": told[1], "failing_sources": told[2]}
