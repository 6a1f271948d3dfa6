// What happens at a case while its page is open: who else is here, how far searches are, whether the case moved on.
// A form with `data-now` says where to ask; the parts with `data-now-part` are filled with what comes back. Elements
// with `data-now-busy` are shown while a search is under way. Without it the page says what it said when it was opened.
"use strict";
for (const form of document.querySelectorAll("form[data-now]")) {
  const BUSY = 2000, CALM = 15000; // milliseconds
  const parts = document.querySelectorAll("[data-now-part]");
  let first = "1", watched = "", timer;

  const fill = told => {
    for (const part of parts) {
      const html = told[part.dataset.nowPart];
      // What has the focus is left alone: the next look brings it up to date.
      if (html === undefined || html === part.dataset.nowHas || part.contains(document.activeElement)) continue;
      part.dataset.nowHas = html;
      part.innerHTML = html; // made and escaped by the desk, as on a page of it
      part.hidden = !html.trim();
    }
    for (const part of document.querySelectorAll("[data-now-busy]")) part.hidden = !told.busy;
  };
  const look = async () => {
    clearTimeout(timer);
    let wait = CALM;
    if (!document.hidden) {
      const body = new URLSearchParams(new FormData(form));
      body.set("first", first);
      body.set("watched", watched);
      try {
        const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
        if (answer.type === "opaqueredirect" || answer.status === 403) return; // logged out: the next step will say so
        if (answer.ok) {
          const told = await answer.json();
          fill(told);
          first = "";
          if (told.busy) {
            watched = "1";
            wait = BUSY;
          }
        }
      } catch {
        // The server is away for a moment: look again later.
      }
    }
    timer = setTimeout(look, wait);
  };
  document.addEventListener("visibilitychange", () => document.hidden || look());
  look();
}
