"""What the tests of this folder share."""

from collections.abc import Iterator

import pytest

from tests.claims.capture.loopback import LoopbackServer


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running
