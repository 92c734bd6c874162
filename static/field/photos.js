// The photos of the signal on the screen.

import { makeRoll } from "./roll.js";

let roll = null;

export function start(section, hooks) {
  roll = makeRoll("", section, hooks);
}

export const count = () => roll.count();
export const settled = () => roll.settled();
export const buffers = () => roll.buffers();
export const pause = () => roll.pause();
export const clear = () => roll.clear();
export const restore = (kept) => roll.restore(kept);
