"""Which checks are asked for: lists, feeds and exports understand the same words in their addresses."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from claims.models import Appearance, Outlet, Speaker
from verification.models import Change, Verdict
from verification.publishing.history import NEWEST_FIRST
from verification.publishing.plain_text import printable

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose, each by itself or together; None and "" choose nothing.

    `speaker` and `outlet` are public ids, `topic` is a topic's name, `rating` a label as it stands now, `language` a
    BCP 47 tag. `since` and `until` are days in the desk's zone, both included, on which the version that stands was
    published.
    """

    speaker: UUID | None = None
    outlet: UUID | None = None
    topic: str = ""
    rating: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return what an address asks for. What cannot be read chooses nothing that exists, or, of a day, nothing."""
        words = {name: printable(query.get(name, ""))[:LONGEST].strip() for name in ("topic", "rating", "language")}
        return cls(
            speaker=_id(query.get("speaker", "")),
            outlet=_id(query.get("outlet", "")),
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
            **words,
        )

    @property
    def pairs(self) -> dict[str, str]:
        """What was chosen as the query of an address, always in the same order."""
        names = ("speaker", "outlet", "topic", "rating", "language", "since", "until")
        return {name: str(value) for name in names if (value := getattr(self, name))}

    @property
    def query(self) -> str:
        """The query of an address with its question mark; empty where nothing was chosen."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def undated(self) -> Self:
        """The same without days: what a feed can follow."""
        return replace(self, since=None, until=None)


def chosen(choice: Choice) -> QuerySet[Verdict]:
    """Return the current version of each check that was chosen, newest first; of none chosen, of all."""
    verdicts = Verdict.objects.filter(publication__current_of__isnull=False).order_by(*NEWEST_FIRST)
    if choice.speaker:
        of_claim = Q(review__claim__speaker__public=choice.speaker)
        joined = Q(review__claim__speaker__joined_to__public=choice.speaker)
        verdicts = verdicts.filter(of_claim | joined, claimant__isnull=False)
    if choice.outlet:
        seen = Appearance.objects.filter(article__outlet__public=choice.outlet)
        own = Exists(seen.filter(claim__review=OuterRef("review")))
        verdicts = verdicts.filter(own | Exists(seen.filter(claim__review__duplicate_of=OuterRef("review"))))
    if choice.topic:
        verdicts = verdicts.filter(review__topics__name=choice.topic)
    if choice.rating:
        verdicts = verdicts.filter(rating_label=choice.rating).exclude(change=Change.VOID)
    if choice.language:
        verdicts = verdicts.filter(language=choice.language)
    if choice.since:
        verdicts = verdicts.filter(publication__published_at__gte=_begin(choice.since))
    if choice.until:
        verdicts = verdicts.filter(publication__published_at__lt=_begin(choice.until + timedelta(days=1)))
    return verdicts


def named(choice: Choice) -> tuple[str, ...]:
    """Return what was chosen in words, as a feed's title has it: the speaker's name, the outlet's, the topic …"""
    names = []
    if choice.speaker:
        names.append(Speaker.objects.filter(public=choice.speaker).values_list("name", flat=True).first() or "?")
    if choice.outlet:
        names.append(Outlet.objects.filter(public=choice.outlet).values_list("name", flat=True).first() or "?")
    return (*names, *filter(None, (choice.topic, choice.rating, choice.language)))


def _id(text: str) -> UUID | None:
    """Return a public id; where it cannot be one the nil UUID, which nothing has."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
