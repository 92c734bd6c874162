// Today: what the shift before left, the zone, and then the tasks of one's team. All of it from the last connection; what is
// done here goes through the same outbox as a signal.

import { addWords, day, time, why } from "./day.js";
import { onForget } from "./contact.js";
import { onOutbox, outbox, save } from "./outbox.js";
import { isWaiting, onReading, reading } from "./reading.js";
import { makeRoll } from "./roll.js";
import { announce, screen, word } from "./screens.js";

const part = (name) => document.querySelector(`[data-day="${name}"]`);
const element = (id) => document.getElementById(id);
const LISTS = ["tasks", "tasks-elsewhere"];
let acted = new Map(); // task id -> what was done with it here, until the shift ends
let at = null; // {task, act} of the dialog
let keeping = false;
let readAt = ""; // the briefing, here, until the shift ends
let roll = null; // the photos that go with it

export function start() {
  addWords();
  onReading((content) => { acted = new Map(content ? acted : []); readAt = content ? readAt : ""; refresh(); });
  onOutbox(() => { if (screen() === "vandaag") overtaken(); });
  onForget(() => { acted = new Map(); readAt = ""; element("act").close(); clear(); empty(); });
  for (const name of LISTS) part(name).addEventListener("click", ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (act) choose(target.closest("[data-task]").dataset.task, act);
  });
  element("briefing-read").addEventListener("click", acknowledge);
  element("act-save").addEventListener("click", keep);
  roll = makeRoll("act-", document.querySelector('[data-screen="vandaag"]'), { changed: () => say(""), problem: say });
  element("act-cancel").addEventListener("click", () => element("act").close());
  // Closed by a lock it comes back as it was: nothing typed is gone.
  element("act").addEventListener("close", () => { if (screen() === "vandaag") clear(); });
}

export function shown() {
  if (at && at.act !== "accept") ask();
  return refresh();
}

async function refresh() {
  if (screen() !== "vandaag") return;
  const content = await reading();
  overtaken();
  part("closed").hidden = Boolean(content) || !isWaiting();
  part("open").hidden = !content;
  part("as-of").textContent = content ? word("dayAsOf", { time: time(content.as_of) }) : isWaiting() ? "" : word("dayNothing");
  if (!content) return empty();
  tasks(content.tasks);
  part("notes-block").hidden = content.notes.length === 0;
  part("notes").replaceChildren(...content.notes.map(note));
  part("zone").replaceChildren(...content.zone.map(block));
  briefing(content.briefing);
}

function empty() {
  for (const name of [...LISTS, "notes", "zone"]) part(name).replaceChildren();
}

/** Where one works today stands open, the rest of the team behind its number. A city of before does not say where. */
function tasks(all) {
  const here = all.filter((task) => task.here !== false), elsewhere = all.filter((task) => task.here === false);
  part("tasks").replaceChildren(...here.map(job));
  part("tasks-elsewhere").replaceChildren(...elsewhere.map(job));
  part("no-tasks").hidden = all.length > 0;
  part("no-tasks-here").hidden = here.length > 0 || !elsewhere.length;
  part("elsewhere").hidden = !elsewhere.length;
  const count = word(elsewhere.length === 1 ? "dayElsewhereOne" : "dayElsewhere", { n: elsewhere.length });
  part("elsewhere").querySelector("summary").textContent = count;
}

// --- a task ---------------------------------------------------------------------------------------------
function job(task) {
  const item = element("job").content.cloneNode(true).firstElementChild;
  const place = (name) => item.querySelector(`[data-job="${name}"]`);
  item.dataset.task = task.id;
  const about = aboutOf(task);
  place("title").textContent = about || task.title;
  const due = task.due && word(task.late ? "dayLate" : "dayDue", { day: day(task.due) });
  const facts = [about && task.title, task.place && task.area, task.team, due].filter(Boolean).map(fact);
  if (task.late) facts.at(-1).className = "late";
  place("facts").replaceChildren(...facts);
  place("words").textContent = task.words;
  const done = acted.get(task.id);
  const open = task.may_work && (!done || done === "accept");
  place("acts").hidden = !open;
  const asked = task.status === "offered" && !done;
  item.querySelector("[data-act=accept]").hidden = !asked;
  if (asked) item.querySelector("[data-act=done]").dataset.variant = "secondary"; // the next step is to say yes
  for (const button of item.querySelectorAll("[data-act]")) button.setAttribute("aria-label", `${button.textContent}: ${called(task)}`);
  place("said").hidden = !done;
  if (done) place("said").querySelector("span").textContent = word(`acted${done[0].toUpperCase()}${done.slice(1)}`);
  return item;
}

/** Half the tasks of a team have the same title: the matter and the place tell them apart. */
const aboutOf = ({ subject, place, area }) => (subject ? [subject, place || area].filter(Boolean).join(" · ") : "");
const called = (task) => [task.title, aboutOf(task)].filter(Boolean).join(", ");

function fact(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

async function choose(id, act) {
  const task = (await reading())?.tasks.find((each) => each.id === id);
  if (!task) return;
  at = { task, act };
  return act === "accept" ? send("", []) : ask();
}

function ask() {
  const { task, act } = at;
  element("act-heading").textContent = word(act === "done" ? "actDone" : "actReturn");
  element("act-label").textContent = word(act === "done" ? "actDoneLabel" : "actReturnLabel");
  element("act-task").textContent = called(task);
  element("act-photos").hidden = act !== "done";
  element("act").showModal();
  element("act-text").focus();
}

async function keep() {
  const text = element("act-text").value.trim();
  if (!text) return refuse(word(at.act === "done" ? "actDoneMissing" : "actReturnMissing"));
  if (keeping) return; // who taps twice means it once
  keeping = true;
  const meant = at;
  try {
    await roll.settled();
    await send(text, meant.act === "done" ? await roll.buffers() : [], meant);
  } catch (refusal) {
    refuse(why(refusal)); // such as a photo that cannot be read any more
  } finally {
    keeping = false;
  }
}

async function send(text, photos, { task, act } = at) {
  at = act === "accept" ? null : at;
  try {
    await save("task", { id: task.id, act, text, seen: task.status }, photos);
  } catch (refusal) {
    return element("act").open ? refuse(why(refusal)) : announce(why(refusal));
  }
  acted.set(task.id, act);
  element("act").close();
  await refresh();
  announce(word(`acted${act[0].toUpperCase()}${act.slice(1)}`));
  // The button that was tapped is drawn anew, or gone: who works with keys goes on from here.
  const next = act === "accept" && document.querySelector(`[data-task="${CSS.escape(task.id)}"] [data-act=done]`);
  (next || element("vandaag-heading")).focus();
}

function refuse(says) {
  say(says);
  element("act-text").focus();
}

function say(says) {
  element("act-problem").textContent = says;
  element("act-problem").hidden = !says;
}

function clear() {
  at = null;
  element("act-task").textContent = "";
  element("act-problem").hidden = true;
  element("act-text").value = "";
  roll.clear();
}

/** Somebody else was first: who and when, until the shift ends. */
function overtaken() {
  const lost = outbox().delivered.filter(({ kind, result }) => kind === "task" && result === "conflict");
  part("overtaken").hidden = lost.length === 0;
  part("overtaken").replaceChildren(...lost.map(({ message }) => {
    const item = document.createElement("li");
    item.textContent = message;
    return item;
  }));
}

// --- the briefing: read with one tap, for oneself alone ---------------------------------------------------
/** A city of before the briefing gives none: then nothing is asked. */
function briefing(given) {
  const at = given?.read_at || readAt;
  part("briefing").hidden = !given;
  element("briefing-read").hidden = Boolean(at);
  part("briefing-said").hidden = !at;
  if (at) part("briefing-said").querySelector("span").textContent = word("briefingRead", { time: time(at) });
}

async function acknowledge() {
  const content = await reading(), given = content?.briefing;
  if (!given || keeping || readAt) return;
  keeping = true;
  try {
    // Read is what was carried along; what the city learned since is new the next time.
    await save("briefing", { areas: given.areas, as_of: content.as_of }, []);
    readAt = content.as_of;
    briefing(given);
    announce(part("briefing-said").textContent.trim());
    element("vandaag-heading").focus();
  } catch (refusal) {
    announce(why(refusal));
  } finally {
    keeping = false;
  }
}

// --- what one must know ---------------------------------------------------------------------------------
function note({ who, zone, text, at: left }) {
  const item = document.createElement("li");
  const [words, from] = [document.createElement("p"), document.createElement("p")];
  words.textContent = text;
  from.className = "meta";
  from.replaceChildren(...[who, zone, `${day(left)}, ${time(left)}`].filter(Boolean).map(fact));
  item.append(words, from);
  return item;
}

/** The server made its HTML as it does for a page. A link leads nowhere without network: its words stay, unless it was
 * nothing but a way on. */
function block({ area, title, html }) {
  const made = element("zone-block").content.cloneNode(true).firstElementChild;
  made.querySelector("h2").textContent = `${area}: ${title}`;
  const content = made.querySelector("div");
  content.innerHTML = html;
  for (const link of content.querySelectorAll("a")) {
    const around = link.parentElement;
    if (around.localName === "p" && around.textContent.trim() === link.textContent.trim()) around.remove();
    else link.replaceWith(...link.childNodes);
  }
  return made;
}
