// A shell of which a part did not come, on the first visit over a thin line, would wait for ever: no module runs then.
// This one is no module and stands before them; it says so, and loads the page again as soon as the city answers.
(() => {
  const AGAIN = 2000;
  let waits = false;

  async function again() {
    try {
      if ((await fetch(location.href, { cache: "no-store" })).ok) return location.reload();
    } catch {
      // not yet
    }
    return setTimeout(again, AGAIN);
  }

  addEventListener("error", ({ target }) => {
    if (waits || target?.tagName !== "SCRIPT") return;
    waits = true;
    const words = () => document.querySelector("[data-state-words]");
    const say = () => { words().textContent = document.body.dataset.incomplete; };
    if (words()) say();
    else addEventListener("DOMContentLoaded", say);
    setTimeout(again, AGAIN);
  }, true);
})();
