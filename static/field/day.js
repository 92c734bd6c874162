// What the screens of the day share: words, moments, and why saving did not work.

import { word } from "./screens.js";

const ZONE = "Europe/Brussels";
const TIME = new Intl.DateTimeFormat("nl-BE", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("nl-BE", { timeZone: ZONE, day: "numeric", month: "long" });
const REFUSALS = { quota: "quota", storage: "storage", no_shift: "noShift", no_key: "noKey" };

let added = false;

export function addWords() {
  if (!added) Object.assign(document.getElementById("words").dataset, document.getElementById("day-words").dataset);
  added = true;
}

/** "14.30 uur" */
export const time = (iso) => `${TIME.format(new Date(iso)).replace(":", ".")} uur`;

/** "22 november" */
export const day = (iso) => DAY.format(new Date(iso));

export const why = (refusal) => word(REFUSALS[refusal.reason] ?? "storage");
