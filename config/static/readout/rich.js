// Marks in text: the buttons of a toolbar and Ctrl+B, Ctrl+I, Ctrl+K put them round what is selected. Works on any
// `textarea[data-rich]`; its toolbar is the `data-rich-bar` that names its id. Without a script the marks are typed.
"use strict";
{
  const around = { bold: "**", italic: "*" };
  const before = { list: "- ", quote: "> " };
  const keys = { b: "bold", i: "italic", k: "link" };

  // Put in as if it had been typed, so that it can be undone.
  const put = (field, start, end, text, from, to) => {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.setSelectionRange(from, to);
  };
  const mark = (field, name) => {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const chosen = value.slice(start, end);
    if (name in around) {
      const sign = around[name];
      const off = chosen.length >= 2 * sign.length && chosen.startsWith(sign) && chosen.endsWith(sign);
      const text = off ? chosen.slice(sign.length, -sign.length) : sign + chosen + sign;
      const shift = off ? 0 : sign.length;
      put(field, start, end, text, start + shift, start + text.length - shift);
    } else if (name === "link") {
      const isAddress = /^https?:\/\/\S+$/.test(chosen);
      const text = isAddress ? `[](${chosen})` : `[${chosen}](https://)`;
      const at = isAddress || !chosen ? start + 1 : start + text.length - 1;
      put(field, start, end, text, at, at);
    } else {
      const first = value.lastIndexOf("\n", start - 1) + 1;
      const next = value.indexOf("\n", end);
      const last = next < 0 ? value.length : next;
      const text = value.slice(first, last).split("\n").map(line => before[name] + line).join("\n");
      put(field, first, last, text, first, first + text.length);
    }
  };
  for (const bar of document.querySelectorAll("[data-rich-bar]")) {
    const field = document.getElementById(bar.dataset.richBar);
    if (!field?.matches("textarea[data-rich]")) continue;
    bar.hidden = false;
    bar.addEventListener("click", event => {
      const name = event.target.closest("[data-mark]")?.dataset.mark;
      if (name) mark(field, name);
    });
  }
  document.addEventListener("keydown", event => {
    const name = keys[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (!event.target.matches("textarea[data-rich]")) return;
    event.preventDefault();
    mark(event.target, name);
  });
}
