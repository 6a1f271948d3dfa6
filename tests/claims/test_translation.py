"""Every sentence a person reads goes through gettext: shown here in a pseudo-language that wraps what it translated."""

import ast
import io
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real
from rich.console import Console

from claims.translation import say, tell
from claims.wording import store, words
from verification.research.table import print_report

WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")


class Pseudo(NullTranslations):
    """Wraps every message it is asked for."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def to_language(self) -> str:
        return "eo"


@pytest.fixture
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(trans_real._translations, "eo", Pseudo())  # type: ignore[attr-defined]  # Django's own table
    with translation.override("eo"):
        yield


REPORT = {
    "article": {"title": None, "outlet": None, "byline": None, "published": None, "language": None},
    "claims": [
        {
            "text": "4", "speaker": None, "said": None, "kind": "quotation", "score": 0.5, "reasons": [],
            "candidates": [
                {
                    "rank": 1, "title": "5", "document": "6", "source": "7", "tier": "8", "published": None,
                    "text": "9", "reasons": [],
                    "quote_check": {"class": "altered", "flags": ["negation"], "diff": []},
                }
            ],
        },
        {"text": "10", "speaker": None, "said": None, "kind": "quantity", "score": 1, "reasons": [], "candidates": []},
    ],
}  # fmt: skip


@pytest.mark.usefixtures("pseudo_language")
def test_no_word_in_the_terminal_table_escapes_translation() -> None:
    out = io.StringIO()
    print_report(REPORT, Console(file=out, width=500, no_color=True))
    left = WRAPPED.sub("", out.getvalue())
    assert WRAPPED.search(out.getvalue())
    assert not re.search(r"[A-Za-z]{2,}", left), left


@pytest.mark.usefixtures("pseudo_language")
def test_a_stored_reason_is_translated_when_it_is_shown() -> None:
    reason = words("names %(name)s", name="Example Harbour Board")
    assert say(reason) == "⟦names Example Harbour Board⟧"
    assert tell(store([reason])) == ["⟦names Example Harbour Board⟧"]


def test_a_reason_with_a_per_cent_sign_in_its_value_is_shown_as_it_is() -> None:
    assert say(words("holds the figure %(figure)s", figure="4 %")) == "holds the figure 4 %"
    assert say(words("100% certain")) == "100% certain"


def python_files() -> list[Path]:
    base = Path(settings.BASE_DIR)
    return [path for room in ("claims", "verification", "config") for path in (base / room).rglob("*.py")]


def test_every_message_is_written_out_where_it_is_marked() -> None:
    """A message put together at run time would never reach a translator."""
    marks = {"words", "gettext", "gettext_lazy", "ngettext", "_"}
    built = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in marks and node.args:
                first = node.args[0]
                if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    built.append(f"{path.name}:{node.lineno}")
    assert [place for place in built if not place.startswith("translation.py")] == []
