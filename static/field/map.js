// The bundled map: borders, names and doors as our own drawing. Tapping or dragging says where it is; for keys the
// map walks with the arrows and a button below puts the spot in its middle.
/* global L */

const NAMES_FROM = { neighbourhood: 14, square: 15, building: 15, street: 15, door: 18 };
const ORDER = ["area", "neighbourhood", "square", "building", "street", "door"];
const LETTER = 9, LINE = 20; // room for a letter and for a line, in pixels
const BUTTONS = { left: 0, right: 64, top: 0, bottom: 112 };
const DOORS_FROM = 16, CLOSE = 17;
const KORTRIJK = [50.8279, 3.2646];

let map = null;
let pin = null;
let circle = null;
let content = { areas: [], places: [], doors: [] };
const layers = {};

const at = ({ longitude, latitude }) => L.latLng(latitude, longitude);

// `picked` gets {longitude, latitude}.
export function draw(element, atlas, picked) {
  layers.element = element;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map = L.map(element, { zoomControl: false, attributionControl: false, fadeAnimation: false, zoomAnimation: !still, inertia: !still, minZoom: 11, maxZoom: 19 });
  L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
  map.setView(KORTRIJK, 13, { animate: false });
  const icon = L.divIcon({ className: "spot-handle", iconSize: [48, 48], iconAnchor: [24, 40] });
  icon.createIcon = () => { // the drawing stands in the page: no style or address is made here
    const handle = document.getElementById("spot-handle").content.cloneNode(true).firstElementChild;
    icon._setIconStyles(handle, "icon");
    return handle;
  };
  pin = L.marker(KORTRIJK, { draggable: true, keyboard: false, autoPan: true, icon, alt: "" });
  const tell = ({ lat, lng }) => picked({ longitude: Number(lng.toFixed(6)), latitude: Number(lat.toFixed(6)) });
  pin.on("dragend", () => tell(pin.getLatLng()));
  map.on("click", (event) => tell(event.latlng));
  layers.tell = () => tell(map.getCenter());
  circle = L.circle(KORTRIJK, { radius: 1, className: "spot-circle", interactive: false });
  map.createPane("doors"); // above the areas, which are drawn as SVG
  layers.canvas = L.canvas({ pane: "doors" });
  for (const name of ["borders", "doors", "known", "names"]) layers[name] = L.layerGroup().addTo(map);
  map.on("moveend", redraw);
  fill(atlas);
}

export const isDrawn = () => map !== null;
export const middle = () => layers.tell();

function fill(atlas) {
  content = atlas ?? content;
  layers.borders.clearLayers();
  for (const { rings } of content.areas) {
    L.polygon(rings.map((ring) => ring.map(([x, y]) => [y, x])), { className: "area-shape", interactive: false }).addTo(layers.borders);
  }
}

// Where the spot is now. `accuracy` draws how far it may be off; `known` are signals around it.
export function show({ point, accuracy, known = [], move = true }) {
  map.invalidateSize({ animate: false });
  layers.known.clearLayers();
  for (const signal of known) L.circleMarker(at(signal), { radius: 7, className: "known-mark", interactive: false }).addTo(layers.known);
  circle.remove();
  if (!point) pin.remove();
  else {
    pin.setLatLng(at(point)).addTo(map);
    if (accuracy > 15) circle.setLatLng(at(point)).setRadius(accuracy).addTo(map);
    if (move) map.setView(at(point), accuracy > 100 ? 15 : CLOSE, { animate: false });
  }
  redraw();
}

function redraw() {
  const zoom = map.getZoom(), view = map.getBounds().pad(0.05);
  layers.doors.clearLayers();
  layers.names.clearLayers();
  const doors = zoom < DOORS_FROM ? [] : content.doors.filter((door) => view.contains(at(door)));
  const { borderTopColor: grey } = getComputedStyle(layers.element); // a canvas knows no class
  for (const door of doors) {
    L.circleMarker(at(door), { renderer: layers.canvas, pane: "doors", radius: 2.5, stroke: false, fillColor: grey, fillOpacity: 1, interactive: false }).addTo(layers.doors);
  }
  names(zoom, view, doors);
}

function boxOf(spot, half) {
  const { x, y } = map.latLngToContainerPoint(spot);
  return { left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y };
}

// Names that would cover one another are left out, what is larger first.
function names(zoom, view, doors) {
  const areas = content.areas.map(({ name, label: [longitude, latitude] }) => ({ name, kind: "area", longitude, latitude }));
  const near = [...content.places, ...doors.map((door) => ({ ...door, name: door.number, kind: "door" }))].filter(({ kind }) => zoom >= NAMES_FROM[kind]);
  const all = [...(zoom < CLOSE ? areas : []), ...near].filter((spot) => view.contains(at(spot)));
  all.sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  const taken = [BUTTONS, ...(map.hasLayer(pin) ? [boxOf(pin.getLatLng(), { x: 20, y: 44 })] : [])];
  for (const spot of all) {
    const box = boxOf(at(spot), { x: (spot.name.length * LETTER) / 2, y: LINE / 2 });
    if (taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)) continue;
    taken.push(box);
    L.tooltip({ permanent: true, direction: "center", className: `map-label ${spot.kind}`, interactive: false })
      .setLatLng(at(spot)).setContent(document.createTextNode(spot.name)).addTo(layers.names);
  }
}
