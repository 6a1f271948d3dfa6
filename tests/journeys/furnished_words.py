"""Words in the columns that the furnished desk leaves empty: what machines found, what changed, what was answered."""

from typing import Any

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from django.utils import timezone

from claims.models import Appearance, AppearanceFate, Snapshot, Speaker, Weighing
from config.database import as_owner
from tests.factories import make_snapshot
from tests.journeys.triggers import triggers
from verification.matching.figures.checking import check_figures
from verification.matching.stored_checks import figure_check_json
from verification.models import Document, PageChange, PageWatch, Publication, Source, SourceAddress, Verdict, Webhook
from verification.models.webhook import WebhookAttempt, WebhookEvent, WebhookMessage, WebhookOutcome

WORDS = "Forty lamps on the northern mole"
TOLD = [{"msgid": "gives a figure: %(figure)s", "params": {"figure": WORDS}}]
DIFF = [{"op": "equal", "quote": WORDS, "source": WORDS}, {"op": "replace", "quote": "every captain", "source": WORDS}]
QUOTED = {
    "class": "altered",
    "flags": ["negation", "truncated"],
    "similarity": 0.9,
    "diff": DIFF,
    "start": 0,
    "end": 9,
    "before": WORDS,
    "after": WORDS,
    "turn_speaker": "A. Quillfeather",
}
PART = {"start": 0, "end": 9, "exact": WORDS, "asserts": ["event"], "wording": WORDS}
LINK = {"mention": "the officials", "speaker": "Lake Board officials", "start": 0, "end": 3, "cue": "said so"}
# Where a place has a sheet and a column, these are a stranger's words.
PLACE = {"row": 1, "column": "Lamps lit", "sheet": "The mole"}
LEAD = {"name": "Petra Solberg", "office": "Secretary General", "institution": "Northern Compact", "found": []}
FILLED: dict[str, dict[str, Any]] = {
    "Appearance": {"chain": [LINK]},
    "Claim": {"features": {"figure": 1.0}, "parts": [PART], "quantities": [{"text": WORDS}], "reasons": TOLD},
    "Candidate": {"reasons": TOLD, "quote_check": QUOTED},
    "Evidence": {"quote_check": QUOTED, "place": PLACE},
    "VerdictEvidence": {"quote_check": QUOTED, "place": PLACE},
    "Document": {"places": [PLACE | {"start": 0, "end": 5000}]},
    "Review": {"priority_reasons": TOLD},
    "SearchRun": {"leads": [LEAD]},
    "Suggestion": {"reasons": TOLD},
    "Source": {"configuration": {"feeds": ["https://board.example/feed"], "note": WORDS}, "cursor": {"after": WORDS}},
    "SourceRun": {"details": {"name": WORDS, "connector": "feed", "differs": False, "steps": []}},
    "Speaker": {"aliases": ["Quillfeather"]},
    "Snapshot": {
        "headers": [["Content-Type", "text/html"], ["Last-Modified", "yesterday"]],
        "redirects": ["https://port.example/old"],
    },
    "Challenge": {"answer": WORDS},
    "ReplyRequest": {"answer": WORDS},
    "Invitation": {"mail_error": WORDS},
}
COMPOUND = {"rule": "weakest", "proposal": {"value": 2, "working": TOLD}}


def fill() -> None:
    """Write them, past the triggers."""
    bought = ("The board bought 40 lamps.", "The board bought 60 lamps.")
    figure = check_figures(*bought, claim_day=None, source_day=None)[0]
    with as_owner():
        for app in ("claims", "verification"):
            for model in apps.get_app_config(app).get_models():
                if values := FILLED.get(model.__name__):
                    _fill(model, values)
        for name in ("Candidate", "Evidence", "VerdictEvidence"):
            _fill(
                apps.get_model("verification", name), {"figure_checks": [figure_check_json(figure) | {"working": TOLD}]}
            )
    _add_rows()


def _fill(model: type[Model], values: dict[str, Any]) -> None:
    with triggers(model):
        assert model._default_manager.update(**values), f"There is no {model.__name__}."


def _add_rows() -> None:
    at, person = timezone.now(), User.objects.order_by("pk")[0]
    document = Document.objects.order_by("pk")[0]
    watch = PageWatch.objects.create(document=document, url="https://port.example/", next_at=at, sentence=WORDS)
    PageChange.objects.create(watch=watch, snapshot=make_snapshot(), fate="changed", exact=WORDS, now=WORDS, diff=DIFF)
    place = Appearance.objects.order_by("pk")[0]
    AppearanceFate.objects.create(appearance=place, snapshot=Snapshot.objects.all()[0], fate="changed", exact=WORDS)
    source = Source.objects.order_by("pk")[0]
    SourceAddress.objects.create(source=source, url="https://board.example/", etag=WORDS, last_modified=WORDS)
    Weighing.objects.create(by=person, features={}, topics=[{"name": WORDS, "words": [WORDS], "points": 1.0}])
    for row in (source, Speaker.objects.order_by("pk")[0]):
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.create(
            user=person, content_type=kind, object_id=str(row.pk), object_repr=WORDS, action_flag=CHANGE,
            change_message=WORDS,
        )  # fmt: skip
    _compound_verdict()
    _webhook(person)


def _compound_verdict() -> None:
    verdict = Publication.objects.filter(review__publication=F("pk"))[0].verdict
    part = {
        "public": str(verdict.review.public),
        "wording": WORDS,
        "rating": "Mostly so",
        "value": 2,
        "version": 1,
        "tone": verdict.rating_tone,
        "step": 2,
        "worst": 1,
        "best": 5,
    }
    with as_owner(), triggers(Verdict):
        Verdict.objects.filter(pk=verdict.pk).update(parts=COMPOUND | {"parts": [part]})


def _webhook(person: User) -> None:
    hook = Webhook.objects.create(
        name=WORDS, url="https://hooks.example/in", base="https://port.example", secret="x", previous_secret="",
        made_by=person, told_up_to=0,
    )  # fmt: skip
    message = WebhookMessage.objects.create(webhook=hook, event=WebhookEvent.TEST, body="{}")
    WebhookAttempt.objects.create(message=message, outcome=WebhookOutcome.REFUSED, milliseconds=9, answer=WORDS)
