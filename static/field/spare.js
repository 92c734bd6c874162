// Room kept aside. Browsers tell a made-up quota, against fingerprinting: what is truly left one only knows by having it.
// This much is given up for a record that finds no room, and missed from then on: that is the warning. It lies in a
// cache, for what is deleted from IndexedDB takes its room until the browser tidies up, and this is gone at once. The
// worker leaves it alone: its name does not begin with "veld-".

const CACHE = "spare", ADDRESS = "/spare";
const SIZE = 16 * 1024 * 1024;

/** Whether there is room for a few more photos than anybody takes between two looks. */
export async function keep() {
  try {
    const cache = await caches.open(CACHE);
    if ((await cache.keys()).length) return true;
    const filled = new Uint8Array(SIZE);
    // At random, or it would be packed into nothing.
    for (let start = 0; start < SIZE; start += 65_536) crypto.getRandomValues(filled.subarray(start, start + 65_536));
    await cache.put(ADDRESS, new Response(filled));
    return true;
  } catch {
    return false;
  }
}

/** Whether there was any to give up. */
export async function giveUp() {
  try {
    return await (await caches.open(CACHE)).delete(ADDRESS);
  } catch {
    return false;
  }
}
