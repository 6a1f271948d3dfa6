"""The searches that `docs/api.md` shows are answered as it says."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from claims.models import Precision
from tests.verification.publishing.rows import publish, set_desk
from verification.index.collection import PUBLIC
from verification.index.rebuilding import rebuild

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r"```request\nGET (?P<url>/v1alpha1\S+)\n```\n\n```json\n(?P<answer>.*?)```", re.DOTALL)


def shape(told: Any) -> Any:
    """Return what of an answer does not change from run to run: its names, and all texts but times and addresses."""
    if isinstance(told, dict):
        moving = {"url", "reviewDate"}
        return {name: "…" if name in moving else shape(value) for name, value in told.items()}
    return [shape(each) for each in told] if isinstance(told, list) else told


def test_every_request_of_the_documentation_is_answered_as_it_says(client: Client) -> None:
    set_desk(name="The Mole Lantern", homepage="https://lantern.example/")
    publish(
        value=2,
        headline="The ledger has forty lamps, for the southern mole",
        claim_text="We bought forty lamps for the northern mole.",
        said=datetime(2031, 5, 4, tzinfo=UTC),
        said_precision=Precision.DAY,
    )
    rebuild(collection=PUBLIC)
    shown = list(SHOWN.finditer((settings.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")))
    assert len(shown) == 2
    for each in shown:
        answer = client.get(each["url"])
        assert shape(answer.json()) == shape(json.loads(each["answer"]))
