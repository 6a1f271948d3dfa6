"""What stands behind the index is nobody else's business, so that another back-end can stand there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.verification.index.library import add_to_library
from verification.index.postgres import PostgresIndex
from verification.models import passage

ROOM = "verification.index"
# The protocol and its back-end; what is indexed together, as which text; bringing an index up to date.
OPEN = {f"{ROOM}.{name}" for name in ("protocol", "postgres", "collection", "texts", "rebuilding")}
TABLES = {name for name, value in vars(passage).items() if getattr(value, "__module__", "") == passage.__name__}


def imports_outside() -> Iterator[tuple[str, str, set[str]]]:
    """Yield file, module and names of each import in the product outside the index and its models."""
    for room in ("claims", "config", "verification"):
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            if not {"index", "models", "migrations"} & set(path.parts):
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.ImportFrom) and node.module:
                        yield path.name, node.module, {alias.name for alias in node.names}


def test_others_reach_the_index_by_its_protocol_and_its_makers_only() -> None:
    reached = [(file, module) for file, module, _ in imports_outside() if module.startswith(ROOM)]
    assert [pair for pair in reached if pair[1] not in OPEN] == []
    assert {module for _, module in reached} >= {f"{ROOM}.protocol", f"{ROOM}.postgres"}


def test_nobody_else_reads_the_tables_of_the_index() -> None:
    assert [
        (file, names & TABLES)
        for file, module, names in imports_outside()
        if module.startswith("verification.models") and names & TABLES
    ] == []


@pytest.mark.django_db
def test_an_index_tells_a_documents_passages_in_order() -> None:
    document = add_to_library("The board met and adjourned without a vote on the matter. " * 60)
    passages = PostgresIndex().passages(document.pk)
    assert len(passages) > 3
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
    assert PostgresIndex().passages(987654) == ()
