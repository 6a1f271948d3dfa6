"""docs/sources.md says what the connectors and the catalogue say."""

import io

from django.conf import settings
from django.core.management import call_command

from verification.connectors.issuers.catalogue import entries
from verification.connectors.issuers.describing import MARK, NOT_PROBED, described, renewed
from verification.connectors.issuers.registry import CONNECTORS

PAGE = settings.BASE_DIR / "docs" / "sources.md"


def test_the_page_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page, CONNECTORS.values(), entries()), "run manage.py describe_sources --write"


def test_every_connector_says_what_it_is_how_it_is_set_up_and_that_nobody_tried_it() -> None:
    sections = described(CONNECTORS.values(), entries()).split("\n## ")[1:]
    assert len(sections) == len(CONNECTORS)
    for section, connector in zip(sections, CONNECTORS.values(), strict=True):
        assert f'<a id="{connector.key}">' in section
        assert NOT_PROBED in section
        assert all(f"| `{setting.name}` |" in section for setting in connector.settings)
        assert len([line for line in section.splitlines() if line.startswith("- ")]) >= len(connector.quirks)
        assert (connector.secret is None) == ("SOURCE_KEYS" not in section)
        assert all(entry.name in section for entry in entries() if entry.connector == connector.key)


def test_what_people_wrote_above_stays() -> None:
    page = renewed(f"# Ours\n\nWords of our own.\n\n{MARK}\n\nold", CONNECTORS.values(), entries())
    assert page.startswith(f"# Ours\n\nWords of our own.\n\n{MARK}\n\n## Overview\n")
    assert not page.endswith("old")
    assert renewed(page, CONNECTORS.values(), entries()) == page


def test_the_command_prints_the_page() -> None:
    out = io.StringIO()
    call_command("describe_sources", stdout=out)
    assert out.getvalue() == PAGE.read_text(encoding="utf-8")
