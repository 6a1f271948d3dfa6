"""Pages of the desk as a person opens and sends them, and a case with a version before it."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests.cases import Walk, now
from verification.models import Review
from verification.review import afterwards


def as_person(person: User) -> Client:
    """Return a browser in which this person is logged in."""
    client = Client()
    client.force_login(person)
    return client


def page_of(review: Review, name: str, *more: object) -> str:
    """Return the address of one of a case's pages."""
    return reverse(f"admin:{name}", args=[review.pk, *more])


def send(person: User, review: Review, name: str, /, *more: object, **fields: object) -> Any:
    """Send a page's form, filled in on the case as it stands unless `revision` says otherwise."""
    values = {"revision": now(review).revision} | fields
    return as_person(person).post(page_of(review, name, *more), values)


def told(answer: Any) -> str:
    """Return the messages that an answer leaves for the next page."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def text_of(walk: Walk, name: str, person: User) -> str:
    """Return a case's page as this person reads it."""
    answer = as_person(person).get(page_of(walk.review, name))
    assert answer.status_code == 200
    return answer.content.decode()


def second_version(walk: Walk, change: str = "correction") -> Walk:
    """Walk a published case to the sign-off of its second version."""
    afterwards.correct(walk.review, walk.editor, walk.review.revision, change, "The hour was wrong.")
    walk.review = now(walk.review)
    walk.taken().proposed(value=2)
    return walk.drafted(headline="Misleading: the record has more", change_note="Version 1 had the wrong hour.")
