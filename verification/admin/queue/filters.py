"""The queue's filters. Each offers named conditions, and says beside each how many cases it holds."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim, Outlet
from verification.admin.pages import person_of
from verification.admin.queue import conditions
from verification.admin.queue.conditions import FLAGS, quote_is
from verification.admin.queue.searching import looks_at
from verification.matching.quotes import QuoteClass
from verification.models import Review, State, Topic
from verification.publishing.labels import Badge, class_badge, flag_badge

StrOrPromise = str | Promise
# How many cases each option holds, by the filter's parameter and the option's value; None where that was not counted.
Held = dict[tuple[str, str | None], int | None]
# The outlets with most cases are offered; the search finds the others.
MOST_OUTLETS = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a filter."""

    label: str
    condition: Q
    badge: Badge | None = None


class CaseFilter(admin.SimpleListFilter):
    """A filter whose options are conditions. An option that holds no case is left out, unless it is the chosen one."""

    template = "admin/verification/review/filter.html"
    parameter_name = ""
    # What choosing nothing is called; empty where one option is always in force.
    nothing_chosen: StrOrPromise = gettext_lazy("All")
    # Whether a case must be looked up elsewhere to tell which option holds it: `counting` does so for few cases only.
    dear = False

    @abstractmethod
    def options(self) -> dict[str, Option]:
        """Return what can be chosen, by the value in the address."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the options as Django asks for them."""
        self.offered = self.options()
        return [(value, option.label) for value, option in self.offered.items()]

    def condition(self) -> Q:
        """Return the condition in force. An unknown value is refused, not ignored."""
        value = self.value()
        if value is not None and value not in self.offered:
            raise IncorrectLookupParameters
        return Q() if value is None else self.offered[value].condition

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        """Keep the cases of the chosen option."""
        return queryset.filter(self.condition())

    def choices(self, changelist: Any) -> Iterator[Any]:
        """List the options, each with how many cases it holds under the other filters; None where that was too many."""
        held: Held = changelist.held
        if self.nothing_chosen:
            yield self._choice(changelist, None, self.nothing_chosen, held[self.parameter_name, None])
        for value, option in self.offered.items():
            count = held[self.parameter_name, value]
            if count != 0 or self.value() == value:
                yield self._choice(changelist, value, option.label, count) | {"badge": option.badge}

    def _choice(self, queue: ChangeList, value: str | None, label: StrOrPromise, count: int | None) -> dict[str, Any]:
        return {
            "selected": self.value() == value,
            "query_string": queue.get_query_string({self.parameter_name: value}),
            "display": label,
            "count": count,
        }


class DueFilter(CaseFilter):
    """By deadline, in the desk's zone."""

    title = gettext_lazy("Due")
    parameter_name = "due"
    nothing_chosen = gettext_lazy("Any time")

    def options(self) -> dict[str, Option]:
        """Return late, today, the next two days, and without a deadline."""
        now = timezone.now()
        return {
            "late": Option(_("Late"), conditions.late(now)),
            "today": Option(_("Today"), conditions.due_today(now)),
            "soon": Option(_("Next 2 days"), conditions.due_soon(now)),
            "none": Option(_("No deadline"), conditions.no_deadline()),
        }


class CheckerFilter(CaseFilter):
    """By whom they wait for."""

    title = gettext_lazy("Checker")
    parameter_name = "checker"
    nothing_chosen = gettext_lazy("Anybody")

    def options(self) -> dict[str, Option]:
        """Return mine, and those nobody has taken."""
        return {
            "me": Option(_("Mine"), conditions.mine(person_of(self.request))),
            "none": Option(_("No checker"), conditions.without_checker()),
        }


class QuoteFilter(CaseFilter):
    """By what the best quote check came to: its class, or a flag beside it. What misleads comes first."""

    title = gettext_lazy("Quote check")
    parameter_name = "quote"
    nothing_chosen = gettext_lazy("Any")
    dear = True

    def options(self) -> dict[str, Option]:
        """Return the classes and flags as the list shows them, and the cases without a quote check."""
        shown = {**{flag: flag_badge(flag) for flag in FLAGS}, **{each.value: class_badge(each) for each in QuoteClass}}
        ordered = [*(each for each in ("altered", *FLAGS, "not_found")), *shown]
        badges = {value: badge for value in dict.fromkeys(ordered) if (badge := shown[value])}
        found = {value: Option(str(badge.label), quote_is(value), badge) for value, badge in badges.items()}
        return {**found, "none": Option(_("No quote check"), quote_is("none"))}


class KindFilter(CaseFilter):
    """By what kind of statement is checked."""

    title = gettext_lazy("Kind")
    parameter_name = "kind"

    def options(self) -> dict[str, Option]:
        """Return the kinds of claim."""
        return {kind.value: Option(str(capfirst(kind.label)), Q(claim__kind=kind)) for kind in Claim.Kind}


class OutletFilter(CaseFilter):
    """By who printed it."""

    title = gettext_lazy("Outlet")
    parameter_name = "outlet"

    def options(self) -> dict[str, Option]:
        """Return the outlets with most cases, and the one that was asked for."""
        chosen = self.value() or ""
        asked = Q(pk=int(chosen)) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else Q(pk=None)
        printed = Outlet.objects.annotate(cases=Count("article__appearances__claim__review", distinct=True))
        most = printed.filter(Q(cases__gt=0) | asked).annotate(asked=Q(asked)).order_by("-asked", "-cases", "name")
        return {str(outlet.pk): Option(outlet.name, conditions.printed_by(outlet.pk)) for outlet in most[:MOST_OUTLETS]}


class TopicFilter(CaseFilter):
    """By what it is about."""

    title = gettext_lazy("Topic")
    parameter_name = "topic"

    def options(self) -> dict[str, Option]:
        """Return the desk's topics."""
        return {str(topic.pk): Option(topic.name, conditions.about(topic.pk)) for topic in Topic.objects.all()}


class StateFilter(CaseFilter):
    """By state. Open cases, unless something else is asked for; a search for words looks through all of them."""

    title = gettext_lazy("State")
    parameter_name = "state"
    nothing_chosen = ""

    def options(self) -> dict[str, Option]:
        """Return open, each state, those that await something, and all."""
        states = {state.value: Option(str(capfirst(state.label)), Q(state=state)) for state in State}
        return {
            "open": Option(_("Open"), conditions.is_open()),
            **states,
            "awaiting": Option(_("Awaiting something"), Q(state__in=conditions.AWAITING)),
            "any": Option(_("Every state"), Q()),
        }

    def value(self) -> str:
        """Return the state asked for, or what is shown when none is."""
        return super().value() or looks_at(self.request.GET.get(SEARCH_VAR, ""))
