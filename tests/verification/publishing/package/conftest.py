"""A desk with a key of its own, and one good package, built once for all that only read it."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.verification.publishing.package.cases import Case, packed
from verification.review.log_keys import signing_key
from verification.review.signed_note import SignerKey

_KEPT: list[tuple[bytes, SignerKey]] = []


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, settings: Settings) -> None:
    settings.STATE_DIR, settings.LOG_KEY = tmp_path, ""
    settings.PUBLIC_URL = "https://desk.example"


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> tuple[bytes, SignerKey]:
    """Return the package of a case that was checked twice and rests on a letter too, and the key that signed it."""
    if not _KEPT:
        request.getfixturevalue("db")
        data = packed(Case(second_check=True, letter=True).out())
        _KEPT.append((data, signing_key()[0]))
    return _KEPT[0]


@pytest.fixture
def good(kept: tuple[bytes, SignerKey]) -> bytes:
    """Return that package's bytes."""
    return kept[0]
