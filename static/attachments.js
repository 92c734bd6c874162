// Photos: marking what nobody may recognise. Rectangles and number fields are the same thing twice: whichever
// one changes, the other follows. All in percent of the photo. Without this script the fields do it alone.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const SIDES = ["x", "y", "width", "height"];
  const SMALLEST = 1; // less is a tap, not a rectangle
  const form = document.getElementById("smudge");
  if (!form) return;
  const stage = document.getElementById("stage");
  const svg = stage.querySelector("svg");
  const list = document.getElementById("patches");
  const words = document.getElementById("patch-words").dataset;
  const total = form.querySelector("[name$=-TOTAL_FORMS]");
  const most = Number(form.querySelector("[name$=-MAX_NUM_FORMS]").value);

  const half = (number) => Math.round(number * 2) / 2;
  const within = (number, low, high) => Math.min(Math.max(number, low), Math.max(low, high));
  const rows = () => [...list.querySelectorAll("[data-patch]")];
  const field = (row, side) => row.querySelector(`input[name$="-${side}"]`);
  const say = (value) => document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));

  // --- a rectangle and its row ------------------------------------------------------------------------
  const drawings = new WeakMap(); // row -> its group in the drawing

  const patchOf = (row) => drawings.get(row)?.querySelector(".patch");

  function boxOf(row) {
    const box = Object.fromEntries(SIDES.map((side) => [side, Number.parseFloat(field(row, side).value)]));
    return SIDES.every((side) => Number.isFinite(box[side])) ? box : null;
  }

  function put(row, box) {
    box.width = within(box.width, SMALLEST, 100);
    box.height = within(box.height, SMALLEST, 100);
    box.x = within(box.x, 0, 100 - box.width);
    box.y = within(box.y, 0, 100 - box.height);
    for (const side of SIDES) field(row, side).value = String(half(box[side]));
    draw(row);
  }

  function draw(row) {
    const box = boxOf(row);
    let group = drawings.get(row);
    if (!box) { group?.remove(); drawings.delete(row); return; }
    if (!group) {
      group = svg.appendChild(document.createElementNS(SVG, "g"));
      group.append(shape("under"), shape("patch"), shape("grip"));
      const patch = group.querySelector(".patch");
      for (const [name, value] of [["tabindex", "0"], ["role", "application"], ["aria-describedby", "patch-hint"]]) patch.setAttribute(name, value);
      drawings.set(row, group);
    }
    const [under, patch, grip] = group.children;
    for (const side of SIDES) for (const rect of [under, patch]) rect.setAttribute(side, String(box[side]));
    const wide = svg.clientWidth || 1, high = svg.clientHeight || 1;
    const size = { width: 2400 / wide, height: 2400 / high }; // 24 pixels, whatever the photo measures
    for (const side of ["width", "height"]) grip.setAttribute(side, String(size[side]));
    grip.setAttribute("x", String(box.x + box.width - size.width / 2));
    grip.setAttribute("y", String(box.y + box.height - size.height / 2));
    label(row);
  }

  function shape(name) {
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", name);
    return rect;
  }

  function label(row) {
    const number = rows().indexOf(row) + 1;
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = String(number);
    patchOf(row)?.setAttribute("aria-label", words.label.replace("#", String(number)));
  }

  function place(row) {
    const box = boxOf(row);
    return box ? words.place.replace("{x}", box.x).replace("{y}", box.y).replace("{w}", box.width).replace("{h}", box.height) : "";
  }

  // --- adding and taking away -------------------------------------------------------------------------
  function freshRow() {
    const empty = rows().find((row) => SIDES.every((side) => !field(row, side).value));
    if (empty) return empty;
    if (rows().length >= most) return null;
    const template = document.getElementById("patch-row");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(rows().length));
    const row = holder.firstElementChild;
    list.append(row);
    total.value = String(rows().length);
    row.querySelector("[data-take-away]").hidden = false;
    label(row);
    return row;
  }

  function takeAway(row) {
    drawings.get(row)?.remove();
    row.remove();
    rows().forEach((left, at) => {
      for (const side of SIDES) {
        const input = field(left, side);
        const named = `form-${at}-${side}`;
        left.querySelector(`label[for="${input.id}"]`)?.setAttribute("for", `id_${named}`);
        input.name = named;
        input.id = `id_${named}`;
      }
      label(left);
    });
    total.value = String(rows().length);
    say(words.gone);
    const last = rows().at(-1);
    (last && patchOf(last) || form.querySelector("[data-add-patch]")).focus();
  }

  form.addEventListener("click", (event) => {
    const away = event.target.closest("[data-take-away]");
    if (away) takeAway(away.closest("[data-patch]"));
    if (event.target.closest("[data-add-patch]")) {
      const row = freshRow();
      if (!row) return;
      put(row, { x: 40, y: 40, width: 20, height: 20 });
      patchOf(row).focus();
    }
  });
  list.addEventListener("input", (event) => draw(event.target.closest("[data-patch]")));

  // --- keys -------------------------------------------------------------------------------------------
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let saying = 0;

  const rowOf = (rect) => rows().find((row) => drawings.get(row)?.contains(rect));

  svg.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); takeAway(row); return; }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const box = boxOf(row);
    if (event.shiftKey) { box.width += step[0]; box.height += step[1]; } else { box.x += step[0]; box.y += step[1]; }
    put(row, box);
    window.clearTimeout(saying);
    saying = window.setTimeout(() => say(place(row)), 500);
  });

  // --- mouse and finger -------------------------------------------------------------------------------
  let held = null; // { row, from, box, what }

  function at(event) {
    const area = svg.getBoundingClientRect();
    return { x: ((event.clientX - area.left) / area.width) * 100, y: ((event.clientY - area.top) / area.height) * 100 };
  }

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held) return;
    event.preventDefault();
    const from = at(event);
    const row = rowOf(event.target);
    held = row
      ? { row, from, box: boxOf(row), what: event.target.matches(".grip") ? "size" : "place", pointer: event.pointerId }
      : { row: null, from, box: null, what: "new", pointer: event.pointerId };
    svg.setPointerCapture(event.pointerId);
  });

  svg.addEventListener("pointermove", (event) => {
    if (held?.pointer !== event.pointerId) return;
    const to = at(event);
    const moved = { x: to.x - held.from.x, y: to.y - held.from.y };
    if (held.what === "new") {
      if (Math.max(Math.abs(moved.x), Math.abs(moved.y)) < SMALLEST) return;
      held.row ??= freshRow();
      if (!held.row) { held = null; return; }
      const x = within(Math.min(held.from.x, to.x), 0, 100), y = within(Math.min(held.from.y, to.y), 0, 100);
      put(held.row, { x, y, width: within(Math.max(held.from.x, to.x), 0, 100) - x, height: within(Math.max(held.from.y, to.y), 0, 100) - y });
    } else if (held.what === "size") {
      const box = held.box;
      put(held.row, { ...box, width: within(box.width + moved.x, SMALLEST, 100 - box.x), height: within(box.height + moved.y, SMALLEST, 100 - box.y) });
    } else put(held.row, { ...held.box, x: held.box.x + moved.x, y: held.box.y + moved.y });
  });

  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => {
    if (held?.pointer !== event.pointerId) return;
    if (held.row) { patchOf(held.row)?.focus({ preventScroll: true }); say(place(held.row)); }
    held = null;
  });

  // --- from here on the script does it ------------------------------------------------------------------
  for (const rect of svg.querySelectorAll("rect")) rect.remove(); // drawn by the server; now by the rows
  for (const element of form.querySelectorAll("[data-drawn], [data-add-patch], [data-take-away]")) element.hidden = false;
  for (const row of rows()) draw(row);
  window.addEventListener("resize", () => rows().forEach(draw));
})();
