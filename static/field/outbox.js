// What waits to be sent. It leaves this device only when the server says that it has exactly this.

import { known, onForget, put, report, stand } from "./contact.js";
import { b64, salt, seal, sha256, uuid7 } from "./sealing.js";
import {
  addRecord, dropPhoto, dropRecord, markAttention, markWaiting, photoOf, recordOf, records, setState, state,
} from "./store.js";

// The shape of what is sealed. Another shape is another number, and stays readable for ever: signals/field/records.py.
const SCHEMA = 4;
const COPY = 60e6; // bytes of one copy: written as letters it stays under what the city reads at once, 100 MB
const WAITS = [2, 5, 15, 60]; // seconds, after one failure, two, ...
const tabs = new BroadcastChannel("veld");
const watchers = new Set();
const delivered = [];
const now = { waiting: 0, attention: [], oldest: null, sending: false, others: 0, list: [], delivered, failing: false };
let failures = 0;
let again = null;
let running = null;
let wanted = false;
let cut = ""; // where sending broke off: next time it comes last, so that it never holds up the others
let exported = "";
let restarted = false;
let writer = "";

/** `watcher(outbox)` hears of everything that comes, leaves or asks for attention. */
export function onOutbox(watcher) {
  watchers.add(watcher);
}

export const outbox = () => now;

/** Counts anew; `own` are records of who has the shift, `others` those of colleagues before. */
export async function recount() {
  const all = await records();
  const author = known().shift?.author ?? known().person?.id;
  now.list = all;
  now.others = all.filter((each) => author && each.author !== author).length;
  now.waiting = all.filter((each) => each.state !== "attention").length;
  now.attention = all.filter((each) => each.state === "attention")
    .map(({ id, problem, saved_at, kind, author: by }) => ({ id, message: problem, saved_at, kind, author: by }));
  now.oldest = all[0]?.saved_at ?? null;
  for (const watcher of watchers) watcher(now);
  return now;
}

async function changed() {
  tabs.postMessage("outbox");
  await recount();
}
tabs.addEventListener("message", ({ data }) => {
  if (data === "outbox") recount();
  if (data === "more") wanted = true;
});
// What was received, and what the city said of it, was for who had the shift.
onForget(() => { delivered.length = 0; return recount().catch(() => {}); });

// --- saving -----------------------------------------------------------------------------------------

/**
 * Seals and keeps; gives {id, savedAt} when it was read back. `content` is what the kind says, `photos` ArrayBuffers.
 * Throws an Error with `reason`: quota, storage, no_shift or no_key.
 */
export async function save(kind, content, photos = []) {
  const { shift, key, offset } = known();
  if (!shift) throw Object.assign(new Error("no shift"), { reason: "no_shift" });
  if (!key) throw Object.assign(new Error("no key"), { reason: "no_key" });
  const pictures = [];
  for (const photo of photos) {
    const data = photo instanceof Blob ? await photo.arrayBuffer() : photo;
    const hash = await sha256(data);
    // The same photo chosen twice is one photo: its hash is its key.
    if (!pictures.some((each) => each.hash === hash)) pictures.push({ hash, data });
  }
  const savedAt = new Date().toISOString();
  const body = {
    schema: SCHEMA, id: uuid7(), kind, author: shift.author, pass: shift.pass, salt: salt(), saved_at: savedAt,
    clock_offset_ms: offset, locked: restarted, writer,
    photos: pictures.map(({ hash, data }) => ({ hash, bytes: data.byteLength })),
    [kind]: content,
  };
  const sealed = await seal(body, pictures, key);
  await addRecord(sealed.envelope, sealed.photos);
  await changed();
  drain();
  return { id: body.id, savedAt };
}

/** From a restart until somebody proves who they are, each record says that it was written without. */
export function noteRestart(is) {
  restarted = is;
}

/** Who says not to be the person of the shift, and writes all the same: what somebody saw is not lost. */
export function setWriter(name) {
  writer = name;
}

// --- sending ----------------------------------------------------------------------------------------

/** One at a time, whichever tab asks; who asks meanwhile is served by who is at it. Gives when that is done. */
export function drain() {
  clearTimeout(again);
  if (running) wanted = true;
  // Where nothing can be read, nothing can be sent either; that the storage is blocked, the shell says.
  running ??= run().catch(() => {}).finally(() => { running = null; });
  return running;
}

function run() {
  return navigator.locks.request("veld-drain", { ifAvailable: true }, async (lock) => {
    if (!lock) return tabs.postMessage("more");
    now.sending = true;
    try {
      do {
        wanted = false;
        failures = (await sendAll()) ? 0 : failures + 1;
      } while (wanted);
    } finally {
      now.sending = false;
    }
    now.failing = failures > 0 && known().online;
    if (failures) again = setTimeout(drain, WAITS[Math.min(failures, WAITS.length) - 1] * 1000);
    return recount();
  });
}

/** False when something failed that may go better later. */
async function sendAll() {
  const { online, person } = await stand();
  // A device that says it has a network, and does not reach us, may never say that it came: then we try again soon.
  if (!online) return !navigator.onLine; // else `online`, the timer or the button starts the next try
  let clean = true;
  const all = person ? await records() : [];
  for (const { id } of all.sort((one, other) => (one.id === cut) - (other.id === cut))) {
    const record = await recordOf(id); // anew: meanwhile it may have left
    if (!record || record.state === "attention") continue;
    if (record.author !== person.id && !person.may_recover) continue;
    const outcome = await sendOne(record);
    await recount();
    if (outcome === "later" || outcome === "cut") clean = false;
    if (outcome === "cut") cut = id;
    if (outcome === "cut" || outcome === "stop") break;
  }
  await tellServer();
  return clean;
}

/** "sent", "refused" (asks for attention), "waits" (for its author), "later", "cut" (nothing comes through), "stop". */
async function sendOne(record) {
  for (let turn = 0; turn < 2; turn += 1) {
    const { body, state: _state, problem: _problem, tries: _tries, ...rest } = record;
    const { status, answer } = await put(`berichten/${record.id}/`, { ...rest, body: b64(body) });
    if (status !== 200 && status !== 201) return failed(record.id, status, answer);
    if (answer.id !== record.id || answer.hash !== record.hash || !Array.isArray(answer.missing)) return "later";
    if (answer.missing.length === 0) return gone(record, answer);
    for (const hash of answer.missing) {
      const outcome = await sendPhoto(record, hash);
      if (outcome !== "sent") return outcome;
    }
    // Asked once more: that everything is there, the server says, not we.
  }
  return "later";
}

async function gone(record, answer) {
  await dropRecord(record.id);
  const { shift, person } = known();
  if (shift || person?.may_recover) delivered.unshift({ ...answer, kind: record.kind, saved_at: record.saved_at });
  tabs.postMessage("outbox");
  return "sent";
}

async function sendPhoto(record, hash) {
  const data = await photoOf(record.id, hash);
  const iv = record.photos.find((photo) => photo.hash === hash)?.iv;
  if (!data || !iv) return failed(record.id, 422, {});
  const { status, answer } = await put(`berichten/${record.id}/fotos/${hash}/`, data, { "X-IV": iv });
  if (status !== 200 && status !== 201) return failed(record.id, status === 404 ? 503 : status, answer);
  if (answer.id !== record.id || answer.hash !== hash) return "later";
  await dropPhoto(record.id, hash);
  return "sent";
}

async function failed(id, status, answer) {
  if (status === 401) return "stop";
  if (status === 0 || status === 429) return "cut";
  if (status === 403 && answer.reason === "author") return "waits";
  if (status === 403 && answer.reason === "csrf") return "later";
  if (status >= 400 && status < 500 && status !== 408) {
    await markAttention(id, answer.message ?? "");
    await changed();
    return "refused";
  }
  return "later";
}

/** What asked for attention is tried again when somebody says so. */
export async function retry(id) {
  await markWaiting(id);
  await changed();
  return drain();
}

let told = "";
async function tellServer() {
  const { waiting, attention, oldest } = await recount();
  const said = { waiting, attention: attention.length, oldest };
  const words = JSON.stringify(said) + Math.floor(Date.now() / 300_000);
  if (words === told) return;
  told = words;
  await report(said);
}

// --- taking it along --------------------------------------------------------------------------------

/** What waits and was not taken along yet, as sealed as it lies here: a coordinator reads it in at the office. Gives
 *  the file, and how many records are left for a next one. Once all are taken along, it begins again. */
export async function exportFile() {
  const all = await records();
  const before = await takenAlong();
  const left = all.filter(({ id }) => !before.has(id));
  const written = [];
  let bytes = 0;
  for (const { body, ...rest } of left.length ? left : all) {
    const photos = await Promise.all(rest.photos.map(async (photo) => [photo, await photoOf(rest.id, photo.hash)]));
    bytes += photos.reduce((sum, [, data]) => sum + (data?.byteLength ?? 0), body.byteLength);
    if (written.length && bytes > COPY) break;
    const along = photos.map(([photo, data]) => ({ ...photo, ...(data ? { data: b64(data) } : {}) }));
    written.push({ ...rest, body: b64(body), photos: along });
  }
  const taken = new Set([...(left.length ? before : []), ...written.map(({ id }) => id)]);
  exported = [...taken].join();
  await setState("exported", exported);
  const made_at = new Date().toISOString();
  const content = JSON.stringify({ format: "veld-1", made_at, records: written });
  return { file: new Blob([content], { type: "application/json" }), more: all.filter(({ id }) => !taken.has(id)).length };
}

/** A shift ends when nothing of its author is left here, or when a copy of all that is left was taken along. */
export async function mayEnd() {
  const all = await records();
  const author = known().shift?.author;
  if (!all.some((record) => record.author === author)) return true;
  const taken = await takenAlong();
  return all.every(({ id }) => taken.has(id));
}

const takenAlong = async () => new Set((exported || (await state("exported")) || "").split(","));
