// The screen before a shift: sign in elsewhere, come back, choose a PIN.

import { known, stand, startShift } from "./contact.js";
import { drain, noteRestart } from "./outbox.js";
import { hasPin, isGood, lock, startPin } from "./lock.js";
import { isWaiting, newShiftKey, newWord, refresh } from "./reading.js";
import { announce, show, word } from "./screens.js";
import { isAsking, paintStill } from "./still.js";
import { setState } from "./store.js";

const PATIENCE = 4000;
const form = () => document.querySelector("[data-begin=start]");
let out = false;
let ours = ""; // the same when an answer got lost and it is asked again

/** The shift goes on after a restart, opened by its own person: only the PIN of before is gone. */
const onlyPin = () => Boolean(known().shift) && !isWaiting() && !hasPin();

/** The next time this opens it says that five wrong PINs ended the shift. */
export function noteOut() {
  out = true;
}

export function start() {
  form().addEventListener("submit", begin);
}

export function shown() {
  const { asked, online, ordered, person, tablet } = known();
  const which = isAsking() ? "still" : onlyPin() ? "start" : !asked ? "moment" : !online ? "offline" : !person ? "signin" : !person.may_register ? "may-not" : "start";
  paintStill();
  document.querySelector("[data-begin-title]").hidden = which === "still";
  for (const part of document.querySelectorAll("[data-begin]")) part.hidden = part.dataset.begin !== which;
  document.querySelector("[data-begin-out]").hidden = !out;
  document.querySelector("[data-begin-ordered]").hidden = !ordered || Boolean(tablet?.revoked); // that is said above
  document.querySelector("[data-begin-name]").textContent = person?.name ?? "";
  document.querySelector("[data-begin-tablet]").hidden = Boolean(tablet) || onlyPin();
}

async function begin(event) {
  event.preventDefault();
  const pin = form().elements.pin.value.trim();
  if (!isGood(pin)) return say(word("pinBad"));
  say("");
  if (!onlyPin()) {
    ours ||= newWord();
    const problem = await startShift({ name: form().elements.tablet.value.trim(), word: ours }).catch(() => word("blocked"));
    if (problem && !known().person) return shown(); // a session in which a shift ran starts no other
    if (problem) return say(problem === "?" ? word("startFailed") : problem);
    await newShiftKey(ours);
    ours = "";
  }
  form().reset();
  out = false;
  startPin(pin);
  noteRestart(false);
  // Without this a browser that runs out of room may throw our records away.
  navigator.storage?.persist?.();
  // The tiles come with it; over a thin line they follow.
  await Promise.race([refresh(), new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
  await show("nieuw");
  return drain();
}

function say(text) {
  const problem = document.getElementById("begin-problem");
  problem.textContent = text;
  problem.hidden = !text;
  if (text) form().elements.pin.focus();
}

/** Signs in on the page made for that. Who had signed in already, ends that first: a sign-in proves who it is now. */
export async function signIn(end) {
  await drain();
  await stand();
  if (!known().online) return announce(word("offline"));
  if (known().person) await end();
  // What this page holds goes to the next in memory: only behind the PIN, whoever comes back.
  lock();
  await setState("signin", true).catch(() => {});
  return location.assign(document.body.dataset.signIn);
}
