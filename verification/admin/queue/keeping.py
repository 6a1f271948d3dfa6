"""The pages on which a view of the queue is kept, renamed and deleted."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from verification.admin.pages import Route, desk_page, person_of, show, tell_refusal
from verification.admin.queue import views
from verification.admin.queue.addresses import cleaned
from verification.admin.queue.columns import columns_in
from verification.models import SavedView
from verification.review.refusals import Refused


class ViewForm(forms.Form):
    """What a view is called, and who has it. `views` says what is wrong with it, so that nothing is checked twice."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        widget=forms.TextInput(attrs={"class": "ro-input", "maxlength": views.LONGEST_NAME, "required": True}),
    )
    own_columns = forms.BooleanField(label=gettext_lazy("with the columns shown now"), required=False)
    shared = forms.BooleanField(label=gettext_lazy("among the tabs of the whole desk"), required=False)
    replace = forms.BooleanField(label=gettext_lazy("replace it"), required=False)
    query = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    columns = forms.CharField(required=False, widget=forms.HiddenInput)


def keep_form(person: User, query: str, columns: str) -> ViewForm:
    """Return the form that keeps what is shown now; somebody who may not share is not asked."""
    form = ViewForm(initial={"query": cleaned(query), "columns": columns}, auto_id="view_%s")
    if not views.may_share(person):
        del form.fields["shared"]
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("queue")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a view of the queue. What was typed stays when it cannot be done."""
    person, refused, status = person_of(request), "", 200
    form = keep_form(person, request.GET.urlencode(), ",".join(views.columns_for(request)))
    if request.method == "POST":
        form = ViewForm(request.POST, auto_id="view_%s")
        form.is_valid()
        wish = {name: form.cleaned_data.get(name) or "" for name in form.fields}
        columns = columns_in(wish["columns"]) or ["claim"]
        try:
            view = views.keep(
                person,
                wish["name"],
                wish["query"],
                columns=columns if wish["own_columns"] else (),
                shared=bool(wish["shared"]),
                replace=bool(wish["replace"]),
            )
        except Refused as error:
            refused, status = str(error), 409
            if not views.may_share(person):
                del form.fields["shared"]
        else:
            messages.success(request, _("“%(name)s” is among the tabs now.") % {"name": view.name})
            return redirect(_address(view))
    back = _queue(cleaned(form["query"].value() or ""))
    context = {"title": _("Save this view"), "form": form, "refused": refused, "back": back}
    return show(request, "desk/queue_view_keep.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("queue")
def change(request: HttpRequest, public: UUID) -> HttpResponse:
    """Rename one's own view, share it or not, or delete it, which is asked once more."""
    person = person_of(request)
    view = get_object_or_404(SavedView, public=public, person=person)
    typed: dict[str, Any] = {"name": view.name, "shared": view.shared}
    if request.method == "POST":
        try:
            if request.POST.get("do") == "delete":
                views.delete(view, person)
                messages.success(request, _("“%(name)s” is deleted. No case was changed.") % {"name": view.name})
                return redirect(_queue(""))
            typed = {"name": request.POST.get("name", ""), "shared": "shared" in request.POST}
            view = views.rename(view, person, typed["name"], shared=typed["shared"])
        except Refused as error:
            tell_refusal(request, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(view))
    form = ViewForm(initial=typed, auto_id="view_%s")
    if not views.may_share(person) and not view.shared:
        del form.fields["shared"]
    title = _("Change “%(name)s”") % {"name": view.name}
    context = {"title": title, "view": view, "form": form, "back": _address(view)}
    return show(request, "desk/queue_view.html", context, 409 if request.method == "POST" else 200)


def _address(view: SavedView) -> str:
    return _queue(views.address_of(view))


def _queue(query: str) -> str:
    return f"{reverse('admin:verification_review_changelist')}{'?' if query else ''}{query}"


ROUTES: list[Route] = [("views/new/", keep, "queue_keep"), ("views/<uuid:public>/", change, "queue_view")]
