// Making a photo unrecognisable by finger, mouse or keys. The photo is a grid; a touched square becomes one colour.
// A square is large and its colour is shaken, so that nobody computes a plate back from the mosaic. Until the
// signal is saved the squares are a list that can be shortened; what is saved is the picture with them in it.

const SQUARES = 40; // along the long side
const FINGER = 26; // half the breadth of a finger, in pixels of the screen
const SHAKE = 40; // of 255
const QUALITY = 0.8;

let at = null; // {photo, bitmap, colours, columns, rows, strokes, cursor, done}
let stroke = null;
let wired = false;

const dialog = () => document.getElementById("smudge");
const canvas = () => document.getElementById("smudge-photo");

export function start({ say, word }) {
  if (wired) return;
  wired = true;
  const surface = canvas();
  surface.addEventListener("pointerdown", (event) => {
    if (!at || event.button !== 0) return;
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    stroke = new Set();
    at.strokes.push(stroke);
    rub(event);
  });
  surface.addEventListener("pointermove", (event) => { if (stroke) for (const part of event.getCoalescedEvents?.() ?? [event]) rub(part); });
  for (const name of ["pointerup", "pointercancel"]) surface.addEventListener(name, () => { stroke = null; });
  surface.addEventListener("keydown", (event) => key(event, (name) => say(word(name))));
  for (const name of ["focus", "blur"]) surface.addEventListener(name, () => at && draw());
  document.getElementById("smudge-undo").addEventListener("click", () => { undo(); say(word("smudgeUndone")); });
  document.getElementById("smudge-done").addEventListener("click", () => dialog().close());
  // However it closes, what was wiped stays wiped: who pressed "back" thinks it is.
  dialog().addEventListener("close", () => at.done());
}

export const close = () => { if (dialog().open) dialog().close(); };

// Shows the photo and answers when the dialog closes: {blob, strokes}.
export async function edit(photo) {
  const bitmap = await createImageBitmap(photo.source);
  const size = Math.max(bitmap.width, bitmap.height) / SQUARES;
  const columns = Math.ceil(bitmap.width / size), rows = Math.ceil(bitmap.height / size);
  const before = photo.strokes.map((squares) => new Set(squares));
  const closed = new Promise((done) => { at = { bitmap, size, columns, rows, colours: colours(bitmap, columns, rows), strokes: before, cursor: [columns >> 1, rows >> 1], done }; });
  Object.assign(canvas(), { width: bitmap.width, height: bitmap.height });
  draw();
  dialog().showModal();
  canvas().focus();
  await closed;
  const { strokes } = at;
  draw(false);
  const blob = strokes.length ? await new Promise((done) => canvas().toBlob(done, "image/jpeg", QUALITY)) : photo.source;
  bitmap.close();
  Object.assign(canvas(), { width: 1, height: 1 }); // nothing of it stays in the page
  [at, stroke] = [null, null];
  return { blob, strokes };
}

function colours(bitmap, columns, rows) {
  const small = new OffscreenCanvas(columns, rows);
  const context = small.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, columns, rows);
  const { data } = context.getImageData(0, 0, columns, rows);
  return Array.from({ length: columns * rows }, (_, i) => {
    const by = (Math.random() - 0.5) * SHAKE;
    return `rgb(${[0, 1, 2].map((channel) => Math.min(255, Math.max(0, Math.round(data[4 * i + channel] + by)))).join(" ")})`;
  });
}

function draw(withCursor = true) {
  const context = canvas().getContext("2d");
  const { bitmap, size, columns, strokes, cursor } = at;
  context.drawImage(bitmap, 0, 0);
  for (const square of strokes.flatMap((squares) => [...squares])) fill(context, square);
  document.getElementById("smudge-undo").disabled = !strokes.length;
  if (!withCursor || document.activeElement !== canvas() || !canvas().matches(":focus-visible")) return;
  for (const [style, width] of [["#000", size / 5], ["#fff", size / 10]]) {
    Object.assign(context, { strokeStyle: style, lineWidth: width });
    context.strokeRect((cursor[0] - 1) * size, (cursor[1] - 1) * size, 3 * size, 3 * size);
  }
  function fill(on, square) {
    on.fillStyle = at.colours[square];
    on.fillRect((square % columns) * size, Math.floor(square / columns) * size, Math.ceil(size), Math.ceil(size));
  }
}

function rub({ clientX, clientY }) {
  const box = canvas().getBoundingClientRect();
  const scale = at.bitmap.width / box.width / at.size; // squares per pixel of the screen
  cover((clientX - box.left) * scale, (clientY - box.top) * scale, Math.max(FINGER * scale, 1), stroke);
  draw();
}

// Every square that the circle touches, as a whole.
function cover(x, y, radius, squares) {
  const { columns, rows } = at;
  for (let row = Math.max(0, Math.floor(y - radius)); row <= Math.min(rows - 1, Math.floor(y + radius)); row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column <= Math.min(columns - 1, Math.floor(x + radius)); column++) {
      const aside = Math.max(column - x, 0, x - column - 1), above = Math.max(row - y, 0, y - row - 1);
      if (Math.hypot(aside, above) <= radius) squares.add(row * columns + column);
    }
  }
}

function undo() {
  at.strokes.pop();
  draw();
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function key(event, say) {
  const step = STEPS[event.key];
  if (step) {
    const within = (value, most) => Math.min(Math.max(value, 0), most - 1);
    at.cursor = [within(at.cursor[0] + step[0], at.columns), within(at.cursor[1] + step[1], at.rows)];
    draw();
  } else if (event.key === " " || event.key === "Enter") {
    const squares = new Set();
    cover(at.cursor[0] + 0.5, at.cursor[1] + 0.5, 1, squares);
    at.strokes.push(squares);
    draw();
    say("smudgePainted");
  } else if (event.key === "Backspace" || event.key === "Delete" || (event.key === "z" && (event.ctrlKey || event.metaKey))) {
    undo();
    say("smudgeUndone");
  } else return;
  event.preventDefault();
}
