"""What is set on the desk now, read at once: ten queries, however much the desk holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db.models import Count, Model, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from claims import readers
from claims.models import ApiToken, OutletFeed, Work
from claims.weighing import Weights, in_force
from verification.models import (
    Checkpoint,
    Desk,
    DeskText,
    Publication,
    RatingScale,
    Source,
    Subscriber,
    Webhook,
    WebhookOff,
)
from verification.people.notices.mailing import LETTERS, due
from verification.publishing.choosing import Choice, chosen
from verification.research.source_keeping import FAILING
from verification.review.checkpoints import newest_checkpoint
from verification.review.standing import name_of
from verification.review.states import ADMINISTRATOR, ROLE_NAMES

_MOST_NAMES: Final = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """The settings and what stands beside them.

    `scale` is the one in use with its ratings at hand, `counts` are numbers by name (`_counted`), `people` the active
    ones by role, those with all rights among the administrators. `waiting` is how much readers asked for, None where
    they cannot; `newest` is what went out last.
    """

    desk: Desk
    scale: RatingScale | None
    other_scales: Sequence[str]
    weights: Weights
    counts: dict[str, int]
    people: dict[str, int]
    administrators: Sequence[str]
    waiting: int | None
    newest: Publication | None
    checkpoint: Checkpoint | None


def read_facts(person: User) -> Facts:
    """Return what is set now."""
    scales = list(RatingScale.objects.prefetch_related("ratings").order_by("name"))
    active = Count("user", filter=Q(user__is_active=True))
    people = dict(Group.objects.filter(name__in=ROLE_NAMES).annotate(active=active).values_list("name", "active"))
    may = Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True)
    administrators = list(User.objects.filter(may, is_active=True).distinct().order_by("last_name", "username"))
    newest = chosen(Choice()).select_related("publication").first()
    return Facts(
        desk=Desk.get(),
        scale=next((scale for scale in scales if scale.in_use), None),
        other_scales=[scale.name for scale in scales if not scale.in_use],
        weights=in_force(),
        counts=_counted(person),
        people={role: people.get(role, 0) for role in ROLE_NAMES} | {ADMINISTRATOR: len(administrators)},
        administrators=[name_of(each) for each in administrators[:_MOST_NAMES]],
        waiting=readers.count_lines() if settings.READER_SUBMISSIONS else None,
        newest=newest.publication if newest else None,
        checkpoint=newest_checkpoint(),
    )


def _counted(person: User) -> dict[str, int]:
    """Count sources, feeds, tokens, webhooks and mail in one query."""
    stuck = Work.objects.filter(kind=LETTERS, done_at__isnull=True).exclude(last_error="")
    counted = {
        "sources_on": _number(Source.objects.filter(enabled=True)),
        "sources_off": _number(Source.objects.filter(enabled=False)),
        "sources_failing": _number(Source.objects.filter(FAILING)),
        "outlets_on": _number(OutletFeed.objects.filter(enabled=True)),
        "outlets_off": _number(OutletFeed.objects.filter(enabled=False)),
        "outlets_failing": _number(OutletFeed.objects.filter(FAILING)),
        "tokens": _number(ApiToken.objects.filter(revoked_at__isnull=True)),
        "webhooks_on": _number(Webhook.objects.filter(off_at=None)),
        "webhooks_off": _number(Webhook.objects.filter(off_because=WebhookOff.PERSON)),
        "webhooks_ended": _number(Webhook.objects.filter(off_because__in=[WebhookOff.FAILING, WebhookOff.GONE])),
        "webhooks_failing": _number(Webhook.objects.filter(off_at=None, failing_since__isnull=False)),
        "mail_due": _number(due()),
        "mail_stuck": _number(stuck),
        "subscribers": _number(Subscriber.objects.filter(confirmed_at__isnull=False)),
        "texts": _number(_filled_in()),
    }
    return dict(User.objects.filter(pk=person.pk).annotate(**counted).values(*counted).get())


def _filled_in() -> QuerySet[DeskText]:
    newest = DeskText.objects.order_by("kind", "-pk").distinct("kind")
    return DeskText.objects.filter(pk__in=newest.values("pk")).exclude(text="")


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    counted: QuerySet[Model, Any] = rows.order_by().values(all=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
