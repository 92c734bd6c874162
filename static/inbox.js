// The inbox by hand: walk the list with j and k, open beside it. Everything here is a shortcut
// for a link or a form that works without it; what buttons do by key stands in app.js.
"use strict";

(() => {
  const BESIDE = window.matchMedia("(min-width: 48.01rem)"); // narrower, a signal is a page of its own
  const rows = () => [...document.querySelectorAll(".rows .row[data-key-of]")];
  const current = () => document.querySelector(".rows .row[aria-current=true]");
  const link = (row) => row?.querySelector("h2 a");
  let place = 0; // where in the list we are, also after the row there is gone
  let waiting;

  // --- choosing -------------------------------------------------------------------------------------
  function mark(row) {
    current()?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    place = rows().indexOf(row);
    row.dispatchEvent(new CustomEvent("row-marked", { bubbles: true }));
  }

  // From the moment the walk moves on until the new signal stands there, what is shown is not what is chosen:
  // it cannot be clicked, and a key pressed meanwhile is kept for the signal it was meant for.
  let loading = 0;
  let kept = "";
  const panel = () => document.getElementById("signal");
  function leave() {
    loading += 1;
    panel().inert = true;
    panel().setAttribute("aria-busy", "true");
  }
  function arrive(mine, row, focus) {
    if (mine !== loading) return; // the walk went on
    panel().inert = false;
    panel().removeAttribute("aria-busy");
    if (panel().dataset.reference !== row.dataset.keyOf) { // it did not come: the mark goes back to what is shown
      kept = "";
      const shown = rows().find((other) => other.dataset.keyOf === panel().dataset.reference);
      if (shown) mark(shown);
      return;
    }
    if (focus) document.getElementById("signal-heading")?.focus();
    if (kept) document.querySelector(`#signal [data-key="${CSS.escape(kept)}"]`)?.click();
    kept = "";
  }

  function show(row, { focus }) {
    mark(row);
    leave();
    const mine = loading;
    const address = new URL(window.location.href);
    address.searchParams.set("signaal", row.dataset.keyOf);
    window.history.replaceState(window.history.state, "", address);
    const asked = window.htmx.ajax("GET", link(row).href, { source: link(row), target: "#signal", swap: "outerHTML" });
    asked.finally(() => arrive(mine, row, focus));
  }

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const aside = current() && !panel()?.inert && panel()?.dataset.reference !== current().dataset.keyOf; // back to the list first
    const at = current() ? all.indexOf(current()) + (aside ? 0 : by) : place + (by > 0 ? 0 : -1);
    const row = all[Math.max(0, Math.min(at, all.length - 1))];
    link(row).focus({ preventScroll: true });
    if (row === current() && panel()?.dataset.reference === row.dataset.keyOf) return;
    mark(row);
    if (!BESIDE.matches) return;
    leave();
    kept = "";
    window.clearTimeout(waiting); // somebody who walks fast reads only where the walk ends
    waiting = window.setTimeout(() => show(row, { focus: false }), 120);
  }

  document.addEventListener("keydown", (event) => {
    if (panel()?.getAttribute("aria-busy") !== "true" || busy(event) || !keysAreOn()) return;
    if (!/^[a-z]$/.test(event.key) || "jkox".includes(event.key) || document.querySelector("[name=kies]:checked")) return;
    if (document.querySelector(`.said [data-key="${event.key}"]`)) return; // of what was done before
    event.preventDefault();
    kept = event.key;
  }, true);

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest(".rows .row h2 a");
    if (!chosen || !BESIDE.matches || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.clearTimeout(waiting);
    show(chosen.closest(".row"), { focus: true });
  });

  // --- keys -----------------------------------------------------------------------------------------
  const keysAreOn = () => { try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const busy = (event) => event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || document.querySelector("dialog[open]") || event.target.closest("input:not([type=checkbox]), textarea, select");

  // c closes too, as elsewhere; it is the same button as d.
  const finish = () => document.dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true }));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(null, { focus: true });
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("dialog form")?.requestSubmit();
    if (busy(event) || !keysAreOn() || !rows().length) return;
    const act = { j: () => step(1), k: () => step(-1), o: () => link(current())?.click(), c: finish }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // The views by number, by the place of the key: on azerty the digits need a shift. A sign that does something itself does that.
  document.addEventListener("keydown", (event) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (!digit || event.shiftKey || event.key === "*" || busy(event) || !keysAreOn()) return;
    const view = document.querySelectorAll("#tabs a")[digit - 1];
    if (view) { event.preventDefault(); view.click(); }
  });

  // --- after something was done: the list, its numbers and the menu fetch themselves again ------------
  document.addEventListener("signal-changed", (event) => {
    const list = document.getElementById("list"); // its `hx-sync`: what was asked before is no answer any more
    if (!list) return;
    const acted = event.detail?.value; // which signal was changed; empty: many; undefined: nobody here did anything
    const done = acted === undefined ? "" : panel()?.dataset.reference;
    const order = rows().map((row) => row.dataset.keyOf);
    const at = order.indexOf(done);
    const after = at < 0 ? order.slice(place) : [...order.slice(at + 1), ...order.slice(0, at).reverse()];
    const mine = loading;
    document.querySelector("#bulk > dialog")?.remove();
    event.target.closest?.(".said.one")?.remove(); // taken back from there
    if (done) standAt(done);
    const asked = window.htmx.ajax("GET", list.dataset.refresh + window.location.search, { source: list, target: "#list", swap: "outerMorph" });
    asked.finally(() => { if (done && mine === loading) goOn(done, after, { one: Boolean(acted) }); });
  });

  // The list marks what stands beside it, also when that was taken back from further on.
  function standAt(done) {
    const address = new URL(window.location.href);
    address.searchParams.set("signaal", done);
    window.history.replaceState(window.history.state, "", address);
    marked = done;
  }

  // What is done leaves the list: then its next row comes beside it, and what was done can be seen again and taken back.
  function goOn(done, after, { one }) {
    const here = new Map(rows().map((row) => [row.dataset.keyOf, row]));
    if (!one && document.activeElement === document.body) link(here.get(done))?.focus({ preventScroll: true });
    const left = !here.has(done) && panel()?.dataset.reference === done;
    if (!left || !BESIDE.matches || document.querySelector("dialog[open]")) return; // a hand that was quicker stays there
    const next = here.get(after.find((key) => here.has(key)));
    if (next && one) keepAtHand();
    if (next) show(next, { focus: true });
    else if (!one && panel().dataset.url) beside(panel().dataset.url);
  }

  const beside = (url) => window.htmx.ajax("GET", url, { target: "#signal", swap: "outerHTML" });

  let said = "";
  document.addEventListener("announce", (event) => { said = String(event.detail?.value ?? ""); });
  function keepAtHand() {
    const line = document.getElementById("done-line")?.content.firstElementChild.cloneNode(true);
    if (!line || !panel().dataset.url) return;
    line.querySelector("span").textContent = said;
    line.querySelector("b").textContent = document.getElementById("signal-heading").textContent;
    line.querySelector("a").href = panel().dataset.url;
    const undo = panel().querySelector("form:has([data-key=z])");
    if (undo) line.append(undo);
    document.getElementById("bulk").replaceChildren(line);
  }
  document.addEventListener("click", (event) => {
    const again = event.target.closest(".said.one a");
    if (!again || !BESIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    beside(again.href);
  });

  // Whoever walked on while that was fetched stays where they are.
  let marked = "";
  document.addEventListener("row-marked", (event) => { marked = event.target.dataset.keyOf; });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target?.id !== "list" || !marked || current()?.dataset.keyOf === marked) return;
    const row = rows().find((other) => other.dataset.keyOf === marked);
    if (row) mark(row);
  });

  // --- small things that hang open --------------------------------------------------------------------
  function close(except, { focus } = {}) {
    for (const drop of document.querySelectorAll("details.drop[open]")) {
      if (drop.contains(except)) continue;
      if (focus && drop.contains(document.activeElement)) drop.querySelector("summary").focus();
      drop.open = false;
    }
  }
  document.addEventListener("click", (event) => {
    close(event.target);
    if (event.target.closest("[data-dialog]")) document.querySelector("dialog[open] :is([data-first], form input:checked)")?.focus(); // not on its close button
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    const mirror = form?.querySelector(`[data-mirror="${CSS.escape(event.target.name)}"]`);
    if (!mirror) return;
    mirror.dataset.empty ??= mirror.textContent;
    mirror.textContent = event.target.value.trim() || mirror.dataset.empty;
  });

  document.addEventListener("DOMContentLoaded", () => { place = Math.max(0, rows().indexOf(current())); });
})();
