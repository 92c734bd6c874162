// What is read without network, and what is being typed. Sealed with a key that lives in memory as long as the shift:
// who copies the device finds neither. Only an authenticator that answers a secret (WebAuthn PRF) can wrap that key.

import { get, known, onForget } from "./contact.js";
import { close, newKey, open, salt, unwrap, wrap } from "./sealing.js";
import { dropSealed, putSealed, sealedOf, setState, state, wipeReading } from "./store.js";

const LAST = "gegevens", WORD = "woord";
let key = null;
let word = ""; // what the city wants to hear before it gives anything to read: the session lies on the device
let ours = false; // the key is that of the shift, not one that came after a restart
let memory = null;
const drafts = new Map();
const watchers = new Set();

/** `watcher(data)` hears of each new reading, and of null when there is none any more. */
export function onReading(watcher) {
  watchers.add(watcher);
}

function tell() {
  for (const watcher of watchers) watcher(memory);
}

export const newWord = () => salt();

/** A shift begins, with this word: nothing of before can be opened from now on. */
export async function newShiftKey(given) {
  await forget();
  key = await newKey();
  [ours, word] = [true, given];
  // For who opens it with an authenticator. Where there is no room for it, reading goes on all the same.
  await putSealed("reading", WORD, await close(word, key, WORD)).catch(() => {});
}

/** After a restart: what was read stays closed, and what is typed from now on is sealed with a key of its own. */
export async function temporaryKey() {
  key ??= await newKey();
}

/** Whether what was read before the restart waits for who read it. */
export const isWaiting = () => !ours;

export async function forget() {
  [key, ours, memory, word] = [null, false, null, ""];
  drafts.clear();
  await wipeReading().catch(() => {});
  await setState("prf", null).catch(() => {});
  tell();
}
onForget(forget);

/** For a page that loads anew of itself: handed over in memory, by way of the worker. */
export const inHand = () => (ours ? { key, word } : null);
export function takeInHand(hand) {
  [key, ours, word] = [hand.key, true, hand.word ?? ""];
}

// --- what is read -----------------------------------------------------------------------------------

export async function reading() {
  if (memory || !ours) return memory;
  const held = key;
  const found = await open(await sealedOf("reading", LAST), held, LAST);
  if (key === held) memory = found; // else the shift ended meanwhile, and this is nobody's any more
  return memory;
}

/** Gives what was read, or null: without network, without sign-in, or after a restart. */
export async function refresh() {
  if (!ours || !known().online || known().person?.id !== known().shift?.author) return null;
  const held = key;
  const { status, answer } = await get("gegevens/", { "X-Word": word });
  if (status !== 200 || key !== held) return null; // meanwhile the shift ended
  memory = answer;
  // The tiles are nobody's: with them one registers also when nothing can be read.
  await setState("tiles", answer.tiles);
  await putSealed("reading", LAST, await close(answer, held, LAST));
  tell();
  return memory;
}

// --- what is being typed ----------------------------------------------------------------------------

/** An ArrayBuffer, or anything JSON can hold. */
export async function keepDraft(name, value) {
  drafts.set(name, value);
  if (key) await putSealed("drafts", name, await close(value, key, name));
}

export async function draft(name) {
  if (drafts.has(name)) return drafts.get(name);
  if (!key) return null;
  const held = key;
  const found = await open(await sealedOf("drafts", name), held, name);
  if (key !== held) return null; // meanwhile the tablet changed hands
  if (found !== null) drafts.set(name, found);
  return found;
}

export async function dropDraft(name) {
  drafts.delete(name);
  await dropSealed("drafts", name);
}

/** What runs on, such as a round, begins with a dash: it is no reason to wait. */
export const isTyping = () => [...drafts.keys()].some((name) => !name.startsWith("-"));

// --- across a restart, where the device can -----------------------------------------------------------

export async function hasPrf() {
  const able = await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => false);
  return Boolean(able);
}

export const keepsPrf = async () => Boolean(await state("prf"));

/** Wraps the shift key with what only this person can make this device answer. Gives whether that worked. */
export async function offerPrf(called) {
  if (!ours) return false;
  const held = key;
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const prf = { eval: { first: salt } };
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { name: called }, challenge: crypto.getRandomValues(new Uint8Array(32)),
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name: called, displayName: called },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
        extensions: { prf },
      },
    });
    const told = made.getClientExtensionResults().prf;
    if (!told?.enabled) return false;
    const credential = made.rawId;
    const secret = told.results?.first ?? (await answerOf(credential, salt));
    if (key !== held) return false;
    await setState("prf", { credential, salt, wrapped: await wrap(held, secret) });
    return true;
  } catch {
    return false; // refused, or a device that cannot
  }
}

/** Opens what was read before the restart. Gives whether that worked. */
export async function unlockWithPrf() {
  const kept = await state("prf");
  if (!kept) return false;
  try {
    key = await unwrap(kept.wrapped, await answerOf(kept.credential, kept.salt));
  } catch {
    return false;
  }
  ours = true;
  word = (await open(await sealedOf("reading", WORD), key, WORD)) ?? "";
  for (const [name, value] of drafts) await putSealed("drafts", name, await close(value, key, name));
  await reading();
  tell();
  return true;
}

async function answerOf(id, salt) {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)), userVerification: "required",
      allowCredentials: [{ type: "public-key", id }], extensions: { prf: { eval: { first: salt } } },
    },
  });
  const secret = found.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw new Error("no secret");
  return secret;
}
