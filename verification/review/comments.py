"""What colleagues say to each other about a case: a line of its log, which moves nothing and can be erased."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from claims.wording import words
from verification.models import Review, ReviewEvent
from verification.review.log import Entry, append
from verification.review.refusals import Refusal, Unmet
from verification.review.states import ROLE_NAMES
from verification.review.transitions import Actor

COMMENT: Final = "comment"
LONGEST: Final = 4000
"""Characters of a comment."""
# A log-in name may be an address, with an @ of its own.
MENTION = re.compile(r"(?<![\w@.])@([\w.+-]*\w(?:@[\w.+-]*\w)*)")


@dataclass(frozen=True, slots=True)
class Commented:
    """What came of a comment: whom it mentions, and the names in it that nobody here has."""

    mentioned: tuple[User, ...] = ()
    unknown: tuple[str, ...] = ()


def comment(review: Review, person: User, text: str) -> Commented:
    """Put a comment into a case's log; `@name`, a log-in name, mentions a colleague, who is then told.

    The same words by the same person twice in a row are one comment. Whoever may open the case may comment: the caller
    asks. Raises Unmet for an empty text, or one that is longer than `LONGEST`.
    """
    text = text.strip()
    if not text:
        raise Unmet(Refusal("comment", words("Write something first.")))
    if len(text) > LONGEST:
        raise Unmet(Refusal("comment", words("A comment has %(most)s characters at most.", most=LONGEST)))
    known = {user.get_username().casefold(): user for user in _colleagues()} if "@" in text else {}
    names = {name.casefold(): name for name in _named(text, known)}
    mentioned = tuple(known[name] for name in names if name in known)
    with transaction.atomic():
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        if not _said_last(review, person, text):
            payload = {"text": text, "mentions": sorted(user.pk for user in mentioned)}
            by = Actor(person)
            append(Entry(review, by.written, COMMENT, review.state, review.state, payload, by.token))
    return Commented(mentioned, tuple(name for folded, name in names.items() if folded not in known))


def _named(text: str, known: Mapping[str, User]) -> Iterator[str]:
    """Yield the names that a text mentions: up to a second @, unless somebody's name has one."""
    for name in MENTION.findall(text):
        yield name if name.casefold() in known else name.partition("@")[0]


def _colleagues() -> list[User]:
    return list(User.objects.filter(is_active=True, groups__name__in=ROLE_NAMES).distinct())


def _said_last(review: Review, person: User, text: str) -> bool:
    last = ReviewEvent.objects.filter(review=review).select_related("payload").order_by("-seq").first()
    if last is None or (last.verb, last.actor) != (COMMENT, Actor(person).written):
        return False
    stored = getattr(last, "payload", None)
    return stored is not None and json.loads(stored.body).get("text") == text
