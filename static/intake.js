// The report desk without a mouse: saving and joining while typing.
"use strict";

(() => {
  // The first answer; once it stands in the field the next one, and after the last the first again.
  function nextAnswer() {
    const all = [...document.querySelectorAll("#intake [data-answer]")];
    const at = all.findIndex((button) => button.dataset.answer === document.getElementById("id_answer").value);
    return all[(at + 1) % all.length];
  }

  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const wanted = { Enter: "[data-save]", j: "[data-join]" }[event.key];
    const button = event.key === "b" ? nextAnswer() : wanted && document.querySelector(`#intake ${wanted}`);
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
