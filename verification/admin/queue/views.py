"""Views of the queue that people keep: search, filters and columns under a name. They decide nothing of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from claims.wording import words
from verification.admin.pages import person_of
from verification.admin.queue.addresses import cleaned
from verification.admin.queue.columns import CLAIM, COLUMNS_VAR, chosen, columns_in, known
from verification.models import SavedView
from verification.publishing.plain_text import printable
from verification.review.policy import may_open
from verification.review.refusals import Moved, NotYours, Refusal, Unmet

MOST_VIEWS: Final = 20
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view among somebody's tabs: its own one, or one that a colleague shares."""

    public: str
    name: str
    query: str
    columns: list[str]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody finds at the queue: their columns, and the views among their tabs, their own first."""

    columns: list[str]
    views: list[KeptView]


def kept_for(person: User) -> Kept:
    """Return a person's columns and views (one query, asked once for each object that stands for the person)."""
    found: Kept | None = getattr(person, "_readout_queue", None)
    if found is None:
        seen = SavedView.objects.filter(Q(person=person) | Q(shared=True, person__is_active=True))
        fields = {"public": "public", "name": "name", "query": "query", "columns": "columns", "person": "person_id"}
        views = ArraySubquery(seen.order_by("name", "pk").values(view=JSONObject(**fields)))
        ours: QuerySet[Any] = User.objects.filter(pk=person.pk)
        columns, kept = ours.values_list("profile__queue_columns", views).get()
        listed = [KeptView(is_own=view.pop("person") == person.pk, **view) for view in kept]
        found = Kept(chosen(columns), sorted(listed, key=lambda view: not view.is_own))
        person._readout_queue = found  # type: ignore[attr-defined]
    return found


def columns_for(request: HttpRequest) -> list[str]:
    """Return the columns beside the claim: those of the address, else a person's own, else the usual ones."""
    asked = request.GET.get(COLUMNS_VAR, "")
    return columns_in(asked) if asked else kept_for(person_of(request)).columns


def may_share(person: User) -> bool:
    """Return whether somebody may put a view among everybody's tabs: editors."""
    return may_open(person, "assign")


def address_of(view: SavedView | KeptView) -> str:
    """Return the query string that shows a view, with its own columns if it has any."""
    columns = f"{COLUMNS_VAR}={','.join(view.columns)}" if view.columns else ""
    return cleaned("&".join(filter(None, [view.query, columns])))


@transaction.atomic
def keep(
    person: User, name: str, query: str, *, columns: Sequence[str] = (), shared: bool = False, replace: bool = False
) -> SavedView:
    """Keep a view under a name. The same one kept twice is kept once; another of that name only with `replace`.

    Raises Unmet with the sentence that says what is missing, NotYours when somebody shares who may not.
    """
    _one_at_a_time(person)
    name = _named(name)
    _must_share(person, shared)
    own = [CLAIM, *known(columns)] if columns else []
    values = {"query": cleaned(query, without=[COLUMNS_VAR]), "columns": own, "shared": shared}
    mine = SavedView.objects.filter(person=person)
    before = mine.filter(name=name).first()
    if before and not replace and {field: getattr(before, field) for field in values} != values:
        why = words("You keep another view called “%(name)s”: give another name, or tick “replace it”.", name=name)
        raise Unmet(Refusal("name", why))
    if before is None and mine.count() >= MOST_VIEWS:
        why = words("You keep %(most)s views: delete one that you do not need, then save this one.", most=MOST_VIEWS)
        raise Unmet(Refusal("most", why))
    return SavedView.objects.update_or_create(person=person, name=name, defaults=values)[0]


@transaction.atomic
def rename(view: SavedView, person: User, name: str, *, shared: bool) -> SavedView:
    """Give one's own view another name, and share it or not. Raises Unmet or NotYours, as `keep` does."""
    _one_at_a_time(person)
    view = _own(view.public, person)
    name = _named(name)
    if shared and not view.shared:
        _must_share(person, shared)
    if SavedView.objects.filter(person=person, name=name).exclude(pk=view.pk).exists():
        why = words("You keep another view called “%(name)s”: give this one another name.", name=name)
        raise Unmet(Refusal("name", why))
    view.name, view.shared = name, shared
    view.save(update_fields=["name", "shared"])
    return view


@transaction.atomic
def delete(view: SavedView, person: User) -> None:
    """Take one's own view away, from everybody's tabs too. Raises Moved when it is gone, or somebody else's."""
    _own(view.public, person).delete()


def _one_at_a_time(person: User) -> None:
    """Let a second wish of the same person wait: two at once would both pass the count, and find a name free."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _own(public: UUID, person: User) -> SavedView:
    view = SavedView.objects.select_for_update().filter(public=public, person=person).first()
    if view is None:
        why = words("That view is gone already, or is somebody else’s: only its owner changes it.")
        raise Moved(Refusal("view", why))
    return view


def _named(name: str) -> str:
    name = " ".join(printable(name).split())
    if not name:
        raise Unmet(Refusal("name", words("Give the view a name.")))
    if len(name) > LONGEST_NAME:
        raise Unmet(Refusal("name", words("A name has %(most)s characters at most.", most=LONGEST_NAME)))
    return name


def _must_share(person: User, shared: bool) -> None:
    if shared and not may_share(person):
        raise NotYours(Refusal("role", words("Only editors share views with the desk: save it for yourself.")))
