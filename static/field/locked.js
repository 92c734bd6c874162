// The screen of a locked tablet.

import { triesLeft, unlock } from "./lock.js";
import { word } from "./screens.js";

const form = () => document.getElementById("unlock");

export function start() {
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form().elements.pin;
    const right = unlock(field.value.trim());
    field.value = "";
    if (!right) say(word("pinWrong", { n: triesLeft() }));
  });
}

export function shown() {
  say("");
}

function say(text) {
  const problem = document.getElementById("unlock-problem");
  problem.textContent = text;
  problem.hidden = !text;
  if (text) form().elements.pin.focus();
}
