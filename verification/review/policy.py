"""Who may do what: the object rules of the desk, in one place.

`refusal` answers for one step, `actions` gives a person their buttons as data. Verbs ask again, and the database's
constraints stand behind both.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.translation import say
from claims.wording import words
from verification.models import Duty, Hat, Judgment, LegalRead, Review, State
from verification.review.refusals import Refusal
from verification.review.standing import Standing, name_of
from verification.review.states import (
    ADMINISTRATOR,
    AUDITOR,
    CHECKER,
    DESK,
    EDITOR,
    INTAKE,
    LEGAL,
    PUBLISHER,
    ROLE_NAMES,
    Step,
    steps_from,
)

# Who may open a page at all; what they find on it is for the rules below.
PAGES = {
    "intake": (INTAKE, CHECKER, EDITOR),
    "triage": (INTAKE, EDITOR),
    "queue": (INTAKE, CHECKER, EDITOR, LEGAL, PUBLISHER, AUDITOR, ADMINISTRATOR),
    "case": (INTAKE, CHECKER, EDITOR, LEGAL, PUBLISHER, AUDITOR, ADMINISTRATOR),
    # Auditors and administrators read everything and write nothing into a case, its log's comments included.
    "comment": (INTAKE, CHECKER, EDITOR, LEGAL, PUBLISHER),
    # Archived copies belong to no one case: that somebody had a part in one opens none of them.
    "copies": (INTAKE, CHECKER, EDITOR, LEGAL, PUBLISHER, AUDITOR, ADMINISTRATOR),
    "assign": (EDITOR,),
    "take": (CHECKER,),
    "suggestions": (CHECKER, EDITOR, AUDITOR, ADMINISTRATOR),
    "insight": (EDITOR, AUDITOR, ADMINISTRATOR),
    "people": (EDITOR, ADMINISTRATOR),
    "invite": (ADMINISTRATOR,),
    "earlier": (CHECKER, EDITOR, AUDITOR, ADMINISTRATOR),
    "sources": (EDITOR, AUDITOR, ADMINISTRATOR),
    "speakers": (INTAKE, CHECKER, EDITOR, AUDITOR, ADMINISTRATOR),
    "join_speakers": (EDITOR,),
    "weights": (EDITOR, ADMINISTRATOR),
    "tokens": (ADMINISTRATOR,),
    "readers": (INTAKE, EDITOR),
    "webhooks": (EDITOR, AUDITOR, ADMINISTRATOR),
    "set_webhooks": (ADMINISTRATOR,),
    "hubs": (EDITOR, AUDITOR, ADMINISTRATOR),
    "set_hubs": (ADMINISTRATOR,),
    "settings": (EDITOR, AUDITOR, ADMINISTRATOR),
    "desk_texts": (EDITOR, ADMINISTRATOR),
    "reports": (EDITOR,),
}
# Where a first judgment may stand before it is known whether somebody judges the case blind too.
BEFORE_SECOND = (State.QUEUED.value, *DESK, State.PROPOSED.value)
# Hats that are worn at the desk: without an open turn they give no right to write.
NEEDS_TURN = {Hat.FIRST: (*DESK,), Hat.SECOND: (State.SECOND_CHECK.value,)}


@dataclass(frozen=True, slots=True)
class Action:
    """One button: the verb, its label, whether it works now, and if not why."""

    verb: str
    label: str
    form: str
    reason: bool
    why_not: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the button works now."""
        return not self.why_not


def roles_of(user: User) -> frozenset[str]:
    """Return the roles of a person: the names of their groups; a superuser administers and has no verdict rights."""
    known: frozenset[str] | None = getattr(user, "_readout_roles", None)
    if known is None:
        known = frozenset(user.groups.values_list("name", flat=True)) if user.pk else frozenset()
        known |= {ADMINISTRATOR} if user.is_superuser else set()
        user._readout_roles = known  # type: ignore[attr-defined]
    return known


def may_open(user: User, page: str) -> bool:
    """Return whether a person may open one of `PAGES`."""
    return user.is_active and bool(roles_of(user) & set(PAGES[page]))


def played_a_part(user: User, case: int) -> bool:
    """Return whether a person wore a hat in a case: they may read it on, whatever role they have lost since."""
    return user.is_active and Duty.objects.filter(review=case, person=user).exists()


def may_comment(user: User, case: int) -> bool:
    """Return whether a person may write a comment into a case's log."""
    return may_open(user, "comment") or played_a_part(user, case)


def refusal(user: User, step: Step, standing: Standing) -> Refusal | None:
    """Return why a person may not do a step now, None when they may."""
    if why := _lost_role(user, step, standing):
        return why
    if standing.review.state not in step.sources:
        return Refusal(
            "state",
            words(
                "This case is in “%(state)s” now, where “%(step)s” does not apply.",
                state=standing.review.get_state_display(),
                step=say(step.label),
            ),
        )
    if not roles_of(user) & set(step.roles):
        return Refusal("role", words("Your role does not include this: ask for %(roles)s.", roles=_or(step.roles)))
    return _hat_refusal(user, step, standing) or _rule(user, step, standing)


def _lost_role(user: User, step: Step, standing: Standing) -> Refusal | None:
    """Tell whoever checked this case, and is no checker any more, who can change that."""
    if step.roles != (CHECKER,) or CHECKER in roles_of(user) or not standing.duty_of(user.pk, Hat.FIRST, Hat.SECOND):
        return None
    told = words("You are no checker any more: an administrator can give you the role back. Your draft is kept.")
    return Refusal("role", told)


def _hat_refusal(user: User, step: Step, standing: Standing) -> Refusal | None:
    if step.gives:
        return _giving_refusal(user, step, standing)
    if not step.hat or (step.or_editor and EDITOR in roles_of(user)):
        return None
    for hat in step.hat:
        needs_turn = standing.review.state in NEEDS_TURN.get(Hat(hat), ())
        if standing.holds(user.pk, hat) or (not needs_turn and standing.duty_of(user.pk, hat)):
            return None
    turn = standing.turn(step.hat[0])
    if turn is not None:
        return Refusal("turn", words("%(name)s has this case now.", name=name_of(turn.duty.person)))
    return Refusal("turn", words("Take the case first: it is not on your desk."))


def _giving_refusal(user: User, step: Step, standing: Standing) -> Refusal | None:
    others = standing.hats_of(user.pk) - {step.gives}
    if others and standing.duty_of(user.pk, step.gives) is None:
        worn = Hat(min(others)).label
        return Refusal("four_eyes", words("You are this case’s %(hat)s: somebody else has to do this.", hat=worn))
    turn = standing.turn(step.gives)
    if turn is not None:
        return Refusal("turn", words("%(name)s has this case now.", name=name_of(turn.duty.person)))
    return None


def _rule(user: User, step: Step, standing: Standing) -> Refusal | None:
    rule = RULES.get(step.verb)
    return rule(user, standing) if rule else None


def _reword(user: User, standing: Standing) -> Refusal | None:
    roles, state = roles_of(user), standing.review.state
    if EDITOR in roles or (INTAKE in roles and state == State.TRIAGE) or standing.holds(user.pk, Hat.FIRST):
        return None
    return Refusal("turn", words("The wording is changed by an editor, or by whoever has the case."))


def _undo_accept(user: User, standing: Standing) -> Refusal | None:
    worked_on = any(duty.hat != Hat.SUBMITTER for duty in standing.duties)
    if not worked_on and standing.review.cycle == 1:
        return None
    return Refusal("undo", words("Somebody has worked on this case already: withdraw it, or put it on hold, instead."))


def _withdraw(user: User, standing: Standing) -> Refusal | None:
    if standing.review.publication_id is None:
        return None
    return Refusal("published", words("It is published already: correct it, or drop this correction."))


def _abandon(user: User, standing: Standing) -> Refusal | None:
    if standing.review.held_from == State.APPROVED:
        return Refusal("approved", words("This version is signed already: publish it, or keep it on hold."))
    if standing.review.publication_id is not None:
        return None
    return Refusal("published", words("Nothing is published yet: withdraw the case instead."))


def _second_turn(user: User, standing: Standing) -> Refusal | None:
    if standing.turn(Hat.SECOND):
        return None
    return Refusal("turn", words("Nobody has the second check now."))


def _pass_on(user: User, standing: Standing) -> Refusal | None:
    if Hat.FIRST not in standing.hats_of(user.pk):
        return None
    return Refusal("four_eyes", words("It is your own judgment: another editor says whether somebody else looks."))


def _approve(user: User, standing: Standing) -> Refusal | None:
    if standing.review.legal_read == LegalRead.ASKED:
        return Refusal("legal_read", words("A legal read was asked for: wait for it, or go on without it."))
    if standing.draft is None or standing.draft.author_id != user.pk or standing.waived(user.pk, Hat.APPROVER):
        return None
    return Refusal("four_eyes", words("You wrote this text: another editor has to approve it."))


def _assign_second(user: User, standing: Standing) -> Refusal | None:
    if standing.turn(Hat.SECOND) is None:
        return None
    return Refusal("turn", words("Somebody has the second check: recall it first."))


def _ask_legal_read(user: User, standing: Standing) -> Refusal | None:
    if standing.review.legal_read != LegalRead.ASKED:
        return None
    return Refusal("legal_read", words("A legal read was asked for already."))


def _legal_read(user: User, standing: Standing) -> Refusal | None:
    if standing.review.legal_read == LegalRead.ASKED:
        return None
    return Refusal("legal_read", words("Nobody asked for a legal read of this text."))


RULES: dict[str, Callable[[User, Standing], Refusal | None]] = {
    "reword": _reword,
    "undo_accept": _undo_accept,
    "withdraw": _withdraw,
    "recall_second": _second_turn,
    "postpone_second": _second_turn,
    "pass_on": _pass_on,
    "approve": _approve,
    "abandon": _abandon,
    "set_parts": _reword,
    "assign_second": _assign_second,
    "ask_legal_read": _ask_legal_read,
    "legal_read": _legal_read,
    "drop_legal_read": _legal_read,
}


def actions(user: User, standing: Standing) -> list[Action]:
    """Return the buttons of a person on a case, those that do not work now with the reason.

    Left out is what belongs to another role or to whoever has the case, as its page says anyway; that one plays another
    part in it is told.
    """
    found = []
    for step in steps_from(standing.review.state):
        why = refusal(user, step, standing)
        if why is None or why.guard == "four_eyes":
            found.append(Action(step.verb, say(step.label), step.form, step.reason, str(why or "")))
    return found


def may(user: User, verb: str, standing: Standing) -> bool:
    """Return whether a person may do a step now."""
    return any(action.verb == verb and action.allowed for action in actions(user, standing))


def may_turn_blind(review: Review) -> bool:
    """Return whether a check of a case is blind now, or one may still follow: colleagues read comments only later."""
    stage = review.held_from or review.state
    return stage == State.SECOND_CHECK or (stage in BEFORE_SECOND and review.second_check is not False)


def is_kept_blind(user: User, review: Review) -> bool:
    """Return whether a person must not learn yet what others judge in this cycle (one query at most).

    While a blind second check is open that is everybody. Before it, while one may still follow, it is every checker who
    could do it: whoever was this cycle's first checker cannot, unless that was waived.
    """
    if (review.held_from or review.state) == State.SECOND_CHECK:
        return True
    if not may_turn_blind(review) or CHECKER not in roles_of(user):
        return False
    worn = set(Duty.objects.filter(review=review, cycle=review.cycle, person=user).values_list("hat", flat=True))
    return Hat.FIRST not in worn or Hat.SECOND in worn


def may_see_judgment(user: User, judgment: Judgment, review: Review, *, blind: bool) -> bool:
    """Return whether a judgment may be shown; `blind` is what `is_kept_blind` says of this person."""
    return judgment.person_id == user.pk or judgment.cycle != review.cycle or not blind


def _or(roles: tuple[str, ...]) -> str:
    return _(" or ").join(say(ROLE_NAMES[role]) for role in roles)
