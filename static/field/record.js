// The screen "new signal": what, where, photos, a few words, saved. Nothing of it waits for the network, and
// nothing typed or taken leaves the screen before the device says that it has it.

import { personal } from "./caution.js";
import { onForget } from "./contact.js";
import * as near from "./near.js";
import { save } from "./outbox.js";
import * as photos from "./photos.js";
import * as place from "./place.js";
import { draft, dropDraft, keepDraft, onReading, reading } from "./reading.js";
import { announce, word } from "./screens.js";
import { b64, unb64 } from "./sealing.js";
import { state } from "./store.js";

const FIRST_TILES = 12;
const DRAFT = "nieuw", DRAFT_PHOTOS = "nieuw-fotos";
const KEEP_AFTER = 400; // milliseconds after the last key

let category = null; // a tile: {id, name, icon, about_persons}
let tiles = [];
let nearby = [];
let timer = 0;
let sheet = crypto.randomUUID(); // which signal the photos of a draft belong to
let saving = false;

const element = (id) => document.getElementById(id);
const isHelp = () => category?.about_persons === true;

export function start() {
  const section = document.querySelector('[data-screen="nieuw"]');
  Object.assign(element("words").dataset, element("new-words").dataset);
  place.start({ changed: moved, known: near.signals });
  near.start({ changed: joined });
  photos.start(section, { changed: () => { keep(); keepPhotos(); sayWhatStays(); }, problem });
  element("tiles").addEventListener("click", ({ target }) => {
    const tile = tiles.find(({ id }) => String(id) === target.closest("[data-tile]")?.dataset.tile);
    if (tile) choose(tile);
  });
  element("more-tiles").addEventListener("click", () => showTiles(true));
  element("new-text").addEventListener("input", () => { warn(); later(); });
  for (const id of ["help-phone", "help-consent"]) element(id).addEventListener("input", later);
  element("new-form").addEventListener("input", () => problem(""));
  element("new-form").addEventListener("submit", (event) => { event.preventDefault(); keepSignal(); });
  element("save-anyway").addEventListener("click", () => keepSignal({ anywhere: true }));
  element("next-signal").addEventListener("click", next);
  onForget(forget); // a tablet goes from hand to hand
  onReading((content) => { if (content) take(content); });
}

export async function shown() {
  take((await reading()) ?? { tiles: (await state("tiles")) ?? [], nearby: [] });
  if (!element("saved").hidden) forget();
  if (!isTouched()) await takeUp();
  if (!place.isKnown()) place.locate();
}

function take(content) {
  [tiles, nearby] = [content.tiles, content.nearby];
  showTiles();
  moved({ keeping: false });
}

// Everything of who had the tablet leaves the page.
export function forget() {
  window.clearTimeout(timer);
  category = null;
  sheet = crypto.randomUUID();
  for (const id of ["new-text", "help-phone"]) element(id).value = "";
  element("help-consent").checked = false;
  photos.clear();
  near.reset();
  place.reset();
  showTiles();
  showKind();
  warn();
  problem("");
  element("saved").hidden = true;
  element("new-form").hidden = element("new-hand").hidden = false;
}

// --- what -----------------------------------------------------------------------------------------------
function showTiles(all = false) {
  const focused = document.activeElement?.dataset.tile;
  const shown = all ? tiles : tiles.filter((tile, at) => at < FIRST_TILES || tile.id === category?.id || tile.about_persons);
  const template = element("tile").content;
  element("tiles").replaceChildren(...shown.map((tile) => {
    const item = template.cloneNode(true).firstElementChild;
    const button = item.querySelector("button");
    const use = item.querySelector("use");
    button.dataset.tile = String(tile.id);
    button.setAttribute("aria-pressed", String(tile.id === category?.id));
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${tile.icon || "question"}`));
    button.append(tile.name);
    return item;
  }));
  element("tiles").querySelector(`[data-tile="${focused}"]`)?.focus();
  element("more-tiles").hidden = shown.length === tiles.length;
  element("no-tiles").hidden = tiles.length > 0;
}

function choose(tile) {
  category = tile;
  for (const button of element("tiles").querySelectorAll("[data-tile]")) button.setAttribute("aria-pressed", String(button.dataset.tile === String(tile.id)));
  problem("");
  showKind();
  place.locateIfStale();
  moved({ keeping: false });
  keep();
}

// Of who asks for help we take a number and a yes: no words, no picture, no other signal.
function showKind() {
  element("help").hidden = !isHelp();
  element("words-and-photos").hidden = isHelp();
  element("photo-buttons").hidden = isHelp();
  if (isHelp()) photos.pause();
  sayWhatStays();
}

function sayWhatStays() {
  element("help-left-out").hidden = !(isHelp() && (photos.count() || element("new-text").value.trim() || near.join()));
}

function joined(signal) {
  const tile = tiles.find(({ id }) => id === signal?.category);
  if (tile && !category) choose(tile);
  else keep();
}

function moved({ keeping = true } = {}) {
  near.look(isHelp() ? [] : nearby, place.point(), category?.id);
  if (keeping) keep();
}

function warn() {
  const found = personal(element("new-text").value).map((kind) => word(`caution-${kind}`.replace(/-(.)/, (_, letter) => letter.toUpperCase())));
  const says = found.length ? word("caution", { what: new Intl.ListFormat(document.documentElement.lang).format(found) }) : "";
  if (element("caution").textContent === says) return;
  element("caution").textContent = says;
  if (says) announce(says);
}

// --- the draft, sealed with the key of the shift ----------------------------------------------------------
const isTouched = () => Boolean(category || element("new-text").value || element("help-phone").value || photos.count());

function later() {
  window.clearTimeout(timer);
  timer = window.setTimeout(keep, KEEP_AFTER);
}

function keep() {
  window.clearTimeout(timer);
  if (!isTouched()) return dropDrafts();
  const typed = { sheet, category, text: element("new-text").value, phone: element("help-phone").value, consent: element("help-consent").checked, join: near.join(), place: place.draft() };
  // A draft that cannot be kept is no reason to stop somebody who writes.
  return keepDraft(DRAFT, typed).catch(() => {});
}

const dropDrafts = () => Promise.all([DRAFT, DRAFT_PHOTOS].map((name) => dropDraft(name).catch(() => {})));

async function keepPhotos() {
  const mine = sheet;
  const buffers = await photos.buffers();
  if (mine === sheet) await keepDraft(DRAFT_PHOTOS, { sheet, photos: buffers.map(b64) }).catch(() => {});
}

async function takeUp() {
  const kept = await draft(DRAFT).catch(() => null);
  if (!kept || isTouched()) return;
  sheet = kept.sheet;
  category = tiles.find(({ id }) => id === kept.category?.id) ?? null;
  element("new-text").value = kept.text ?? "";
  element("help-phone").value = kept.phone ?? "";
  element("help-consent").checked = kept.consent === true;
  const taken = await draft(DRAFT_PHOTOS).catch(() => null);
  if (taken?.sheet === sheet && !photos.count()) photos.restore(taken.photos.map(unb64));
  place.restore(kept.place ?? {});
  showTiles();
  showKind();
  near.restore(kept.join);
  keep();
  warn();
  announce(word("draftBack"));
}

// --- saving ---------------------------------------------------------------------------------------------
export function problem(says, at = null, { anyway = false } = {}) {
  element("problem").hidden = !says;
  element("problem-words").textContent = says;
  element("save-anyway").hidden = !anyway;
  if (!says) return;
  announce(says);
  at?.focus();
}

function missing(anywhere) {
  if (!category) return [word("missingWhat"), element("tiles").querySelector("button")];
  if (isHelp() && !element("help-consent").checked) return [word("missingConsent"), element("help-consent")];
  if (isHelp() && !/\d.*\d.*\d/.test(element("help-phone").value)) return [word("missingPhone"), element("help-phone")];
  if (!place.isKnown() && !anywhere) return [word("missingPlace"), element("place-change"), { anyway: true }];
  return null;
}

function content() {
  const where = { category: category.id, ...place.value() };
  if (isHelp()) return { ...where, text: "", join: null, phone: element("help-phone").value.trim(), consent: true };
  return { ...where, text: element("new-text").value.trim(), join: near.join(), phone: "", consent: false };
}

async function keepSignal({ anywhere = false } = {}) {
  if (saving) return;
  const lacks = missing(anywhere);
  if (lacks) return problem(...lacks);
  saving = true;
  element("save-signal").setAttribute("aria-busy", "true");
  try {
    await photos.settled();
    const taken = isHelp() ? [] : await photos.buffers();
    // Put together before: an order of the city may empty the screen meanwhile, and kept is kept.
    const says = told(taken.length);
    await save("signal", content(), taken);
    await done(says);
  } catch (refusal) {
    const known = { quota: "saveQuota", storage: "saveStorage", no_shift: "saveNoShift", no_key: "saveNoKey" };
    problem(word(known[refusal.reason] ?? "saveFailed"));
  } finally {
    saving = false;
    element("save-signal").removeAttribute("aria-busy");
  }
}

const told = (count) => (isHelp() ? word("savedHelp") : [category.name, count ? word("savedPhotos", { n: count }) : ""].filter(Boolean).join(", "));

async function done(says) {
  forget();
  await dropDrafts();
  element("saved-what").textContent = says;
  element("new-form").hidden = element("new-hand").hidden = true;
  element("saved").hidden = false;
  element("saved-heading").focus();
  announce(`${element("saved-heading").textContent}. ${says}`);
}

function next() {
  forget();
  element("nieuw-heading").focus();
  scrollTo(0, 0);
  place.locate();
}
