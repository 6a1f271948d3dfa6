"""`show_log`: one case's log, from triage to where it stands, a line a step."""

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext

from claims.translation import say
from verification.models import Review, ReviewEvent, State
from verification.review.cases_by_name import case_named
from verification.review.proof import case_faults
from verification.review.standing import name_of
from verification.review.states import TABLE


class Command(BaseCommand):
    """Prints the log as people read it; with `--json` as it is, with hashes and payloads."""

    help = "Print the decision log of one case, by its number (R-12) or its public id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the case."""
        parser.add_argument("case", help="R-12, 12, or the public id")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one object a line, with its hashes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each event; exit code 1 when the case's chain is broken."""
        review = case_named(options["case"])
        if review is None:
            raise CommandError(gettext("There is no case %(name)s. Name it as in R-12.") % {"name": options["case"]})
        events = ReviewEvent.objects.filter(review=review).select_related("payload", "seal_entry__seal").order_by("seq")
        names = {f"user:{person.pk}": name_of(person) for person in User.objects.filter(pk__in=_people(review))}
        if not options["as_json"]:
            self.stdout.write(f"{review.number}  {review.wording}")
        for event in events:
            self.stdout.write(_as_json(event) if options["as_json"] else _as_line(event, names))
        broken = [f"{fault.link}: {fault.fault}" for fault in case_faults(review)]
        if broken:
            raise CommandError(gettext("The log of this case is broken: %(fault)s.") % {"fault": "; ".join(broken)})
        if not options["as_json"]:
            self.stdout.write(gettext("The chain holds: %(count)d events.") % {"count": len(events)})


def _people(review: Review) -> list[int]:
    actors = ReviewEvent.objects.filter(review=review, actor__startswith="user:").values_list("actor", flat=True)
    return [int(actor.removeprefix("user:")) for actor in set(actors)]


def _payload(event: ReviewEvent) -> dict[str, Any] | None:
    """Return what an event says; None when its payload was erased."""
    payload = getattr(event, "payload", None)
    return json.loads(payload.body) if payload else None


def _as_line(event: ReviewEvent, names: dict[str, str]) -> str:
    step = TABLE.get(event.verb)
    verb = say(step.label).rstrip(" …") if step else event.verb.replace("_", " ")
    places = [str(State(state).label) for state in (event.from_state, event.to_state) if state]
    where = " → ".join(places if len(set(places)) > 1 else places[-1:])
    payload = _payload(event)
    told = gettext("(erased)") if payload is None else _short(payload)
    when = timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S %Z")
    who = names.get(event.actor, event.actor)
    return f"{event.seq:3}  {when}  {event.cycle}  {who:24.24}  {verb:28.28}  {where:32}  {told}".rstrip()


def _short(payload: dict[str, Any]) -> str:
    parts = []
    for name, value in sorted(payload.items()):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if text not in ("", "null", "[]", "{}"):
            parts.append(f"{name}: {' '.join(text.split())[:80]}")
    return "; ".join(parts)


def _as_json(event: ReviewEvent) -> str:
    entry = getattr(event, "seal_entry", None)
    return json.dumps(
        {
            "seq": event.seq,
            "at": event.at.isoformat(),
            "cycle": event.cycle,
            "actor": event.actor,
            "verb": event.verb,
            "from": event.from_state,
            "to": event.to_state,
            "payload": _payload(event),
            "payload_hash": bytes(event.payload_hash).hex(),
            "prev_hash": bytes(event.prev_hash).hex(),
            "hash": bytes(event.hash).hex(),
            "seal": entry.seal.number if entry else None,
        },
        ensure_ascii=False,
    )
