"""The head of every page about one case: where it stands, what it is, and what the reader may do with it now."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from verification.admin.case.appearances import places_of
from verification.admin.pages import person_of
from verification.models import Review, State
from verification.review.policy import Action, actions, may_open
from verification.review.standing import Standing, standing_of
from verification.review.states import CHECKER
from verification.review.waiving import waivers_of
from verification.review.withheld_names import nameless, withheld_from

ROAD = (
    *(State.TRIAGE, State.QUEUED, State.RESEARCHING, State.PROPOSED, State.SECOND_CHECK, State.ADJUDICATION),
    *(State.DRAFTING, State.SIGN_OFF, State.APPROVED, State.PUBLISHED),
)
# States beside the road, and the place on it where they are shown.
BESIDE = {
    State.NOT_CHECKABLE: State.TRIAGE,
    State.DUPLICATE: State.TRIAGE,
    State.DECLINED: State.TRIAGE,
    State.AWAITING_SOURCE: State.RESEARCHING,
    State.AWAITING_REPLY: State.RESEARCHING,
    State.CHALLENGED: State.PUBLISHED,
}
# Where a step is done that has a page of its own; what is not here is done by the button itself.
PAGES = {
    "reword": "admin:case_reword",
    "plan": "admin:plan",
    "draft": "admin:case_draft",
    "sign_off": "admin:case_sign_off",
    "adjudicate": "admin:case_adjudicate",
    "publish": "admin:case_publish",
    "correct": "admin:case_correct",
    "challenge": "admin:case_challenge",
    "minor_edit": "admin:case_minor_edit",
    "legal_read": "admin:case_legal_read",
    "dates": "admin:case_dates",
    "hand_over": "admin:case_hand_over",
    "assign_second": "admin:case_assign_second",
    "postpone": "admin:case_postpone",
    "waive": "admin:case_waive",
    "hold": "admin:case_hold",
    "replies": "admin:case_replies",
    "parts": "admin:case_parts",
}
TAKES = {"take", "take_second"}
# What moves the case along its road, beside what is only sometimes wanted; the former stands out.
ONWARD = {
    *(*TAKES, "reconsider", "resume", "release"),
    *("pass_on", "ask_second", "adjudicate", "write", "approve", "publish"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the road: `when` is done, now or later."""

    label: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Button:
    """An action with the address it leads to. `how`: link, post, reason (asks for one first) or assign."""

    action: Action
    url: str
    how: str

    @property
    def is_onward(self) -> bool:
        """Whether it moves the case along its road."""
        return self.action.verb in ONWARD

    @property
    def asks(self) -> str:
        """What the field for a reason asks for."""
        return {
            "await_source": _("What is awaited, and from whom?"),
            "await_reply": _("Who was asked what?"),
        }.get(self.action.verb, _("Why? One sentence, kept in the log."))


def head(
    request: HttpRequest, review: Review, standing: Standing | None = None, withheld: frozenset[int] | None = None
) -> dict[str, Any]:
    """Return what `desk/case_head.html` shows of a case; `review` has its claim and speaker at hand.

    `standing` and `withheld` (what `withheld_from` says of the reader) are read here where they are left out.
    """
    standing = standing or standing_of(review)
    places = places_of(review, person_of(request))
    holder = next((turn for turn in standing.turns if turn.duty.person_id), None)
    return {
        "title": f"{review.number}: {Truncator(review.wording).chars(80)}",
        "review": review,
        "standing": standing,
        "road": road(review),
        "turn": holder,
        "appearance": next(iter(places.own), None),
        "appearances": places.own,
        "places": places,
        "exceptions": exceptions(person_of(request), standing, withheld),
        "may_triage": review.state == State.TRIAGE and may_open(person_of(request), "triage"),
        "buttons": buttons(person_of(request), standing),
        "checkers": _checkers(standing) if review.state == State.QUEUED else (),
    }


def exceptions(person: User, standing: Standing, withheld: frozenset[int] | None = None) -> list[tuple[str, str, str]]:
    """Return who was let play which part beside another one, and why: name, hat, reason (no query where nobody was)."""
    found = waivers_of(standing)
    if withheld is None:
        withheld = withheld_from(person, standing.review, standing.duties) if found else frozenset()
    told = nameless(duty.person for duty in standing.duties if duty.person_id in withheld)
    return [
        (_("a checker") if each.person.pk in withheld else each.name, str(each.hat.label), told(each.reason))
        for each in found
    ]


def road(review: Review) -> list[Place]:
    """Return the states a case passes, each done, now or later; a state beside the road stands in its place."""
    state = State(review.held_from or review.state)
    at = BESIDE.get(state, state)
    optional = {State.SECOND_CHECK: review.second_check, State.ADJUDICATION: False}
    places = [place for place in ROAD if optional.get(place, True) or place == at]
    here = places.index(at) if at in places else len(places)
    shown = []
    for number, place in enumerate(places):
        when = "done" if number < here else "now" if number == here else "later"
        named = State(review.state) if number == here else place
        shown.append(Place(str(capfirst(named.label)), when, named))
    if here == len(places):
        shown.append(Place(str(capfirst(state.label)), "now", state))
    return shown


def buttons(person: User, standing: Standing) -> list[Button]:
    """Return a person's buttons on a case with their addresses, what moves it along its road first.

    Judging and triage have forms of their own pages.
    """
    review = standing.review
    found: list[Button] = []
    for action in actions(person, standing):
        if action.form in {"judge", "triage"} or action.verb == "record_reply":
            continue  # an answer is recorded where the request stands, which the case file shows
        if action.form in PAGES and any(button.action.form == action.form for button in found):
            continue  # one page, one button
        if action.form in PAGES:
            found.append(Button(action, reverse(PAGES[action.form], args=[review.pk]), "link"))
        elif action.form == "assign":
            found.append(Button(action, reverse("admin:assign", args=[review.pk]), "assign"))
        elif action.verb in TAKES:
            found.append(Button(action, reverse("admin:take", args=[review.pk, action.verb]), "post"))
        else:
            url = reverse("admin:case_do", args=[review.pk, action.verb])
            found.append(Button(action, url, "reason" if action.reason else "post"))
    return sorted(found, key=lambda button: not button.is_onward)


def _checkers(standing: Standing) -> list[User]:
    taken = {duty.person_id for duty in standing.duties if duty.hat != "first"}
    people = User.objects.filter(groups__name=CHECKER, is_active=True).exclude(pk__in=taken)
    open_turns = Count("duties__turns", filter=Q(duties__turns__closed_at__isnull=True), distinct=True)
    return list(people.annotate(open_turns=open_turns).order_by("open_turns", "username"))
