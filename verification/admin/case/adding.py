"""More sources for a case: the library asked again, an address fetched, a file handed in."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.archiving import Handed
from claims.capture.errors import CaptureError
from claims.intake import fetch
from claims.models import Snapshot
from claims.translation import say
from claims.wording import words
from verification.admin.pages import Route, desk_page, person_of, posted, to_case
from verification.models import Candidate, Review, Tier
from verification.publishing.plain_text import one_line
from verification.research.adding import FETCH_SECONDS, add_to_case
from verification.research.own_words import LONGEST_WORDS, search_in_words
from verification.review.further_sources import ask_library_again, may_add
from verification.review.standing import standing_of

# What a message is about that holds until the search is over.
SEARCHING = "searching"


@posted
@desk_page("case")
def add_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a page (`url`) or a file (`file`) beside the claim, with the tier the person gives it."""
    review = open_to(request, pk)
    try:
        handed = _handed(request)
        if handed is None:
            messages.error(request, _("Give an address, or choose a file."))
            return to_case(pk)
        candidate = add_to_case(review, person_of(request), handed, tier=_tier(request))
    except CaptureError as error:
        messages.error(request, say(error.sentence))
        return to_case(pk)
    title = candidate.document.title or candidate.document.stable_id
    messages.success(request, _("“%(title)s” is archived and stands first among the sources.") % {"title": title})
    return to_case(pk)


@posted
@desk_page("case")
def search_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the library asked again; the worker does it, and its search stays on record whatever it finds."""
    ask_library_again(open_to(request, pk))
    asked = _("The library is being asked again: look again in a few seconds.")
    messages.info(request, asked, extra_tags=SEARCHING)
    return to_case(pk)


@posted
@desk_page("case")
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the library in the person's own words (`words`), here and now."""
    review = open_to(request, pk)
    text = one_line(request.POST.get("words", ""), LONGEST_WORDS)
    if not text:
        messages.error(request, _("Say what to look for."))
        return to_case(pk)
    request.session["words"] = {"case": pk, "text": text}
    held = set(Candidate.objects.filter(claim=review.claim_id).values_list("document", flat=True))
    run = search_in_words(review.claim, text, person_of(request))
    if not run.answered:
        messages.error(request, _("The library could not be asked for “%(words)s”: try again.") % {"words": text})
        return to_case(pk)
    found = set(run.candidates.values_list("document", flat=True))
    told = {"words": text, "new": len(found - held), "known": len(found & held)}
    if not found:
        messages.warning(request, _("The library holds nothing for “%(words)s”. That is on record.") % told)
    elif not told["new"]:
        messages.info(request, _("Nothing new for “%(words)s”: %(known)s found before stand below.") % told)
    else:
        told_of = _("For “%(words)s”: %(new)s new, which stand first among the sources; %(known)s were found before.")
        messages.success(request, told_of % told)
    return to_case(pk)


def open_to(request: HttpRequest, pk: int) -> Review:
    """Return a case to which this person may add sources. Raises Http404, and PermissionDenied for others."""
    review = get_object_or_404(Review.objects.select_related("claim"), pk=pk)
    if not may_add(person_of(request), standing_of(review)):
        raise PermissionDenied(_("Sources are added by whoever has the case, or by an editor."))
    return review


def _handed(request: HttpRequest) -> Handed | None:
    uploaded = request.FILES.get("file")
    if isinstance(uploaded, UploadedFile):
        if (uploaded.size or 0) > settings.INTAKE_MAX_BYTES:
            most = settings.INTAKE_MAX_BYTES // 2**20
            raise CaptureError(words("This file is larger than %(most)s MB: hand in the part that matters.", most=most))
        return Handed(
            uploaded.read(), Snapshot.Origin.UPLOADED, uploaded.content_type or None, filename=uploaded.name or None
        )
    url = request.POST.get("url", "").strip()
    return fetch(url, FETCH_SECONDS) if url else None


def _tier(request: HttpRequest) -> int:
    text = request.POST.get("tier", "")
    return int(text) if text in {str(tier) for tier in Tier.values} else Tier.T5


ROUTES: list[Route] = [
    ("<int:pk>/sources/", add_source, "case_add_source"),
    ("<int:pk>/search/", search_again, "case_search"),
    ("<int:pk>/search/words/", find, "case_find"),
]
