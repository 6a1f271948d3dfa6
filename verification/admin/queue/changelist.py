"""The queue: the change list of cases. Which case next, whose is it, until when, and what was found for it."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.contrib.auth.models import User
from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.readonly import ReadOnlyAdmin
from claims.translation import say
from verification.admin.keys import LISTS, Key
from verification.admin.pages import person_of
from verification.admin.queue.columns import CLAIM, COLUMNS, COLUMNS_VAR
from verification.admin.queue.counting import MOST_LOOKED_UP, Counted, Counts, counted
from verification.admin.queue.filters import (
    CaseFilter,
    CheckerFilter,
    DueFilter,
    Held,
    KindFilter,
    OutletFilter,
    QuoteFilter,
    StateFilter,
    TopicFilter,
)
from verification.admin.queue.giving import Typed, give
from verification.admin.queue.keeping import ViewForm, keep_form
from verification.admin.queue.rows import CaseRow, rows_of, with_parts
from verification.admin.queue.search_language import Asked, sorted_by
from verification.admin.queue.searching import ORDERS, asked, looks_at, searched
from verification.admin.queue.tabs import head
from verification.admin.queue.views import columns_for
from verification.admin.queue.workloads import AssignForm
from verification.models import Review
from verification.review.policy import may_open

# The keys of this page, and what somebody needs to be allowed for them.
PAGE_KEYS = (
    *((key, None) for key in LISTS),
    (Key("x", gettext_lazy("select")), "may_assign"),
    (Key("a", gettext_lazy("assign")), "may_assign"),
    (Key("t", gettext_lazy("take next")), "may_take"),
    (Key("/", gettext_lazy("search")), None),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column: its words, the address that sorts by it (empty: none), whether it is sorted so."""

    key: str
    label: str
    url: str
    is_sorted: bool


class QueueList(ChangeList):
    """Django's change list, with the cases of a page read as lines."""

    rows: list[CaseRow]
    person: User
    columns: list[str]
    ticked: frozenset[int] = frozenset()

    @property
    def asked(self) -> Asked:
        """The search, read."""
        return asked(self.query)

    @property
    def faults(self) -> list[str]:
        """What was not understood of the search, in sentences that say what to write instead."""
        return [say(fault) for fault in self.asked.faults]

    @property
    def states(self) -> list[tuple[str, str]]:
        """Every state that a search may name (word and code), when it named one that there is not."""
        if not self.asked.lacks_state:
            return []
        (by_state,) = (each for each in self.filter_specs if isinstance(each, StateFilter))
        return [(str(option.label), code) for code, option in by_state.offered.items()]

    @property
    def only_open(self) -> str:
        """Where the search looked through closed cases too without being asked to: the address of the open ones."""
        unasked = self.asked.terms and not self.asked.names("state") and not self.params.get("state")
        return self.get_query_string({"state": "open"}) if unasked and looks_at(self.query) == "any" else ""

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Return what narrows the list down: the columns do not."""
        given: dict[str, Any] = super().get_filters_params(params)
        given.pop(COLUMNS_VAR, None)
        return given

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Review]) -> list[Any]:
        """Return the order that the search asks for."""
        return list(ORDERS[self.asked.sort])

    def get_results(self, request: HttpRequest) -> None:
        """Read the page's cases as lines, in a number of queries that does not depend on how many they are."""
        self.person, self.columns = person_of(request), columns_for(request)
        self.paginator = Paginator(self.counted.listed, self.list_per_page)
        self.paginator.count = self.result_count = self.counted.cases
        self.full_result_count, self.show_full_result_count, self.can_show_all = None, False, False
        self.multi_page = self.result_count > self.list_per_page
        try:
            shown = self.paginator.page(self.page_num if self.multi_page else 1).object_list
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        # Their ids first: a whole desk is put in order without what a line shows of each case.
        ids = shown if isinstance(shown, list) else shown.values_list("pk", flat=True)
        order = {pk: place for place, pk in enumerate(ids)}
        cases = with_parts(Review.objects.filter(pk__in=order))
        found = cases.prefetch_related("topics") if "topic" in self.columns else cases
        self.result_list = sorted(found, key=lambda review: order[review.pk])
        self.rows = rows_of(self.result_list, self.person, timezone.now())
        self.show_admin_actions = bool(self.rows)

    @property
    def headings(self) -> list[Heading]:
        """What stands above the columns."""
        found = []
        for key in self.columns:
            column = COLUMNS[key]
            url = self.get_query_string({SEARCH_VAR: sorted_by(self.query, column.sort)}) if column.sort else ""
            found.append(Heading(key, str(column.label), url, column.sort == (self.asked.sort or "priority")))
        return found

    @property
    def offered_columns(self) -> list[tuple[str, str, bool]]:
        """All columns that can be chosen: key, words, and whether it is shown now."""
        return [(key, str(column.label), key in self.columns) for key, column in COLUMNS.items()]

    @property
    def here(self) -> str:
        """What the list shows, as the query string of its address, `?` first."""
        return self.get_query_string()

    @property
    def keep_form(self) -> ViewForm:
        """The form that keeps what is shown now under a name."""
        return keep_form(self.person, self.here, ",".join([CLAIM, *self.columns]))

    @cached_property
    def counted(self) -> Counted:
        """How many cases there are, and how many each option of the filters holds."""
        every = self.root_queryset.order_by(*self.queryset.query.order_by)
        found = searched(every, self.query, self.person) if self.asked.terms else None
        return counted(cast(list[CaseFilter], self.filter_specs), every, found)

    @property
    def held(self) -> Held:
        """How many of the cases that were searched for each option of the filters holds."""
        return self.counted.held

    @property
    def is_uncounted(self) -> bool:
        """Whether some options stand there without a number, since there are too many cases to look each up."""
        return None in self.held.values()

    @property
    def most_counted(self) -> str:
        """Of how many cases all options say how many they hold."""
        return number_format(MOST_LOOKED_UP, force_grouping=True)

    @property
    def desk(self) -> Counts:
        """All cases of the desk by state, deadline and checker, whatever was searched for."""
        return self.counted.desk

    @property
    def span(self) -> str:
        """Which cases this page shows: `1–50 of 120`."""
        before = 0 if not self.multi_page else (self.page_num - 1) * self.list_per_page
        values = {"first": before + 1, "last": before + len(self.rows), "all": self.result_count}
        return _("%(first)d–%(last)d of %(all)d") % values

    @property
    def previous_page(self) -> str:
        """The address of the page before, or empty."""
        return self._page(self.page_num - 1)

    @property
    def next_page(self) -> str:
        """The address of the page after, or empty."""
        return self._page(self.page_num + 1)

    def _page(self, number: int) -> str:
        here = self.multi_page and 1 <= number <= self.paginator.num_pages
        return self.get_query_string({PAGE_VAR: number}) if here else ""


class QueueAdmin(ReadOnlyAdmin):
    """The list of cases, open to every role of the desk. What one may do there, policy says."""

    list_display = ["wording"]
    sortable_by = ()  # the search says in which order
    list_filter = [DueFilter, QuoteFilter, CheckerFilter, StateFilter, KindFilter, TopicFilter, OutletFilter]
    list_per_page = 50
    ordering = ["-priority", "pk"]
    search_fields = ["wording"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = ["assign_to"]
    action_form = AssignForm

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let in whoever may open the queue, or a case."""
        return may_open(person_of(request), "queue" if obj is None else "case")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the queue in the menu to whoever may open it."""
        return may_open(person_of(request), "queue")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        """Let those give cases to others whose role includes it."""
        return may_open(person_of(request), "assign")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the queue's own list."""
        return QueueList

    def get_action_choices(self, request: HttpRequest, default_choices: Any = ()) -> list[tuple[str, str]]:
        """Offer what there is, with no empty choice before it."""
        return super().get_action_choices(request, [])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Review], search_term: str
    ) -> tuple[QuerySet[Review], bool]:
        """Keep the cases that hold every word."""
        return searched(queryset, search_term, person_of(request)), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the queue with its tabs and the counts by state."""
        person = person_of(request)
        may = {f"may_{page}": may_open(person, page) for page in ("take", "assign")}
        keys = [key for key, needed in PAGE_KEYS if needed is None or may[needed]]
        own = {"title": _("Queue"), "page_keys": keys, **may}
        if "index" in request.POST and not Typed.of(request).ticked and may["may_assign"]:
            return self.response_action(request, Review.objects.none())
        answer = super().changelist_view(request, {**own, **(extra_context or {})})
        if isinstance(answer, TemplateResponse) and answer.context_data:
            answer.context_data |= head(request, answer.context_data["cl"].desk)
        return answer

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the timeline of the case: its history is its log, and not what the admin wrote down of it."""
        review = self.get_object(request, unquote(object_id))
        if review is None:
            raise Http404
        return redirect(f"{reverse('admin:verification_review_change', args=[review.pk])}#timeline")

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Review], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Act on all cases that are listed, or on the ticked ones, be they listed still or not."""
        everywhere = request.POST.get("select_across") == "1"
        cases = queryset if everywhere else Review.objects.filter(pk__in=Typed.of(request).ticked)
        return self.assign_to(request, cases)

    @admin.action(description=gettext_lazy("Assign to…"), permissions=["assign"])
    def assign_to(self, request: HttpRequest, cases: QuerySet[Review]) -> HttpResponse:
        """Give cases to a checker; where some cannot be given, show the list with these ticked, and what was typed."""
        typed = Typed.of(request)
        chosen = list(cases.order_by("pk").values_list("pk", flat=True))
        left = give(request, chosen, typed)
        if chosen and not left:
            return HttpResponseRedirect(request.get_full_path())
        request.POST = QueryDict()  # done with: the list is not to act on it once more
        answer = self.changelist_view(request)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            answer.status_code = 409
            answer.context_data["cl"].ticked = left
            answer.context_data["action_form"].initial = {"to": typed.to, "note": typed.note}
        return answer
