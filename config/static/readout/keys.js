// Single keys for what carries `data-key`: a field gets the focus, a link or button is pressed. Never while somebody
// types, never with Ctrl, Alt or the like, and a person can switch them off (WCAG 2.1.4).
// `data-needs` names a field: as long as it is empty, the key leads there.
"use strict";
{
  const STORE = "readout.keys";
  const bar = document.querySelector("[data-keys]");
  const knob = bar?.querySelector("button");
  const fields = "input, textarea, select";
  let on = localStorage.getItem(STORE) !== "off";

  const show = () => {
    bar.classList.toggle("is-off", !on);
    knob.textContent = on ? knob.dataset.keysOff : knob.dataset.keysOn;
    knob.hidden = false;
  };
  if (knob) {
    knob.addEventListener("click", () => {
      on = !on;
      localStorage.setItem(STORE, on ? "on" : "off");
      show();
    });
    show();
  }
  document.addEventListener("keydown", event => {
    if (!on || event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.isContentEditable || event.target.matches(fields)) return;
    const part = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!part) return;
    event.preventDefault();
    const needed = part.dataset.needs && document.getElementById(part.dataset.needs);
    if (needed && !needed.value.trim()) needed.focus();
    else if (part.matches(fields)) part.focus();
    else part.click();
  });
}
