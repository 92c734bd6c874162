// IndexedDB of the tablet. What lies here can be copied by who finds the tablet: everything somebody typed is sealed
// before it comes in, and no key that opens it is ever put beside it.

import { giveUp } from "./spare.js";

const NAME = "veld";
const VERSION = 2;
const STORES = { records: { keyPath: "id" }, photos: {}, reading: {}, drafts: {}, state: {} };
// Warn while there is still room for a day of photos.
const FULL = 0.8;
const ROOM = 60 * 1024 * 1024;

let opened = null;
const outdated = new Set();

/** Called when another tab brought a newer database: this page is of yesterday, and must load anew. */
export function onOutdated(watcher) {
  outdated.add(watcher);
}

function failure(reason, cause) {
  return Object.assign(new Error(reason, { cause }), { reason });
}

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = (event) => upgrade(request.result, request.transaction, event.oldVersion);
    request.onsuccess = () => {
      const database = request.result;
      // Not closing here would leave the newer tab waiting for ever.
      database.onversionchange = () => {
        database.close();
        opened = null;
        for (const watcher of outdated) watcher();
      };
      database.onclose = () => { opened = null; };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = null; // a next try may succeed: private mode left, room made
    throw failure("storage", error);
  });
  return opened;
}

/** Version 1 kept records and photos alone, before a record could ask for attention. */
function upgrade(database, transaction, from) {
  for (const [name, options] of Object.entries(STORES)) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, options);
  }
  if (from !== 1) return;
  transaction.objectStore("records").openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    cursor.update({ state: "waiting", problem: "", tries: 0, ...cursor.value });
    cursor.continue();
  };
}

/** Runs `work(stores...)` in one transaction and waits until it is on disk; gives the result of the request returned. */
async function within(names, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let request;
    const transaction = database.transaction(names, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => {
      const error = transaction.error ?? request?.error;
      reject(failure(error?.name === "QuotaExceededError" ? "quota" : "storage", error));
    };
    try {
      request = work(...names.map((name) => transaction.objectStore(name)));
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // it was aborted already, and says itself why
      }
      reject(failure(transaction.error?.name === "QuotaExceededError" ? "quota" : "storage", error));
    }
  });
}

const read = (name, key) => within([name], "readonly", (store) => store.get(key));
const write = (name, key, value) => within([name], "readwrite", (store) => store.put(value, key));

export const state = (key) => read("state", key);
export const setState = (key, value) => write("state", key, value);

// --- what waits to be sent --------------------------------------------------------------------------

/** Record and photos or nothing, read back before anybody says that it is kept. `photos`: [{hash, data}]. */
export async function addRecord(envelope, photos) {
  const add = () => within(["records", "photos"], "readwrite", (records, pictures) => {
    for (const { hash, data } of photos) pictures.add(data, [envelope.id, hash]);
    return records.add(envelope);
  });
  await add().catch(async (error) => {
    if (error.reason !== "quota" || !(await giveUp())) throw error;
    await add();
  });
  const kept = await recordOf(envelope.id);
  const pictures = await Promise.all(photos.map(({ hash }) => photoOf(envelope.id, hash)));
  const whole = kept && same(kept.body, envelope.body) && photos.every(({ data }, index) => same(pictures[index], data));
  if (!whole) throw failure("storage");
}

function same(one, other) {
  if (one?.byteLength !== other.byteLength) return false;
  const [left, right] = [new Uint8Array(one), new Uint8Array(other)];
  return left.every((byte, index) => byte === right[index]);
}

export async function records() {
  const all = await within(["records"], "readonly", (store) => store.getAll());
  return all.sort((one, other) => (one.saved_at < other.saved_at ? -1 : 1));
}

export const recordOf = (id) => read("records", id);
export const photoOf = (id, hash) => read("photos", [id, hash]);
export const markAttention = (id, problem) => change(id, { state: "attention", problem });
export const markWaiting = (id) => change(id, { state: "waiting", problem: "" });

/** Read and written in one transaction: another tab may just have sent it, and a record that left never comes back. */
function change(id, changes) {
  return within(["records"], "readwrite", (store) => {
    const request = store.get(id);
    request.onsuccess = () => {
      const found = request.result;
      if (found) store.put({ ...found, tries: (found.tries ?? 0) + 1, ...changes });
    };
  });
}

export const dropPhoto = (id, hash) => within(["photos"], "readwrite", (store) => store.delete([id, hash]));

export function dropRecord(id) {
  return within(["records", "photos"], "readwrite", (store, pictures) => {
    pictures.delete(IDBKeyRange.bound([id, ""], [id, "\uffff"]));
    return store.delete(id);
  });
}

// --- what is read and typed, sealed by reading.js ---------------------------------------------------

export const putSealed = write;
export const sealedOf = read;
export const dropSealed = (name, key) => within([name], "readwrite", (store) => store.delete(key));

export function wipeReading() {
  return within(["reading", "drafts"], "readwrite", (reading, drafts) => {
    reading.clear();
    return drafts.clear();
  });
}

/** Everything but what waits to be sent, which is somebody's and sealed. */
export async function wipeAll() {
  await wipeReading();
  await within(["state"], "readwrite", (store) => store.clear());
}

export async function space() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const persisted = (await navigator.storage?.persisted?.()) ?? false;
  const tight = quota > 0 && (usage > FULL * quota || quota - usage < ROOM);
  return { used: usage, quota, persisted, tight };
}
