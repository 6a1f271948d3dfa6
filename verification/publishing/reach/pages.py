"""“Who received this correction”: how many have each version that replaced another, and by which way. No names.

It stands on a page of its own, without a validator: who polls and who was mailed changes by the minute, and a check's
page would else be another one each time. It is counted once a minute at most, however many ask.
"""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verification.models import Change, Publication
from verification.publishing.addresses import Addresses
from verification.publishing.edition import edition
from verification.publishing.kept import kept
from verification.publishing.moments import Moment
from verification.publishing.pages import framed
from verification.publishing.reach.told import told_publicly
from verification.publishing.searches import desk_zone

COUNTED_AGAIN_AFTER: Final = 60
"""Seconds."""


@require_safe
@never_cache
def reach(request: HttpRequest, check: UUID) -> HttpResponse:
    """Show how many have each correction, update or withdrawal of a check; 404 where there is none."""
    replacing = Publication.objects.exclude(verdict__change__in=[Change.INITIAL, Change.MINOR])
    found = replacing.filter(review__public=check, review__publication__isnull=False).select_related("review").first()
    if found is None:
        raise Http404
    review, now = found.review, edition()

    def show() -> HttpResponse:
        context = {"told": told_publicly(review), "check": check, "now": Moment(timezone.now(), zone=desk_zone())}
        context["canonical"] = Addresses.of(request).base + request.path
        description = _("How many have each version of this check that replaced another.")
        return framed(request, now, "reach", _("Who received this correction"), description, context)

    return kept(request, now, "", show, COUNTED_AGAIN_AFTER)
