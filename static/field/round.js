// The round: when it began, what was done, what who comes after must know. No place is asked, none is kept.

import { addWords, time, why } from "./day.js";
import { onForget } from "./contact.js";
import { save } from "./outbox.js";
import { draft, dropDraft, isWaiting, keepDraft, onReading, reading } from "./reading.js";
import { announce, screen, word } from "./screens.js";
import { uuid7 } from "./sealing.js";

const element = (id) => document.getElementById(id);
const part = (name) => document.querySelector(`[data-round="${name}"]`);
// With the sign in front it runs on: it is not something that somebody is typing.
const RUNNING = "-ronde", ENDED = "-ronde-af";
let keeping = false;
let round = null; // {id, zone, started, log: [{label, at, text}]}

export function start() {
  addWords();
  element("round-start").addEventListener("submit", (event) => { event.preventDefault(); begin(); });
  element("round-end").addEventListener("submit", (event) => { event.preventDefault(); end(); });
  document.querySelector("[data-screen=ronde] .tiles").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-activity]");
    if (button) did(button.dataset.activity, button.textContent.trim());
  });
  onReading(() => shown());
  onForget(() => { round = null; element("round-note").value = element("round-text").value = ""; paint(); });
}

export async function shown() {
  if (screen() !== "ronde") return;
  const content = await reading();
  zones(content?.zones ?? []);
  round ??= await draft(RUNNING).catch(() => null);
  round ??= await taken(content?.round);
  paint();
}

/** As the server knows it, after a restart; unless it was closed here and that did not arrive yet. */
async function taken(theirs) {
  if (!theirs || theirs.id === (await draft(ENDED).catch(() => null))?.id) return null;
  return { id: theirs.id, zone: theirs.zone, started: theirs.started, log: theirs.activities };
}

function zones(found) {
  const chooser = element("round-zone"), own = String(found.find((zone) => zone.own)?.id ?? "");
  if (chooser.options.length === 1) {
    for (const label of new Set(found.map(({ group }) => group ?? ""))) {
      const part = Object.assign(document.createElement("optgroup"), { label });
      part.append(...found.filter(({ group }) => (group ?? "") === label).map(({ id, name }) => new Option(name, id)));
      chooser.append(part);
    }
  }
  if (chooser.dataset.own === own) return; // what was chosen since stays
  chooser.dataset.own = chooser.value = own;
}

function paint() {
  part("none").hidden = Boolean(round);
  part("running").hidden = !round;
  part("closed").hidden = !isWaiting();
  if (!round) {
    part("since").textContent = "";
    return part("log").replaceChildren();
  }
  part("since").textContent = word("roundSince", { time: time(round.started), zone: round.zone || word("roundNoZone") });
  part("log").replaceChildren(...[...round.log].reverse().map(({ label, at, text }) => {
    const item = document.createElement("li");
    item.textContent = [word("roundNoted", { what: label, time: time(at) }), text].filter(Boolean).join(": ");
    return item;
  }));
}

async function begin() {
  const chosen = element("round-zone").selectedOptions[0];
  const fresh = { id: uuid7(), zone: chosen.value ? chosen.text : "", started: new Date().toISOString(), log: [] };
  const kept = await keep({ round: fresh.id, act: "start", zone: Number(chosen.value) || null });
  if (!kept) return;
  round = fresh;
  await remember();
  paint();
  announce(word("roundStarted"));
  element("ronde-heading").focus();
}

async function did(activity, label) {
  const text = element("round-text").value.trim();
  if (!(await keep({ round: round.id, act: "activity", activity, text }))) return;
  round.log.push({ label, at: new Date().toISOString(), text });
  element("round-text").value = "";
  await remember();
  paint();
  announce(word("roundNoted", { what: label, time: time(new Date().toISOString()) }));
}

async function end() {
  const { id } = round;
  if (!(await keep({ round: id, act: "end", text: element("round-note").value.trim() }))) return;
  round = null;
  element("round-note").value = "";
  await dropDraft(RUNNING).catch(() => {});
  await keepDraft(ENDED, { id }).catch(() => {});
  paint();
  announce(word("roundEnded"));
  element("ronde-heading").focus();
}

const remember = () => keepDraft(RUNNING, round).catch(() => {});

/** Whether the device has it. Who taps twice means it once. */
async function keep(content) {
  if (keeping) return false;
  keeping = true;
  element("round-problem").hidden = true;
  try {
    await save("round", { zone: null, activity: "", text: "", ...content });
    return true;
  } catch (refusal) {
    element("round-problem").textContent = why(refusal);
    element("round-problem").hidden = false;
    return false;
  } finally {
    keeping = false;
  }
}
