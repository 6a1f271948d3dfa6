"""What readers are told of the desk: each text with a form of its own, looked at before it is saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from verification.admin.pages import Route, desk_page, person_of, revision, show
from verification.models import DeskText
from verification.publishing.policies import LONGEST, PAGE, clean, newest_text, newest_texts, save_text, title_of
from verification.publishing.rich_text import rich
from verification.review.refusals import Moved, Refused
from verification.review.standing import name_of

Kind = DeskText.Kind
# What a text answers of the five commitments of the IFCN's code of principles (ifcncodeofprinciples.poynter.org),
# and what readers look for in it.
ASKED: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    Kind.ABOUT: (
        gettext_lazy("Open about funding and organisation"),
        gettext_lazy("What the desk is, since when, who is responsible for it, and in which country and legal form."),
    ),
    Kind.METHODOLOGY: (
        gettext_lazy("Open about method"),
        gettext_lazy("How claims are chosen and from whom, how they are checked, and what a rating means to you."),
    ),
    Kind.SOURCES: (
        gettext_lazy("Open about sources"),
        gettext_lazy("Which sources you rely on, how you name them, and when you use one that you cannot name."),
    ),
    Kind.CORRECTIONS: (
        gettext_lazy("Corrections in the open"),
        gettext_lazy("How somebody asks for a correction, how soon you answer, and how readers see what was changed."),
    ),
    Kind.ETHICS: (
        gettext_lazy("Fair, and of no party"),
        gettext_lazy(
            "That the same measure goes for every side; what people of the desk may not do or belong to; and that the "
            "desk endorses nobody."
        ),
    ),
    Kind.FUNDING: (
        gettext_lazy("Open about funding and organisation"),
        gettext_lazy("Who owns the desk, who paid for it in the last year, and what they have no say in."),
    ),
    Kind.TEAM: (
        gettext_lazy("Open about funding and organisation"),
        gettext_lazy("Who edits and who checks, as far as they wish to be named. Readers see the newest wording only."),
    ),
    Kind.FEEDBACK: (
        gettext_lazy("Corrections in the open"),
        gettext_lazy("How readers reach you, and where they can complain if your answer does not satisfy them."),
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of text as the desk has it: since when and by whom, empty where it is not filled in."""

    kind: str
    title: str
    commitment: str
    asked: str
    since: datetime | None = None
    by: str = ""


@require_safe
@desk_page(PAGE)
def texts(request: HttpRequest) -> HttpResponse:
    """List the texts there can be, which are filled in, and what each answers."""
    saved = newest_texts()
    told = [_told(kind, saved.get(kind)) for kind in Kind.values]
    context = {"title": _("What readers are told"), "told": told, "missing": sum(not each.since for each in told)}
    return show(request, "desk/desk_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(PAGE)
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the form of one text; show what readers would see; save it. Nothing typed is lost."""
    if kind not in Kind.values:
        raise Http404
    newest = newest_text(kind)
    if request.method != "POST":
        return _form(request, kind, newest, newest.text if newest else "")
    typed = clean(request.POST.get("text", ""))
    if request.POST.get("do") != "save":
        return _form(request, kind, newest, typed, seen=revision(request), preview=rich(typed, {}))
    try:
        saved = save_text(person_of(request), kind, typed, revision(request))
    except Moved as error:
        return _form(request, kind, newest_text(kind), typed, why=str(error), meanwhile=True)
    except Refused as error:
        return _form(request, kind, newest, typed, seen=revision(request), why=str(error))
    if saved is None:
        messages.info(request, _("Readers are told this already; nothing was changed."))
    elif saved.text:
        messages.success(request, _("Saved. Readers have it now; the wording before stays readable below it."))
    else:
        messages.success(request, _("Taken back. Readers see neither it nor what stood before it."))
    return redirect("admin:desk_texts")


def _form(
    request: HttpRequest,
    kind: str,
    newest: DeskText | None,
    typed: str,
    *,
    seen: int | None = None,
    preview: SafeString | None = None,
    why: str = "",
    meanwhile: bool = False,
) -> HttpResponse:
    """Show the form as typed; `seen` is the row it was begun on, the newest if none is named.

    `meanwhile` shows beside it what somebody else saved: saving again puts what is typed in its place.
    """
    context = {
        "title": title_of(kind),
        "kind": kind,
        "told": _told(kind, newest),
        "typed": typed,
        "seen": (newest.pk if newest else 0) if seen is None else max(0, seen),
        "preview": preview,
        "why": why,
        "theirs": newest if meanwhile else None,
        "longest": LONGEST,
    }
    status = 409 if meanwhile else 422 if why else 200
    return show(request, "desk/desk_text.html", context, status)


def _told(kind: str, row: DeskText | None) -> Told:
    commitment, asked = ASKED[kind]
    plain = Told(kind, title_of(kind), str(commitment), str(asked))
    if row is None or not row.text:
        return plain
    return Told(kind, plain.title, plain.commitment, plain.asked, since=row.made_at, by=name_of(row.by))


ROUTES: list[Route] = [
    ("settings/texts/", texts, "desk_texts"),
    ("settings/texts/<slug:kind>/", text, "desk_text"),
]
