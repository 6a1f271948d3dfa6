"""Which row stands for a speaker, and all names of one."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from claims.models import Speaker

STANDS = Coalesce("joined_to", "pk")
"""The id of the row that stands for a Speaker; of a claim's speaker it is Coalesce("speaker__joined_to", "speaker")."""


def standing_for(speaker: Speaker) -> Speaker:
    """Return the row that stands for a speaker: the one it was joined to, or itself (a query where it was joined)."""
    return speaker.joined_to or speaker


def everyone_of(speaker: Speaker) -> QuerySet[Speaker]:
    """Return all rows that are one with a speaker, itself among them, the one that stands for them first."""
    stands = speaker.joined_to_id or speaker.pk
    return Speaker.objects.filter(Q(pk=stands) | Q(joined_to=stands)).order_by(
        F("joined_to").asc(nulls_first=True), "name"
    )


def names_of(speaker: Speaker) -> list[str]:
    """Return every name and alias a speaker goes by, each once (one query)."""
    rows = everyone_of(speaker).values_list("name", "aliases")
    found = [name for own, aliases in rows for name in (own, *aliases) if isinstance(name, str)]
    return list(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))


def named(words: str) -> QuerySet[Speaker]:
    """Return all rows of the speakers of whom some name or alias holds these words, in whatever capitals."""
    called = Speaker.objects.filter(Q(name__icontains=words) | Q(aliases__icontains=words))
    return Speaker.objects.alias(stands=STANDS).filter(stands__in=called.annotate(stands=STANDS).values("stands"))
