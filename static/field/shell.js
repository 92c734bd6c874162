// Starts the tablet: what was known, the screen that fits, then contact and sending.

import { alone } from "./alone.js";
import * as begin from "./begin.js";
import { endShift, goOn, known, onChange, onForget, remember, stand } from "./contact.js";
import * as kept from "./kept.js";
import * as locks from "./lock.js";
import * as locked from "./locked.js";
import * as news from "./news.js";
import { drain, noteRestart, onOutbox, outbox, recount } from "./outbox.js";
import * as reading from "./reading.js";
import * as record from "./record.js";
import * as round from "./round.js";
import { add, announce, onScreen, screen, show, word } from "./screens.js";
import { noteBlocked, paint, weigh } from "./sight.js";
import * as still from "./still.js";
import { onOutdated, setState, state } from "./store.js";
import * as today from "./today.js";
import { handed, reload, watchUpdates } from "./update.js";

const FIRST = "nieuw";
const WITHOUT_SHIFT = new Set(["begin", "bewaard"]);
const ASKS = 2000, MEANT = 60_000;
const modules = { begin, slot: locked, nieuw: record, vandaag: today, nieuws: news, ronde: round, bewaard: kept };

for (const [name, module] of Object.entries(modules)) add(name, module);

/** The screen asked for, or the one that must come first. */
function go(name = location.hash.slice(1)) {
  if (locks.isLocked()) return show("slot");
  if (!known().shift && !WITHOUT_SHIFT.has(name)) return show("begin");
  if (still.isAsking() && name !== "bewaard") return show("begin");
  if (still.writer() && !WITHOUT_SHIFT.has(name)) return show(FIRST); // the rest is of who has the shift
  return show(name !== "slot" && name !== "begin" && name in modules ? name : known().shift ? FIRST : "begin");
}

async function open() {
  const wanted = location.hash.slice(1);
  await alone({ elsewhere, refused: () => { document.getElementById("elders-busy").hidden = false; } }, () => !hasUnkept());
  wire();
  try {
    await remember();
    await recount();
    noteBlocked(false);
  } catch {
    noteBlocked(true);
  }
  const hand = await handed();
  const shift = known().shift;
  if (shift && hand?.shift === shift.id) {
    reading.takeInHand(hand.reading);
    locks.takeInHand(hand.lock);
  } else if (shift) {
    noteRestart(true);
    await reading.temporaryKey();
    for (const button of document.querySelectorAll("[data-do=prf]")) button.hidden = !(await reading.keepsPrf());
    await hearWhoItIs();
    if (still.isOld(shift) && !known().person) still.askWhose();
  }
  await go(wanted);
  document.documentElement.dataset.ready = "";
  await meet();
}

/** Another window of this device has the tablet. */
function elsewhere(here) {
  document.querySelector("[data-state-words]").textContent = word("elsewhere");
  document.querySelector("[data-do=here]").addEventListener("click", here);
  show("elders");
}

/** Somebody else may have signed in since: with a network we ask before anything is written in the name of who had the
 *  tablet. Whoever came from the sign-in page waits for the answer; on a thin line nobody else waits longer than this. */
async function hearWhoItIs() {
  if (!navigator.onLine) return;
  const came = await state("signin").catch(() => false);
  await show("begin");
  await (came ? stand() : Promise.race([stand(), new Promise((resolve) => { setTimeout(resolve, ASKS); })]));
}

/** First contact: is it still the same person, and is this still their shift? */
async function meet() {
  await stand();
  const { online, person, shift } = known();
  const signed = online && person && (await state("signin").catch(() => false));
  if (signed) await setState("signin", false);
  const old = shift && still.isOld(shift);
  const other = person && shift && person.id !== shift.author;
  const anew = other || (person && (!shift || old || (signed && reading.isWaiting())) && !reading.isTyping());
  if (person) still.leave();
  if (anew && (other || !locks.isLocked())) await show("begin");
  else if (screen() === "begin") await go();
  if (signed && !anew && reading.inHand()) await goOn(reading.inHand().word);
  if (!anew) await reading.refresh();
  await drain();
}

function wire() {
  onChange(paint);
  onOutbox(paint);
  onOutbox(readAnew);
  onOutdated(reload);
  onScreen((name) => {
    const open = known().shift && !locks.isLocked();
    document.getElementById("tabs").hidden = !open || name === "begin";
    document.getElementById("state").toggleAttribute("inert", locks.isLocked());
    document.querySelector("[data-do=lock]").hidden = !locks.hasPin();
  });
  onForget(() => {
    locks.forgetPin();
    noteRestart(false);
    announce(""); // what was said last may name a place
    return show("begin");
  });
  locks.onLock(async (what) => {
    if (what === true) return show("slot");
    if (what === false) return go(FIRST);
    begin.noteOut();
    return endShift();
  });
  locks.watchHands();
  reading.onReading(count);
  still.start(paint);
  addEventListener("hashchange", () => { if (location.hash !== "#main") go(); });
  addEventListener("online", () => meet());
  addEventListener("offline", () => stand());
  // Come back to by the back button, a page shows what it showed: by then somebody else may hold the tablet.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) drain(); });
  setInterval(look, 30_000);
  document.addEventListener("click", (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what in ACTS) ACTS[what]();
  });
  watchUpdates(hand, isBusy).catch(() => {}); // without a worker it works with network only
}

let turn = 0;

/** Every half minute; what is read every ten. */
async function look() {
  turn += 1;
  await drain();
  await weigh();
  if (turn % 20 === 0) await reading.refresh();
}

let warned = 0;
const ACTS = {
  lock: () => locks.lock(),
  again: () => meet(),
  signin: async () => {
    // The sign-in page takes the place of this one, and of what is being written here. Who means it taps again.
    if (reading.isTyping() && !locks.isLocked() && Date.now() - warned > MEANT) {
      warned = Date.now();
      await go(FIRST);
      return record.problem(word("signInTyping"));
    }
    return begin.signIn(endShift);
  },
  prf: async () => {
    if (!(await reading.unlockWithPrf())) return announce(word("offerFailed"));
    noteRestart(false);
    return show("begin");
  },
};

let seen = 0;
/** Once everything left, what was read is of before: the tasks that were done still stand in it. */
function readAnew({ delivered, waiting }) {
  if (!waiting && delivered.length > seen) reading.refresh();
  if (!waiting || delivered.length < seen) seen = delivered.length;
}

function count(data) {
  const numbers = { tasks: data?.tasks?.length ?? 0, unread: (data?.feedback ?? []).filter((line) => line.unread).length };
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = numbers[place.dataset.count];
    place.hidden = !numbers[place.dataset.count];
  }
  paint();
}

/** What goes from this page to the next, in memory: nothing when there is no shift to go on with. */
function hand() {
  const held = reading.inHand();
  return held && known().shift ? { shift: known().shift.id, reading: held, lock: locks.inHand() } : null;
}

/** What was done, or what who comes after must know, is in no draft: it would go with the page. */
function hasUnkept() {
  const fields = document.querySelectorAll("textarea:not(#new-text), #round-text, dialog");
  return [...fields].some(({ value, open: isOpen }) => value || isOpen);
}

function isBusy() {
  const field = document.activeElement;
  const typed = field?.matches?.("input, textarea, select") && field.value;
  return outbox().sending || reading.isTyping() || Boolean(typed) || hasUnkept() || Boolean(document.getElementById("new-text").value);
}

open();
