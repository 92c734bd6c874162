// Where it is: what GPS says with how sure it is, what was pointed at, or what was typed. One position per signal,
// asked once; nothing follows who carries the tablet.

import { areaAt, current, find, load, nameAt } from "./atlas.js";
import * as map from "./map.js";
import { announce, word } from "./screens.js";
import { combobox } from "./typing.js";

const SURE_OF_DOOR = 30, SURE_OF_STREET = 100; // metres
const STALE = 60_000; // milliseconds after which who taps a tile probably stands elsewhere
const ASK = { enableHighAccuracy: true, timeout: 15_000 };
const FRESH = 10_000; // milliseconds that a position may be old, unless somebody asks again

let gps = null; // {point, accuracy, at}
let chosen = null; // {point, by: "map" or "name"}
let text = "";
let listed = ""; // the words of the list that stand in `text`: they go when the spot is moved
let trouble = ""; // the name of the sentence that says why there is no position
let asked = 0; // an answer to an earlier question is none any more
let hooks = { changed: () => {}, known: () => [] };

const element = (id) => document.getElementById(id);

export function start(given) {
  hooks = given;
  load(element("place-map").dataset.address).then(() => (element("place-panel").hidden ? show() : open(true)));
  element("place-change").addEventListener("click", () => open(element("place-panel").hidden));
  element("place-again").addEventListener("click", () => { forget(); locate(0); });
  element("place-middle").addEventListener("click", () => map.isDrawn() && map.middle());
  combobox(element("place-text"), element("place-choices"), {
    find,
    typed: (words) => { text = words; if (chosen?.by === "name") chosen = null; changed(); },
    chosen: ({ label, longitude, latitude }) => { text = listed = label; chosen = { point: { longitude, latitude }, by: "name" }; changed({ move: true }); announce(headline()); },
    say: (count) => announce(word("placeChoices", { n: count })),
  });
}

// --- asking ---------------------------------------------------------------------------------------------
export function locate(maximumAge = FRESH) {
  asked += 1;
  const question = asked;
  [gps, trouble] = [null, navigator.geolocation ? "" : "placeNone"];
  show();
  if (trouble) return;
  navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude, accuracy } }) => {
    if (question !== asked) return;
    gps = { point: { longitude: Number(longitude.toFixed(6)), latitude: Number(latitude.toFixed(6)) }, accuracy: Math.round(accuracy), at: Date.now() };
    if (isVague() && !chosen && !text) open(true);
    changed({ move: true });
  }, ({ code }) => {
    if (question !== asked) return;
    trouble = code === 1 ? "placeDenied" : "placeNone";
    show();
  }, { ...ASK, maximumAge });
}

export const locateIfStale = () => { if (!chosen && !text && (!gps || Date.now() - gps.at > STALE)) locate(); };

// --- answering ------------------------------------------------------------------------------------------
const isVague = () => gps !== null && gps.accuracy > SURE_OF_STREET;

// {point, by, accuracy}: what was meant goes before what was measured.
function spot() {
  if (chosen) return { ...chosen, accuracy: null };
  if (text || !gps) return null;
  return { point: gps.point, by: "gps", accuracy: gps.accuracy };
}

export const point = () => spot()?.point ?? null;
export const isKnown = () => Boolean(text || spot());

// The part of the record that says where.
export function value() {
  const here = spot();
  return {
    place: text || (here ? called(here, "placeNear") : ""),
    longitude: here?.point.longitude ?? null,
    latitude: here?.point.latitude ?? null,
    accuracy: here?.accuracy ?? null,
    placed_by: here?.by ?? "name",
  };
}

export const draft = () => ({ chosen, text, listed, gps });

export function restore(kept) {
  ({ chosen = null, text = "", listed = "", gps = null } = kept);
  element("place-text").value = text;
  changed({ move: true });
}

export function reset() {
  asked += 1;
  [gps, trouble] = [null, ""];
  forget();
  open(false);
  show();
}

function forget() {
  [chosen, text, listed] = [null, "", ""];
  element("place-text").value = "";
}

// How one would call the point, as far as it is sure of: a door, a street, or nothing.
function called({ point: here, accuracy }, sentence) {
  const found = accuracy > SURE_OF_STREET ? null : nameAt(here);
  if (!found) return "";
  if (!found.number) return found.name;
  return accuracy > SURE_OF_DOOR ? found.street : word(sentence, found);
}

// --- showing --------------------------------------------------------------------------------------------
function changed({ move = false } = {}) {
  show(move);
  hooks.changed();
}

function headline() {
  const here = spot();
  if (!here) return text || word("placeWhere");
  const area = areaAt(here.point);
  if (current() && !area) return word("placeOutside");
  return text || called(here, "placeAt") || area?.name || word("placeFound");
}

function detail() {
  const here = spot();
  if (!here) return word(text ? "placeNoPoint" : trouble || "placeSearching");
  const area = areaAt(here.point);
  if (current() && !area) return word("placeOutsideHint");
  const how = here.by === "gps" ? word(isVague() ? "placeVague" : "placeSure", { n: here.accuracy }) : word(here.by === "map" ? "placePointed" : "placeChosen");
  return [area?.name === headline() ? "" : area?.name, how, current() ? "" : word("placeNoMap")].filter(Boolean).join(" · ");
}

function show(move = false) {
  const here = spot();
  const outside = Boolean(here && current() && !areaAt(here.point));
  element("place-name").textContent = headline();
  element("place-detail").textContent = detail();
  element("place").classList.toggle("doubtful", outside || (!here && Boolean(trouble || text)) || (here?.by === "gps" && isVague()));
  if (map.isDrawn() && !element("place-panel").hidden) map.show({ point: here?.point, accuracy: here?.accuracy, known: hooks.known(), move });
}

export function open(wanted) {
  element("place-panel").hidden = !wanted;
  element("place-change").setAttribute("aria-expanded", String(wanted));
  if (!wanted) return;
  if (!map.isDrawn() && current()) map.draw(element("place-map"), current(), pointed);
  element("place-map").hidden = element("place-middle").hidden = !map.isDrawn();
  show(true);
}

function pointed(where) {
  if (text === listed) forget();
  chosen = { point: where, by: "map" };
  changed();
  announce(`${headline()}, ${detail()}`);
}
