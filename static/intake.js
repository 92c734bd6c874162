// The report desk without a mouse: saving and joining while typing.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const wanted = { Enter: "[data-save]", j: "[data-join]", b: "[data-use]" }[event.key];
    const button = wanted && document.querySelector(`#intake ${wanted}`);
    if (!button) return;
    event.preventDefault(); // Ctrl+J is the browser's list of downloads
    button.click();
  });

  // A colleague's answer goes into the field, where it can still be changed.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("#intake [data-answer]");
    if (!chosen) return;
    event.preventDefault();
    const area = document.getElementById("id_answer");
    area.value = chosen.dataset.answer;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("[data-arrive]")) document.getElementById("heading")?.focus();
  });
})();
