// A field for a place (areas.forms.PlaceInput) with choices that come while somebody types: a combobox with a
// list below it. Arrows walk, Enter takes, Escape closes. Without JavaScript it is a plain field.
"use strict";

(() => {
  const WAIT = 150; // milliseconds after the last key
  let timer = 0;
  let latest = 0; // an answer that comes after a later question is no answer any more
  let picking = false;

  const isField = (element) => element instanceof HTMLInputElement && "places" in element.dataset;
  const listOf = (input) => document.getElementById(`${input.id}_places`);
  const isOpen = (input) => input.getAttribute("aria-expanded") === "true";
  const active = (input) => listOf(input).querySelector("[aria-selected=true]");
  const keyOf = (input) => input.form?.querySelector(`input[type=hidden][name="${input.dataset.placesKey}"]`);
  const token = () => JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}")["X-CSRFToken"] ?? "";

  // What the server sends knows nothing of the list: after a swap the field is dressed again.
  function dress() {
    for (const input of document.querySelectorAll("input[data-places]")) {
      if (!listOf(input)) {
        const list = document.createElement("ul");
        list.id = `${input.id}_places`;
        list.className = "place-choices";
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", input.dataset.placesLabel);
        input.after(list);
      }
      if (input.getAttribute("role") === "combobox") continue;
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-controls", `${input.id}_places`);
    }
  }

  async function ask(input) {
    const number = ++latest;
    const words = input.value.trim();
    if (words.length < 3) return close(input);
    const answer = await fetch(input.dataset.places, {
      method: "POST", body: new URLSearchParams({ q: words }), headers: { "X-CSRFToken": token() },
    }).catch(() => null); // without a network it is a plain field
    if (!answer?.ok || number !== latest) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul");
    if (!found || number !== latest || document.activeElement !== input) return;
    const only = found.children.length === 1 && found.children[0].dataset.text === input.value.trim();
    if (!found.children.length || only) return close(input, found.children.length ? "" : found.dataset.says);
    show(input, found);
  }

  function show(input, found) {
    const list = listOf(input);
    list.replaceChildren(...found.children);
    for (const [index, option] of [...list.children].entries()) option.id = `${list.id}_${index}`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    reveal(input);
    say(found.dataset.says);
  }

  const reveal = (input) => listOf(input).scrollIntoView({ block: "nearest" });

  function close(input, words = "") {
    listOf(input).hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    say(words);
  }

  const say = (words) => words && document.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));

  function walk(input, step) {
    const options = [...listOf(input).children];
    const at = options.indexOf(active(input));
    const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
    for (const [index, option] of options.entries()) option.setAttribute("aria-selected", String(index === next));
    input.setAttribute("aria-activedescendant", options[next].id);
    options[next].scrollIntoView({ block: "nearest" });
  }

  function take(input, option) {
    latest += 1;
    input.value = option.dataset.text;
    if (keyOf(input)) keyOf(input).value = option.dataset.key;
    close(input);
    picking = true; // the page hears of it as of typing; the list does not open again
    input.dispatchEvent(new Event("input", { bubbles: true }));
    picking = false;
    if ("placesSubmit" in input.dataset) input.form.requestSubmit();
  }

  document.addEventListener("input", (event) => {
    if (!isField(event.target) || picking) return;
    if (keyOf(event.target)) keyOf(event.target).value = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT, event.target);
  });

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isField(input) || event.isComposing || event.ctrlKey || event.metaKey || !listOf(input)) return;
    if (!isOpen(input)) {
      if (event.key === "ArrowDown") { event.preventDefault(); ask(input); }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(input, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && active(input)) take(input, active(input));
    else if (event.key === "Escape") close(input);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // The list must not take the focus away before the click has come.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".place-choices")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest(".place-choices [role=option]");
    if (option) take(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
  });
  document.addEventListener("focusout", (event) => {
    if (!isField(event.target) || !listOf(event.target)) return;
    window.clearTimeout(timer);
    latest += 1;
    close(event.target);
  });

  document.addEventListener("DOMContentLoaded", dress);
  document.addEventListener("htmx:after:swap", () => {
    dress();
    // What came in above the field has pushed it down.
    const input = document.activeElement;
    if (isField(input) && isOpen(input)) reveal(input);
  });
})();
