// j and k walk through the requests, b says yes to the one in focus.
"use strict";

(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const keysAreOn = () => { try { return window.localStorage.getItem("keys") !== "off"; } catch { return true; } };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    const all = [...document.querySelectorAll(".request")];
    const at = all.indexOf(event.target.closest(".request"));
    if (event.key === "j" || event.key === "k") {
      const next = all[at < 0 ? 0 : Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), all.length - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    } else if (event.key === "b" && at >= 0) {
      event.preventDefault();
      all[at].querySelector("form[action$='/bevestiging/'] button")?.click();
    }
  });
})();
