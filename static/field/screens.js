// Which screen is open, what is said, and in which words. Knows nothing of signals.

const words = () => document.getElementById("words").dataset;
const modules = new Map();
const started = new Set();
const watchers = new Set();
let open = "";

/** `word("waiting", {n: 2})`: the sentence of `data-waiting`; with `n` of 1 that of `data-waiting-one`, if there is one. */
export function word(name, values = {}) {
  const said = (values.n === 1 && words()[`${name}One`]) || words()[name] || "";
  return said.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

export function announce(text) {
  const status = document.getElementById("status");
  status.textContent = "";
  // In a next turn, or a screen reader does not hear that the same was said again.
  setTimeout(() => { status.textContent = text; }, 50);
}

/** `module` has `start()`, called once before it opens for the first time, and `shown()`, called each time. */
export function add(name, module) {
  modules.set(name, module);
}

export const screen = () => open;

/** `watcher(name)` hears of every screen that opens. */
export function onScreen(watcher) {
  watchers.add(watcher);
}

export async function show(name) {
  const section = document.querySelector(`[data-screen="${name}"]`);
  if (!section) return;
  const [again, first] = [open === name, open === ""];
  open = name;
  for (const other of document.querySelectorAll("[data-screen]")) other.hidden = other !== section;
  // An open dialog lies above the next screen, also above a lock, and lets nothing there be touched.
  if (!again) for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  for (const link of document.querySelectorAll("#tabs a, #state")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (location.hash !== `#${name}`) history.replaceState(history.state, "", `#${name}`);
  const module = modules.get(name);
  if (module && !started.has(name)) {
    started.add(name);
    await module.start?.();
  }
  await module?.shown?.();
  if (open !== name) return; // meanwhile another opened: the lock, perhaps
  if (!again) {
    scrollTo(0, 0);
    // Where nothing changed before somebody's eyes, the page begins where pages begin.
    if (!first) section.querySelector("h1")?.focus({ preventScroll: true });
  }
  for (const watcher of watchers) watcher(name);
}
