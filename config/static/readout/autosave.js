// Saves a form while somebody types: three seconds after the last change, at once after a box was ticked, and when the
// page is left. The form's own address stores it and answers in JSON. `data-autosave` names the field with the revision the form was filled in on.
// What could not be saved is kept in this tab, and offered when the form is opened again. Without it the button saves.
// A form with `data-kept` is sent by its button alone: what was typed when the page was left, or when it came to nothing
// because the log-in had ended, is kept and offered likewise, unless the case has moved on since.
"use strict";
for (const form of document.querySelectorAll("form[data-autosave], form[data-kept]")) {
  const PAUSE = 3000, SOON = 600, AGAIN = 10000; // milliseconds
  const LARGEST = 60000; // what a browser still sends of a page that is left (bytes, with room to spare)
  const address = form.getAttribute("action") || location.pathname;
  const store = `readout.kept:${address}`;
  const line = form.querySelector("[data-autosave-line]");
  const told = line.dataset;
  const saves = "autosave" in form.dataset;
  const revision = form.elements[form.dataset.autosave];
  const seen = () => form.elements.revision?.value;
  let timer, sending, stopped = false, leaving = false;

  // What a person filled in, as it is stored: hidden fields are the desk's, and it takes blanks off the ends.
  const fields = () => {
    const hidden = new Set([...form.elements].filter(field => field.type === "hidden").map(field => field.name));
    return [...new FormData(form)].filter(([name]) => !hidden.has(name)).map(([name, value]) => [name, value.trim()]);
  };
  const asText = () => JSON.stringify(fields());
  const isTicked = field => field.type === "checkbox" || field.type === "radio";
  const time = () => new Date().toTimeString().slice(0, 5);
  let stored = asText();

  const say = (text, warns = false) => {
    line.textContent = text;
    line.classList.toggle("is-caution", warns);
  };
  const inTab = act => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // a browser may keep nothing, or no more than it has
    }
  };
  const keep = () => inTab(tab => tab.setItem(store, JSON.stringify({ at: time(), seen: seen(), fields: fields() })));
  const drop = () => inTab(tab => tab.removeItem(store));
  const later = wait => {
    clearTimeout(timer);
    if (saves && !stopped) timer = setTimeout(() => save(), wait);
  };
  const stop = text => {
    stopped = true;
    clearTimeout(timer);
    keep();
    say(text, true);
  };
  const understand = async (answer, sent) => {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return stop(told.out);
    if (!answer.ok) throw new Error(String(answer.status));
    const saved = await answer.json();
    if (saved.why) return stop(told.stopped.replace("{why}", saved.why));
    revision.value = saved.revision;
    if (saved.case !== null) form.elements.revision.value = saved.case;
    // What was changed meanwhile, or has the focus, is left alone: the next saving brings it up to date.
    for (const [id, html] of asText() === sent ? Object.entries(saved.shown) : []) {
      const part = document.getElementById(id);
      if (part && !part.contains(document.activeElement)) part.innerHTML = html; // made and sanitised by the desk
    }
    stored = sent;
    drop();
    say(told.saved.replace("{at}", saved.at));
    if (asText() !== stored) later(PAUSE);
  };
  const save = async (last = false) => {
    if (stopped || sending || asText() === stored) return;
    clearTimeout(timer);
    const sent = asText();
    const body = new URLSearchParams(new FormData(form));
    sending = fetch(address, {
      method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
      keepalive: last && body.toString().length < LARGEST,
    }).then(answer => understand(answer, sent)).catch(() => {
      keep();
      say(told.away, true);
      later(AGAIN);
    });
    await sending;
    sending = undefined;
  };

  document.addEventListener("input", event => event.target.form === form && later(PAUSE));
  document.addEventListener("change", event => event.target.form === form && later(isTicked(event.target) ? SOON : PAUSE));
  const leave = () => {
    if (leaving || document.visibilityState !== "hidden" || asText() === stored) return;
    keep();
    if (saves) save(true);
  };
  document.addEventListener("visibilitychange", leave);
  // Whoever presses a button while the form is being saved waits for that, so that the two do not run into each other.
  form.addEventListener("submit", async event => {
    clearTimeout(timer);
    keep(); // until the form is seen again with the same in it: a log-in may come between
    if (!sending) {
      leaving = true;
      return;
    }
    event.preventDefault();
    await sending;
    clearTimeout(timer);
    leaving = true;
    form.requestSubmit(event.submitter);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    if (asText() !== stored) later(PAUSE);
  });

  const putBack = kept => {
    const given = new Map();
    for (const [name, value] of kept) given.set(name, [...(given.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden") continue;
      const values = given.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    later(PAUSE);
  };
  const offer = () => {
    const kept = JSON.parse(inTab(tab => tab.getItem(store)) ?? "null");
    if (!kept) return;
    if (!saves && kept.seen !== seen()) return drop();
    if (JSON.stringify(kept.fields) === stored) return drop();
    say(told.kept.replace("{at}", kept.at), true);
    for (const [label, act] of [[told.putBack, () => putBack(kept.fields)], [told.drop, () => {}]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ro-btn";
      button.textContent = label;
      button.addEventListener("click", () => {
        drop();
        say("");
        act();
      });
      line.append(" ", button);
    }
  };
  offer();
}
