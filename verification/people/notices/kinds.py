"""What people can be told of: a registry of kinds, each with the events that make it and whom it is for.

A text names the case and what happened. Who did it is named only where that can tell nobody whose judgment is whose: a
blind second checker may read every notice of the desk. No rating, reasoning, headline, evidence or reason is ever in
one: the case's own page tells those who may know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.wording import Words, words
from verification.models import Hat
from verification.people.notices.told import People, Told
from verification.review.comments import COMMENT
from verification.review.policy import PAGES
from verification.review.states import AUDITOR, CHECKER, EDITOR, LEGAL, PUBLISHER, ROLE_NAMES

AT_ONCE, DIGEST, NEVER = "at_once", "digest", "never"
ENDS_SOON: Final = "ends_soon"
WEBHOOK_OFF: Final = "webhook_off"


@dataclass(frozen=True, slots=True)
class Rule:
    """An event that is told: its verb, the text (`%(case)s`, `%(who)s`), and for whom.

    With `while_still`, it is told only while the case is where the event left it: what waits no more is no news.
    """

    verb: str
    text: Words
    who: Callable[[Told], People]
    while_still: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What somebody in one of the `roles` can choose to be told of; `mail` is how it is mailed unless they choose."""

    key: str
    label: Words
    roles: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    mail: str = DIGEST


def _editors_for(hat: Hat, told: Told) -> People:
    """Return the editors who may wear a hat: who wears no other, or wears this one because four eyes were waived."""
    return (told.in_role(EDITOR) - told.wearing()) | told.wearing(hat)


def _who_rests_on_it(told: Told) -> People:
    """Return whose judgment or text may rest on a page: nobody who judges the case blind learns that it is cited."""
    return (told.wearing(Hat.FIRST, Hat.ADJUDICATOR, Hat.APPROVER) | told.author) - told.holding(Hat.SECOND)


def _whose_text(told: Told) -> People:
    return told.author or told.wearing(Hat.FIRST, Hat.ADJUDICATOR)


KINDS: Final = (
    Kind(
        "given",
        words("A case or a second check is given to you"),
        (CHECKER,),
        (
            Rule("assign", words("%(who)s gave you %(case)s."), lambda told: told.named("to")),
            Rule("hand_over", words("%(who)s handed %(case)s over to you."), lambda told: told.named("to")),
            Rule("assign_second", words("You were given the second check of %(case)s."), lambda told: told.named("to")),
        ),
        AT_ONCE,
    ),
    Kind(
        "taken",
        words("A case leaves your desk: recalled, handed over, withdrawn, or its turn ran out"),
        (CHECKER,),
        (
            Rule("recall", words("%(who)s recalled %(case)s from you."), lambda told: told.holding(Hat.FIRST)),
            Rule(
                "recall_second",
                words("The second check of %(case)s was recalled from you."),
                lambda told: told.holding(Hat.SECOND),
            ),
            Rule(
                "hand_over",
                words("%(who)s handed %(case)s over to somebody else."),
                lambda told: told.holding(Hat.FIRST) - told.named("to"),
            ),
            Rule(
                "turn_ran_out",
                words("Your turn on %(case)s ran out. Your draft is kept."),
                lambda told: told.holding(Hat.FIRST),
            ),
            Rule(
                "turn_ended",
                words("Your turn on %(case)s ended. Your draft is kept."),
                lambda told: told.named("person") or told.holding(told.judges),
            ),
            Rule(
                "left_desk",
                words("%(case)s left your desk: you are no checker any more. Your draft is kept."),
                lambda told: told.named("person"),
            ),
            Rule("withdraw", words("%(case)s was withdrawn."), lambda told: told.wearing(Hat.FIRST, Hat.SECOND)),
            Rule(
                "abandon",
                words("The correction of %(case)s was dropped."),
                lambda told: told.wearing(Hat.FIRST, Hat.SECOND),
            ),
        ),
        AT_ONCE,
    ),
    Kind(
        "mentioned",
        words("A colleague mentions you in a comment"),
        tuple(ROLE_NAMES),
        (Rule(COMMENT, words("You are mentioned in a comment on %(case)s."), lambda told: told.mentioned),),
        AT_ONCE,
    ),
    Kind(ENDS_SOON, words("A turn of yours ends soon"), (CHECKER,), mail=AT_ONCE),
    Kind(
        "held",
        words("A case you have is put on hold, or goes on"),
        (CHECKER, EDITOR),
        (
            Rule("hold", words("%(case)s was put on hold."), lambda told: told.has_it),
            Rule("release", words("%(case)s goes on: it is on hold no more."), lambda told: told.has_it),
            Rule(
                "hold_ended",
                words("%(case)s came back on its day: it is on hold no more."),
                lambda told: told.has_it or told.in_role(EDITOR),
            ),
        ),
    ),
    Kind(
        "returned",
        words("A text or a case comes back to you"),
        (CHECKER, EDITOR),
        (
            Rule("return_to_drafting", words("The text of %(case)s was returned to you."), _whose_text),
            Rule("return_to_research", words("%(case)s was returned to you for research."), lambda told: told.has_it),
            Rule("legal_read", words("A legal reader has read the text of %(case)s."), _whose_text),
        ),
        AT_ONCE,
    ),
    Kind(
        "reply",
        words("An answer came to what you asked, or none did in time"),
        (CHECKER, EDITOR),
        (
            Rule("record_reply", words("A reply to a question on %(case)s was filed."), lambda t: t.has_it | t.asker),
            Rule(
                "reply_overdue",
                words("A reply to a question on %(case)s is overdue."),
                lambda told: told.has_it | told.asker,
            ),
        ),
    ),
    Kind(
        "decide",
        words("A judgment waits for an editor to say whether a second check follows"),
        (EDITOR,),
        (
            Rule(
                "propose",
                words("%(case)s waits for an editor: does a second check follow?"),
                lambda told: told.in_role(EDITOR) - told.wearing(Hat.FIRST),
                while_still=True,
            ),
        ),
    ),
    Kind(
        "adjudicate",
        words("Two judgments differ: an editor decides between them"),
        (EDITOR,),
        (
            Rule(
                "differ",
                words("%(case)s waits for adjudication."),
                lambda told: _editors_for(Hat.ADJUDICATOR, told),
                while_still=True,
            ),
        ),
    ),
    Kind(
        "sign_off",
        words("A text waits for sign-off"),
        (EDITOR,),
        (
            Rule(
                "send_to_sign_off",
                words("%(case)s waits for sign-off."),
                lambda told: _editors_for(Hat.APPROVER, told) - (told.author - told.wearing(Hat.APPROVER)),
                while_still=True,
            ),
        ),
    ),
    Kind(
        "legal",
        words("A legal read is asked for"),
        (LEGAL,),
        (
            Rule(
                "ask_legal_read",
                words("A legal read of %(case)s is asked for."),
                lambda told: told.in_role(LEGAL) if told.review.legal_read == "asked" else frozenset(),
            ),
        ),
        AT_ONCE,
    ),
    Kind(
        "approved",
        words("A verdict is approved and can be published"),
        (PUBLISHER,),
        (
            Rule(
                "approve",
                words("%(case)s is approved: it can be published."),
                lambda told: told.in_role(PUBLISHER),
                while_still=True,
            ),
        ),
    ),
    Kind(
        "challenged",
        words("What you worked on, or the desk published, is challenged"),
        (CHECKER, EDITOR),
        (
            Rule("challenge", words("%(case)s was challenged."), lambda told: told.in_role(EDITOR) | told.wearing()),
            Rule(
                "watch_challenged",
                words("%(case)s was challenged: a source that it cites has changed."),
                lambda told: told.in_role(EDITOR) | told.wearing(),
            ),
        ),
        AT_ONCE,
    ),
    Kind(
        "watched",
        words("A page that a case of yours cites, or an article its claim stands in, was changed"),
        (CHECKER, EDITOR),
        (
            Rule("source_changed", words("A page cited in %(case)s was changed, or is gone."), _who_rests_on_it),
            Rule(
                "appearance_changed",
                words("An article in which the claim of %(case)s stands was changed."),
                lambda told: told.has_it or told.wearing(Hat.FIRST, Hat.ADJUDICATOR),
            ),
        ),
    ),
    Kind(
        "reopened",
        words("A case you worked on, or the desk published, is opened again"),
        (CHECKER, EDITOR),
        (
            Rule(
                "correct",
                words("%(who)s opened %(case)s again, for a new version."),
                lambda told: told.wearing(cycles_before=1),
            ),
            Rule(
                "came_due",
                words("%(case)s came due: its review date is here, and it is queued again."),
                lambda told: told.in_role(EDITOR) | told.wearing(cycles_before=1),
            ),
        ),
    ),
    Kind(
        "waiver",
        words("An editor lets somebody play two parts in a case"),
        (AUDITOR,),
        (
            Rule(
                "waive_four_eyes",
                words("In %(case)s an editor let somebody play two parts."),
                lambda told: told.in_role(AUDITOR),
            ),
        ),
    ),
    Kind(WEBHOOK_OFF, words("The desk switches a webhook off"), PAGES["set_webhooks"], mail=AT_ONCE),
)
BY_KEY: Final = {kind.key: kind for kind in KINDS}
BY_VERB: Final = {
    verb: tuple((kind, rule) for kind in KINDS for rule in kind.rules if rule.verb == verb)
    for verb in {rule.verb for kind in KINDS for rule in kind.rules}
}
