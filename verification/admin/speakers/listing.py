"""All speakers, each once with the rows joined to it; on top the pairs that may be one, for a person to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claims.models import Claim, Speaker
from claims.speakers import LikelyJoin, SpeakerRefused, join, keep_apart, named, suggested_joins
from claims.translation import say
from verification.admin.pages import Route, desk_page, person_of, show
from verification.publishing.plain_text import printable
from verification.review.policy import may_open

PER_PAGE = 50
MOST_SUGGESTED = 8
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One speaker of the list: the row that stands for it, those joined to it, and how many claims are theirs."""

    speaker: Speaker
    joined: Sequence[Speaker]
    claims: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two rows that may be one, with the reason and how many claims each has."""

    pair: LikelyJoin
    reason: str
    claims: int
    claims_into: int


@desk_page("speakers")
def speakers(request: HttpRequest) -> HttpResponse:
    """List the speakers, searched by any of their names; join or keep apart two that were suggested."""
    person = person_of(request)
    may_join = may_open(person, "join_speakers")
    if request.method == "POST":
        if not may_join:
            raise PermissionDenied(_("Speakers are joined by an editor."))
        _said(request)
        return redirect("admin:speakers")
    wanted = " ".join(printable(request.GET.get("q", "")).split())[:LONGEST_SEARCH]
    found = named(wanted) if wanted else Speaker.objects.all()
    standing = (
        found.filter(joined_to=None)
        .order_by(Lower("name"), "pk")
        .prefetch_related(Prefetch("joined", Speaker.objects.order_by("name")))
    )
    page = Paginator(standing, PER_PAGE).get_page(request.GET.get("p"))
    pairs = suggested_joins(MOST_SUGGESTED) if may_join and not wanted and page.number == 1 else []
    rows = list(page.object_list)
    counted = claims_of([row.pk for row in rows] + [each.pk for pair in pairs for each in (pair.speaker, pair.into)])
    context = {
        "title": _("Speakers"),
        "wanted": wanted,
        "page": page,
        "query": f"&{urlencode({'q': wanted})}" if wanted else "",
        "rows": [Row(row, list(row.joined.all()), counted.get(row.pk, 0)) for row in rows],
        "proposals": [
            Proposal(pair, say(pair.reason), counted.get(pair.speaker.pk, 0), counted.get(pair.into.pk, 0))
            for pair in pairs
        ],
        "may_join": may_join,
    }
    return show(request, "desk/speakers.html", context)


def claims_of(stands: Sequence[int]) -> dict[int, int]:
    """Return how many claims are attributed to each of these standing rows (ids) or to those joined to it."""
    # The rows first: asked of the joined table in one breath, every claim there is would be looked at.
    rows = Speaker.objects.filter(Q(pk__in=stands) | Q(joined_to__in=stands))
    theirs = Claim.objects.filter(speaker__in=rows.values("pk"))
    return dict(theirs.values_list(Coalesce("speaker__joined_to", "speaker")).annotate(Count("pk")))


def row_named(request: HttpRequest, field: str) -> Speaker:
    """Return the row whose id a form gives in a field; raise Http404 where it gives none."""
    pk = request.POST.get(field, "")
    row = Speaker.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    if row is None:
        raise Http404
    return row


def _said(request: HttpRequest) -> None:
    """Do what was said of a suggested pair, and tell."""
    speaker, into, person = row_named(request, "speaker"), row_named(request, "into"), person_of(request)
    names = {"name": speaker.name, "other": into.name}
    try:
        if request.POST.get("do") == "join":
            join(speaker, into, person, printable(request.POST.get("reason", "")))
            told = _("“%(name)s” is joined to “%(other)s”. If that was wrong, part them on its page.")
        elif request.POST.get("do") == "apart":
            keep_apart(speaker, into, person, _("not the same"))
            told = _("“%(name)s” and “%(other)s” stay two; nobody is asked again.")
        else:
            raise Http404
    except SpeakerRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told % names)


def address(speaker: Speaker) -> str:
    """Return the address of a speaker's page."""
    return reverse("admin:speaker", args=[speaker.pk])


ROUTES: list[Route] = [("speakers/", speakers, "speakers")]
