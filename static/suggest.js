// Subjects that the words may be about: Alt+1, 2 or 3 fills one in, also while typing; without Alt when nobody
// types. Nothing is chosen by itself. By the place of the key: on azerty the digits need a shift.
"use strict";

(() => {
  const SUBJECT = "id_category";
  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");
  const keysAreOn = () => { try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const buttons = () => [...document.querySelectorAll("[data-pick]")];

  function take(button) {
    const subject = document.getElementById(SUBJECT);
    if (!subject) return;
    subject.value = button.value;
    subject.dispatchEvent(new Event("change", { bubbles: true }));
    const name = subject.selectedOptions[0]?.textContent ?? "";
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: name } }));
  }

  // Which of them is the subject now, however it was chosen.
  function mark() {
    const chosen = document.getElementById(SUBJECT)?.value;
    for (const button of buttons()) button.setAttribute("aria-pressed", String(button.value === chosen));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    event.preventDefault();
    take(button);
  });

  document.addEventListener("keydown", (event) => {
    const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
    if (!digit || event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (!event.altKey && (typing(event.target) || !keysAreOn())) return;
    const button = document.querySelector(`[data-pick="${digit}"]`);
    if (!button) return;
    event.preventDefault();
    take(button);
  });

  document.addEventListener("change", (event) => { if (event.target.id === SUBJECT) mark(); });
  document.addEventListener("htmx:after:swap", mark);
  document.addEventListener("DOMContentLoaded", mark);
})();
