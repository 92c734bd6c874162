// What is always in sight: how much waits here, how long already, and what is the matter with this tablet.

import { clockIsOff, known } from "./contact.js";
import { outbox } from "./outbox.js";
import { isWaiting } from "./reading.js";
import { isAsking, writer } from "./still.js";
import { announce, word } from "./screens.js";
import { keep as keepSpare } from "./spare.js";
import { space } from "./store.js";

const MINUTE = 60_000;
let blocked = false;
let tight = false;
let said = "";

/** Nothing can be stored here: everything else is said after that. */
export function noteBlocked(is) {
  blocked = is;
  paint();
}

export async function weigh() {
  const { tight: told = false } = await space().catch(() => ({}));
  tight = told || !(await keepSpare());
  paint();
}

/** "14 minuten", "3 uur", "2 dagen". */
export function age(iso) {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / MINUTE));
  if (minutes < 1) return word("ageNow");
  if (minutes < 60) return word("ageMinutes", { n: minutes });
  if (minutes < 48 * 60) return word("ageHours", { n: Math.round(minutes / 60) });
  return word("ageDays", { n: Math.round(minutes / 1440) });
}

function sentence({ waiting, attention, list, sending, failing }) {
  const { online, asked, between, person } = known();
  const n = waiting;
  const what = list.every((each) => each.kind === "signal") ? word("signals", { n }) : word("messages", { n });
  if (asked && between) return n ? word("betweenKept", { what }) : word("between");
  if (asked && !online) return n ? word("offlineKept", { what }) : word("offline");
  if (n && asked && !person) return word("signIn", { what });
  if (n && failing) return word("failing", { what });
  if (n && sending) return word("sending", { what });
  if (n) return word("kept", { what });
  if (attention.length) return word("attention", { n: attention.length });
  return asked ? word("clear") : word("moment");
}

export function paint() {
  const box = outbox();
  const element = document.getElementById("state");
  const words = blocked ? word("blocked") : sentence(box);
  const troubled = blocked || box.attention.length > 0;
  const waits = box.waiting > 0 || (known().asked && !known().online);
  element.dataset.look = troubled ? "wrong" : waits ? "waits" : "quiet";
  element.querySelector("[data-state-words]").textContent = words;
  const more = [];
  if (box.oldest) more.push(word("oldest", { age: age(box.oldest) }));
  if (box.attention.length && box.waiting) more.push(word("attention", { n: box.attention.length }));
  element.querySelector("[data-state-age]").textContent = more.join(" · ");
  if (words !== said && said) announce(words);
  said = words;
  notices();
}

function notices() {
  const { online, between, person, shift, tablet, offset } = known();
  const ahead = offset !== null && offset < 0;
  const shows = {
    blocked, between, tight, clock: clockIsOff() && ahead, behind: clockIsOff() && !ahead, revoked: Boolean(tablet?.revoked),
    waits: Boolean(shift) && isWaiting() && !writer() && !isAsking(), writer: Boolean(shift && writer()), signin: Boolean(shift) && online && !person && !isWaiting(),
    others: outbox().others > 0 && !isAsking(),
  };
  for (const item of document.querySelectorAll("[data-notice]")) item.hidden = !shows[item.dataset.notice];
  for (const place of document.querySelectorAll("[data-clock]")) {
    place.textContent = word("ageMinutes", { n: Math.round(Math.abs(offset ?? 0) / MINUTE) });
  }
  for (const place of document.querySelectorAll("[data-others]")) {
    place.textContent = word("messages", { n: outbox().others });
  }
  const list = document.getElementById("said");
  list.hidden = !list.querySelector("[data-notice]:not([hidden])");
}
