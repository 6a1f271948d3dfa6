// Whoever says how a source bears on the claim means it as evidence: choosing a stance ticks the source.
"use strict";
document.addEventListener("change", event => {
  const radio = event.target;
  if (radio.type !== "radio" || !radio.name.startsWith("stance-")) return;
  const tick = document.querySelector(`input[name="pick"][value="${CSS.escape(radio.name.slice(7))}"]`);
  if (!tick || tick.checked) return;
  tick.checked = true;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
});
