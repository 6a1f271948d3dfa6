// Looks again by itself while an article is being worked on; without it there is the link “Look again”.
"use strict";
{
  const EVERY = 2000; // milliseconds
  const shown = () => document.getElementById("progress");
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("progress");
        if (!fresh) return; // logged out, or gone: the page as it stands says more than an error would
        if (fresh.innerHTML !== shown().innerHTML) {
          const focused = shown().contains(document.activeElement) && document.activeElement.id;
          shown().replaceWith(document.importNode(fresh, true));
          document.getElementById("progress-told").textContent = shown().querySelector("progress").getAttribute("aria-label");
          if (focused) (document.getElementById(focused) ?? shown().querySelector("a"))?.focus();
        }
        if (fresh.dataset.finished === "yes") return;
      } catch {
        // The server is away for a moment: look again later.
      }
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}
