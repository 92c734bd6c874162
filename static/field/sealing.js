// Sealed so that only the city opens it: a fresh AES key for each record, wrapped with the public key of the city.
// What the device keeps cannot be opened on the device, not even by who wrote it.

const AES = "AES-GCM";
const bytesOf = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export function b64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  // In pieces: a photo has more bytes than a call may have arguments.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

export function unb64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
}

export async function sha256(buffer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** In order of time, so that what was noted first also comes first in the city. */
export function uuid7(now = Date.now()) {
  const bytes = random(16);
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const salt = () => b64(random(16));

/**
 * `body` as in the contract, `photos` [{hash, data: ArrayBuffer}], `key` {id, jwk} of the city.
 * Every part names the record it belongs to: moved to another, it no longer opens.
 */
export async function seal(body, photos, key) {
  const city = await crypto.subtle.importKey("jwk", key.jwk, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
  const once = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt"]);
  const close = async (data, name) => {
    const iv = random(12);
    const closed = await crypto.subtle.encrypt({ name: AES, iv, additionalData: bytesOf(name) }, once, data);
    return { iv: b64(iv), data: closed };
  };
  const plain = bytesOf(JSON.stringify(body));
  const text = await close(plain, body.id);
  const pictures = [];
  for (const { hash, data } of photos) {
    pictures.push({ hash, bytes: data.byteLength, ...(await close(data, `${body.id}/${hash}`)) });
  }
  const envelope = {
    id: body.id, schema: body.schema, author: body.author, kind: body.kind, saved_at: body.saved_at,
    hash: await sha256(plain), key: key.id,
    wrapped: b64(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, city, await crypto.subtle.exportKey("raw", once))),
    iv: text.iv, body: text.data,
    photos: pictures.map(({ hash, bytes, iv }) => ({ hash, bytes, iv })),
    state: "waiting", problem: "", tries: 0,
  };
  return { envelope, photos: pictures.map(({ hash, data }) => ({ hash, data })) };
}

// --- with a key that lives in memory: what is read, and what is being typed -------------------------

export const newKey = () => crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt", "decrypt"]);

/** An ArrayBuffer stays one; anything else goes as JSON. */
export async function close(value, key, name) {
  const raw = value instanceof ArrayBuffer;
  const iv = random(12);
  const data = raw ? value : bytesOf(JSON.stringify(value));
  const closed = await crypto.subtle.encrypt({ name: AES, iv, additionalData: bytesOf(name) }, key, data);
  return { iv, raw, data: closed };
}

/** Null when another key closed it: what a colleague read before is gone with the key. */
export async function open(box, key, name) {
  if (!box || !key) return null;
  try {
    const data = await crypto.subtle.decrypt({ name: AES, iv: box.iv, additionalData: bytesOf(name) }, key, box.data);
    return box.raw ? data : JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null;
  }
}

/** The key that wraps a shift key, made of what the authenticator answers (WebAuthn PRF). */
export async function wrappingKey(secret) {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const info = bytesOf("veld shift key");
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info };
  return crypto.subtle.deriveKey(how, base, { name: AES, length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

export async function wrap(key, secret) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.wrapKey("raw", key, await wrappingKey(secret), { name: AES, iv }) };
}

export async function unwrap({ iv, data }, secret) {
  const usages = ["encrypt", "decrypt"];
  return crypto.subtle.unwrapKey("raw", data, await wrappingKey(secret), { name: AES, iv }, { name: AES }, true, usages);
}
