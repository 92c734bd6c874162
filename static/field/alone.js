// One window at a time: two would each have a key of their own for what is being typed, and write over one another's.

const LOCK = "veld-window";
const TRIES = 5, APART = 200; // a page that loads anew is gone only a moment later
const tabs = new BroadcastChannel("veld");

/** Resolves once no other window has the tablet. `elsewhere(here)` is called when one has: `here()` asks it to let go,
 *  which it does when `mayGo()`: what it has in memory, it hands over. */
export async function alone(elsewhere, mayGo) {
  if (!navigator.locks) return;
  for (let turn = 0; turn < TRIES; turn += 1) {
    if (await held({ ifAvailable: true }, mayGo)) return;
    await new Promise((resolve) => { setTimeout(resolve, APART); });
  }
  await new Promise((resolve) => {
    elsewhere(() => {
      held({}, mayGo).then(resolve);
      tabs.postMessage("here");
    });
  });
}

/** Whether we have it; until this page goes, that lasts. */
function held(options, mayGo) {
  return new Promise((resolve) => {
    navigator.locks.request(LOCK, options, (lock) => {
      resolve(Boolean(lock));
      if (!lock) return null;
      tabs.addEventListener("message", ({ data }) => { if (data === "here" && mayGo()) location.reload(); });
      return new Promise(() => {});
    });
  });
}
