// What the hands of a person do on the real screen, without a message to the test between each of them; and a clock that
// can be wrong. Set before the page's own scripts; nothing of it exists outside the test.
(() => {
  const { setTimeout: later, setInterval: each, Date: Clock } = window;
  // How long the page waits before it tries again, and between its looks: a hundredth, so that a run takes a second.
  const quick = new Map([[2000, 20], [3000, 30], [5000, 50], [15_000, 150], [30_000, 1500], [60_000, 600]]);
  const short = (time) => quick.get(time) ?? time;
  window.setTimeout = (act, time, ...given) => later(act, short(time), ...given);
  window.setInterval = (act, time, ...given) => each(act, short(time), ...given);

  window.skew = 0;
  window.Date = class extends Clock {
    constructor(...given) {
      super(...(given.length ? given : [Clock.now() + window.skew]));
    }
    static now() {
      return Clock.now() + window.skew;
    }
  };

  const $ = (id) => document.getElementById(id);
  const PATIENCE = 180_000; // as tests/servers.py
  async function until(what, is) {
    for (const begun = performance.now(); performance.now() - begun < PATIENCE;) {
      const found = is();
      if (found) return found;
      await new Promise((go) => { later(go, 4); });
    }
    const stands = [...document.querySelectorAll("[data-screen], [data-begin]")].filter(seen).map((each) => ({ ...each.dataset }));
    const now = { path: location.href, ...document.documentElement.dataset, stands, state: $("state")?.textContent };
    throw new Error(`Waited in vain: ${what} (${JSON.stringify(now)})`);
  }
  const module = (name) => import(`/static/field/${name}.js`);
  const seen = (element) => Boolean(element?.checkVisibility());

  function type(field, text, event = "input") {
    field.value = text;
    field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  function choose(photos) {
    const given = new DataTransfer();
    for (const [at, photo] of photos.entries()) {
      const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
      given.items.add(new File([bytes], `${at}.jpg`, { type: "image/jpeg" }));
    }
    $("photo-files").files = given.files;
    $("photo-files").dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Fills in the screen; gives the hashes of the pictures that stand on it. */
  async function note({ tile, text, place, photos }) {
    if (seen($("next-signal"))) $("next-signal").click();
    while ($("taken").firstChild) $("taken").querySelector("[data-act=drop]").click();
    const tiles = () => [...document.querySelectorAll("#tiles button")];
    (await until("the tile", () => tiles().find((each) => each.textContent.trim() === tile))).click();
    type($("new-text"), text);
    if (photos.length) {
      choose(photos);
      await until("the photos", () => $("taken").children.length === photos.length);
    }
    if (place) type($("place-text"), place);
    return hashes();
  }

  async function hashes() {
    const [{ buffers, settled }, { sha256 }] = await Promise.all([module("photos"), module("sealing")]);
    await settled();
    return Promise.all((await buffers()).map(sha256));
  }

  /** Gives what the screen says: that it is kept, or why not; `locked` where a clock that jumped locked it meanwhile. */
  async function keep() {
    $("problem").hidden = true; // what stood there of before
    if (!seen($("saved"))) $("save-signal").click();
    const said = () => (seen($("unlock")) ? { locked: true } : seen($("saved")) ? { kept: $("saved-heading").textContent.trim(), what: $("saved-what").textContent }
      : seen($("save-anyway")) ? ($("save-anyway").click(), null)
      : seen($("problem")) && { problem: $("problem-words").textContent });
    return until("kept or not", said);
  }

  async function save(what) {
    const photos = await note(what);
    return { photos, ...(await keep()) };
  }

  /** Somebody asks for help: a number and a yes. Gives what the screen says. */
  async function help(tile, phone) {
    await note({ tile, text: "", place: "Overleiestraat", photos: [] });
    type($("help-phone"), phone);
    $("help-consent").click();
    return keep();
  }

  /** Which screen there is, and which part of the first one. */
  const where = () => until("a screen", () => {
    if ($("slow")?.checkVisibility({ visibilityProperty: true })) $("slow").click();
    const screen = document.querySelector("[data-screen]:not([hidden])")?.dataset.screen;
    const part = screen === "begin" && [...document.querySelectorAll("[data-begin]")].find((each) => !each.hidden)?.dataset.begin;
    return document.documentElement.dataset.ready !== undefined && part !== "moment" && screen && [screen, part || ""];
  });

  /** Whose shift it is. */
  const holder = async () => (await module("contact")).known().shift?.author ?? null;

  async function begin(pin, name) {
    const form = document.querySelector("[data-begin=start]");
    if (seen($("begin-tablet"))) type($("begin-tablet"), name);
    const refused = () => seen($("begin-problem")) && "refused";
    const begun = () => seen(document.querySelector("[data-screen=nieuw]")) && "begun";
    for (let turn = 0; turn < 50; turn += 1) {
      $("begin-problem").hidden = true;
      type($("begin-pin"), pin);
      form.requestSubmit();
      // A server that was killed may say for ten seconds that it is asked too much: who gets that taps again.
      if ((await until("the shift begins", () => begun() || refused())) === "begun") return;
      await new Promise((go) => { later(go, 100); });
    }
    throw new Error(`No shift begins: ${$("begin-problem").textContent}`);
  }

  async function unlock(pin) {
    type($("unlock-pin"), pin);
    $("unlock").requestSubmit();
    await until("it unlocks", () => document.querySelector("[data-screen=slot]").hidden);
  }

  /** Sends what it can; what lies here after that, and who is signed in. */
  async function send() {
    const [{ drain }, { records }, { known }] = await Promise.all(["outbox", "store", "contact"].map(module));
    await drain();
    const lie = (await records()).map(({ id, author, state, problem }) => ({ id, author, state, problem }));
    return { lie, person: known().person?.id ?? null, online: known().online, says: document.querySelector("[data-state-words]").textContent };
  }

  /** What asked for attention is tried again by its own button. */
  async function again() {
    location.hash = "#bewaard";
    const buttons = () => [...document.querySelectorAll("[data-screen=bewaard] [data-row=retry]:not([hidden])")];
    (await until("a button", () => buttons().find(seen))).click();
  }

  /** Asks whether there is a newer shell; gives which one this page is of. */
  async function renew() {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {}); // the server may be away
    return document.documentElement.dataset.shell ?? "";
  }

  /** What may keep a newer shell from taking over: for who reads that a run waited in vain. */
  async function shells() {
    const registration = await navigator.serviceWorker.getRegistration();
    const workers = ["installing", "waiting", "active"].filter((each) => registration[each]);
    const [{ outbox }, { isTyping }] = await Promise.all(["outbox", "reading"].map(module));
    const screens = [...document.querySelectorAll("[data-screen]")].filter(seen).map((each) => each.dataset.screen);
    return { ...document.documentElement.dataset, workers, screens, sends: outbox().sending, types: isTyping() };
  }

  window.hands = { note, hashes, keep, save, help, where, holder, begin, unlock, send, again, renew, shells, until };
})();
