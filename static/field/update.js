// The worker that lets the shell start without network, and how a new one takes over: when nothing is being typed or
// sent, with what is in memory handed over, so that nobody notices.

const LOOK_AGAIN = 30 * 60 * 1000;
const QUIET = 3000;
// A slow tablet that does not wait for its own key is a tablet that was started again.
const WORKER_MAY_TAKE = 10_000;

let gather = () => null;
let isBusy = () => false;
let reloading = false;

/** What the page before this one left in memory, or null: this tablet was started anew. */
export async function handed() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = await new Promise((resolve) => {
    setTimeout(resolve, WORKER_MAY_TAKE, null);
    port1.onmessage = ({ data }) => {
      document.documentElement.dataset.shell = data.version; // also where it came too late for the rest
      resolve(data);
    };
    worker.postMessage("give back", [port2]);
  });
  return answer?.hand ?? null;
}

/** `given()` is what to hand over; `busy()` whether somebody types or something is being sent. */
export async function watchUpdates(given, busy) {
  [gather, isBusy] = [given, busy];
  if (!navigator.serviceWorker) return;
  let hadOne = Boolean(navigator.serviceWorker.controller); // the first that comes changes nothing
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne) reload();
    hadOne = true;
  });
  addEventListener("pagehide", handOver);
  // Registering again looks whether there is a newer one, and repairs a first that broke off for want of network.
  let found = null;
  const look = async () => {
    found = await navigator.serviceWorker.register("werker.js", { updateViaCache: "none" }).catch(() => found);
    found?.update?.().catch(() => {});
  };
  await look();
  setInterval(look, LOOK_AGAIN);
  setInterval(() => { if (!found?.active && !found?.installing) look(); }, 2 * QUIET);
  addEventListener("online", look);
  setInterval(() => {
    if (found?.waiting && !isBusy()) found.waiting.postMessage("take over");
  }, QUIET);
}

function handOver() {
  const hand = gather();
  if (hand) navigator.serviceWorker.controller?.postMessage({ hand });
}

/** Loads anew as soon as nobody is busy: the newer shell, or after a newer database was made in another tab. */
export function reload() {
  if (reloading) return;
  reloading = true;
  const timer = setInterval(() => {
    if (isBusy()) return;
    clearInterval(timer);
    location.reload();
  }, 200);
}
