// Signals that run nearby, as of the last synchronisation: one tap says "it is this one".

import { metresBetween } from "./atlas.js";
import { announce, word } from "./screens.js";

const WITHIN = 75, MOST = 4;
const DAY = 86_400_000;

let known = []; // {signal, metres}, the nearest first
let joined = null;
let changed = () => {};

const element = (id) => document.getElementById(id);

export function start(hooks) {
  ({ changed } = hooks);
  element("near-list").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-known]");
    if (!button) return;
    const { signal } = known[Number(button.dataset.known)];
    joined = joined?.id === signal.id ? null : signal;
    for (const each of element("near-list").querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === button && joined !== null));
    announce(word(joined ? "nearJoined" : "nearApart", { subject: signal.subject }));
    changed(joined);
  });
}

export const signals = () => known.map(({ signal }) => signal);
export const join = () => joined?.id ?? null;

export function look(nearby, point, category) {
  const before = new Set(known.map(({ signal }) => signal.id));
  const around = (point ? nearby ?? [] : []).map((signal) => ({ signal, metres: metresBetween(point, signal) }));
  known = around.filter(({ metres }) => metres <= WITHIN)
    // What was chosen comes first: that is the one it may be.
    .sort((a, b) => (b.signal.category === category) - (a.signal.category === category) || a.metres - b.metres)
    .slice(0, MOST);
  if (known.length && known.some(({ signal }) => !before.has(signal.id))) announce(word("nearFound", { n: known.length }));
  // Who moves the spot away no longer means the one that was there.
  if (joined && !known.some(({ signal }) => signal.id === joined.id)) joined = null;
  show();
}

export function reset() {
  [known, joined] = [[], null];
  show();
}

export function restore(id) {
  joined = known.find(({ signal }) => signal.id === id)?.signal ?? null;
  show();
}

function show() {
  const focused = document.activeElement?.dataset.signal;
  const template = element("known-signal").content;
  element("near").hidden = !known.length;
  element("near-list").replaceChildren(...known.map(({ signal, metres }, at) => {
    const item = template.cloneNode(true).firstElementChild;
    const button = item.querySelector("button");
    button.dataset.known = String(at);
    button.dataset.signal = signal.id;
    button.setAttribute("aria-pressed", String(signal.id === joined?.id));
    item.querySelector("b").textContent = signal.subject;
    item.querySelector("span").textContent = word("nearLine", { when: daysAgo(signal.reported_at), n: Math.max(1, Math.round(metres / 5) * 5) });
    return item;
  }));
  element("near-list").querySelector(`[data-signal="${focused}"]`)?.focus();
}

// "vandaag", "gisteren", "3 dagen geleden": by the calendar, not by the clock.
function daysAgo(moment) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(moment) - midnight(Date.now())) / DAY);
  return new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(days, "day");
}
