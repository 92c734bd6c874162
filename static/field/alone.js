// One window at a time: two would each have a key of their own for what is being typed, and write over one another's.

const LOCK = "veld-window";
const TRIES = 5, APART = 200; // a page that loads anew is gone only a moment later
const LOOK = 1500;
const tabs = new BroadcastChannel("veld");

/** Resolves once no other window has the tablet. `elsewhere(here)` is called when one has: `here()` asks it to let go,
 *  which it does when `mayGo()`: what it has in memory, it hands over. `refused()` hears that it may not yet. */
export async function alone({ elsewhere, refused }, mayGo) {
  if (!navigator.locks) return;
  for (let turn = 0; turn < TRIES; turn += 1) {
    if (await held({ ifAvailable: true }, mayGo)) return;
    await new Promise((resolve) => { setTimeout(resolve, APART); });
  }
  let asked = null;
  await new Promise((resolve) => {
    whenLeft(mayGo).then(resolve);
    tabs.addEventListener("message", ({ data }) => { if (data === "not yet") refused(); });
    elsewhere(() => {
      asked ??= held({}, mayGo).then(resolve);
      tabs.postMessage("here");
    });
  });
}

/** Nobody should have to tap for a window that is not there any more. Free twice in a row: one that loads itself anew,
 *  with a newer shell, is gone for a moment only; and a window that nobody looks at takes nothing. */
function whenLeft(mayGo) {
  let free = 0;
  return new Promise((resolve) => {
    const looks = setInterval(async () => {
      free = !document.hidden && (await isFree()) ? free + 1 : 0;
      if (free < 2 || !(await held({ ifAvailable: true }, mayGo))) return;
      clearInterval(looks);
      resolve();
    }, LOOK);
  });
}

const isFree = async () => !(await navigator.locks.query()).held.some(({ name }) => name === LOCK);

/** Whether we have it; until this page goes, that lasts. */
function held(options, mayGo) {
  return new Promise((resolve) => {
    navigator.locks.request(LOCK, options, (lock) => {
      resolve(Boolean(lock));
      if (!lock) return null;
      tabs.addEventListener("message", ({ data }) => {
        if (data === "here") mayGo() ? location.reload() : tabs.postMessage("not yet");
      });
      return new Promise(() => {});
    });
  });
}
