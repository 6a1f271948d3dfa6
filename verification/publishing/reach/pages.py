"""“Who received this correction”: how many have each version that replaced another, and by which way. No names.

It stands on a page of its own, without a validator: who polls and who was mailed changes by the minute, and a check's
page would else be another one each time.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verification.models import Change, Review
from verification.publishing.addresses import Addresses
from verification.publishing.edition import edition
from verification.publishing.moments import Moment
from verification.publishing.pages import framed
from verification.publishing.reach.told import told_of
from verification.publishing.searches import desk_zone


@require_safe
@never_cache
def reach(request: HttpRequest, check: UUID) -> HttpResponse:
    """Show how many have each correction, update or withdrawal of a check; 404 where there is none."""
    review = (
        Review.objects.filter(public=check, publication__isnull=False).select_related("publication__verdict").first()
    )
    told = (
        [each for each in told_of(review) if each.broadcast and each.version.change != Change.INITIAL] if review else []
    )
    if not told:
        raise Http404
    context = {"told": told, "check": check, "now": Moment(timezone.now(), zone=desk_zone())}
    description = _("How many have each version of this check that replaced another.")
    context["canonical"] = Addresses.of(request).base + request.path
    return framed(request, edition(), "reach", _("Who received this correction"), description, context)
