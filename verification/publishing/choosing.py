"""Which checks are asked for: lists, feeds and exports understand the same words in their addresses."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from claims.models import Outlet, Speaker
from verification.models import Change, Review, Verdict
from verification.publishing.history import NEWEST_FIRST
from verification.publishing.plain_text import printable

LONGEST = 200
DAYS = ("since", "until")


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
    standing = Verdict.objects.filter(publication__current_of__isnull=False).order_by(*NEWEST_FIRST)
    return narrowed(standing, choice)


def narrowed(verdicts: QuerySet[Verdict], choice: Choice) -> QuerySet[Verdict]:
    """Return those of the published versions that were chosen, in the order they have."""
    if choice.speaker:
        everyone = Speaker.objects.filter(Q(public=choice.speaker) | Q(joined_to__public=choice.speaker))
        verdicts = verdicts.filter(review__claim__speaker__in=everyone, claimant__isnull=False)
    if choice.outlet:
        # One list of cases and no "or", so that few rows are found by an index among very many.
        seen = Review.objects.filter(claim__appearances__article__outlet__public=choice.outlet)
        verdicts = verdicts.filter(review__in=seen.annotate(told=Coalesce("duplicate_of", "pk")).values("told"))
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
        names.append(speaker_named(choice.speaker) or "?")
    if choice.outlet:
        names.append(outlet_named(choice.outlet) or "?")
    return (*names, *filter(None, (choice.topic, choice.rating, choice.language)))


def speaker_named(speaker: UUID) -> str | None:
    """Return the name that a speaker has in the newest check of theirs; None where nothing of theirs is published."""
    return chosen(Choice(speaker=speaker)).values_list("claimant", flat=True).first()


def outlet_named(outlet: UUID) -> str | None:
    """Return the name of an outlet; None where nothing that stood in it is published."""
    found = Outlet.objects.filter(public=outlet).values_list("name", flat=True).first()
    return found if found and chosen(Choice(outlet=outlet)).exists() else None


def unread_days(query: QueryDict) -> dict[str, str]:
    """Return the days of an address that are none, by the name they were given (`DAYS`), as they were written."""
    given = {name: printable(query.get(name, ""))[:LONGEST].strip() for name in DAYS}
    return {name: text for name, text in given.items() if text and _day(text) is None}


def _id(text: str) -> UUID | None:
    """Return a public id; where it cannot be one the nil UUID, which nothing has."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _day(text: str) -> date | None:
    """Return a day; None for what is none, and for years in which no zone can be told."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 1000 < day.year < 9000 else None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
