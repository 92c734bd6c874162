// The report desk without a mouse: saving and joining while typing.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const wanted = { Enter: "[data-save]", j: "[data-join]" }[event.key];
    const button = wanted && document.querySelector(`#intake ${wanted}`);
    if (!button) return;
    event.preventDefault(); // Ctrl+J is the browser's list of downloads
    button.click();
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector("[data-arrive]")) document.getElementById("heading")?.focus();
  });
})();
