"""Our JSON-LD is of schema.org's vocabulary, as Google's schema-dts states it and TypeScript's compiler checks it.

schema-dts has every type of the vocabulary with the properties that it may have and what these may hold: a key that is
no property, or not of its type, is an error of the compiler.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.outside.programs import HERE, PACKAGES, part, program, run
from tests.verification.publishing.rows import publish, set_desk
from tests.verification.publishing.samples import APPEARANCE, BESIDE, DESK, VERDICT, corrected
from tests.verification.publishing.samples import HERE as ADDRESSES
from verification.models import DeskText
from verification.publishing.claimreview import claim_review
from verification.publishing.moments import Moment

pytestmark = [pytest.mark.browser]

COMPILER = PACKAGES / "typescript/lib/tsc.js"
WHOLE = replace(DESK, texts=tuple(DeskText.Kind))
LATER = replace(APPEARANCE, url="https://gull.example/later", published=Moment(VERDICT.published.at))
DATES = {"datePublished", "dateModified", "dateCreated", "dateDeleted"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
FULL = claim_review(
    replace(corrected(), appearances=(APPEARANCE, LATER), claimant_same_as=("https://a.example/",)), WHOLE, ADDRESSES
)


def errors_in(folder: Path, documents: dict[str, tuple[str, Any]]) -> list[str]:
    """Return what the compiler says of documents, each by its name with the type that it is to have."""
    (folder / "node_modules").symlink_to(PACKAGES, target_is_directory=True)
    for name, (kind, document) in documents.items():
        text = json.dumps(document, ensure_ascii=False)
        types = f'import type {{ {kind}, WithContext }} from "schema-dts";\n'
        source = f"{types}export const it: WithContext<{kind}> = {text};\n"
        (folder / f"{name}.ts").write_text(source, encoding="utf-8")
    options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--preserveSymlinks"]
    files = [str(folder / f"{name}.ts") for name in documents]
    answer = run(program("node", "nodejs"), part(COMPILER), *options, *files)
    return [line for line in (answer.stdout + answer.stderr).splitlines() if ": error " in line]


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, name)
    else:
        yield name, value


def wrong_values(document: Any) -> list[tuple[str, Any]]:
    """List the dates that are none of ISO 8601, and the addresses that are none."""
    wrong = []
    for name, value in leaves(document):
        if name in DATES and not DATE.fullmatch(value):
            try:
                assert datetime.fromisoformat(value).tzinfo
            except (ValueError, AssertionError):
                wrong.append((name, value))
        is_address = name in {"url", "sameAs", "masthead", "publishingPrinciples"} or name.endswith(("Policy", "Info"))
        if is_address and not re.match(r"https?://[\w.-]+(:\d+)?/", value):
            wrong.append((name, value))
    return wrong


@pytest.mark.django_db
def test_every_key_type_and_value_is_in_the_vocabulary(client: Client, tmp_path: Path) -> None:
    set_desk(homepage="https://lantern.example/", licence="Text under CC BY 4.0")
    publish(publish().review, 2)
    publish(publish().review, change="void", change_note="Of another day.")
    feed = json.loads(client.get("/checks/data-feed.json").getvalue())
    bare = replace(VERDICT, claimant=None, said=None, appearances=(), rating=BESIDE)
    documents: dict[str, tuple[str, Any]] = {
        "full": ("ClaimReview", FULL),
        "bare": ("ClaimReview", claim_review(bare, DESK, ADDRESSES)),
        "feed": ("DataFeed", feed),
    }
    assert len(feed["dataFeedElement"]) == 2
    assert errors_in(tmp_path, documents) == []
    assert [wrong_values(document) for _kind, document in documents.values()] == [[], [], []]


def harmed(path: tuple[str, ...], value: Any) -> Any:
    document = json.loads(json.dumps(FULL))
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return document


def test_the_vocabulary_refuses_what_is_not_in_it(tmp_path: Path) -> None:
    wrong = {
        "no_such_property": harmed(("claimRevewed",), "x"),
        "of_another_type": harmed(("reviewRating", "masthead"), "https://lantern.example/"),
        "of_organisations": harmed(("itemReviewed", "author"), {"@type": "Person", "name": "x", "masthead": "x"}),
        "no_such_type": harmed(("author", "@type"), "NewsPaperOffice"),
        "of_the_wrong_kind": harmed(("reviewRating",), "false"),
    }
    told = errors_in(tmp_path, {name: ("ClaimReview", document) for name, document in wrong.items()})
    assert {name for name in wrong if any(f"{name}.ts" in line for line in told)} == set(wrong)
    assert wrong_values(harmed(("datePublished",), "yesterday")) == [("datePublished", "yesterday")]
    assert wrong_values(harmed(("author", "url"), "/about")) == [("url", "/about")]


def test_the_vocabulary_that_was_asked_is_the_one_that_is_pinned() -> None:
    asked = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    installed = json.loads((PACKAGES / "schema-dts/package.json").read_text(encoding="utf-8"))
    assert installed["version"] == asked["schema-dts"]
