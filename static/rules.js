// The order of rules by hand: Alt with an arrow, or by dragging. Both do what the buttons in the row do.
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("#rules tbody tr")];
  const form = (row) => row.querySelector(".moves form");

  function move(row, steps) {
    if (!steps) return;
    const address = form(row).action;
    const focused = document.activeElement?.id;
    const asked = window.htmx.ajax("POST", address, { source: row, target: "#rules", swap: "outerMorph", values: { steps } });
    asked.finally(() => { if (focused) document.getElementById(focused)?.focus(); grips(); });
  }

  // --- keys -------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest?.("#rules tr[data-movable]");
    if (!steps || !row) return;
    event.preventDefault();
    move(row, steps);
  });

  // --- dragging: a handle appears only where it works ---------------------------------------------------
  function grips() {
    for (const row of document.querySelectorAll("#rules tr[data-movable]")) {
      if (row.querySelector(".grip")) continue;
      const grip = document.createElement("span");
      grip.className = "grip";
      grip.draggable = true;
      grip.setAttribute("aria-hidden", "true");
      grip.textContent = "⠿";
      row.cells[0].prepend(grip);
    }
  }
  let dragged = null;
  const clear = () => rows().forEach((row) => row.classList.remove("drop-before", "drop-after", "dragged"));

  document.addEventListener("dragstart", (event) => {
    if (!event.target.classList?.contains("grip")) return;
    dragged = event.target.closest("tr");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest?.("#rules tbody tr");
    if (!over) return;
    event.preventDefault();
    const down = rows().indexOf(over) > rows().indexOf(dragged);
    rows().forEach((row) => row.classList.remove("drop-before", "drop-after"));
    if (over !== dragged) over.classList.add(down ? "drop-after" : "drop-before");
  });
  document.addEventListener("drop", (event) => {
    const over = dragged && event.target.closest?.("#rules tbody tr");
    if (!over) return;
    event.preventDefault();
    const row = dragged, steps = rows().indexOf(over) - rows().indexOf(dragged);
    clear();
    dragged = null;
    move(row, steps);
  });
  document.addEventListener("dragend", () => { clear(); dragged = null; });

  document.addEventListener("htmx:after:swap", grips);
  document.addEventListener("DOMContentLoaded", grips);
})();
