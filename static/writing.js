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

  // A standard text fills in what it stands for; what was typed already stays.
  document.addEventListener("change", (event) => {
    const text = event.target.selectedOptions?.[0]?.dataset.text;
    const area = event.target.form?.elements[event.target.dataset?.fills];
    if (!text || !area) return;
    area.value = area.value.trim() ? `${area.value.trim()} ${text}` : text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
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
