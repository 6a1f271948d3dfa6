"""One speaker: what it is, its other names, its claims; which rows are one with it, since when and by whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from claims.models import Claim, Speaker, SpeakerJoin
from claims.speakers import Described, SpeakerRefused, describe, everyone_of, join, named, part, was_kept_apart
from verification.admin.pages import Route, desk_page, person_of, show
from verification.admin.sources.access import changes_of
from verification.admin.speakers.listing import LONGEST_SEARCH, claims_of, row_named
from verification.models import Review
from verification.publishing.plain_text import printable
from verification.review.policy import may_open

CLAIMS = 20
JOINS = 50
MOST_FOUND = 20


@dataclass(slots=True)
class Sheet:
    """A speaker's page as somebody opened it: what they typed, and why it was refused."""

    request: HttpRequest
    speaker: Speaker
    typed: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One record of the history: `kind` is `joined`, `parted` or `apart`."""

    record: SpeakerJoin
    kind: str


@desk_page("speakers")
def speaker_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a speaker, and do what was asked: describe it, join it with another, part what was joined."""
    speaker = get_object_or_404(Speaker.objects.select_related("joined_to"), pk=pk)
    sheet = Sheet(request, speaker)
    may_change = may_open(person_of(request), "join_speakers")
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied(_("Speakers are described and joined by an editor."))
        done = DOES.get(request.POST.get("do", ""))
        if done is None:
            raise Http404
        if done(sheet):
            return redirect("admin:speaker", speaker.pk)
        speaker.refresh_from_db()
    return show(request, "desk/speaker.html", _context(sheet, may_change), 400 if sheet.refused else 200)


def _context(sheet: Sheet, may_change: bool) -> dict[str, Any]:
    speaker, request = sheet.speaker, sheet.request
    group = list(everyone_of(speaker))
    stored = Described.of(speaker)
    stands = speaker.joined_to_id or speaker.pk
    sought = " ".join(printable(request.POST.get("sought") or request.GET.get("sought") or "").split())
    return {
        "title": speaker.name,
        "speaker": speaker,
        "group": [row for row in group if row.pk != speaker.pk],
        "kinds": Speaker.Kind.choices,
        "stored": stored,
        "typed": sheet.typed or _as_typed(stored),
        "moved": bool(sheet.typed) and sheet.typed["seen"] != stored.seen,
        "refused": sheet.refused,
        "said": _history(group),
        "claims": _claims(group),
        "count": claims_of([stands]).get(stands, 0),
        "changes": changes_of(speaker),
        "may_change": may_change,
        "sought": sought[:LONGEST_SEARCH],
        "others": _others(speaker, sought[:LONGEST_SEARCH]) if may_change else (),
        "chosen": request.POST.get("other", ""),
        "standing": request.POST.get("standing", "this"),
        "reason": request.POST.get("reason", ""),
    }


def _as_typed(stored: Described) -> dict[str, str]:
    return {
        "kind": stored.kind,
        "role": stored.role or "",
        "aliases": "\n".join(stored.aliases),
        "same_as": "\n".join(stored.same_as),
        "seen": stored.seen,
    }


def _history(group: Sequence[Speaker]) -> list[Said]:
    records = SpeakerJoin.objects.filter(Q(speaker__in=group) | Q(joined_to__in=group))
    together = records.select_related("speaker", "joined_to", "by", "undone_by").order_by("-pk")[:JOINS]
    return [
        Said(record, "joined" if not record.undone_at else "apart" if was_kept_apart(record) else "parted")
        for record in together
    ]


def _claims(group: Sequence[Speaker]) -> list[tuple[Claim, Review | None]]:
    """Return the newest claims of all rows that are one, with their cases (two queries)."""
    claims = list(Claim.objects.filter(speaker__in=group).select_related("speaker").order_by("-pk")[:CLAIMS])
    cases = {case.claim_id: case for case in Review.objects.filter(claim__in=claims)}
    return [(claim, cases.get(claim.pk)) for claim in claims]


def _others(speaker: Speaker, sought: str) -> Sequence[Speaker]:
    if not sought:
        return ()
    stands = speaker.joined_to_id or speaker.pk
    return list(named(sought).filter(joined_to=None).exclude(pk=stands).order_by("name")[:MOST_FOUND])


def _describe(sheet: Sheet) -> bool:
    said = {name: printable(sheet.request.POST.get(name, "")) for name in ("kind", "role", "seen")}
    # Line by line: what cannot be printed is taken out of each line, and the lines stay.
    said |= {
        name: "\n".join(printable(line) for line in sheet.request.POST.get(name, "").splitlines())
        for name in ("aliases", "same_as")
    }
    wish = Described(said["kind"], said["role"], tuple(said["aliases"].split("\n")), tuple(said["same_as"].split("\n")))
    try:
        describe(sheet.speaker, wish, person_of(sheet.request), said["seen"])
    except SpeakerRefused as error:
        sheet.typed, sheet.refused = said, {"describe": str(error)}
        return False
    messages.success(sheet.request, _("Saved."))
    return True


def _join(sheet: Sheet) -> bool:
    if not sheet.request.POST.get("other"):
        sheet.refused = {"join": _("Choose the speaker that is the same.")}
        return False
    other = row_named(sheet.request, "other")
    pair = (other, sheet.speaker) if sheet.request.POST.get("standing") != "other" else (sheet.speaker, other)
    try:
        join(*pair, person_of(sheet.request), printable(sheet.request.POST.get("reason", "")))
    except SpeakerRefused as error:
        sheet.refused = {"join": str(error)}
        return False
    told = _("“%(name)s” is joined to “%(other)s”.") % {"name": pair[0].name, "other": pair[1].name}
    messages.success(sheet.request, told)
    return True


def _part(sheet: Sheet) -> bool:
    public = sheet.request.POST.get("join", "")
    group = everyone_of(sheet.speaker).order_by()
    known = SpeakerJoin.objects.filter(Q(speaker__in=group) | Q(joined_to__in=group))
    record = next((each for each in known.select_related("speaker", "joined_to") if str(each.public) == public), None)
    if record is None:
        raise Http404
    part(record, person_of(sheet.request))
    names = {"name": record.speaker.name, "other": record.joined_to.name}
    messages.success(sheet.request, _("“%(name)s” and “%(other)s” are two again.") % names)
    return True


DOES: dict[str, Callable[[Sheet], bool]] = {"describe": _describe, "join": _join, "part": _part}
ROUTES: list[Route] = [("speakers/<int:pk>/", speaker_page, "speaker")]
