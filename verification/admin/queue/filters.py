"""The queue's filters. Each offers named conditions, and says beside each how many cases it holds."""

import json
from abc import abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Case, Count, F, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim, Outlet
from verification.admin.pages import person_of
from verification.admin.queue import conditions
from verification.admin.queue.conditions import FLAGS, best_checked, quote_is
from verification.admin.queue.searching import looks_at
from verification.matching.quotes import QuoteClass
from verification.models import Candidate, Review, State, Topic
from verification.publishing.labels import Badge, class_badge, flag_badge
from verification.review.states import OPEN

StrOrPromise = str | Promise
# How many cases each option holds, by the filter's parameter and the option's value; None where that was not counted.
Held = dict[tuple[str, str | None], int | None]
# The outlets with most cases, of those with most articles, are offered; the search finds the others.
MOST_OUTLETS = 20
MOST_PRINTING = 100


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
    # So many options are shown at most, those with most cases.
    most: int | None = None

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

    def key(self) -> Combinable:
        """Return what tells the cases of its options apart: a bit for each option that holds a case."""
        bits = [Case(When(one.condition, then=1 << n), default=0) for n, one in enumerate(self.offered.values())]
        return reduce(add, bits)

    def holding(self, key: Any) -> Collection[str]:
        """Return the options that hold the cases with this key."""
        return [value for n, value in enumerate(self.offered) if key >> n & 1]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        """Keep the cases of the chosen option."""
        return queryset.filter(self.condition())

    def choices(self, changelist: Any) -> Iterator[Any]:
        """List the options, each with how many cases it holds under the other filters; None where that was too many."""
        held: Held = changelist.held
        if self.nothing_chosen:
            yield self._choice(changelist, None, self.nothing_chosen, held[self.parameter_name, None])
        shown = [(value, held[self.parameter_name, value]) for value in self.offered]
        shown = [(value, count) for value, count in shown if count != 0 or self.value() == value]
        if self.most:
            shown = sorted(shown, key=lambda each: (self.value() != each[0], -(each[1] or 0)))[: self.most]
        for value, count in shown:
            option = self.offered[value]
            yield self._choice(changelist, value, option.label, count) | {"badge": option.badge}

    def _choice(self, queue: ChangeList, value: str | None, label: StrOrPromise, count: int | None) -> dict[str, Any]:
        return {
            "selected": self.value() == value,
            "query_string": queue.get_query_string({self.parameter_name: value}),
            "display": label,
            "count": count,
        }


def _text(field: str) -> Cast:
    return Cast(F(field), TextField())


class DearFilter(CaseFilter):
    """A filter for whose options a case must be looked up elsewhere: `counting` counts them among few cases only."""

    # Whether that is so for each case that it is asked of, and not for each that an option holds.
    case_by_case = False

    @abstractmethod
    def sorted_out(self, cases: QuerySet[Review]) -> QuerySet[Any]:
        """Return the cases, each with what `holding` reads, as `option`, a text; a case may come more than once."""

    def holding(self, key: Any) -> Collection[str]:
        """Return the options that a text stands for: it is the value of one."""
        return [key]


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


class QuoteFilter(DearFilter):
    """By what the best quote check came to: its class, or a flag beside it. What misleads comes first."""

    title = gettext_lazy("Quote check")
    parameter_name = "quote"
    nothing_chosen = gettext_lazy("Any")
    case_by_case = True

    def options(self) -> dict[str, Option]:
        """Return the classes and flags as the list shows them, and the cases without a quote check."""
        shown = {**{flag: flag_badge(flag) for flag in FLAGS}, **{each.value: class_badge(each) for each in QuoteClass}}
        ordered = [*(each for each in ("altered", *FLAGS, "not_found")), *shown]
        badges = {value: badge for value in dict.fromkeys(ordered) if (badge := shown[value])}
        found = {value: Option(str(badge.label), quote_is(value), badge) for value, badge in badges.items()}
        return {**found, "none": Option(_("No quote check"), quote_is("none"))}

    def sorted_out(self, cases: QuerySet[Review]) -> QuerySet[Any]:
        """Return each case with its class and flags, each looked up once."""
        check = JSONObject(**{"class": "quote_check__class", "flags": "quote_check__flags"})
        best = Candidate.objects.filter(pk=best_checked(depth=2)).values(found=check)
        return cases.values(option=Coalesce(Cast(Subquery(best), TextField()), Value("null", TextField())))

    def holding(self, key: Any) -> Collection[str]:
        """Return the class and the flags."""
        check = json.loads(key)
        return [check["class"], *check["flags"]] if check else ["none"]


class KindFilter(DearFilter):
    """By what kind of statement is checked."""

    title = gettext_lazy("Kind")
    parameter_name = "kind"

    def options(self) -> dict[str, Option]:
        """Return the kinds of claim."""
        return {kind.value: Option(str(capfirst(kind.label)), Q(claim__kind=kind)) for kind in Claim.Kind}

    def sorted_out(self, cases: QuerySet[Review]) -> QuerySet[Any]:
        """Return each case with its kind."""
        return cases.values(option=_text("claim__kind"))


class OutletFilter(DearFilter):
    """By who printed it."""

    title = gettext_lazy("Outlet")
    parameter_name = "outlet"
    most = MOST_OUTLETS

    def options(self) -> dict[str, Option]:
        """Return the outlets with most articles, and the one that was asked for."""
        chosen = self.value() or ""
        asked = [int(chosen)] if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else []
        known = Outlet.objects.annotate(articles=Count("article")).filter(Q(articles__gt=0) | Q(pk__in=asked))
        most = known.annotate(asked=Q(pk__in=asked)).order_by("-asked", "-articles", "name")[:MOST_PRINTING]
        return {str(outlet.pk): Option(outlet.name, conditions.printed_by(outlet.pk)) for outlet in most}

    def sorted_out(self, cases: QuerySet[Review]) -> QuerySet[Any]:
        """Return each case with its outlets."""
        return cases.values(option=_text("claim__appearances__article__outlet"))


class TopicFilter(DearFilter):
    """By what it is about."""

    title = gettext_lazy("Topic")
    parameter_name = "topic"

    def options(self) -> dict[str, Option]:
        """Return the desk's topics."""
        return {str(topic.pk): Option(topic.name, conditions.about(topic.pk)) for topic in Topic.objects.all()}

    def sorted_out(self, cases: QuerySet[Review]) -> QuerySet[Any]:
        """Return each case with its topics."""
        return cases.values(option=_text("topics"))


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

    def key(self) -> Combinable:
        """Return the state."""
        return F("state")

    def holding(self, key: Any) -> Collection[str]:
        """Return the state itself, and the options that hold several."""
        several = {"open": key in OPEN, "awaiting": key in conditions.AWAITING, "any": True}
        return [key, *(value for value, holds in several.items() if holds)]

    def value(self) -> str:
        """Return the state asked for, or what is shown when none is."""
        return super().value() or looks_at(self.request.GET.get(SEARCH_VAR, ""))
