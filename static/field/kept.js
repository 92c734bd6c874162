// The screen of the outbox: what waits, what asks for attention, what was received, and the end of the shift.

import { endShift, known } from "./contact.js";
import { drain, exportFile, mayEnd, outbox, onOutbox, retry } from "./outbox.js";
import { hasPrf, isWaiting, keepsPrf, offerPrf } from "./reading.js";
import { announce, screen, word } from "./screens.js";
import { age } from "./sight.js";
import { space } from "./store.js";

const part = (name) => document.querySelector(`[data-kept=${name}]`);
const act = (name) => document.querySelector(`[data-screen=bewaard] [data-do=${name}]`);
const KINDS = { signal: "kindSignal", task: "kindTask", round: "kindRound", briefing: "kindBriefing" };

export function start() {
  act("drain").addEventListener("click", () => drain());
  act("export").addEventListener("click", takeAlong);
  act("end").addEventListener("click", end);
  act("offer").addEventListener("click", offer);
  onOutbox(() => { if (screen() === "bewaard") paint(); });
}

export async function shown() {
  document.getElementById("end-problem").hidden = part("exported").hidden = true;
  paint();
  const { used } = await space();
  part("space").textContent = word("used", { used: Math.round(used / 1024 / 1024).toLocaleString("nl-BE") });
  part("tablet").textContent = known().tablet?.name ?? "";
  act("offer").hidden = isWaiting() || !(await hasPrf()) || (await keepsPrf());
}

/** Whose it is sends it; or who may bring in what a colleague wrote. */
function maySend({ author }) {
  const { person, shift } = known();
  return author === (person ?? { id: shift?.author }).id || person?.may_recover === true;
}

function paint() {
  const { list, delivered } = outbox();
  part("none").hidden = list.length > 0;
  part("list").hidden = list.length === 0;
  part("list").replaceChildren(...list.map(waitingRow));
  part("delivered").hidden = delivered.length === 0;
  part("sent").replaceChildren(...delivered.map(sentRow));
  act("drain").hidden = !list.some(maySend);
  part("theirs").hidden = list.every(maySend) || outbox().others > 0; // that is said above
  act("export").hidden = list.length === 0;
  act("end").hidden = !known().shift;
}

function row(what, when, problem = "") {
  const made = document.getElementById("kept-row").content.cloneNode(true);
  made.querySelector("[data-row=what]").textContent = what;
  made.querySelector("[data-row=when]").textContent = when;
  const said = made.querySelector("[data-row=problem]");
  said.textContent = problem;
  said.hidden = !problem;
  return made;
}

/** Of what is sealed one sees what kind it is and how old; more is not known here. */
function waitingRow(record) {
  const details = [age(record.saved_at)];
  if (record.photos.length) details.push(word("photos", { n: record.photos.length }));
  if (record.author !== (known().shift?.author ?? known().person?.id)) details.push(word("colleague"));
  const asks = record.state === "attention";
  const made = row(word(KINDS[record.kind]), details.join(" · "), asks ? record.problem || word("problemUnknown") : "");
  const button = made.querySelector("[data-row=retry]");
  button.hidden = !asks || !maySend(record);
  button.addEventListener("click", () => retry(record.id));
  if (asks) made.firstElementChild.dataset.look = "wrong";
  return made;
}

function sentRow({ kind, reference, message, saved_at }) {
  return row([word(KINDS[kind]), reference].filter(Boolean).join(" "), age(saved_at), message);
}

async function takeAlong() {
  const { file, more } = await exportFile();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `veld-${new Date().toISOString().slice(0, 19).replace(/\D/g, "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  document.getElementById("end-problem").hidden = true;
  const said = more ? word("exportedPart", { n: more }) : word("exported");
  part("exported").lastElementChild.textContent = said;
  part("exported").hidden = false; // not every tablet shows that it fetched a file
  announce(said);
}

async function end() {
  await drain();
  const may = await mayEnd();
  document.getElementById("end-problem").hidden = may;
  part("exported").hidden = true; // more was kept since, or the shift ends
  if (may) await endShift();
}

async function offer() {
  const worked = await offerPrf(word("called"));
  act("offer").hidden = worked;
  announce(word(worked ? "offered" : "offerFailed"));
}
