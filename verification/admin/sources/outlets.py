"""Outlets’ feeds and sitemaps, whose new articles come in by themselves: listed, added, changed, tried, switched."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from claims.models import Outlet, OutletFeed, OutletItem
from claims.translation import say
from verification.admin.pages import Route, desk_page, show
from verification.admin.sources.about import tabs
from verification.admin.sources.access import changes_of, may_change, must_change, note
from verification.admin.sources.forms import minutes_field, text_input
from verification.admin.sources.listing import RECENT
from verification.admin.sources.trying_feeds import TriedFeed, try_feed
from verification.publishing.plain_text import printable
from verification.research.outlet_keeping import KeptFeed, add_feed, ask_feed_now, change_feed, switch_feed
from verification.research.source_keeping import FAILING
from verification.review.refusals import Refused

PER_PAGE = 100
SHOWN = 20
# So many names help whoever types one; more only make the page long.
MOST_NAMES = 300
RIGHT = "claims.change_outletfeed"


class FeedForm(forms.Form):
    """A feed: whose it is, where it lies, what it is, how often it is asked."""

    outlet = forms.CharField(
        label=gettext_lazy("Outlet"), max_length=200, widget=text_input(list="outlets", placeholder="")
    )
    url = forms.CharField(
        label=gettext_lazy("Address of the feed or sitemap"),
        max_length=500,
        widget=forms.URLInput({"class": "ro-input", "placeholder": "https://"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=OutletFeed.Kind.choices, widget=forms.Select({"class": "ro-select"})
    )
    every_minutes = minutes_field()

    def __init__(self, data: Any = None, *, feed: OutletFeed | None = None) -> None:
        """Show a feed as it stands, or an empty form."""
        initial: dict[str, Any] = {"every_minutes": 60}
        if feed:
            initial = {
                "outlet": feed.outlet.name,
                "url": feed.url,
                "kind": feed.kind,
                "every_minutes": feed.every_minutes,
            }
        super().__init__(data, initial=initial, auto_id="feed-%s")

    def clean_outlet(self) -> str:
        """Put it on one line."""
        name = " ".join(printable(self.cleaned_data["outlet"]).split())
        if not name:
            raise ValidationError(_("Say whose feed it is."))
        return name

    def clean_url(self) -> str:
        """Take an address that can be asked, in its normal form."""
        try:
            return parse_url(self.cleaned_data["url"].strip()).href
        except BadUrl as error:
            raise ValidationError(say(error.sentence)) from error

    @property
    def kept(self) -> KeptFeed:
        """The feed as it was filled in."""
        said = self.cleaned_data
        return KeptFeed(said["outlet"], said["url"], said["kind"], said["every_minutes"])


@dataclass(slots=True)
class Sheet:
    """A feed's page as somebody opened it."""

    request: HttpRequest
    feed: OutletFeed
    form: FeedForm
    tried: TriedFeed | None = None
    status: int = 200


@desk_page("sources")
def outlets(request: HttpRequest) -> HttpResponse:
    """List the feeds by outlet, those that fail first; add one (six queries beside the frame's)."""
    form = FeedForm(request.POST if request.method == "POST" else None)
    found: TriedFeed | None = None
    if request.method == "POST":
        must_change(request, RIGHT)
        if form.is_valid() and request.POST.get("do") == "try":
            found = try_feed(form.cleaned_data["url"], form.cleaned_data["kind"])
        elif form.is_valid() and (added := _added(request, form)):
            return redirect("admin:source_feed", added.pk)
    feeds = OutletFeed.objects.select_related("outlet").annotate(is_failing=Q(FAILING))
    page = Paginator(feeds.order_by("-is_failing", "outlet__name", "url"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Outlets"),
        "tabs": tabs("outlets"),
        "page": page,
        "rows": _rows(list(page.object_list)),
        "form": form,
        "tried": found,
        "names": Outlet.objects.order_by("name").values_list("name", flat=True)[:MOST_NAMES],
        "may_change": may_change(request, RIGHT),
    }
    return show(request, "desk/source_outlets.html", context, 400 if form.errors else 200)


@desk_page("sources")
def feed_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one feed with what it showed last, and do what was asked of it."""
    feed = get_object_or_404(OutletFeed.objects.select_related("outlet"), pk=pk)
    data = request.POST if request.method == "POST" and request.POST.get("do") in {"save", "try"} else None
    sheet = Sheet(request, feed, FeedForm(data, feed=feed))
    if request.method == "POST":
        must_change(request, RIGHT)
        done = DOES.get(request.POST.get("do", ""))
        if done is None:
            raise Http404
        if answer := done(sheet):
            return answer
    newest_first = F("published").desc(nulls_last=True)
    items = feed.items.select_related("article").defer("article__text").order_by(newest_first, "-seen_at", "-pk")
    context = {
        "title": feed.url,
        "tabs": tabs("outlets"),
        "feed": feed,
        "form": sheet.form,
        "tried": sheet.tried,
        "items": items[:SHOWN],
        "changes": changes_of(feed),
        "states": dict(feed.items.values_list("state").annotate(Count("pk"))),
        "names": (),
        "may_change": may_change(request, RIGHT),
    }
    return show(request, "desk/source_feed.html", context, sheet.status)


def _added(request: HttpRequest, form: FeedForm) -> OutletFeed | None:
    try:
        feed = add_feed(form.kept)
    except Refused as error:
        form.add_error("url", str(error))
        return None
    note(request, feed, _("Added."), added=True)
    messages.success(request, _("Added, switched off. Try it out, then switch it on."))
    return feed


def _save(sheet: Sheet) -> HttpResponse | None:
    form, feed = sheet.form, sheet.feed
    if not form.is_valid():
        sheet.status = 400
        return None
    try:
        change_feed(feed, form.kept)
    except Refused as error:
        form.add_error("url", str(error))
        sheet.status = 400
        return None
    if form.has_changed():
        note(sheet.request, feed, _("Changed where it lies, or how it is asked."))
    messages.success(sheet.request, _("Saved."))
    return redirect(sheet.request.path)


def _try(sheet: Sheet) -> HttpResponse | None:
    if sheet.form.is_valid():
        sheet.tried = try_feed(sheet.form.cleaned_data["url"], sheet.form.cleaned_data["kind"])
    else:
        sheet.status = 400
    return None


def _ask(sheet: Sheet) -> HttpResponse:
    if ask_feed_now(sheet.feed):
        messages.success(sheet.request, _("It is due now: a worker asks it within seconds. Reload to see what came."))
    else:
        messages.warning(sheet.request, _("It is switched off: switch it on first."))
    return redirect(sheet.request.path)


def _on(sheet: Sheet) -> HttpResponse:
    if switch_feed(sheet.feed, on=True):
        note(sheet.request, sheet.feed, _("Switched on."))
        messages.success(sheet.request, _("Switched on: it is asked now, and its new articles come in by themselves."))
    return redirect(sheet.request.path)


def _off(sheet: Sheet) -> HttpResponse:
    if switch_feed(sheet.feed, on=False):
        note(sheet.request, sheet.feed, _("Switched off."))
        messages.success(sheet.request, _("Switched off: nobody asks it any more. What it brought stays."))
    return redirect(sheet.request.path)


DOES: dict[str, Callable[[Sheet], HttpResponse | None]] = {
    "save": _save,
    "try": _try,
    "ask": _ask,
    "on": _on,
    "off": _off,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One feed; `recent` of its entries came in the last seven days, `waiting` are still to be fetched."""

    feed: OutletFeed
    recent: int
    waiting: int


def _rows(feeds: list[OutletFeed]) -> list[Row]:
    items = OutletItem.objects.filter(feed__in=[feed.pk for feed in feeds]).values_list("feed")
    recent = dict(items.filter(seen_at__gte=timezone.now() - RECENT).annotate(Count("pk")))
    waiting = dict(items.filter(state=OutletItem.State.DUE).annotate(Count("pk")))
    return [Row(feed, recent.get(feed.pk, 0), waiting.get(feed.pk, 0)) for feed in feeds]


ROUTES: list[Route] = [("outlets/", outlets, "source_outlets"), ("outlets/<int:pk>/", feed_page, "source_feed")]
