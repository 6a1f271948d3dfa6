"""Programs with tokens, as they ask the API."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from claims.models import Scope
from claims.tokens import make_token
from verification.models import Review

API = "/api/v1/"
ALL = tuple(Scope.values)


class Program:
    """A program that acts for a person."""

    def __init__(self, person: User, scopes: Sequence[str] = ALL, expires_at: datetime | None = None) -> None:
        """Make its token."""
        self.person = person
        self.token, self.secret = make_token("a program", person, uuid.uuid4(), scopes=scopes, expires_at=expires_at)

    @property
    def headers(self) -> dict[str, str]:
        """What it says of itself."""
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, **headers: str) -> Any:
        """Read an address below the API's."""
        return Client().get(API + path, headers=self.headers | headers)

    def post(self, path: str, said: object, **headers: str) -> Any:
        """Send JSON to an address below the API's."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        browser = Client(enforce_csrf_checks=True)
        return browser.post(API + path, body, content_type="application/json", headers=self.headers | headers)

    def case(self, review: Review) -> dict[str, Any]:
        """Read a case."""
        answer = self.get(f"cases/{review.public}/")
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    def step(self, review: Review, verb: str, **said: object) -> Any:
        """Do a step on the revision that the case has now, unless another is given."""
        if verb != "comment":
            said = {"revision": Review.objects.get(pk=review.pk).revision} | said
        return self.post(f"cases/{review.public}/steps/{verb}/", said)

    def did(self, review: Review, verb: str, **said: object) -> dict[str, Any]:
        """Do a step, and return the case as it stands then."""
        answer = self.step(review, verb, **said)
        assert answer.status_code == 200, answer.content.decode()
        told: dict[str, Any] = answer.json()
        return told


def problem(answer: Any, status: int) -> dict[str, Any]:
    """Return a refusal, when it is one as RFC 9457 has it."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    told: dict[str, Any] = answer.json()
    assert told.keys() - {"guard", "errors"} == {"type", "title", "status", "detail"}
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["detail"] and "\n" not in told["detail"]
    return told
