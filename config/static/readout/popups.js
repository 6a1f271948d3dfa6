// A box that opens above the page (a `details` of a form, or of further steps) closes by Escape, which leaves the focus
// on what opened it, by a click elsewhere, and when another opens. Opened, it has the focus in its first field: what is
// typed then goes there, and is no key of the page.
"use strict";
{
  const POPUPS = "details:is(.ro-ask-first, .ro-steps-more)";
  const ASKING = "details:is(.ro-ask-first, .ro-answering, .ro-otherwise)";
  const FIELD = "form :is(input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea)";
  const open = () => [...document.querySelectorAll(`${POPUPS}[open]`)];
  const atLoad = new Set(document.querySelectorAll("details[open]"));

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const all = open();
    const box = all.findLast(each => each.contains(event.target)) ?? all.at(-1);
    if (!box) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  // What is selected in a box may be let go of outside it.
  let pressed = null;
  document.addEventListener("pointerdown", event => { pressed = event.target; });
  document.addEventListener("click", event => {
    for (const box of open()) if (!box.contains(event.target) && !box.contains(pressed)) box.open = false;
  });
  document.addEventListener("toggle", event => {
    const box = event.target;
    if (atLoad.delete(box) || !box.open) return;
    if (box.matches(POPUPS)) for (const other of open()) if (!other.contains(box) && !box.contains(other)) other.open = false;
    const within = document.activeElement !== box.querySelector("summary") && box.contains(document.activeElement);
    if (box.matches(ASKING) && !within) box.querySelector(FIELD)?.focus();
  }, true);
}
