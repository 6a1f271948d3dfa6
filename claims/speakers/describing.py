"""What a person says of a speaker: what it is, its role, other names, and addresses that identify it."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from claims.models import Speaker
from claims.speakers.refusing import SpeakerRefused
from claims.speakers.sameness import LONGEST_NAME, holders_of, key_of, kind_of, lock_names, on_one_line
from claims.wording import words

MOST_ALIASES: Final = 50
MOST_ADDRESSES: Final = 20
LONGEST_ADDRESS: Final = 500
# Wikidata writes the identifiers of its entities with http, and others compare them letter by letter.
_WIKIDATA: Final = re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a speaker beside its name; `kind` is empty and `role` None where it is not known."""

    kind: str = ""
    role: str | None = None
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @classmethod
    def of(cls, speaker: Speaker) -> "Described":
        """Return what is stored."""
        return cls(speaker.kind, speaker.role, tuple(speaker.aliases), tuple(speaker.same_as))

    @property
    def seen(self) -> str:
        """What a form carries along, to tell whether somebody changed it meanwhile."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:16]


@transaction.atomic
def describe(speaker: Speaker, wish: Described, by: User, seen: str) -> Speaker:
    """Store what a person says of a speaker, and note who said it; return the row.

    Aliases that are the speaker's name already are left out. `seen` is `Described.seen` of what the person looked at.
    Raises SpeakerRefused where somebody changed it meanwhile, an alias is somebody else's name, or an address none.
    """
    wish = Described(
        kind_of(wish.kind),
        on_one_line(wish.role or "") or None,
        _aliases(wish.aliases),
        _addresses(wish.same_as),
    )
    lock_names(map(key_of, wish.aliases))
    row = Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
    wish = Described(wish.kind, wish.role, _unclaimed(row, wish.aliases), wish.same_as)
    stored = Described.of(row)
    if stored == wish:
        return row
    if stored.seen != seen:
        raise SpeakerRefused(
            words("Somebody changed “%(name)s” meanwhile: compare with what is stored, then save again.", name=row.name)
        )
    row.kind, row.role = wish.kind, wish.role
    row.aliases, row.same_as = list(wish.aliases), list(wish.same_as)
    row.save(update_fields=["kind", "role", "aliases", "same_as"])
    before, after = asdict(stored), asdict(wish)
    told = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    message = gettext("Changed: %(what)s") % {"what": json.dumps(told, ensure_ascii=False)}
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, message, single_object=True)
    return row


def _aliases(typed: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for alias in typed:
        if len(" ".join(alias.split())) > LONGEST_NAME:
            raise SpeakerRefused(
                words(
                    "A name has at most %(most)s characters: shorten “%(name)s…”.", most=LONGEST_NAME, name=alias[:40]
                )
            )
        if key := key_of(alias):
            found.setdefault(key, on_one_line(alias))
    if len(found) > MOST_ALIASES:
        raise SpeakerRefused(words("Give at most %(most)s other names.", most=MOST_ALIASES))
    return tuple(found.values())


def _unclaimed(speaker: Speaker, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Return the aliases that are no name of the speaker yet; refuse those that are somebody else's."""
    stands = speaker.joined_to_id or speaker.pk
    holders = holders_of([key_of(alias) for alias in aliases])
    kept = []
    for alias in aliases:
        others = [holder for holder in holders.get(key_of(alias), ()) if holder.pk != speaker.pk]
        stranger = next((holder for holder in others if holder.stands != stands), None)
        if stranger is not None and stranger.is_alias:
            raise SpeakerRefused(
                words(
                    "“%(alias)s” is another name of “%(name)s” already: join the two, or take it off there.",
                    alias=alias,
                    name=stranger.name,
                )
            )
        if stranger is not None:
            raise SpeakerRefused(words("“%(name)s” is a speaker of its own: join the two.", name=stranger.name))
        if not others and key_of(alias) != key_of(speaker.name):
            kept.append(alias)
    return tuple(kept)


def _addresses(typed: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(_address(address.strip()) for address in typed if address.strip())
    if len(found) > MOST_ADDRESSES:
        raise SpeakerRefused(words("Give at most %(most)s addresses.", most=MOST_ADDRESSES))
    return tuple(found)


def _address(typed: str) -> str:
    if _WIKIDATA.fullmatch(typed):
        return typed
    try:
        url = parse_url(typed)
    except BadUrl as error:
        raise SpeakerRefused(error.sentence) from error
    if url.scheme != "https" or len(url.href) > LONGEST_ADDRESS:
        raise SpeakerRefused(
            words(
                "“%(address)s” identifies nobody: give an address that begins with https:// and has at most %(most)s "
                "characters, such as a page of Wikidata or Wikipedia, or the speaker’s own.",
                address=typed[:80],
                most=LONGEST_ADDRESS,
            )
        )
    return url.href
