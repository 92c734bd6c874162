// The tablet: where it is, and photos that add up. Saving goes through htmx, so when the network fails
// everything typed and taken is still on the page.
"use strict";

(() => {
  const MOST_PHOTOS = 6;
  const form = () => document.getElementById("record");
  const field = (name) => document.getElementById(`id_${name}`);
  const words = () => document.getElementById("photo-words")?.dataset ?? {};

  // --- where ----------------------------------------------------------------------------------------
  // One position for one signal; nothing follows who carries the tablet.
  function locate() {
    if (!form() || !navigator.geolocation || field("longitude").value || field("place").value) return;
    gps(words().searching);
    navigator.geolocation.getCurrentPosition(found, () => gps(words().refused), { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 });
  }

  function gps(text) {
    const place = document.querySelector("[data-gps]");
    if (place && text) place.textContent = text;
  }

  function found({ coords }) {
    if (!form() || field("place").value) return; // meanwhile somebody typed: words are meant
    field("longitude").value = coords.longitude.toFixed(6);
    field("latitude").value = coords.latitude.toFixed(6);
    field("accuracy").value = Math.round(coords.accuracy);
    document.getElementById("surroundings").dispatchEvent(new CustomEvent("located"));
  }

  // Who types a place means that one, not where the tablet lies.
  document.addEventListener("input", (event) => {
    if (event.target.id !== "id_place") return;
    for (const name of ["longitude", "latitude", "accuracy"]) field(name).value = "";
  });

  // --- photos ---------------------------------------------------------------------------------------
  // A camera gives one at a time and replaces what was there; here they add up.
  let photos = [];

  function show() {
    const input = field("photos");
    const list = document.getElementById("taken");
    const count = document.querySelector("[data-photo-count]");
    if (!input || !list) return;
    const files = new DataTransfer();
    for (const photo of photos) files.items.add(photo);
    input.files = files.files;
    if (count) count.textContent = photos.length ? `(${photos.length})` : "";
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    list.replaceChildren(...photos.map((photo, index) => {
      const item = document.createElement("li");
      const image = document.createElement("img");
      image.src = URL.createObjectURL(photo);
      image.alt = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ds-button";
      button.dataset.variant = "secondary";
      button.dataset.drop = String(index);
      button.setAttribute("aria-label", (words().remove ?? "").replace("#", String(index + 1)));
      button.textContent = "×";
      item.append(image, button);
      return item;
    }));
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "id_photos") return;
    const all = [...photos, ...event.target.files];
    photos = all.slice(0, MOST_PHOTOS);
    show();
    if (all.length > MOST_PHOTOS) document.dispatchEvent(new CustomEvent("announce", { detail: { value: words().most } }));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-drop]");
    if (!button) return;
    photos.splice(Number(button.dataset.drop), 1);
    show();
    (document.querySelector("[data-drop]") ?? field("photos"))?.focus();
  });

  // A refused save swaps the form; the photos taken go back into it.
  document.addEventListener("htmx:after:swap", () => { if (photos.length) show(); });

  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.classList.add("js");
    document.querySelector("[data-photo-button]")?.removeAttribute("hidden");
    if (document.querySelector("[data-arrive]")) document.getElementById("heading")?.focus();
    locate();
  });
})();
