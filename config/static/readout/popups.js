// Escape closes an open question (a `details` of buttons), and leaves the focus on what opened it.
"use strict";
document.addEventListener("keydown", event => {
  const open = event.key === "Escape" && document.querySelector("details.ro-ask-first[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
