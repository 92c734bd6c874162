// The PIN locks the screen and wraps nothing: it lives in memory, and neither it nor anything made of it is stored.
// Ten thousand PINs are tried in a second; what must stay closed is closed with keys.

const IDLE = 5 * 60 * 1000;
const MOST_WRONG = 5;

let chosen = null;
let locked = false;
let wrong = 0;
let touched = Date.now();
const watchers = new Set();

/** `watcher(locked)`; the fifth wrong PIN gives "out". */
export function onLock(watcher) {
  watchers.add(watcher);
}

function tell(what) {
  for (const watcher of watchers) watcher(what);
}

export const isGood = (pin) => /^\d{4,8}$/.test(pin);
export const hasPin = () => chosen !== null;
export const isLocked = () => locked;

export function startPin(pin) {
  if (!isGood(pin)) return false;
  [chosen, locked, wrong, touched] = [pin, false, 0, Date.now()];
  return true;
}

export function forgetPin() {
  [chosen, locked, wrong] = [null, false, 0];
}

export function lock() {
  if (chosen === null || locked) return;
  locked = true;
  tell(true);
}

/** How many tries are left counts over all of this shift's locks in a row; one good PIN begins anew. */
export function unlock(pin) {
  if (!locked) return true;
  if (pin === chosen) {
    [locked, wrong, touched] = [false, 0, Date.now()];
    tell(false);
    return true;
  }
  wrong += 1;
  if (wrong >= MOST_WRONG) tell("out");
  return false;
}

export const triesLeft = () => MOST_WRONG - wrong;

/** For a page that loads anew of itself: locked stays locked, with as many wrong tries behind it. */
export const inHand = () => ({ pin: chosen, locked, wrong });
export function takeInHand(hand) {
  [chosen, locked, wrong, touched] = [hand.pin, hand.locked, hand.wrong, Date.now()];
}

export function watchHands() {
  const touch = () => { touched = Date.now(); };
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, touch, { passive: true, capture: true });
  // A clock that was put back would keep the tablet open for as long as that: then it locks at once.
  const look = () => { if (Date.now() - touched > IDLE || Date.now() < touched) lock(); };
  // A device that slept wakes up with its timers late: look before anything is touched.
  document.addEventListener("visibilitychange", look);
  setInterval(look, 10_000);
}
