"""What every page must hold: no fault that axe finds, no refused script or style, no sideways scroll, no complaint.

Each page is looked at in four ways: wide and narrow, light and dark. `SCREENSHOTS` names a folder to keep pictures in.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response, ViewportSize

Theme = Literal["light", "dark"]
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
WAYS: list[tuple[ViewportSize, Theme]] = [(WIDE, "dark"), (WIDE, "light"), (NARROW, "dark"), (NARROW, "light")]
AXE = {
    "resultTypes": ["violations"],
    "preload": False,  # axe would copy imported style sheets into inline ones, which the policy refuses and tells us
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless it is named
}
# The policy stays on, so that what it refuses is seen as a reader's browser would see it.
TELL_REFUSALS = """document.addEventListener("securitypolicyviolation", refusal => console.error(
    `refused by the policy: ${refusal.violatedDirective} ${refusal.blockedURI} in ${refusal.sourceFile || document.URL}`
))"""

_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def listen_to(page: Page) -> list[str]:
    """Return a list that grows with each complaint of the browser: script errors, refusals, parts that did not load.

    That the page itself was answered with 403 or 404 is no complaint: whoever asked for it looks at the answer.
    """
    complaints: list[str] = []
    asked_for: set[str] = set()

    def answered(response: Response) -> None:
        if response.request.is_navigation_request():
            asked_for.add(urldefrag(response.url).url)

    def told(message: ConsoleMessage) -> None:
        failed = message.text.startswith("Failed to load resource")
        is_own_status = failed and urldefrag(message.location["url"]).url in asked_for
        if message.type == "error" and not is_own_status:
            complaints.append(message.text)

    page.on("response", answered)
    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(TELL_REFUSALS)
    _complaints[page] = complaints
    return complaints


def inspect(page: Page, name: str) -> None:
    """Fail with a readable list when the page, as it stands, has a fault in any of the four ways of looking at it.

    `name` is what the page is called in the message and in the pictures. The page is left wide and light.
    """
    faults = faults_of(page, name)
    assert not faults, "\n".join(faults)


def faults_of(page: Page, name: str) -> list[str]:
    """List the faults of the page, one line each; empty when there is none."""
    faults: list[str] = []
    for size, theme in WAYS:
        _look(page, size, theme)
        where = f"{name} at {size['width']} px, {theme}"
        faults += [f"{where}: {fault}" for fault in [*_of_axe(page), *_of_width(page)]]
        _keep_picture(page, f"{name}-{size['width']}" + ("-dark" if theme == "dark" else ""))
    _look(page, WIDE, "light")
    faults += [f"{name}: the browser says: {complaint}" for complaint in complaints_of(page)]
    return faults


def complaints_of(page: Page) -> list[str]:
    """Return what the browser has complained of since it was last asked; told once."""
    complaints = _complaints.get(page, [])
    told = complaints.copy()
    complaints.clear()
    return told


def _look(page: Page, size: ViewportSize, theme: Theme) -> None:
    """Resize, and change the theme for the system and in the way of the admin's own button (public pages have none)."""
    # A link that was just followed may still bring its page.
    page.wait_for_function("() => document.readyState === 'complete'")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # no colour is measured halfway
    page.evaluate(
        """theme => {
            localStorage.setItem("theme", theme);
            if (document.documentElement.dataset.theme) document.documentElement.dataset.theme = theme;
        }""",
        theme,
    )


def _of_axe(page: Page) -> Iterator[str]:
    for violation in Axe().run(page, options=AXE).response["violations"]:
        for node in violation["nodes"]:
            why = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
            yield f"{violation['id']}: {violation['help']}: {node['html']} ({why})"


def _of_width(page: Page) -> Iterator[str]:
    wider = page.evaluate(
        """() => {
            const root = document.scrollingElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const out = [...document.body.querySelectorAll("*")].filter(
                part => part.getBoundingClientRect().right > root.clientWidth);
            return [`${root.scrollWidth} px`, ...out.slice(-3).map(part => part.outerHTML.slice(0, 160))];
        }"""
    )
    if wider:
        yield "scrolls sideways: " + " | ".join(wider)


def _keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
