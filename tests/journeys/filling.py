"""Fills in every form that a page has, with words that none of its fields would take from a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.journeys.watching import Watched

# Percent-encoded it is three times as long, and a server reads 64 KB of an address.
LONGEST_QUERY = 15_000
# One submission for each button of each form: where it leads, and the names of what can be typed into it.
FORMS = """() => [...document.forms].flatMap((form, index) => {
    const typed = [...form.elements].filter(one => one.name && (one.matches("textarea, input:not([type])") ||
        ["text", "search", "url", "email", "file"].includes(one.type))).map(one => one.name);
    const buttons = [...form.elements].filter(one => one.type === "submit");
    // A field may be named "action" or "method", and stand in the place of the form's own.
    const path = new URL(form.getAttribute("action") || "", location.href).pathname;
    const method = form.getAttribute("method") || "get";
    return (buttons.length ? buttons : [null]).map((button, nth) => [
        index, button ? nth : -1, method, path, typed, button && button.name ? button.value : ""]);
})"""
# Past what the browser would hold a person to (`maxlength`, `pattern`, the keyboard): `submit()` asks nobody.
FILL = """([index, nth, lines, address, file]) => {
    const form = document.forms[index];
    for (const one of form.elements) {
        if (one.matches("textarea") || ["text", "search", "url", "email"].includes(one.type)) {
            const isAddress = one.type === "url" || /url|homepage|same_as|address|set-/.test(one.name);
            if (one.name !== "website") one.value = isAddress ? address : lines;
        } else if (one.type === "file") {
            const held = new DataTransfer();
            held.items.add(new File([lines], file, {type: "text/plain"}));
            one.files = held.files;
        } else if (one.matches("select") && !one.value) {
            const first = [...one.options].find(option => option.value);
            if (first) one.value = first.value;
        } else if (one.type === "radio" && one.name && !form.querySelector(`[name="${one.name}"]:checked`)) {
            one.checked = true;
        } else if (["number", "datetime-local", "date"].includes(one.type) && !one.value) {
            one.value = {number: "1", date: "2031-05-04"}[one.type] || "2031-05-04T10:00";
        }
    }
    const button = [...form.elements].filter(one => one.type === "submit")[nth];
    if (button && button.name) {
        const said = document.createElement("input");
        said.type = "hidden";
        said.name = button.name;
        said.value = button.value;
        form.append(said);
    }
    if (button && button.hasAttribute("formaction")) form.setAttribute("action", button.getAttribute("formaction"));
    HTMLFormElement.prototype.submit.call(form);
}"""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send a form: its place on the page, the button (-1: none), where it leads, what can be typed."""

    index: int
    button: int
    method: str
    path: str
    typed: tuple[str, ...]
    says: str

    @property
    def kind(self) -> tuple[str, ...]:
        """What makes it another than those sent before: numbers in its address do not."""
        steps = ["…" if any(map(str.isdigit, step)) else step for step in self.path.split("/")]
        says = "" if any(map(str.isdigit, self.says)) else self.says
        return ("/".join(steps), says, *sorted({name.rstrip("0123456789") for name in self.typed}))


def forms(browser: Watched) -> Iterator[Form]:
    """Yield the forms of the page that is open into which something can be typed."""
    for index, button, method, path, typed, says in browser.page.evaluate(FORMS):
        if typed:
            yield Form(index, button, method, path, tuple(typed), says)


def fill_in(browser: Watched, form: Form, lines: str, address: str, file: str) -> list[str]:
    """Send a form full of lines, `address` where one is asked for, a file of this name; list what got through."""
    if form.method == "get":
        lines = lines[:LONGEST_QUERY]
    with browser.page.expect_navigation(wait_until="load") as answered:
        browser.page.evaluate(FILL, [form.index, form.button, lines, address, file])
    answer = answered.value
    if answer.status >= 500:
        return [f"{form.path}: {answer.status}"]
    return browser.told(f"{form.path} after it was sent")
