// Photos that go with what is being written, a signal or a task that is done: taken or chosen, made small, and without
// anything the camera wrote about itself, the moment or the place: what is drawn on a canvas and encoded anew holds
// pixels and nothing else.

import * as camera from "./camera.js";
import { announce, word } from "./screens.js";
import { close, edit, start as startSmudging } from "./smudge.js";

export const MOST = 6;
const LONG_SIDE = 1600, QUALITY = 0.8;

/** At most 1,600 pixels, a JPEG anew: nothing the camera wrote comes along. Throws for what is no picture. */
async function shrink(thing) {
  const bitmap = thing instanceof Blob ? await createImageBitmap(thing, { imageOrientation: "from-image" }) : await thing;
  const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff"; // a JPEG knows no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}

const ready = (blob) => ({ blob, source: blob, strokes: [], url: URL.createObjectURL(blob) });

/** One roll on the screen `section`, of the elements whose ids begin with `prefix` (photo_list.html, photo_buttons.html).
 *  `changed()` hears of each photo that comes, goes or is wiped, `problem(words)` of what did not work. */
export function makeRoll(prefix, section, { changed, problem }) {
  let photos = []; // {blob, source, strokes, url}: `source` without mosaic lives in memory only, for undoing
  let busy = Promise.resolve(); // one after the other, so that they stand in the order in which they came
  const element = (id) => document.getElementById(prefix + id);
  const view = element("viewfinder");
  const buttonOf = (at, act) => element("taken").querySelector(`[data-photo="${at}"][data-act=${act}]`);

  function pause() {
    if (camera.isOn()) camera.off();
    close();
  }

  function clear() {
    pause();
    for (const { url } of photos) URL.revokeObjectURL(url);
    photos = [];
    show();
  }

  // From the draft: what was smudged there stays so.
  function restore(kept) {
    photos = kept.map((buffer) => ready(new Blob([buffer], { type: "image/jpeg" })));
    show();
  }

  // --- taking -------------------------------------------------------------------------------------------
  // The first tap opens the lens, each next one takes a picture.
  async function take() {
    if (photos.length >= MOST) return problem(word("photoMost"));
    if (camera.isOn()) return add([camera.shot()]);
    if (!camera.isThere()) return element("photo-camera").click();
    try {
      await camera.on(view);
      view.scrollIntoView({ block: "nearest" });
      announce(word("cameraOn"));
    } catch (refusal) {
      camera.off();
      problem(word(refusal.name === "NotAllowedError" ? "cameraDenied" : "cameraNone"));
      element("choose-photo").focus();
    }
    return null;
  }

  function add(things) {
    busy = busy.then(() => takeIn(things));
    return busy;
  }

  async function takeIn(things) {
    const refused = [];
    let left = 0;
    for (const thing of things) {
      if (photos.length >= MOST) { left += 1; continue; }
      const blob = await shrink(thing).catch(() => null);
      if (blob) photos.push(ready(blob));
      else refused.push(thing.name ?? "");
    }
    show();
    if (refused.length) problem(word("photoNone", { names: refused.join(", ") }));
    else if (left) problem(word("photoMost"));
    else if (things.length) {
      problem("");
      announce(word("photoCount", { n: photos.length }));
    }
    if (things.length > refused.length + left) changed();
    if (photos.length >= MOST && camera.isOn()) camera.off();
  }

  // --- showing ------------------------------------------------------------------------------------------
  function show() {
    const template = document.getElementById("taken-photo").content;
    element("taken").replaceChildren(...photos.map((photo, at) => {
      const item = template.cloneNode(true).firstElementChild;
      item.querySelector("img").src = photo.url;
      for (const [act, name] of [["smudge", photo.strokes.length ? "photoSmudged" : "photoSmudge"], ["drop", "photoDrop"]]) {
        const button = item.querySelector(`[data-act=${act}]`);
        button.dataset.photo = String(at);
        button.setAttribute("aria-label", word(name, { number: at + 1 }));
      }
      item.classList.toggle("smudged", photo.strokes.length > 0);
      return item;
    }));
    element("taken-hint").hidden = !photos.length;
    element("photo-count").textContent = photos.length ? `(${photos.length})` : "";
  }

  function drop(photo) {
    const at = photos.indexOf(photo);
    URL.revokeObjectURL(photo.url);
    photos.splice(at, 1);
    show();
    announce(word("photoDropped"));
    (buttonOf(Math.min(at, photos.length - 1), "drop") ?? element("take-photo")).focus();
    changed();
  }

  async function smudge(photo) {
    camera.off();
    const { blob, strokes } = await edit(photo);
    if (photos.includes(photo)) { // meanwhile the tablet may have locked or changed hands
      URL.revokeObjectURL(photo.url);
      Object.assign(photo, { blob, strokes, url: URL.createObjectURL(blob) });
      show();
      changed();
    }
    buttonOf(photos.indexOf(photo), "smudge")?.focus();
  }

  Object.assign(document.getElementById("words").dataset, document.getElementById("new-words").dataset);
  startSmudging({ say: announce, word });
  // Nobody films unseen, and a dialog on a screen that closes would keep every other screen from being touched.
  document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); });
  new MutationObserver(() => { if (section.hidden) pause(); }).observe(section, { attributeFilter: ["hidden"] });
  element("take-photo").addEventListener("click", take);
  element("camera-off").addEventListener("click", () => { camera.off(); element("take-photo").focus(); });
  element("choose-photo").addEventListener("click", () => element("photo-files").click());
  for (const id of ["photo-files", "photo-camera"]) element(id).addEventListener("change", ({ target }) => {
    const files = [...target.files];
    target.value = ""; // the same file may be chosen again
    add(files);
  });
  element("photo-camera").addEventListener("cancel", () => problem(word("cameraEmpty")));
  element("taken").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const photo = photos[Number(button?.dataset.photo)];
    if (photo) (button.dataset.act === "drop" ? drop(photo) : smudge(photo));
  });

  return {
    clear, pause, restore, count: () => photos.length, settled: () => busy,
    buffers: () => Promise.all(photos.map(({ blob }) => blob.arrayBuffer())),
  };
}
