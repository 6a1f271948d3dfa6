"""Whose words a text is, what an editor made of somebody's, and what a lawyer said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from verification.admin.case.timeline import payload_of
from verification.admin.case.versions import Clash
from verification.models import Draft, LegalRead, Review, ReviewEvent
from verification.review.drafting import CLEARED, Earlier, earlier_words, words_of
from verification.review.standing import name_of


@dataclass(frozen=True, slots=True)
class CopyEdit:
    """What the last writer made of somebody else's words."""

    author: str
    editor: str
    clashes: Sequence[Clash]


@dataclass(frozen=True, slots=True)
class LegalNote:
    """What a legal reader said of the text: that it may go out (`cleared`), or what has to change."""

    reader: str
    at: datetime
    cleared: bool
    note: str


def field_names() -> dict[str, str]:
    """Return what the parts of a text are called."""
    return {"headline": _("Headline"), "explanation": _("Explanation"), "change_note": _("What changes, and why")}


def words_before(review: Review, draft: Draft) -> Sequence[Earlier]:
    """Return what `earlier_words` says; a text that was saved once was changed by nobody, and none is asked."""
    return earlier_words(review) if draft.revision > 1 else ()


def copy_edit_of(draft: Draft, before: Sequence[Earlier]) -> CopyEdit | None:
    """Return what became of the words that somebody else wrote last; None when nobody's were changed (one query)."""
    earlier = next((each for each in before if each.author != draft.author_id), None)
    if earlier is None:
        return None
    now, names = words_of(draft), field_names()
    clashes = [Clash(names[name], before, now[name]) for name, before in earlier.words.items() if before != now[name]]
    author = User.objects.filter(pk=earlier.author).first()
    called = name_of(author) if author else _("somebody")
    return CopyEdit(called, name_of(draft.author), clashes) if clashes else None


def legal_notes(review: Review) -> list[LegalNote]:
    """Return what legal readers said of this cycle's text, newest first; nothing where none is asked (two queries)."""
    if review.legal_read == LegalRead.NONE:
        return []
    read = ReviewEvent.objects.filter(review=review, cycle=review.cycle, verb="legal_read")
    events = list(read.select_related("payload").order_by("-seq"))
    people = User.objects.in_bulk([int(event.actor.removeprefix("user:")) for event in events]) if events else {}
    names = {f"user:{pk}": name_of(person) for pk, person in people.items()}
    told = [(event, payload_of(event) or {}) for event in events]
    return [
        LegalNote(
            reader=names.get(event.actor) or _("somebody"),
            at=event.at,
            cleared=payload.get("outcome") == CLEARED,
            note=payload.get("note") or "",
        )
        for event, payload in told
    ]
