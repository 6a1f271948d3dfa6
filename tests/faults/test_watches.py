"""Workers killed while they look at cited pages, after the answer came: each change is told once."""

import threading
from functools import partial
from pathlib import Path

import pytest

from tests.faults.desk import Desk
from tests.replay.answering import Reply
from tests.replay.routes import route
from tests.replay.site import ReplaySite
from tests.verification.research.watched_pages import cited, documents, paragraphs

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
COUNT, CHANGED = 12, (2, 5, 8, 11)
PUBLISH = f"""
from types import SimpleNamespace
from tests.verification.research.watched_pages import cited, documents, fetched, published
site = SimpleNamespace(address=lambda path: "http://briefing.example:%d" + path)
for page in documents({COUNT}):
    published(fetched(site, page), cited(page.number))
"""
COME_DUE = """
from datetime import timedelta
from claims.models.clock import read_clock
from verification.models import PageWatch
from verification.research.page_watch import enlist_looks
enlist_looks()
PageWatch.objects.update(next_at=read_clock() - timedelta(seconds=1))
"""


def test_workers_killed_in_the_midst_of_looks_tell_each_change_once(tmp_path: Path) -> None:
    answered = threading.Semaphore(0)
    with ReplaySite(documents(COUNT)) as site, Desk(tmp_path / "desk") as desk:
        desk.env |= {"FETCH_PRIVATE_TARGETS": site.targets_as_text(), "FETCH_GAP_MS": "20"}
        desk.manage("shell", "-c", PUBLISH % site.port)
        for number in CHANGED:
            site.change(number, paragraphs(number, cited=cited(number).replace("no captain", "every captain")))
        desk.manage("shell", "-c", COME_DUE)

        def first_time(path: str) -> Reply:
            """Answer, and let the worker be killed that asked; from then on the page answers as the others do."""
            del site.answers[path]
            answered.release()
            return route(site, path, {}, archived=False)

        for number in CHANGED[:3]:
            path = documents(COUNT)[number - 1].path
            site.answers[path] = partial(first_time, path)
        desk.beat()
        desk.keep_worker()
        for _kill in CHANGED[:3]:
            assert answered.acquire(timeout=120)
            desk.kill_worker()
            desk.keep_worker()
        desk.wait_for(lambda: desk.number("verification_pagewatch WHERE looks = 0") == 0, 240)
        # The articles of these cases are rows without bytes, so that their packages cannot be built.
        left = "claims_work WHERE done_at IS NULL AND kind <> 'verification.package'"
        desk.wait_for(lambda: desk.number(left) == 0, 120)
        assert desk.number("verification_challenge") == len(CHANGED)
        assert desk.number("verification_pagechange") == len(CHANGED)
        assert desk.number("verification_review WHERE state = 'challenged'") == len(CHANGED)
        assert desk.number("verification_document WHERE superseded_at IS NULL") == desk.number(
            "(SELECT DISTINCT source_id, stable_id FROM verification_document) AS one"
        )
        assert "The log holds" in desk.manage("verify_log")
