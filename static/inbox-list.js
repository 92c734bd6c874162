// What one does with the list as a whole: choose rows, hear of new ones, come back to the same place.
// The rows are check boxes of a form and work without any of this.
"use strict";

(() => {
  const list = () => document.getElementById("list");
  const boxes = () => [...document.querySelectorAll(".rows [name=kies]")];
  const chosen = new Set(); // references, so that a refresh of the list forgets nothing
  let last = ""; // where a range begins

  // --- choosing -------------------------------------------------------------------------------------
  const boxOf = (row) => row?.querySelector("[name=kies]");

  function note(box) {
    if (box.checked) chosen.add(box.value); else chosen.delete(box.value);
    last = box.value;
  }

  function count() {
    for (const place of document.querySelectorAll("[data-chosen]")) {
      const all = document.getElementById("choose-all");
      place.textContent = all?.checked ? "" : String(chosen.size);
    }
  }

  function choose(some, wanted) {
    for (const box of some) { box.checked = wanted; note(box); }
    count();
  }

  function range(to) {
    const all = boxes();
    const from = all.findIndex((box) => box.value === last);
    const [a, b] = [from < 0 ? to : from, to].sort((x, y) => x - y);
    choose(all.slice(a, b + 1), true);
  }

  function none() {
    const all = document.getElementById("choose-all");
    if (all) all.checked = false;
    choose(boxes(), false);
    chosen.clear();
    count();
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".rows [name=kies]");
    if (box && event.shiftKey) range(boxes().indexOf(box));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[name=kies]")) note(event.target);
    if (event.target.matches("[name=kies], #choose-all")) count();
  });
  document.addEventListener("reset", (event) => {
    if (event.target.id !== "selection") return;
    event.preventDefault();
    none();
  });
  document.addEventListener("bulk-done", none);

  // --- keys -----------------------------------------------------------------------------------------
  const keysAreOn = () => { try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const elsewhere = (event) => event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || document.querySelector("dialog[open]") || event.target.closest?.("input:not([type=checkbox]), textarea, select");
  const current = () => document.querySelector(".rows .row[aria-current=true]") ?? document.activeElement?.closest?.(".rows .row");

  document.addEventListener("keydown", (event) => {
    if (elsewhere(event)) return;
    if (event.key === "Escape" && chosen.size && !document.querySelector("details.drop[open]")) none();
    if (event.key === "Enter" && event.target.matches?.("[name=kies]")) {
      event.preventDefault(); // in a list Enter opens; it sends nothing off
      event.target.closest(".row").querySelector("h2 a").click();
    }
    if (!keysAreOn()) return;
    const box = boxOf(current());
    const act = {
      x: () => box && choose([box], !box.checked),
      X: () => box && range(boxes().indexOf(box)),
      "*": () => choose(boxes(), boxes().some((one) => !one.checked)),
      m: () => document.querySelector("[data-map-switch]")?.click(),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // --- what a swap brings ---------------------------------------------------------------------------
  document.addEventListener("htmx:after:swap", () => {
    const there = new Set(boxes().map((box) => box.value));
    for (const box of boxes()) box.checked = chosen.has(box.value);
    for (const key of chosen) if (!there.has(key)) chosen.delete(key); // done with, or on another page
    count();
    const dialog = document.querySelector("dialog[data-open]:not([open])");
    if (!dialog) return;
    dialog.removeAttribute("data-open");
    dialog.showModal();
    (dialog.querySelector("[data-error-summary]") ?? dialog.querySelector("[data-first]"))?.focus();
  });

  // --- how many each choice of a filter leaves, asked once ---------------------------------------------
  document.addEventListener("toggle", (event) => {
    const drop = event.target;
    if (!drop.open || !drop.dataset?.counts) return;
    const address = new URL(drop.dataset.counts, window.location.href);
    for (const [name, value] of new URLSearchParams(window.location.search)) address.searchParams.append(name, value);
    delete drop.dataset.counts;
    window.htmx.ajax("GET", address.pathname + address.search, { target: `#${drop.querySelector(".panel").id}`, swap: "outerMorph" });
  }, true);

  // --- new signals say so, and nothing moves ----------------------------------------------------------
  const EVERY = 60_000;
  let asked = Date.now();

  function ask() {
    if (document.hidden || !list()?.dataset.news) return; // nobody looks: nothing is asked
    asked = Date.now();
    const address = new URL(list().dataset.news + window.location.search, window.location.href);
    address.searchParams.delete("signaal");
    address.searchParams.set("sinds", list().dataset.since);
    address.searchParams.set("gezegd", document.querySelector("[data-said]")?.dataset.said ?? "0");
    window.htmx.ajax("GET", address.pathname + address.search, { target: "#news", swap: "innerHTML" });
  }
  window.setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - asked > EVERY) ask(); });

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-show-news]")) return;
    event.preventDefault();
    document.body.dispatchEvent(new CustomEvent("signal-changed", { bubbles: true }));
    list().scrollTo({ top: 0 });
    (current() ?? document.querySelector(".rows .row"))?.querySelector("h2 a")?.focus();
  });

  // --- back to the same place ---------------------------------------------------------------------------
  function key() {
    const address = new URL(window.location.href);
    address.searchParams.delete("signaal");
    return `list:${address.search}`;
  }
  window.addEventListener("pagehide", () => {
    try { window.sessionStorage.setItem(key(), String(list()?.scrollTop ?? 0)); } catch { /* private window */ }
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of boxes()) if (box.checked) note(box); // the browser remembers what was ticked
    count();
    try { list()?.scrollTo({ top: Number(window.sessionStorage.getItem(key()) ?? 0) }); } catch { /* private window */ }
    if (window.location.search.includes("signaal=")) document.querySelector(".row[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  });
})();
