"""A case's log in words: who did what, when, and why. What a blind second check must not know stays hidden."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.translation import say
from verification.admin.case import timeline_afterwards, timeline_programs, timeline_returns
from verification.admin.case.timeline_names import named_in
from verification.models import Change, Hat, Judgment, Review, ReviewEvent
from verification.publishing.rich_text import plain
from verification.review.comments import COMMENT
from verification.review.joining import ALONG, JOINED, LEFT
from verification.review.log import ERASED
from verification.review.policy import is_kept_blind, may_see_judgment
from verification.review.second_checks import WHY, in_words
from verification.review.standing import name_of
from verification.review.states import TABLE
from verification.review.withheld_names import nameless, withheld_from

SENTENCES = {
    "opened": gettext_lazy("{who} found the claim"),
    "accept": gettext_lazy("{who} put it into the queue"),
    "reword": gettext_lazy("{who} reworded the claim"),
    "not_checkable": gettext_lazy("{who} set it aside: not checkable"),
    "duplicate": gettext_lazy("{who} set it aside: a duplicate of {original}"),
    ALONG: gettext_lazy("It went along to {original} with {via}"),
    JOINED: gettext_lazy("{who} confirmed that {joined} is the same claim: its appearance joined"),
    LEFT: gettext_lazy("{who} said that {joined} is another claim: its appearance left"),
    "decline": gettext_lazy("{who} declined it"),
    "reconsider": gettext_lazy("{who} took it back into triage"),
    "undo_accept": gettext_lazy("{who} undid the acceptance: it is in triage again"),
    "plan": gettext_lazy("{who} planned it: {plan}"),
    "assign": gettext_lazy("{who} gave it to {to}"),
    "take": gettext_lazy("{who} took the case"),
    "challenge_filed": gettext_lazy("{who} filed a further challenge"),
    "hand_back": gettext_lazy("{who} handed it back"),
    "recall": gettext_lazy("{who} recalled it"),
    "turn_ran_out": gettext_lazy("The turn ran out: it is in the queue again"),
    "hand_back_second": gettext_lazy("{who} handed the second check back"),
    "recall_second": gettext_lazy("{who} recalled the second check"),
    "turn_ended": gettext_lazy("A turn ended: somebody else can take it"),
    "left_desk": gettext_lazy("{person} left the desk: it is in the queue again"),
    "hand_over": gettext_lazy("{who} handed it over to {to}"),
    "postpone": gettext_lazy("{who} put off the end of the turn"),
    "postpone_second": gettext_lazy("{who} put off the end of the second check’s turn"),
    "assign_second": gettext_lazy("{who} gave the second check to {to}"),
    "waive_four_eyes": gettext_lazy("{who} let one person play two parts: {person} may be {hat} too"),
    "await_source": gettext_lazy("{who} awaits a source"),
    "await_reply": gettext_lazy("{who} awaits a reply"),
    "resume": gettext_lazy("{who} went on with it"),
    "add_source": gettext_lazy("{who} put a source beside the claim"),
    "propose": gettext_lazy("{who} submitted the first judgment"),
    "pass_on": gettext_lazy("{who} asked for no second check"),
    "ask_second": gettext_lazy("{who} asked for a blind second check"),
    "take_second": gettext_lazy("{who} took the second check"),
    "agree": gettext_lazy("{who} submitted the second judgment: the same rating"),
    "differ": gettext_lazy("{who} submitted the second judgment: another rating"),
    "adjudicate": gettext_lazy("{who} decided between the two judgments"),
    "send_to_sign_off": gettext_lazy("{who} sent the text to sign-off"),
    "approve": gettext_lazy("{who} signed it off"),
    "return_to_drafting": gettext_lazy("{who} returned the text"),
    "return_to_research": gettext_lazy("{who} returned it for research"),
    "publish": gettext_lazy("{who} published version {version}"),
    "challenge": gettext_lazy("{who} challenged what is published"),
    "reaffirm": gettext_lazy("{who} reaffirmed what is published"),
    "correct": gettext_lazy("{who} opened another cycle: {change}"),
    "hold": gettext_lazy("{who} put it on hold"),
    "release": gettext_lazy("{who} took it off hold"),
    "withdraw": gettext_lazy("{who} withdrew the case"),
    "abandon": gettext_lazy("{who} dropped the correction"),
    **timeline_afterwards.SENTENCES,
    **timeline_returns.SENTENCES,
    ERASED: gettext_lazy("{who} erased what entry {erased} said"),
}
# How a step is told that the machine did by the desk's rule.
BY_RULE = {
    "pass_on": gettext_lazy("No second check follows"),
    "ask_second": gettext_lazy("A blind second check follows"),
}
# What hangs on a judgment, and would tell a blind second checker of it; how it is told meanwhile.
ABOUT_JUDGMENTS = {
    "propose": gettext_lazy("{who} submitted a judgment"),
    "agree": gettext_lazy("{who} submitted a judgment"),
    "differ": gettext_lazy("{who} submitted a judgment"),
    "adjudicate": gettext_lazy("{who} decided about the judgments"),
    "send_to_sign_off": SENTENCES["send_to_sign_off"],
    "approve": SENTENCES["approve"],
    "write": gettext_lazy("{who} changed the text"),
    "legal_read": SENTENCES["legal_read"],
    "return_to_drafting": SENTENCES["return_to_drafting"],
    "return_to_research": SENTENCES["return_to_research"],
    "source_changed": SENTENCES["source_changed"],
    # What a first checker writes in passing may say what they think of the claim.
    **{
        verb: SENTENCES[verb]
        for verb in ("hand_back", "hand_over", "postpone", "await_source", "await_reply", "comment")
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log. `facts` are short, `quotes` what somebody wrote, `kept` says why there is nothing."""

    seq: int
    at: datetime
    text: SafeString
    facts: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that entries refer to: people by id, cases by public id. Of those withheld, only what they are."""

    people: Mapping[str, str]
    cases: Mapping[str, str]
    programs: Mapping[str, str]
    withheld: frozenset[int]
    nameless: Callable[[str], str]

    def person(self, pk: object) -> str:
        if str(pk) in map(str, self.withheld):
            return _("a checker")
        return self.people.get(str(pk)) or _("somebody")

    def case(self, public: object) -> str:
        return self.cases.get(str(public)) or _("another case")

    def actor(self, written: str) -> str:
        kind, _colon, pk = written.partition(":")
        return self.person(pk) if kind == "user" else _("Readout")


def timeline(
    person: User, review: Review, withheld: frozenset[int] | None = None, *, blind: bool | None = None
) -> list[Line]:
    """Return the log of a case as this person may read it, newest first (two queries).

    `withheld` is what `withheld_from` says of them, `blind` what `is_kept_blind` does; what is left out is read here
    (two more queries, and one).
    """
    events = list(ReviewEvent.objects.filter(review=review).select_related("payload", "erases").order_by("-seq"))
    payloads = [payload_of(event) for event in events]
    known = _known(
        events,
        [payload for payload in payloads if payload],
        withheld_from(person, review) if withheld is None else withheld,
    )
    blind = is_kept_blind(person, review) if blind is None else blind
    return [
        _line(event, payload, known, hidden=_hidden(person, review, event, blind=blind))
        for event, payload in zip(events, payloads, strict=True)
    ]


def payload_of(event: ReviewEvent) -> dict[str, Any] | None:
    """Return what an event says; None when that was erased. `payload` is best selected with the event."""
    stored = getattr(event, "payload", None)
    told: dict[str, Any] | None = json.loads(stored.body) if stored else None
    return told


def _known(events: Iterable[ReviewEvent], payloads: Sequence[Mapping[str, Any]], withheld: frozenset[int]) -> _Known:
    people = {event.actor[5:] for event in events if event.actor.startswith("user:")} | set(map(str, withheld))
    found = named_in(payloads, people)
    return _Known(
        {pk: name_of(user) for pk, user in found.people.items()},
        found.cases,
        found.programs,
        withheld,
        nameless(user for user in found.people.values() if user.pk in withheld),
    )


def _hidden(person: User, review: Review, event: ReviewEvent, *, blind: bool) -> bool:
    """Return whether an entry tells of judgments that this person may not see yet: the rule is that of its writer's."""
    if event.verb not in ABOUT_JUDGMENTS:
        return False
    pk = event.actor.removeprefix("user:")
    writer = int(pk) if pk.isdigit() else 0
    return not may_see_judgment(person, Judgment(person_id=writer, cycle=event.cycle), review, blind=blind)


def _line(event: ReviewEvent, payload: dict[str, Any] | None, known: _Known, *, hidden: bool) -> Line:
    who = format_html("<b>{}</b>", known.actor(event.actor))
    if hidden:
        kept = _("Hidden until the second check is over.")
        to = format_html("<b>{}</b>", known.person((payload or {}).get("to")))
        return Line(event.seq, event.at, format_html(str(ABOUT_JUDGMENTS[event.verb]), who=who, to=to), kept=kept)
    told = payload or {}
    names = {
        "who": who,
        "to": format_html("<b>{}</b>", known.person(told.get("to"))),
        "person": format_html("<b>{}</b>", known.person(told.get("person"))),
        "hat": Hat(told["hat"]).label if told.get("hat") in Hat.values else _("something else"),
        "original": known.case(told.get("of")),
        "via": known.case(told.get("via")),
        "joined": known.case(told.get("case")),
        "whole": known.case(told.get("whole")),
        "plan": " · ".join(_plan(told)) or "?",
        "version": told.get("version") or "?",
        "change": Change(told["change"]).label if told.get("change") in Change.values else _("a change"),
        "erased": event.erases.seq if event.erases else "?",
    }
    by_rule = "" if event.actor.startswith("user:") else BY_RULE.get(event.verb)
    sentence = by_rule or SENTENCES.get(event.verb) or _fallback(event.verb)
    kept = _("What this entry said was erased.") if payload is None else ""
    text = format_html(str(sentence), **names)
    by = timeline_programs.facts(event.actor, told, known.programs, known.withheld)
    facts, quotes = (*by, *_facts(event.verb, told, known)), tuple(_quotes(event.verb, told, known))
    return Line(event.seq, event.at, text, facts, quotes, kept)


def _fallback(verb: str) -> str:
    label = say(TABLE[verb].label) if verb in TABLE else str(capfirst(verb.replace("_", " ")))
    return "{who}: " + label.replace("{", "{{").replace("}", "}}")


def _plan(told: Mapping[str, Any]) -> Iterable[str]:
    if isinstance(told.get("priority"), int | float):
        yield _("priority %(priority)s") % {"priority": round(100 * told["priority"])}
    if "deadline" in told:
        yield _("due %(time)s") % {"time": _time(told["deadline"])} if told["deadline"] else _("no deadline")
    if "second_check" in told:
        yield {
            True: _("with a second check"),
            False: _("without a second check"),
            None: _("an editor decides on a second check"),
        }[told["second_check"]]


def _facts(verb: str, told: Mapping[str, Any], known: _Known) -> Iterable[str]:
    yield from timeline_returns.facts(verb, told, _time, known.case)
    if "score" in told:
        strength = _("Held to be the same") if told.get("strength") == "strong" else _("Held to be alike")
        yield _("%(strength)s, likeness %(score).2f") % {"strength": strength, "score": told["score"]}
    if told.get("named"):
        yield _("Named: %(case)s, a duplicate itself") % {"case": known.case(told["named"])}
    if told.get("with"):
        yield _("With it: %(cases)s") % {"cases": ", ".join(known.case(public) for public in told["with"])}
    if told.get("via") and "case" in told:
        yield _("Together with %(case)s") % {"case": known.case(told["via"])}
    if told.get("rating"):
        yield _("Rating: %(rating)s") % {"rating": told["rating"]}
    if isinstance(told.get("evidence"), list):
        yield _("Evidence: %(count)s") % {"count": len(told["evidence"])}
    if told.get("searches"):
        yield _("Search records: %(count)s") % {"count": len(told["searches"])}
    if isinstance(told.get(WHY), Mapping) and (why := in_words(told[WHY])):
        yield say(why)
    if told.get("by") in {"plan", "desk"}:
        yield _("As an editor planned it") if told["by"] == "plan" else _("By the desk’s rule")
    if told.get("blind") is False:
        yield _("Not blind: the first judgment lay open before the case was returned for research")
    if told.get("words_of") in {Hat.FIRST, Hat.SECOND}:
        yield _("The text begins with the words of the %(hat)s") % {"hat": Hat(told["words_of"]).label}
    if isinstance(told.get("hours"), int) and told.get("until"):
        yield _("By %(hours)s h, until %(time)s") % {"hours": told["hours"], "time": _time(told["until"])}
    if verb == "turn_ended" and "person" in told:
        yield _("Left the desk: %(name)s") % {"name": known.person(told["person"])}
    if isinstance(told.get("by"), int):
        yield _("Deactivated by %(name)s, or the role taken away") % {"name": known.person(told["by"])}
    yield from timeline_afterwards.facts(verb, told)
    if told.get("embargo_until"):
        yield _("Embargo until %(time)s") % {"time": _time(told["embargo_until"])}


def _quotes(verb: str, told: Mapping[str, Any], known: _Known) -> Iterable[str]:
    if verb == "reword" and told:
        yield _("“%(before)s” became “%(after)s”") % {"before": told.get("from"), "after": told.get("to")}
    if verb == COMMENT and told.get("text"):
        yield known.nameless(str(told["text"]))
    for name in ("reason", "note", "reasoning", "headline", "change_note"):
        if isinstance(told.get(name), str) and told[name]:
            yield known.nameless(plain(told[name]) if name == "reasoning" else told[name])


def _time(written: object) -> str:
    at = parse_datetime(str(written))
    return date_format(localtime(at), "j M Y, H:i") if at else str(written)
