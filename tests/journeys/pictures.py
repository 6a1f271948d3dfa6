"""`python -m tests.journeys.pictures`: takes the pictures of `docs/images/` from a sample desk that it starts."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
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
    ("case", "checker2", "/admin/verification/review/20/change/", 1250),
    ("desk", "checker2", "/admin/", 1000),
    ("adjudication", "editor", "/admin/verification/review/5/adjudicate/", 1250),
    ("drafting", "checker", "/admin/verification/review/4/draft/", 1250),
    ("insight", "editor", "/admin/verification/review/insight/", 1250),
    ("verdict", "", "/checks/", 1250),
)


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


def main() -> int:
    """Take every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    state = Path(tempfile.mkdtemp(prefix="readout-pictures-"))
    desk = RunningDesk(state)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, person, path, height in PICTURES:
                with logged_in(browser, desk, person) as page:
                    page.set_viewport_size({"width": 1440, "height": height})
                    page.goto(f"{desk.address}{path}")
                    if name == "verdict":
                        page.locator("main h2 a, main h3 a").first.click()
                    elif name == "triage":
                        page.locator("main a[href*='/review/triage/']").first.click()
                    page.screenshot(path=FOLDER / f"{name}.png")
            browser.close()
    finally:
        desk.close()
        shutil.rmtree(state, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
