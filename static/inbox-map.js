// The rows of the list as dots on our own map, each way: pass over one and the other lights up.
// The map holds nothing that the list does not; the rest of the list stands there as small dots.
"use strict";

(() => {
  const MARK = { radius: 8, weight: 2 };
  const state = { map: null, marks: new Map(), rest: null, fitted: false, asked: 0 };
  const rows = () => [...document.querySelectorAll(".rows .row[data-lon]")];
  const at = (row) => L.latLng(Number(row.dataset.lat), Number(row.dataset.lon));

  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const SETTLED = 150; // milliseconds without a move: then the list follows

  function draw(element) {
    const map = L.map(element, { zoomControl: false, attributionControl: false, fadeAnimation: false, zoomAnimation: !STILL, inertia: !STILL, minZoom: 10, maxZoom: 18, zoomSnap: 0.25, keyboard: true });
    if (STILL) map.panBy = (by, options) => L.Map.prototype.panBy.call(map, by, { ...options, animate: false });
    L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
    state.map = map;
    state.rest = L.layerGroup().addTo(map);
    const frame = new URLSearchParams(window.location.search).get("kader")?.split(",").map(Number);
    if (frame?.length === 4 && asked()) { map.fitBounds([[frame[1], frame[0]], [frame[3], frame[2]]], { animate: false }); state.fitted = true; }
    fetch(element.dataset.borders).then((answer) => answer.json()).then((collection) => {
      const layer = L.geoJSON(collection, { interactive: false, style: () => ({ className: "area-shape" }) }).addTo(map);
      layer.bringToBack();
      if (!map._loaded) map.fitBounds(layer.getBounds(), { padding: [8, 8], animate: false });
      place();
    });
    let moved;
    map.on("moveend", () => { window.clearTimeout(moved); moved = window.setTimeout(follow, SETTLED); });
  }

  // --- the rows of this page, and small dots for the others -------------------------------------------
  function place() {
    if (!state.map?._loaded) return;
    for (const mark of state.marks.values()) mark.remove();
    state.marks.clear();
    for (const row of rows()) {
      const key = row.dataset.keyOf;
      const mark = L.circleMarker(at(row), { ...MARK, className: "row-mark", bubblingMouseEvents: false }).addTo(state.map);
      mark.bindTooltip(document.createTextNode(row.querySelector("h2").textContent), { direction: "top", offset: [0, -8] });
      mark.on("mouseover", () => light(key, true)).on("mouseout", () => light(key, false));
      mark.on("click", () => document.getElementById(`open-${key}`)?.click());
      state.marks.set(key, mark);
    }
    current();
    if (!state.fitted && state.marks.size) {
      state.map.fitBounds(L.featureGroup([...state.marks.values()]).getBounds(), { padding: [30, 30], maxZoom: 15, animate: false });
      state.fitted = true;
    }
    others();
  }

  async function others() {
    const element = state.map.getContainer();
    const mine = ++state.asked;
    const answer = await fetch(element.dataset.points + window.location.search, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { points } = await answer.json();
    if (mine !== state.asked) return; // an answer to an earlier question comes too late
    state.rest.clearLayers();
    for (const [key, lon, lat] of points) {
      if (state.marks.has(key)) continue;
      L.circleMarker([lat, lon], { radius: 4, weight: 1, className: "rest-mark" }).addTo(state.rest).on("click", () => {
        const address = new URL(window.location.href);
        address.searchParams.set("signaal", key);
        window.location.assign(address);
      });
    }
    for (const mark of state.marks.values()) mark.bringToFront();
  }

  // --- each way -----------------------------------------------------------------------------------------
  function light(key, on) {
    state.marks.get(key)?.getElement()?.classList.toggle("marked", on);
    if (on) state.marks.get(key)?.bringToFront();
    document.getElementById(`row-${key}`)?.classList.toggle("marked", on);
  }
  // Only who walks the list takes the map along: a list that comes in must not pull it back from under a hand.
  function current({ walked = false } = {}) {
    const key = document.querySelector(".rows .row[aria-current=true]")?.dataset.keyOf;
    for (const [other, mark] of state.marks) mark.getElement()?.classList.toggle("current", other === key);
    const mark = state.marks.get(key);
    if (!mark) return;
    mark.bringToFront();
    if (walked && !asked() && !state.map.getBounds().contains(mark.getLatLng())) state.map.panTo(mark.getLatLng(), { animate: false, noMoveStart: true });
  }
  const over = (on) => (event) => {
    const row = event.target.closest?.(".rows .row[data-lon]");
    if (row) light(row.dataset.keyOf, on);
  };
  document.addEventListener("mouseover", over(true));
  document.addEventListener("mouseout", over(false));
  document.addEventListener("focusin", over(true));
  document.addEventListener("focusout", over(false));
  document.addEventListener("row-marked", () => current({ walked: true }));
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.target?.id === "list") place();
    else current();
  });

  // --- the map as a filter, when somebody asks for that ---------------------------------------------------
  const asked = () => document.getElementById("map-filters")?.checked;

  function follow() {
    const address = new URL(window.location.href);
    if (asked()) {
      const box = state.map.getBounds();
      address.searchParams.set("kader", [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((edge) => edge.toFixed(6)).join(","));
    } else {
      if (!address.searchParams.has("kader")) return;
      address.searchParams.delete("kader");
    }
    address.searchParams.delete("page");
    if (address.href === window.location.href) return;
    window.history.replaceState(window.history.state, "", address);
    document.body.dispatchEvent(new CustomEvent("signal-changed", { bubbles: true }));
  }
  document.addEventListener("change", (event) => { if (event.target.id === "map-filters") follow(); });

  document.addEventListener("DOMContentLoaded", () => {
    const element = document.querySelector("[data-list-map]");
    if (element) draw(element);
  });
})();
