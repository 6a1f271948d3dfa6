"""`python -m tests.journeys.pictures [NAME …]`: takes the pictures of `docs/images/` from a sample desk it starts."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.faults.desk import BASE
from tests.journeys.running import RunningDesk

FOLDER = BASE / "docs" / "images"
# Name, whose log-in, address, height (pixels).
PICTURES = (
    ("queue", "editor", "/admin/verification/review/", 1000),
    ("triage", "intake", "/admin/verification/review/triage/", 900),
    ("triage-list", "intake", "/admin/verification/review/triage/", 700),
    ("weights", "editor", "/admin/verification/review/weights/", 1000),
    ("case", "checker2", "/admin/verification/review/22/change/", 1250),
    ("keys", "checker2", "/admin/verification/review/22/change/", 1250),
    ("comments", "checker2", "/admin/verification/review/22/change/", 1250),
    ("desk", "checker2", "/admin/", 1000),
    ("adjudication", "editor", "/admin/verification/review/5/adjudicate/", 1250),
    ("drafting", "checker", "/admin/verification/review/4/draft/", 1250),
    ("signoff", "editor", "/admin/verification/review/1/sign-off/", 1250),
    ("publish", "publisher", "/admin/verification/review/6/publish/", 1250),
    ("correction", "editor", "/admin/verification/review/8/correct/", 1250),
    ("settings", "administrator", "/admin/verification/review/settings/", 1250),
    ("insight", "editor", "/admin/verification/review/insight/", 1250),
    ("verdict", "", "/checks/", 1250),
    ("public-list", "", "/checks/", 1000),
    ("public-speakers", "", "/checks/speakers/", 700),
    ("report-an-error", "", "/checks/", 1000),
    ("public-corrections", "", "/checks/corrections/", 1000),
    ("sources", "administrator", "/admin/verification/source/1/change/", 1000),
    ("source-changed", "editor", "/admin/verification/review/13/file/#pages", 1250),
)
WIDTHS = {"": 1440, "-768": 768, "-390": 390}
"""Of readers' pages, by what is added to the name; the desk's own are taken at the first."""
# What is waited for: words that are on the page once workers were there.
WORDS = {"sources": "fetched documents", "source-changed": "219,000"}
# Cited pages are looked at an hour after they were cited; here at once.
LOOK_NOW = """
from django.utils.timezone import now
from verification.models import PageWatch
PageWatch.objects.filter(looks=0).update(next_at=now())
"""


@contextmanager
def logged_in(browser: Browser, desk: RunningDesk, name: str) -> Iterator[Page]:
    """Open a page as a colleague; as a reader without a name."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    if name:
        page.goto(f"{desk.address}/admin/login/")
        page.get_by_label("Username:").fill(name)
        page.get_by_label("Password:").fill(desk.log_ins[name])
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{desk.address}/admin/")
    yield page
    page.close()


def wait_for(page: Page, words: str, urge: Callable[[], None] | None = None) -> None:
    """Open the page again until it shows these words, two minutes at most; before each time urge the desk to go on."""
    for _time in range(30):
        if not words or page.get_by_text(words, exact=True).count():
            return
        if urge:
            urge()
        page.wait_for_timeout(4000)
        page.reload()
    raise AssertionError(f"{page.url} does not show “{words}”")


def look_again(state: Path) -> None:
    """Have every cited page looked at now."""
    command = [sys.executable, "manage.py", "shell", "-c", LOOK_NOW]
    subprocess.run(command, cwd=BASE, env=os.environ | {"READOUT_STATE": str(state)}, check=True)


def main(names: Sequence[str]) -> int:
    """Take these pictures anew, or all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = Path(tempfile.mkdtemp(prefix="readout-pictures-"))
    desk = RunningDesk(state)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, person, path, height in (each for each in PICTURES if not names or each[0] in names):
                with logged_in(browser, desk, person) as page:
                    page.set_viewport_size({"width": 1440, "height": height})
                    page.goto(f"{desk.address}{path}")
                    if name in {"verdict", "report-an-error"}:
                        page.locator("main h2 a, main h3 a").first.click()
                    if name == "report-an-error":
                        page.get_by_role("link", name="Report an error").click()
                    elif name == "triage":
                        page.locator("main a[href*='/review/triage/'][href*='-']").first.click()
                    elif name == "keys":
                        page.keyboard.press("?")
                    elif name == "comments":
                        page.get_by_label("Comment", exact=True).fill("@editor, the supplier has answered.")
                        page.get_by_role("button", name="Add a comment").click()
                        page.locator("#comment").scroll_into_view_if_needed()
                    elif name == "weights":
                        page.get_by_label("Topic", exact=True).first.fill("Lake water")
                        page.get_by_label("Words or phrases", exact=True).first.fill("lake, sluice")
                        page.get_by_role("button", name="See what changes").click()
                    urge = (lambda: look_again(state)) if name == "source-changed" else None
                    wait_for(page, WORDS.get(name, ""), urge)
                    if name == "sources":
                        page.get_by_role("button", name="Ask it now").click()
                        wait_for(page, "Nothing new")
                        page.goto(f"{desk.address}{path}")  # without the message
                    for ending, width in WIDTHS.items():
                        if not person or not ending:
                            page.set_viewport_size({"width": width, "height": height})
                            page.screenshot(path=FOLDER / f"{name}{ending}.png")
            browser.close()
    finally:
        desk.close()
        shutil.rmtree(state, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
