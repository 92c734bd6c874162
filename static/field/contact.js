// Talking to the server: who is signed in, with which key we seal, what this tablet is asked to do.

import { uuid7 } from "./sealing.js";
import { setState, space, state, wipeAll } from "./store.js";

const BASE = new URL("./", document.baseURI).pathname;
const PATIENCE = 15_000;
const UPLOAD_PATIENCE = 120_000; // a photo over a thin line
const OURS = "X-Gebied"; // signals/field/ours.py
export const CLOCK_MAY_DIFFER = 120_000;

const now = { person: null, tablet: null, shift: null, key: null, offset: null, csrf: "" };
// ordered: a coordinator ended the shift; between: something else answers in the place of the city
Object.assign(now, { online: false, asked: false, ordered: false, between: false });
const changes = new Set();
const endings = new Set();
const tabs = new BroadcastChannel("veld");
let starting = null;

/** {person, tablet, shift: {id, author, pass, started}, key, offset, online, asked, between}: as last heard. */
export const known = () => now;
export const clockIsOff = () => now.offset !== null && Math.abs(now.offset) > CLOCK_MAY_DIFFER;

export function onChange(watcher) {
  changes.add(watcher);
}

/** `forgetter()` drops what was read and typed: the shift ended, here or by order of the server. */
export function onForget(forgetter) {
  endings.add(forgetter);
}

function tell() {
  for (const watcher of changes) watcher(now);
}

tabs.addEventListener("message", async ({ data }) => {
  if (data !== "shift" && data !== "end") return;
  const next = data === "shift" ? ((await state("shift")) ?? null) : null;
  // What this tab read and holds is of who was before, also when nobody ended that shift.
  const goesOn = !now.shift || now.shift.author === next?.author; // a window that waits for its turn has nothing to forget
  now.shift = next;
  if (!goesOn) for (const forgetter of endings) await forgetter();
  tell();
});

/** What was known before this start: enough to register without network. */
export async function remember() {
  for (const name of ["shift", "key", "tablet"]) now[name] = (await state(name)) ?? null;
  now.offset = (await state("offset")) ?? null;
}

async function ask(path, { method = "GET", body, headers = {}, patience = PATIENCE } = {}) {
  const json = body !== undefined && !(body instanceof ArrayBuffer);
  const given = { ...headers };
  if (method !== "GET") given["X-CSRFToken"] = now.csrf;
  if (body !== undefined) given["Content-Type"] = json ? "application/json" : "application/octet-stream";
  const response = await fetch(BASE + path, {
    method, headers: given, body: json ? JSON.stringify(body) : body, cache: "no-store", credentials: "same-origin",
    redirect: "manual", signal: AbortSignal.timeout(patience),
  });
  // A wifi that wants a sign-in refuses what is not its to refuse. A gateway that says that we are away is right.
  if (!response.headers.has(OURS) && response.status < 500) throw Object.assign(new Error("not ours"), { between: true });
  const type = response.headers.get("Content-Type") ?? "";
  const answer = type.startsWith("application/json") ? await response.json() : {};
  return { status: response.status, answer };
}

/** Asks the server how things stand; without network, what was known stays, with `online` false. */
export async function stand() {
  const left = Date.now();
  let heard = null;
  try {
    heard = await ask("stand/");
    now.between = false;
  } catch (problem) {
    now.between = problem.between === true;
  }
  now.asked = true;
  now.online = heard?.status === 200 && "csrf" in heard.answer;
  if (now.online) await take(heard.answer, (left + Date.now()) / 2);
  tell();
  return now;
}

async function take(answer, moment) {
  Object.assign(now, { csrf: answer.csrf, person: answer.person, tablet: answer.tablet, key: answer.key });
  now.offset = Math.round(Date.parse(answer.now) - moment);
  const order = answer.tablet?.order;
  if (order) await obey(order);
  // Somebody else signed in: nothing more is written in the name of who had the tablet.
  if (now.person && now.shift && now.person.id !== now.shift.author) await forget();
  await keep();
  // Whose shift ended without network is signed out now; who signed in meanwhile is not.
  const leaving = await state("leaving").catch(() => null);
  if (leaving && now.person?.id === leaving) await leave();
}

/** What registering needs after a restart without network. Where nothing can be stored, there is nothing to keep. */
async function keep() {
  try {
    for (const name of ["key", "tablet", "offset"]) await setState(name, now[name]);
  } catch {
    // shown in words as soon as the shell looks at the storage
  }
}

async function obey(order) {
  now.ordered ||= Boolean(now.shift);
  await forget();
  now.person = null;
  if (order === "wipe") await wipeAll();
  await report({ done: order });
}

async function forget() {
  now.shift = null;
  await setState("shift", null).catch(() => {});
  for (const forgetter of endings) await forgetter();
  tabs.postMessage("end");
}

/** Tells the server how much waits here: `{waiting, attention, oldest, done}`. */
export async function report(said = {}) {
  if (!now.online || !now.tablet) return;
  const { used, quota } = await space();
  const body = { done: "", ...said, used, quota, clock: new Date().toISOString() };
  body.shell = document.documentElement.dataset.shell ?? "";
  await ask("stand/", { method: "POST", body }).catch(() => {});
}

/** Gives "" or a sentence why not. `word` is known to this page alone: with it, it reads what the shift may read. */
export async function startShift({ name, word } = {}) {
  starting ??= uuid7(); // the same when an answer got lost and it is asked again
  // A browser that died took the cookie along that says which tablet this is; the shift before knows it too.
  const before = (await state("before").catch(() => "")) ?? "";
  const body = { id: starting, name, before, word };
  const { status, answer } = await send("dienst/", { method: "POST", body });
  if (status !== 200 && status !== 201) return answer.message || "?";
  starting = null;
  now.ordered = false;
  Object.assign(now, { person: answer.person, tablet: { ...now.tablet, ...answer.tablet } });
  now.shift = { id: answer.shift, pass: answer.pass, author: answer.person.id, started: new Date().toISOString() };
  await setState("shift", now.shift);
  await setState("before", answer.tablet.token);
  await setState("leaving", null);
  await keep();
  tabs.postMessage("shift");
  tell();
  return "";
}

/** Signed in anew, the shift goes on in another session: from now on that one opens the tablet alone, too. */
export const goOn = (word) => post("dienst/", { id: now.shift.id, word });

/** Ends the shift here at once, and with the server now or, without network, at the next contact. */
export async function endShift() {
  await setState("leaving", now.shift?.author ?? now.person?.id ?? null);
  await leave();
  await forget();
  tell();
}

async function leave() {
  const { status } = await send("dienst/einde/", { method: "POST", body: {} });
  if (status !== 204 && status !== 401) return;
  now.person = null;
  await setState("leaving", null);
}

/** {status, answer}; status 0 when nothing came back. */
export function put(path, body, headers = {}) {
  const sent = { ...headers, "X-Sent-At": new Date().toISOString() };
  return send(path, { method: "PUT", body, headers: sent, patience: UPLOAD_PATIENCE });
}

export const get = (path, headers = {}) => send(path, { headers });
export const post = (path, body) => send(path, { method: "POST", body });

async function send(path, options) {
  try {
    const first = await ask(path, options);
    const stale = first.status === 403 && first.answer.reason === "csrf";
    if (!stale) return noted(first);
    // Somebody signed in anew: another token counts.
    await stand();
    return noted(await ask(path, options));
  } catch (problem) {
    now.between = problem.between === true;
    return { status: 0, answer: {} };
  }
}

function noted(heard) {
  if (heard.status === 401) {
    now.person = null;
    tell();
  }
  return heard;
}
