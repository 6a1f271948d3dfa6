"""Who works here: what each reads, has on their desk, and when they are away; and whether the desk's mail goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from claims.translation import say
from verification.admin.pages import Route, desk_page, person_of, show
from verification.models import Absence, Profile
from verification.people.notices.mailing import due, troubles
from verification.people.post import is_set_up
from verification.review.policy import may_open
from verification.review.states import ADMINISTRATOR, CHECKER, ROLE_NAMES


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list. `checks`: they are given cases; `away` is the absence that runs, else the next one."""

    person: User
    profile: Profile
    roles: Sequence[str]
    topics: Sequence[str]
    open_cases: int
    conflicts: int
    checks: bool
    away: Absence | None
    is_away: bool

    @property
    def is_full(self) -> bool:
        """Whether they have as many cases as they take at once."""
        return self.profile.capacity is not None and self.open_cases >= self.profile.capacity


@desk_page("people")
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody with a log-in (seven queries, however many there are)."""
    today = localdate()
    everybody = [_row(each, today) for each in _everybody(today)]
    context = {
        "title": _("People"),
        "rows": [row for row in everybody if row.person.is_active],
        "left": [row for row in everybody if not row.person.is_active],
        "may_invite": may_open(person_of(request), "invite"),
        "may_edit_users": person_of(request).has_perm("auth.change_user"),
        "mail_is_set_up": is_set_up(),
        "mail_due": due().count(),
        "troubles": troubles(),
    }
    return show(request, "desk/people.html", context)


def _everybody(today: date) -> Sequence[User]:
    open_turns = Count("duties__turns", filter=Q(duties__turns__closed_at__isnull=True), distinct=True)
    holding = Count("conflicts", filter=Q(conflicts__ended_at__isnull=True), distinct=True)
    absences = Prefetch("absences", Absence.objects.filter(until__gte=today), to_attr="coming")
    found = User.objects.filter(is_staff=True).select_related("profile").prefetch_related("groups", absences)
    with_topics = found.prefetch_related("profile__topics")
    return list(
        with_topics.annotate(open_cases=open_turns, holding=holding).order_by("first_name", "last_name", "username")
    )


def _row(person: User, today: date) -> Row:
    profile = getattr(person, "profile", None) or Profile(person=person)
    roles = {group.name for group in person.groups.all()} | ({ADMINISTRATOR} if person.is_superuser else set())
    coming: list[Absence] = getattr(person, "coming", [])
    away = coming[0] if coming else None
    return Row(
        person=person,
        profile=profile,
        roles=[say(words) for role, words in ROLE_NAMES.items() if role in roles],
        topics=[topic.name for topic in profile.topics.all()] if profile.pk else [],
        open_cases=getattr(person, "open_cases", 0),
        conflicts=getattr(person, "holding", 0),
        checks=CHECKER in roles,
        away=away,
        is_away=away is not None and away.since <= today,
    )


ROUTES: list[Route] = [("people/", people, "people")]
