// Says, beside the choice of a checker, what giving them the chosen cases would make of their load.
"use strict";
{
  const said = document.getElementById("would-have");
  const form = document.getElementById("changelist-form");
  const to = form?.querySelector("select[name=to]");
  const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

  const tell = () => {
    const chosen = [...form.querySelectorAll("[data-select]:checked")];
    const queued = chosen.filter(box => box.closest("[data-queued]")).length;
    const whom = to.selectedOptions[0]?.dataset ?? {};
    const everywhere = form.querySelector("input.select-across")?.value === "1";
    const values = { name: whom.name, count: Number(whom.has) + queued, most: whom.most, day: whom.away };
    said.classList.toggle("is-beyond", Boolean(whom.away) || values.count > Number(whom.most ?? Infinity));
    if (!whom.name || !chosen.length || everywhere) said.textContent = "";
    else if (whom.away) said.textContent = filled(said.dataset.away, values);
    else if (!queued) said.textContent = said.dataset.none;
    else said.textContent = filled(whom.most ? said.dataset.of : said.dataset.open, values);
  };
  if (said && to) {
    // The admin's own script ticks the others when one box stands for all: it is asked after that.
    form.addEventListener("change", () => setTimeout(tell));
    form.addEventListener("click", () => setTimeout(tell));
    tell();
  }
}
