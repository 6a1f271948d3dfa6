// Escape closes an open question (a `details` of buttons), and leaves the focus on what opened it.
"use strict";
document.addEventListener("keydown", event => {
  const open = event.key === "Escape" && document.querySelector(":is(details.ro-ask-first, details.ro-steps-more)[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
