// Feedback: what became of what one raised. Read here, it counts as read as soon as the server hears so.

import { addWords, day } from "./day.js";
import { known, onForget, post } from "./contact.js";
import { isWaiting, onReading, reading } from "./reading.js";
import { screen, word } from "./screens.js";

const part = (name) => document.querySelector(`[data-news="${name}"]`);

export function start() {
  addWords();
  onReading(() => paint());
  onForget(() => { part("lines").replaceChildren(); part("raised").querySelector("span").textContent = ""; });
}

export async function shown() {
  await paint();
  const unread = ((await reading())?.feedback ?? []).filter((line) => line.unread).map(({ id }) => id);
  if (unread.length && known().online) await post("gelezen/", { ids: unread });
}

async function paint() {
  if (screen() !== "nieuws") return;
  const content = await reading();
  const lines = content?.feedback ?? [];
  part("closed").hidden = Boolean(content) || !isWaiting();
  part("none").textContent = content ? word("newsNone") : word("dayNothing");
  part("none").hidden = lines.length > 0 || !part("closed").hidden;
  part("raised").hidden = !content?.raised.all;
  if (content?.raised.all) {
    part("raised").querySelector("span").textContent = word("newsRaised", { n: content.raised.all, words: content.raised.words });
  }
  part("lines").replaceChildren(...lines.map(line));
}

function line({ subject, text, at, unread }) {
  const made = document.getElementById("news-line").content.cloneNode(true).firstElementChild;
  const place = (name) => made.querySelector(`[data-line="${name}"]`);
  made.classList.toggle("new", unread);
  place("subject").textContent = subject;
  place("new").hidden = !unread;
  place("text").textContent = text;
  place("at").textContent = day(at);
  place("at").dateTime = at;
  return made;
}
