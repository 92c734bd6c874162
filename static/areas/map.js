// Our own map: borders and names as GeoJSON, drawn by Leaflet. Styles come from classes, because the
// page allows no inline style and the theme must reach the shapes.
"use strict";

(() => {
  const LABEL = { width: 6.5, height: 15 }; // room for a letter and a line, in pixels
  const LINE = 12; // letters after which a name goes on below
  const ZOOM_BUTTONS = { left: 0, right: 48, top: 0, bottom: 80 };
  const NAMES_FROM_ZOOM = { neighbourhood: 14, square: 15, building: 15, street: 15 };

  function draw(element) {
    const map = L.map(element, { zoomControl: false, attributionControl: false, fadeAnimation: false, minZoom: 10, maxZoom: 18, zoomSnap: 0.1, zoomDelta: 1 });
    L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
    if (element.dataset.tiles) {
      element.classList.add("has-tiles");
      L.tileLayer(element.dataset.tiles.replace("/0/0/0.png", "/{z}/{x}/{y}.png")).addTo(map);
    }
    const labels = L.layerGroup().addTo(map);
    const state = { element, map, labels, pin: null, areas: [], places: [] };
    fetch(element.dataset.borders).then((answer) => answer.json()).then((collection) => showBorders(state, collection));
    fetch(element.dataset.places).then((answer) => answer.json()).then(({ places }) => {
      state.places = places.map(([name, kind, lon, lat]) => ({ name, kind, at: L.latLng(lat, lon) }));
      showNames(state);
    });
    map.on("moveend zoomend", () => showNames(state));
    map.on("click", (event) => pick(state, event.latlng));
    if (element.dataset.lat) showPin(state, L.latLng(+element.dataset.lat, +element.dataset.lon));
    return state;
  }

  function showBorders(state, collection) {
    const layer = L.geoJSON(collection, {
      style: ({ properties }) => ({ className: classesOf(state, properties) }),
      onEachFeature: (feature, shape) => {
        const { code, name, url, label } = feature.properties;
        state.areas.push({ name, kind: "area", at: L.latLng(label[1], label[0]) });
        if (state.element.dataset.pick) return;
        const row = document.querySelector(`[data-area="${CSS.escape(code)}"]`);
        shape.on("mouseover", () => row?.classList.add("marked"));
        shape.on("mouseout", () => row?.classList.remove("marked"));
        shape.on("click", () => { window.location.assign(url); });
        row?.addEventListener("pointerenter", () => shape.getElement()?.classList.add("marked"));
        row?.addEventListener("pointerleave", () => shape.getElement()?.classList.remove("marked"));
      },
    }).addTo(state.map);
    layer.bringToBack();
    if (!state.pin) state.map.fitBounds(layer.getBounds(), { padding: [8, 8], animate: false });
    showNames(state);
  }

  function classesOf(state, { code, provisional }) {
    return ["area-shape", provisional && "provisional", code === state.element.dataset.marked && "marked"].filter(Boolean).join(" ");
  }

  function linesOf(name) {
    const lines = [];
    for (const word of name.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + word.length < LINE) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  }

  const around = ({ x, y }, half) => ({ left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y });

  // Names that would cover one another are left out: areas first, then what is larger.
  function showNames({ map, labels, pin, areas, places }) {
    if (!map._loaded) return;
    labels.clearLayers();
    const zoom = map.getZoom();
    const view = map.getBounds();
    const order = ["neighbourhood", "square", "building", "street"];
    const near = places.filter(({ kind }) => zoom >= NAMES_FROM_ZOOM[kind]).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const taken = [ZOOM_BUTTONS];
    if (pin) taken.push(around(map.latLngToContainerPoint(pin.getLatLng()), { x: 9, y: 9 }));
    for (const { name, kind, at } of [...areas, ...near]) {
      if (!view.contains(at)) continue;
      const lines = linesOf(name);
      const longest = Math.max(...lines.map(({ length }) => length));
      const box = around(map.latLngToContainerPoint(at), { x: (longest * LABEL.width) / 2, y: (lines.length * LABEL.height) / 2 });
      if (taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)) continue;
      taken.push(box);
      L.tooltip({ permanent: true, direction: "center", className: `map-label ${kind}`, interactive: false })
        .setLatLng(at).setContent(document.createTextNode(lines.join("\n"))).addTo(labels);
    }
  }

  function showPin(state, at) {
    state.pin?.remove();
    state.pin = L.circleMarker(at, { radius: 8, className: "spot-pin", interactive: false }).addTo(state.map);
    if (!state.map._loaded || !state.map.getBounds().contains(at) || state.map.getZoom() < 14) state.map.setView(at, 15, { animate: false });
    showNames(state);
  }

  function pick(state, at) {
    const form = document.getElementById(state.element.dataset.pick);
    if (!form) return;
    form.elements.lon.value = at.lng.toFixed(6);
    form.elements.lat.value = at.lat.toFixed(6);
    showPin(state, at);
    form.requestSubmit();
  }

  const maps = [];
  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("[data-map]")) maps.push(draw(element));
    // A page that was opened with an answer knows its spot from the answer.
    follow();
  });
  document.addEventListener("htmx:after:swap", follow);

  function follow() {
    const answer = document.querySelector("[data-spot-lon]");
    if (!answer) return;
    const at = L.latLng(+answer.dataset.spotLat, +answer.dataset.spotLon);
    for (const state of maps) if (state.element.dataset.pick && !state.pin?.getLatLng().equals(at, 1e-5)) showPin(state, at);
  }
})();
