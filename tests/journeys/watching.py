"""Watches in a real browser for words that a page took for markup: what ran, what was refused, what stands there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from pytest_django.live_server_helper import LiveServer

# Whatever a line might call is heard of, and so is what the policy had to stop.
LISTENING = """
window.told = [];
window.ran = number => { window.told.push(`line ${number} ran`); };
document.addEventListener("securitypolicyviolation", refused =>
    window.told.push(`the policy had to refuse ${refused.violatedDirective} ${refused.blockedURI} ${refused.sample}`));
"""
# Our pages have no such element or attribute: each of them would be somebody's words taken for markup.
# (Around what is no page the browser puts an element of its own, with a style.)
MARKUP = """() => {
    const found = [...(window.told || ["nothing listened on this page"])];
    const scheme = /^[\\u0000-\\u0020]*(javascript|data|vbscript|livescript|blob|feed|view-source)[\\s]*:/i;
    const leads = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "to"]);
    const foreign = "iframe, object, embed, base, frame, math, marquee, applet, foreignObject, animate, plaintext, " +
        "xmp, video, audio, style, meta[http-equiv=refresh], " +
        "script:not([src]):not([type='application/json']):not([type='application/ld+json'])";
    for (const element of document.querySelectorAll(foreign)) found.push(element.outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll("script[src], img[src], link[rel~=stylesheet]")) {
        const from = new URL(element.getAttribute("src") || element.getAttribute("href") || "", location.href);
        if (from.origin !== location.origin) found.push(`not ours: ${element.outerHTML.slice(0, 200)}`);
    }
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (/^on/i.test(name) || name === "x-ran" || name === "srcdoc" ||
                (name === "style" && document.contentType === "text/html") ||
                (leads.has(name.toLowerCase()) && scheme.test(value))) {
                found.push(`${name}="${value}" in ${element.outerHTML.slice(0, 200)}`);
            }
        }
    }
    return found;
}"""
# A form as a browser sends it, with words in it that no form of ours would let in.
SEND = """([address, fields]) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    for (const [name, value] of [["csrfmiddlewaretoken", token], ...fields]) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
}"""


class Watched:
    """Pages of one browser context that are opened one after another; what goes wrong is kept with its address."""

    def __init__(self, context: BrowserContext) -> None:
        """Listen to all that its pages do."""
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.add_init_script(LISTENING)
        self.page.on("dialog", self._asked)
        self._dialogs: list[str] = []

    def _asked(self, dialog: Dialog) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    def faults(self, address: str) -> list[str]:
        """Open an address and list what got through there."""
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        if answer.status >= 500:
            return [f"{address}: {answer.status}"]
        return self.told(address)

    def sent(self, address: str, fields: dict[str, str]) -> list[str]:
        """Send a form from the page that is open, and list what got through on the one that answers."""
        with self.page.expect_navigation(wait_until="load") as answered:
            self.page.evaluate(SEND, [address, list(fields.items())])
        status = answered.value.status
        return [f"{address}: {status}"] if status >= 500 else self.told(address)

    def handed_in(self, field: str, name: str, body: bytes) -> list[str]:
        """Hand in a file by the form of the page that is open, and list what got through on the one that answers."""
        into = self.page.locator(f"input[type=file][name={field}]").first
        into.set_input_files({"name": name, "mimeType": "text/plain", "buffer": body})
        with self.page.expect_navigation(wait_until="load") as answered:
            into.evaluate("field => HTMLFormElement.prototype.submit.call(field.form)")
        status = answered.value.status
        return [f"{field}: {status}"] if status >= 500 else self.told(f"{self.page.url} after {field}")

    def told(self, address: str) -> list[str]:
        """List what got through on the page as it stands."""
        told = [*self.page.evaluate(MARKUP), *(f"a dialog opened: {dialog}" for dialog in self._dialogs)]
        self._dialogs.clear()
        return [f"{address}: {each}" for each in told]


class Watch(Protocol):
    """Opens a browser for a person; `policy` says whether our content security policy is in force."""

    def __call__(self, person: User | None, *, policy: bool = True) -> Watched: ...


@contextmanager
def watching(browser: Browser, site: LiveServer) -> Iterator[Watch]:
    """Open browsers with our content security policy in force or, to see what would run, without; close them after."""
    opened: list[BrowserContext] = []

    def watch(person: User | None, *, policy: bool = True) -> Watched:
        context = browser.new_context(bypass_csp=not policy, viewport={"width": 1440, "height": 900})
        opened.append(context)
        if person:
            client, name = Client(), settings.SESSION_COOKIE_NAME
            client.force_login(person)
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
        return Watched(context)

    yield watch
    for context in opened:
        context.close()
