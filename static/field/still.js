// A shift that nobody ended, on a tablet that was started again without network: nobody is written for before somebody
// said whose hands these are. Where it is somebody else, the name goes along in what is sealed, and lives in memory only.

import { known, onForget } from "./contact.js";
import { setWriter } from "./outbox.js";
import { show } from "./screens.js";

// A shift that was forgotten yesterday is nobody's today.
const LONGEST_SHIFT = 16 * 60 * 60 * 1000;
const DAY = new Intl.DateTimeFormat("nl-BE", {
  timeZone: "Europe/Brussels", weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const element = (id) => document.getElementById(id);
let asks = false;
let other = "";
let changed = () => {};

/** Also when the clock was put back: that happens when a battery was empty. */
export const isOld = (shift) => !(Math.abs(Date.now() - Date.parse(shift.started)) <= LONGEST_SHIFT);

export function askWhose() {
  asks = true;
  changed();
}

export const isAsking = () => asks && Boolean(known().shift);

/** Somebody signed in: who it is, is known from now on. */
export function leave() {
  asks = false;
  changed();
}

/** Who said not to be the person of this shift. */
export const writer = () => other;

export function start(said) {
  changed = said;
  onForget(() => answer(""));
  element("still-yes").addEventListener("click", () => { answer(""); show("nieuw"); });
  element("still-no").addEventListener("click", () => { element("still-who").hidden = false; element("still-name").focus(); });
  element("still-who").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = element("still-name").value.trim();
    element("still-problem").hidden = Boolean(name);
    if (!name) return element("still-name").focus();
    answer(name);
    return show("nieuw");
  });
}

export function paintStill() {
  element("still-who").hidden = true;
  const { shift } = known();
  element("still-since").textContent = shift ? DAY.format(new Date(shift.started)).replace(/(\d\d):(\d\d)$/, "$1.$2 uur") : "";
}

function answer(name) {
  [asks, other] = [false, name];
  setWriter(name);
  element("still-name").value = "";
  for (const place of document.querySelectorAll("[data-writer]")) place.textContent = name;
  for (const link of document.querySelectorAll("#tabs a:not([href='#nieuw'])")) link.hidden = Boolean(name);
  changed();
}
