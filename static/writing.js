// Writing: after an @ in a note the names of colleagues who may read along, and standard texts that fill themselves in.
// Both work without it: by a name in full, by the text that is chosen.
"use strict";

(() => {
  const BEGUN = /@([\p{L}][\p{L} '’-]{1,30})$/u;
  let waiting;

  function place(area) {
    let list = area.parentElement.querySelector("[data-colleagues]");
    if (!list) {
      list = document.createElement("div");
      list.dataset.colleagues = "";
      list.className = "buttons";
      list.setAttribute("aria-live", "polite");
      area.insertAdjacentElement("afterend", list);
    }
    return list;
  }

  function begun(area) {
    return BEGUN.exec(area.value.slice(0, area.selectionStart));
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[action$='/notas/']");
    if (!form || event.target.name !== "text") return;
    window.clearTimeout(waiting);
    const found = begun(event.target);
    const list = place(event.target);
    if (!found) { list.replaceChildren(); return; }
    const address = new URL(form.action.replace(/notas\/$/, "collegas/"));
    address.searchParams.set("q", found[1]);
    waiting = window.setTimeout(() => window.htmx.ajax("GET", address.href, { target: list, swap: "innerHTML" }), 200);
  });

  // A standard text fills in what it stands for, in place of the one before it; what was typed already stays.
  function fill(select) {
    const area = select.form.elements[select.dataset.fills];
    const text = select.selectedOptions[0]?.dataset.text ?? "";
    const before = area.dataset.filled ?? "";
    const own = (before && area.value.endsWith(before) ? area.value.slice(0, -before.length) : area.value).trim();
    area.value = own && text ? `${own} ${text}` : own || text;
    area.dataset.filled = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return area;
  }

  let byHand = false; // who chooses with arrows stays there, for the next one
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { byHand = name === "pointerdown"; }, true);
  document.addEventListener("change", (event) => {
    if (!event.target.dataset?.fills) return;
    const area = fill(event.target);
    if (byHand) area.focus();
  });

  // Ctrl+B, as at the report desk: the first text, then the next one, and after the last none.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "b" || !event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const select = event.target.closest?.("form")?.querySelector("select[data-fills]");
    if (!select) return;
    event.preventDefault();
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    fill(select).focus();
  });

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-mention]");
    const area = chosen?.closest(".ds-field")?.querySelector("textarea");
    const found = area && begun(area);
    if (!found) return;
    const before = area.value.slice(0, area.selectionStart - found[1].length);
    const after = area.value.slice(area.selectionStart);
    area.value = `${before}${chosen.dataset.mention} ${after}`;
    area.selectionStart = area.selectionEnd = before.length + chosen.dataset.mention.length + 1;
    place(area).replaceChildren();
    area.focus();
  });
})();
