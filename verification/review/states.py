"""The table of states (design §3): which verb leads where, whose it is, and what must hold. Knows no Django.

A row is a `Step`. `roles` are the groups whose members may do it; `hat` is the hat the actor must wear in this cycle
(editors may do it without one where `or_editor` says so); `gives` is the hat the verb puts on the actor. `target` is
empty where the state stays, `HELD` for "where it came from". A reason is one sentence, logged, where `reason` says so.
"""

from dataclasses import dataclass
from typing import Final

from claims.wording import Words, words

HELD: Final = "<held_from>"
OPEN: Final = (
    *("queued", "researching", "awaiting_source", "awaiting_reply", "proposed"),
    *("second_check", "adjudication", "drafting", "sign_off", "approved"),
)
DESK: Final = ("researching", "awaiting_source", "awaiting_reply")
STANDING: Final = ("published", "challenged")
INTAKE, CHECKER, EDITOR, LEGAL, PUBLISHER, AUDITOR, ADMINISTRATOR = (
    *("intake", "checker", "editor", "legal", "publisher", "auditor", "administrator"),
)

ROLE_NAMES: Final = {
    INTAKE: words("intake"),
    CHECKER: words("checker"),
    EDITOR: words("editor"),
    LEGAL: words("legal reader"),
    PUBLISHER: words("publisher"),
    AUDITOR: words("auditor"),
    ADMINISTRATOR: words("administrator"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `form` names the page where it is done; without one a button does it."""

    verb: str
    label: Words
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...] = ()
    hat: tuple[str, ...] = ()
    or_editor: bool = False
    gives: str = ""
    reason: bool = False
    form: str = ""

    @property
    def by_service(self) -> bool:
        """Whether the machine does it by itself, by rule."""
        return not self.roles


STEPS: Final = (
    Step("accept", words("Accept"), ("triage",), "queued", (INTAKE, EDITOR), form="triage"),
    Step("reword", words("Reword"), ("triage", "queued", "researching"), "", (INTAKE, EDITOR, CHECKER), form="reword"),
    Step(
        "not_checkable",
        words("Not checkable"),
        ("triage",),
        "not_checkable",
        (INTAKE, EDITOR),
        reason=True,
        form="triage",
    ),
    Step("duplicate", words("Duplicate of …"), ("triage",), "duplicate", (INTAKE, EDITOR), form="triage"),
    Step("moved_along", words("Moved along with its original"), ("duplicate",), ""),
    Step("decline", words("Decline"), ("triage",), "declined", (INTAKE, EDITOR), reason=True, form="triage"),
    Step("reconsider", words("Back to triage"), ("not_checkable", "duplicate", "declined"), "triage", (INTAKE, EDITOR)),
    Step("undo_accept", words("Undo: back to triage"), ("queued",), "triage", (INTAKE, EDITOR)),
    Step("plan", words("Priority and deadline"), ("triage", *OPEN), "", (EDITOR,), form="plan"),
    Step("assign", words("Assign"), ("queued",), "researching", (EDITOR,), form="assign"),
    Step("take", words("Take it"), ("queued",), "researching", (CHECKER,), gives="first"),
    Step("hand_back", words("Hand back"), DESK, "queued", (CHECKER,), hat=("first",), reason=True),
    Step("recall", words("Recall"), DESK, "queued", (EDITOR,), reason=True),
    Step(
        "hand_over",
        words("Hand over …"),
        DESK,
        "",
        (CHECKER, EDITOR),
        ("first",),
        or_editor=True,
        form="hand_over",
    ),
    Step(
        "postpone",
        words("Need more time …"),
        ("researching",),
        "",
        (CHECKER, EDITOR),
        ("first",),
        or_editor=True,
        reason=True,
        form="postpone",
    ),
    Step("turn_ran_out", words("The turn ran out"), ("researching",), "queued"),
    Step("left_desk", words("Whoever had it left the desk"), DESK, "queued"),
    Step("turn_ended", words("The turn ended"), (*DESK, "second_check"), ""),
    Step(
        "waive_four_eyes",
        words("Let somebody play two parts …"),
        (*OPEN, "published"),
        "",
        (EDITOR,),
        reason=True,
        form="waive",
    ),
    Step(
        "ask_reply",
        words("Ask for a reply …"),
        (*DESK, "adjudication", "drafting", "sign_off"),
        "",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
        form="replies",
    ),
    Step(
        "record_reply",
        words("Record a reply …"),
        (*OPEN, "on_hold", *STANDING),
        "",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
        form="replies",
    ),
    Step("reply_overdue", words("No reply by the deadline"), (*OPEN, "on_hold", *STANDING), ""),
    Step(
        "set_parts",
        words("Parts of the claim …"),
        ("triage", "queued", "researching"),
        "",
        (INTAKE, EDITOR, CHECKER),
        form="parts",
    ),
    Step("joined_whole", words("Became part of a compound claim"), ("triage", *OPEN, "on_hold", *STANDING), ""),
    Step("left_whole", words("Is no part of a compound claim any more"), ("triage", *OPEN, "on_hold", *STANDING), ""),
    Step(
        "set_dates",
        words("As-of day and review date …"),
        (*DESK, "adjudication", "drafting", "sign_off", "approved", *STANDING),
        "",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
        form="dates",
    ),
    Step(
        "await_source",
        words("Await a source"),
        ("researching",),
        "awaiting_source",
        (CHECKER,),
        ("first",),
        reason=True,
    ),
    Step(
        "await_reply", words("Await a reply"), ("researching",), "awaiting_reply", (CHECKER,), ("first",), reason=True
    ),
    Step(
        "resume",
        words("Go on"),
        ("awaiting_source", "awaiting_reply"),
        "researching",
        (CHECKER, EDITOR),
        ("first",),
        or_editor=True,
    ),
    Step("propose", words("Submit judgment"), ("researching",), "proposed", (CHECKER,), ("first",), form="judge"),
    Step("pass_on", words("No second check"), ("proposed",), "drafting", (EDITOR,)),
    Step("ask_second", words("Second check"), ("proposed",), "second_check", (EDITOR,)),
    Step("hand_back_second", words("Hand back"), ("second_check",), "", (CHECKER,), ("second",), reason=True),
    Step("recall_second", words("Recall"), ("second_check",), "", (EDITOR,), reason=True),
    Step(
        "assign_second",
        words("Assign the second check …"),
        ("second_check",),
        "",
        (EDITOR,),
        form="assign_second",
    ),
    Step(
        "postpone_second",
        words("Need more time …"),
        ("second_check",),
        "",
        (CHECKER, EDITOR),
        ("second",),
        or_editor=True,
        reason=True,
        form="postpone",
    ),
    Step("take_second", words("Take the second check"), ("second_check",), "", (CHECKER,), gives="second"),
    Step(
        "agree", words("Submit second judgment"), ("second_check",), "drafting", (CHECKER,), ("second",), form="judge"
    ),
    Step(
        "differ",
        words("Submit second judgment"),
        ("second_check",),
        "adjudication",
        (CHECKER,),
        ("second",),
        form="judge",
    ),
    Step(
        "adjudicate",
        words("Decide between them"),
        ("adjudication",),
        "drafting",
        (EDITOR,),
        gives="adjudicator",
        form="adjudicate",
    ),
    Step(
        "write",
        words("Write the text"),
        ("drafting",),
        "",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
        form="draft",
    ),
    Step(
        "send_to_sign_off",
        words("Send to sign-off"),
        ("drafting",),
        "sign_off",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
        form="draft",
    ),
    Step(
        "ask_legal_read",
        words("Ask for a legal read"),
        ("drafting",),
        "",
        (CHECKER, EDITOR),
        ("first", "adjudicator"),
        or_editor=True,
    ),
    Step("legal_read", words("Legal read …"), ("drafting", "sign_off"), "", (LEGAL,), form="legal_read"),
    Step("drop_legal_read", words("Go on without a legal read"), ("drafting", "sign_off"), "", (EDITOR,), reason=True),
    Step("approve", words("Approve"), ("sign_off",), "approved", (EDITOR,), gives="approver", form="sign_off"),
    Step("return_to_drafting", words("Return the text"), ("sign_off",), "drafting", (EDITOR,), reason=True),
    Step(
        "return_to_research",
        words("Return for research"),
        ("sign_off", "drafting"),
        "researching",
        (EDITOR,),
        reason=True,
    ),
    Step("publish", words("Publish"), ("approved",), "published", (PUBLISHER,), form="publish"),
    Step(
        "challenge",
        words("Challenge …"),
        ("published",),
        "challenged",
        (CHECKER, EDITOR, PUBLISHER),
        reason=True,
        form="challenge",
    ),
    Step("watch_challenged", words("A source changed"), ("published",), "challenged"),
    Step("reaffirm", words("Reaffirm"), ("challenged",), "published", (EDITOR,), reason=True),
    Step("correct", words("Correct …"), ("published", "challenged"), "queued", (EDITOR,), reason=True, form="correct"),
    Step(
        "minor_edit",
        words("Minor edit …"),
        ("published",),
        "",
        (EDITOR,),
        gives="approver",
        reason=True,
        form="minor_edit",
    ),
    Step("came_due", words("Its review date came"), ("published",), "queued"),
    Step("hold", words("Put on hold …"), OPEN, "on_hold", (EDITOR,), reason=True, form="hold"),
    Step("release", words("Take off hold"), ("on_hold",), HELD, (EDITOR,)),
    Step("hold_ended", words("Came back on its day"), ("on_hold",), HELD),
    Step("reopen", words("Reopen"), ("withdrawn",), "queued", (EDITOR,), reason=True),
    Step("withdraw", words("Withdraw"), (*OPEN, "on_hold"), "withdrawn", (EDITOR,), reason=True),
    Step("abandon", words("Drop this correction"), (*OPEN[:-1], "on_hold"), "published", (EDITOR,), reason=True),
)
TABLE: Final = {step.verb: step for step in STEPS}
# What else the log holds of a case, wherever it stands; none of it moves the case.
REMARKS: Final = (
    "appearance_joined",
    "appearance_left",
    "appearance_changed",
    "add_source",
    "comment",
    "source_changed",
    "challenge_filed",
    "payload_erased",
)
OPENED: Final = ("opened", "", "triage")


def steps_from(state: str) -> list[Step]:
    """Return the steps that people may do in a state, in the order of the table."""
    return [step for step in STEPS if state in step.sources and not step.by_service]


def log_lines() -> set[tuple[str, str, str]]:
    """Return every line the log may hold, as (verb, from state, to state). The database refuses any other."""
    everywhere = {state for step in STEPS for state in step.sources} | {"not_checkable", "declined", "withdrawn"}
    lines = {OPENED} | {(verb, state, state) for verb in REMARKS for state in everywhere}
    for step in STEPS:
        for state in step.sources:
            targets = OPEN if step.target == HELD else (step.target or state,)
            lines |= {(step.verb, state, target) for target in targets}
    return lines
