// Single keys. `data-key` on a link, button or field: the key presses it, a field to write in gets the focus; with
// `data-needs` it leads to the field of that id as long as that is empty. `data-list` holds `data-item`s: j and k walk
// them, Enter follows the item's `data-open`, x ticks its `data-select`, and `data-item-key` acts within the current
// one alone. `data-go` is reached by g and a letter. Ctrl+Enter presses the main button of the form one is in, or its
// `data-submit-with`; outside of any form that of the page's own, which has `data-submit`. Escape leaves a field. ? lists the keys.
// None acts while somebody types or with Ctrl, Alt and the like held, and a person can switch them off (WCAG 2.1.4).
"use strict";
{
  const STORE = "readout.keys";
  const CHORD = 1500; // milliseconds between g and its letter
  const bar = document.querySelector("[data-keys]");
  const knob = bar?.querySelector("[data-keys-on]");
  const dialog = document.getElementById("keys-list");
  const stored = act => {
    try {
      return act(localStorage);
    } catch {
      return null; // a browser may keep nothing: what is switched off is off until the page is left
    }
  };
  let on = stored(store => store.getItem(STORE)) !== "off";
  let wentAt = 0;

  const typing = field => field.isContentEditable
    || (field.matches("input, textarea, select") && !["checkbox", "radio", "button", "submit"].includes(field.type));
  const items = () => [...document.querySelectorAll("[data-list] [data-item]")].filter(item => !item.closest("[hidden]"));
  const current = () => document.querySelector("[data-item].is-on");
  const mark = item => {
    current()?.classList.remove("is-on");
    item.classList.add("is-on");
  };
  const reveal = part => {
    if (part.matches("summary")) return; // pressing it opens it
    for (let box = part.parentElement?.closest("details:not([open])"); box; box = box.parentElement?.closest("details:not([open])")) box.open = true;
  };
  const walk = step => {
    const all = items();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const begins = at < 0 || !all[at].contains(document.activeElement);
    const next = all[Math.max(0, Math.min(all.length - 1, begins && step > 0 ? Math.max(at, 0) : at + step))];
    reveal(next);
    mark(next);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: next.offsetHeight > innerHeight * 0.8 ? "start" : "nearest" });
    return true;
  };
  const press = part => {
    reveal(part);
    const needed = part.dataset.needs && document.getElementById(part.dataset.needs);
    if (needed && !needed.value.trim()) needed.focus();
    else if (typing(part)) {
      part.focus();
      if (part.matches("textarea")) part.setSelectionRange(part.value.length, part.value.length); // one goes on writing
    } else part.click();
  };
  const named = (name, key, within) => {
    const found = within?.querySelectorAll(`[${name}="${CSS.escape(key)}"]`) ?? [];
    return [...found].find(part => !part.disabled && !part.closest("[hidden]"));
  };
  const open = item => {
    const link = item?.matches("[data-open]") ? item : item?.querySelector("[data-open]");
    link?.click();
    return Boolean(link);
  };
  const show = () => {
    if (!knob) return;
    bar.classList.toggle("is-off", !on);
    knob.textContent = on ? knob.dataset.keysOff : knob.dataset.keysOn;
    knob.hidden = false;
  };
  const list = () => dialog?.open || dialog?.showModal();

  const act = (key, target) => {
    const main = document.querySelector("main") ?? document;
    const item = current();
    if (wentAt && Date.now() - wentAt < CHORD) {
      wentAt = 0;
      const place = named("data-go", key, document);
      place?.click();
      return Boolean(place);
    }
    wentAt = key === "g" && document.querySelector("[data-go]") ? Date.now() : 0;
    if (wentAt) return true;
    if (key === "Enter") {
      if (target === item && open(item)) return true;
      if (target !== document.body && target !== main) return false;
    }
    const own = named("data-item-key", key, item) ?? (key === "x" && item?.querySelector("[data-select]"));
    const part = own || named("data-key", key, main) || named("data-key", key, document);
    if (part) press(part);
    else if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
    else if (key === "?" && dialog) list();
    else return false;
    return true;
  };
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.repeat || event.isComposing || dialog?.open) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.form ?? event.target.closest("form") ?? document.querySelector("main form[data-submit]");
      const buttons = [...form?.elements ?? []].filter(part => part.type === "submit" && !part.disabled);
      const button = buttons.find(part => "submitWith" in part.dataset) ?? buttons.find(part => part.matches(".is-main"));
      if (!button) return;
      event.preventDefault();
      form.requestSubmit(button);
      return;
    }
    if (event.key === "Escape" && on && event.target.matches("textarea, select, input")) return event.target.blur();
    // Many keyboards have [ ] { } on AltGr, which is held for the sign, not for a command.
    const held = (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
    if (!on || held || event.metaKey || typing(event.target)) return;
    if (act(event.key, event.target)) event.preventDefault();
  });
  document.addEventListener("focusin", event => {
    const item = event.target.closest?.("[data-list] [data-item]");
    if (item) mark(item);
  });
  for (const button of document.querySelectorAll("[data-keys-list]")) {
    button.hidden = !dialog;
    button.addEventListener("click", list);
  }
  // After a refusal the first field that is wrong is where one goes on; on a narrow screen it may lie far below.
  const wrong = document.querySelector('main :is(input, select, textarea)[aria-invalid="true"]');
  if (wrong) {
    reveal(wrong);
    wrong.focus();
  }
  knob?.addEventListener("click", () => {
    on = !on;
    stored(store => store.setItem(STORE, on ? "on" : "off"));
    show();
  });
  show();
}
