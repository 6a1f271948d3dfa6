"""What goes out beside the page, seen before it does: the feeds' entry, ClaimReview rule by rule, the web archive."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.cases import Walk, make_candidate, make_document
from tests.verification.admin.opening import second_version, send, text_of
from verification.models import Desk, Draft
from verification.publishing.addresses import Addresses
from verification.publishing.claimreview_rules import checked
from verification.research.exporting import of_case

pytestmark = pytest.mark.django_db
DATES = ("date_published", "date_modified")


@pytest.fixture
def approved() -> Walk:
    return Walk().accepted().taken().proposed().drafted().approved()


def raw(page: str, name: str) -> str:
    """Return what the page shows of the entry as one feed writes it."""
    found = re.search(rf'aria-label="{name}"><code>(.*?)</code>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def undated(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in DATES}


def test_the_entry_that_is_shown_is_the_one_that_the_feeds_carry(approved: Walk) -> None:
    page = text_of(approved, "case_publish", approved.publisher)
    send(approved.publisher, approved.review, "case_publish", read="1")
    (item,) = Client().get("/checks/feed.json").json()["items"]
    assert undated(json.loads(raw(page, "JSON Feed"))) == undated(item)
    for name, element, dates in (("RSS", "item", "pubDate|atom:updated"), ("Atom", "entry", "published|updated")):
        feed = Client().get(f"/checks/feed.{name.lower()}").content.decode()
        carried = feed[feed.index(f"<{element}") : feed.index(f"</{element}>")]
        shown, sent = (
            re.sub(rf"<({dates})>[^<]*", "", text.replace(">\n<", "><")) for text in (raw(page, name), carried)
        )
        assert shown == f"{sent}</{element}>"
    assert item["content_html"] in page


def test_of_a_correction_the_entry_keeps_its_id_and_says_first_what_changed() -> None:
    walk = Walk()
    first = walk.to_publication()
    second_version(walk)
    item = json.loads(raw(text_of(walk, "case_sign_off", walk.editor), "JSON Feed"))
    assert item["id"] == walk.review.public.urn
    assert item["title"] == "Correction: Misleading: the record has more"
    assert item["date_published"][:19] == first.published_at.isoformat()[:19]


def test_no_text_of_an_entry_becomes_part_of_the_page() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    hostile = "</code></pre><script>alert(1)</script><img src=x onerror=alert(1)>"
    Draft.objects.update(headline=hostile, explanation=f"{hostile} [1]")
    page = text_of(walk, "case_sign_off", walk.editor)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert hostile in raw(page, "JSON Feed")


def test_every_rule_is_a_line_and_a_fault_stands_in_its_own() -> None:
    walk = Walk().accepted().taken().proposed().drafted()
    Desk.objects.update_or_create(pk=Desk.ONLY, defaults={"name": " ", "homepage": ""})
    page = unescape(text_of(walk, "case_sign_off", walk.editor))
    rules = checked(json.loads(raw(page, "ClaimReview")), Addresses("http://testserver").base)
    lines = page.split('<ul class="ro-list ro-rulings">')[1].split("</ul>")[0].split("<li>")[1:]
    assert len(lines) == len(rules)
    for rule, line in zip(rules, lines, strict=True):
        assert f"<code>{rule.name}</code>" in line
        assert all(part in line for part in (rule.read, rule.fault, rule.advice))
        assert ("does not hold" in line, "> holds<" in line.replace("</svg>", "> ")) == (bool(rule.fault), rule.holds)
    assert [rule.name for rule in rules if rule.fault] == ["author"]
    assert '<details class="ro-part" open>' in page


def test_a_withdrawal_has_no_rules_and_no_markup() -> None:
    walk = Walk()
    walk.to_publication()
    second_version(walk, "void")
    page = text_of(walk, "case_sign_off", walk.editor)
    assert "None goes out: the check is withdrawn." in page
    assert "ro-rulings" not in page
    assert json.loads(raw(page, "JSON Feed"))["_readout"]["claimreview_url"] is None


def test_the_archive_is_listed_with_its_hashes_and_what_is_kept_back(approved: Walk) -> None:
    letter = make_document("Dear Warden", title="A letter to the warden", withheld=True)
    make_candidate(approved.review.claim, letter)
    page = text_of(approved, "case_publish", approved.publisher)
    held = of_case(approved.review)
    assert f"{held.snapshots.count()} captures," in page
    lines = page.split('<ol class="ro-list ro-packed">')[1].split("</ol>")[0].split("<li>")[1:]
    assert len(lines) == held.snapshots.count() + held.left_out
    kept = [line for line in lines if "kept back" in line]
    assert len(kept) == held.left_out == 1
    assert letter.snapshot.sha256 in kept[0]
    assert "readers see the passage that is cited" in kept[0]
    assert all(any(snapshot.sha256 in line for line in lines) for snapshot in held.snapshots)
    assert "Port Example</b>: Remarks by Warden Quillfeather" in page
    assert f'href="/admin/verification/review/{approved.review.pk}/wacz/"' in page
