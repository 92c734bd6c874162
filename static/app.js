// What every page does beyond HTML: focus after a swap, words for a screen reader, dialogs, keys,
// no double submit. Delegated listeners only, so what a swap brings in works at once.
"use strict";

(() => {
  const status = document.getElementById("status");

  // --- say it ---------------------------------------------------------------------------------------
  // The region is emptied first: the same words twice are otherwise heard once.
  function say(words) {
    if (!words) return;
    status.textContent = "";
    window.setTimeout(() => { status.textContent = words.trim(); }, 80);
  }

  // A view answers with `HX-Trigger: {"announce": "..."}`.
  document.addEventListener("announce", (event) => say(String(event.detail?.value ?? "")));

  function notice(problem) {
    const template = document.querySelector(`template[data-problem="${problem}"]`) ?? document.querySelector('template[data-problem="other"]');
    const place = document.getElementById("messages");
    if (!template || !place) return;
    place.replaceChildren(template.content.cloneNode(true));
    place.scrollIntoView({ block: "nearest" });
    say(place.textContent);
  }

  document.addEventListener("htmx:response:error", (event) => {
    const { status: code, headers } = event.detail.ctx.response;
    if (code === 409 || code === 422 || headers.has("HX-Redirect")) return; // the answer itself says it
    notice(headers.get("X-Problem") ?? code);
  });
  document.addEventListener("htmx:error", (event) => {
    if (!event.detail.ctx?.response) notice("network");
  });

  // --- focus ----------------------------------------------------------------------------------------
  // After a swap focus goes where the answer asks for it; else, when the focused element is gone, to
  // the heading of what came in. Stable ids keep it where it was.
  document.addEventListener("htmx:after:swap", (event) => {
    const { target, swap } = event.detail.ctx;
    const place = target?.isConnected ? target : document.getElementById(target?.id) ?? document.getElementById("main");
    for (const element of document.querySelectorAll("#messages [data-announce]")) say(element.textContent);
    if (swap === "none") return;
    for (const element of place.querySelectorAll("[data-announce]")) say(element.textContent);
    const wanted = place.querySelector("[data-error-summary]") ?? place.querySelector("[data-focus]");
    if (wanted) wanted.focus();
    else if (document.activeElement === document.body) place.querySelector('h1[tabindex="-1"], h2[tabindex="-1"]')?.focus({ preventScroll: true });
  });

  // Sideways alone: a form far down the page that was refused keeps its errors in sight.
  function showTab(tab) {
    const bar = tab?.closest(".views");
    if (!bar) return;
    const [place, frame] = [tab.getBoundingClientRect(), bar.getBoundingClientRect()];
    bar.scrollLeft += Math.max(0, place.right - frame.right) + Math.min(0, place.left - frame.left);
  }

  document.addEventListener("DOMContentLoaded", () => {
    (document.querySelector("[data-error-summary]") ?? document.querySelector("[data-focus]"))?.focus();
    document.querySelector(".row[aria-current=true]")?.scrollIntoView({ block: "nearest" });
    showTab(document.querySelector(".views [aria-current]"));
    const keysSwitch = document.querySelector("[data-keys-switch]");
    if (keysSwitch) keysSwitch.checked = keysAreOn();
  });

  // --- dialogs --------------------------------------------------------------------------------------
  // `data-dialog` may sit on a link: without JavaScript it then leads to a page with the same form.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && !dialog.open) { event.preventDefault(); dialog.showModal(); }
      return;
    }
    const closer = event.target.closest("[data-close]");
    if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); return; }
    if (event.target.matches("dialog[open]")) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside && event.clientX + event.clientY > 0) event.target.close();
    }
  });

  // --- keys -----------------------------------------------------------------------------------------
  // `data-key="r"` is clicked by r. Single keys can be switched off (somebody who dictates sets them off).
  function keysAreOn() {
    try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; }
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-switch]")) return;
    try { window.localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch { /* private window */ }
  });

  const typing = (element) => element.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
  const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  // What lies in a menu that is closed has its key all the same.
  const reachable = (element) => visible(element) || visible(element.closest("details.drop:not([open])")?.querySelector("summary") ?? element);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || !keysAreOn()) return;
    const dialog = document.querySelector("dialog[open]");
    if (!dialog && event.key === "/") {
      const search = document.querySelector("[data-search], input[type=search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    if (!dialog && event.key === "?") {
      document.getElementById("keys")?.showModal();
      return;
    }
    const root = dialog ?? document;
    const target = [...root.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find((element) => !element.disabled && reachable(element));
    if (!target) return;
    event.preventDefault();
    target.click();
    if (target.matches("summary")) target.focus(); // so that Tab goes on into what opened
  });

  // Ctrl+Enter sends a page's one form from any field, as it does in a window; as Enter would, with its first button.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const forms = document.querySelectorAll("form[data-send]");
    const form = event.target.closest("form[data-send]") ?? (forms.length === 1 && !event.target.closest("a, form, dialog") ? forms[0] : null);
    if (!form) return;
    event.preventDefault();
    form.requestSubmit([...form.elements].find((each) => each.type === "submit" && !each.disabled));
  });

  // --- once is enough -------------------------------------------------------------------------------
  // A form that is on its way is not sent again. `data-repeat` is for forms that answer with a file.
  function free(form) { delete form.dataset.busy; form.removeAttribute("aria-busy"); }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || "repeat" in form.dataset) return;
    if ("busy" in form.dataset) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.busy = "";
    form.setAttribute("aria-busy", "true");
    // Somebody may still stop this submit; htmx always does, and says when it is through.
    window.setTimeout(() => { if (event.defaultPrevented && !form.hasAttribute("data-htmx-powered")) free(form); });
    window.setTimeout(() => free(form), 20000);
  }, true);
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.detail.ctx.sourceElement?.closest?.("form");
    if (form) free(form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(free));
})();
