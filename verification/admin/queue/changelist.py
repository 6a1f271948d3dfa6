"""The queue: the change list of cases. Which case next, whose is it, until when, and what was found for it."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Q, QuerySet
from django.forms import CharField, Select, TextInput
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.readonly import ReadOnlyAdmin
from claims.speakers import named
from verification.admin.pages import person_of, tell_refusal
from verification.admin.queue import conditions
from verification.admin.queue.assigning import checker_choices, checker_of, warn_if_beyond
from verification.admin.queue.filters import (
    CaseFilter,
    CheckerFilter,
    DueFilter,
    Held,
    KindFilter,
    OutletFilter,
    StateFilter,
    TopicFilter,
    held_by_options,
)
from verification.admin.queue.rows import CaseRow, rows_of, with_parts
from verification.admin.queue.tabs import head
from verification.models import Review
from verification.publishing.plain_text import printable
from verification.review.giving_many import Outcome, assign_many
from verification.review.policy import may_open
from verification.review.refusals import Refused
from verification.review.standing import name_of

# Nobody looks for more words; each of them costs a search of three tables.
MOST_WORDS = 20
# Of very many cases that are refused for one reason so many are named.
NAMED = 20
NUMBER = re.compile(r"[Rr]-?(\d{1,15})")


class QueueList(ChangeList):
    """Django's change list, with the cases of a page read as lines."""

    rows: list[CaseRow]

    def get_results(self, request: HttpRequest) -> None:
        """Read the page's cases as lines, in a number of queries that does not depend on how many they are."""
        super().get_results(request)
        self.result_list = list(with_parts(self.result_list))
        self.rows = rows_of(self.result_list, person_of(request), timezone.now())
        self.show_admin_actions = bool(self.rows)

    @cached_property
    def held(self) -> Held:
        """How many of the cases that were searched for each option of the filters holds."""
        filters = cast(list[CaseFilter], self.filter_specs)
        return held_by_options(filters, searched(self.root_queryset, self.query))

    @property
    def span(self) -> str:
        """Which cases this page shows: `1–50 of 120`."""
        before = 0 if self.show_all or not self.multi_page else (self.page_num - 1) * self.list_per_page
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
        here = self.multi_page and not self.show_all and 1 <= number <= self.paginator.num_pages
        return self.get_query_string({PAGE_VAR: number}) if here else ""


def searched(cases: QuerySet[Review], words: str) -> QuerySet[Review]:
    """Keep the cases that hold every word: in the wording, a speaker's or an outlet's name, or as their number.

    Of very many words the first ones count.
    """
    for word in islice(dict.fromkeys(smart_split(words)), MOST_WORDS):
        text = unescape_string_literal(word) if word[0] in "\"'" and word[-1] == word[0] and len(word) > 1 else word
        number = NUMBER.fullmatch(text)
        said = Q(wording__icontains=text) | Q(claim__speaker__in=named(text)) | conditions.printed_by_name(text)
        cases = cases.filter(Q(pk=int(number[1])) if number else said)
    return cases


class AssignForm(ActionForm):
    """Whom the chosen cases go to, with a word for that person."""

    to = CharField(label=gettext_lazy("Colleague"), required=False, widget=Select(attrs={"class": "ro-select"}))
    note = CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=TextInput(attrs={"class": "ro-input", "placeholder": gettext_lazy("Note (optional)"), "maxlength": 500}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read who can be chosen now."""
        super().__init__(*args, **kwargs)
        self.fields["to"].widget.choices = list(checker_choices())


class QueueAdmin(ReadOnlyAdmin):
    """The list of cases, open to every role of the desk. What one may do there, policy says."""

    list_display = ["claim_column", "state_column", "priority_column", "due_column", "check_column"]
    list_filter = [DueFilter, CheckerFilter, StateFilter, KindFilter, TopicFilter, OutletFilter]
    list_per_page = 50
    ordering = ["-priority", "pk"]
    search_fields = ["wording"]
    search_help_text = gettext_lazy("Words of the claim, a speaker, an outlet, or a number such as R-12")
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = ["assign_to"]
    action_form = AssignForm

    @admin.display(description=gettext_lazy("Claim"))
    def claim_column(self, review: Review) -> str:
        """Return what is claimed."""
        return review.wording

    @admin.display(description=gettext_lazy("State and checker"))
    def state_column(self, review: Review) -> str:
        """Return where the case stands."""
        return review.get_state_display()

    @admin.display(description=gettext_lazy("Priority and why"), ordering="priority")
    def priority_column(self, review: Review) -> float:
        """Return how urgent it is."""
        return review.priority

    @admin.display(description=gettext_lazy("Due"), ordering="deadline")
    def due_column(self, review: Review) -> object:
        """Return until when."""
        return review.deadline

    @admin.display(description=gettext_lazy("Best quote check"))
    def check_column(self, review: Review) -> str:
        """Return nothing of its own: what was found is in the line."""
        return ""

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
        return searched(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the queue with its tabs and the counts by state."""
        person = person_of(request)
        may = {f"may_{page}": may_open(person, page) for page in ("take", "assign")}
        own = {"title": _("Queue"), **may, **head(request)}
        return super().changelist_view(request, {**own, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Assign to…"), permissions=["assign"])
    def assign_to(self, request: HttpRequest, cases: QuerySet[Review]) -> None:
        """Give each of the chosen cases to a checker; those that cannot be given are named, with the reason."""
        checker = checker_of(request.POST.get("to", ""))
        if checker is None:
            messages.error(request, _("Choose the checker whom the cases go to."))
            return
        try:
            chosen = list(cases.order_by("pk").values_list("pk", flat=True))
            outcome = assign_many(chosen, person_of(request), checker, printable(request.POST.get("note", "")))
        except Refused as error:
            tell_refusal(request, error)
            return
        self._tell(request, outcome, name_of(checker))
        if outcome.given:
            warn_if_beyond(request, checker)

    def _tell(self, request: HttpRequest, outcome: Outcome, name: str) -> None:
        if count := len(outcome.given):
            told = ngettext("%(count)d case is with %(name)s now.", "%(count)d cases are with %(name)s now.", count)
            messages.success(request, told % {"count": count, "name": name})
        if count := len(outcome.already):
            told = ngettext("%(count)d case was with %(name)s already.", "%(count)d were with %(name)s already.", count)
            messages.info(request, told % {"count": count, "name": name})
        for why, cases in outcome.refused.items():
            messages.error(request, f"{_named(cases)}: {why}")


def _named(cases: Sequence[int]) -> str:
    named = ", ".join(Review(pk=case).number for case in cases[:NAMED])
    more = len(cases) - NAMED
    return named if more <= 0 else _("%(cases)s and %(count)d more") % {"cases": named, "count": more}
