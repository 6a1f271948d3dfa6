"""A notice board on the replay site, asked without waiting."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from claims.models import HostLane
from tests.replay.site import HOST
from tests.verification.research.board import Attic, Board, NoticeBoard, SearchableBoard, running_board
from verification.connectors.issuers.registry import CONNECTORS


@pytest.fixture
def board(transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    """Serve a board, whose source is switched on."""
    for connector in (NoticeBoard, SearchableBoard, Attic):
        monkeypatch.setitem(CONNECTORS, connector.key, connector)
    HostLane.objects.create(host=HOST, gap_ms=0, daily_budget=100_000)
    with running_board() as board:
        settings.FETCH_PRIVATE_TARGETS = board.site.targets()
        yield board
