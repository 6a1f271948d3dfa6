"""What somebody in a role finds on the desk: the pages they may open, and the steps of a case that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.translation import say
from verification.review.policy import PAGES
from verification.review.states import (
    ADMINISTRATOR,
    AUDITOR,
    CHECKER,
    EDITOR,
    INTAKE,
    LEGAL,
    PUBLISHER,
    ROLE_NAMES,
    STEPS,
)

PAGE_NAMES: Final[dict[str, str | Promise]] = {
    "intake": _("Hand in"),
    "readers": _("From readers"),
    "triage": _("Triage"),
    "queue": _("Queue"),
    "case": _("A case, with its timeline"),
    "comment": _("Comments on a case"),
    "copies": _("Archived copies"),
    "take": _("Take next"),
    "assign": _("Assign and plan"),
    "earlier": _("Earlier checks"),
    "speakers": _("Speakers"),
    "join_speakers": _("Join speakers"),
    "sources": _("Sources"),
    "insight": _("Insight"),
    "people": _("People"),
    "invite": _("Invitations"),
    "suggestions": _("Suggestions"),
    "weights": _("What is worth checking"),
    "tokens": _("Tokens"),
    "webhooks": _("Webhooks"),
    "set_webhooks": _("Change webhooks"),
    "hubs": _("Hubs"),
    "set_hubs": _("Change hubs"),
    "reports": _("Reports"),
    "desk_texts": _("What readers are told"),
    "settings": _("Settings"),
}
"""What the pages of `policy.PAGES` are called, in the order of a case's life."""

_ABOUT: Final[dict[str, str | Promise]] = {
    INTAKE: _("Hands in articles and decides which claims are checked."),
    CHECKER: _("Judges claims on evidence and writes the text; makes second checks."),
    EDITOR: _("Plans, assigns, decides between two judgments, signs off, corrects."),
    LEGAL: _("Reads a text before sign-off where somebody asked for it, and changes nothing in it."),
    PUBLISHER: _("Puts out what was signed off."),
    AUDITOR: _("Reads everything and verifies the log; changes nothing."),
    ADMINISTRATOR: _("Looks after people, sources and settings; has no part in verdicts."),
}


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A role: what it is for, the pages it opens and those it does not, and the steps of a case it may do."""

    key: str
    name: str
    about: str
    pages: Sequence[str]
    closed: Sequence[str]
    steps: Sequence[str]


def role_shown(role: str) -> RoleShown:
    """Return what somebody with this role alone finds. Raises KeyError for what is no role."""
    pages = [(str(label), role in PAGES[page]) for page, label in PAGE_NAMES.items()]
    steps = [say(step.label) for step in STEPS if role in step.roles]
    return RoleShown(
        role,
        say(ROLE_NAMES[role]),
        str(_ABOUT[role]),
        [label for label, opens in pages if opens],
        [label for label, opens in pages if not opens],
        list(dict.fromkeys(steps)),
    )


def roles() -> list[tuple[str, str]]:
    """Return the roles there are: key and name."""
    return [(role, say(name)) for role, name in ROLE_NAMES.items()]
