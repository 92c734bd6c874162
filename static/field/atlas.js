// The map as data: which area a point lies in, what one would call it, which place somebody types. Without a
// network and without Leaflet. The rules are those of areas/search.py, so the tablet says what the server says.

const METRES_PER_DEGREE = 111_320;
const DOOR_METRES = 60, NAME_METRES = 300; // the nearest door, or else the nearest name
const FEWEST_LETTERS = 2, MOST = 6, LIKE_ENOUGH = 0.45;

let loading = null;
let atlas = null;

// From the worker's cache when there is no network. Once refused it is asked again the next time.
export function load(address) {
  loading ??= fetch(address, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((content) => (atlas = unpack(content)))
    .catch(() => { loading = null; return null; });
  return loading;
}

export const current = () => atlas;

function unpack({ version, areas, places, addresses = [] }) {
  const doors = [];
  for (const [at, ...packed] of addresses) {
    for (let i = 0, x = 0, y = 0; i < packed.length; i += 3) {
      x += packed[i + 1];
      y += packed[i + 2];
      doors.push({ street: places[at], number: packed[i], longitude: x / 1e5, latitude: y / 1e5 });
    }
  }
  const twice = new Set();
  const names = new Map();
  for (const place of places) {
    place.plain = plain(place.name);
    const before = names.get(place.name) ?? place.locality;
    if (before !== place.locality) twice.add(place.name);
    names.set(place.name, before);
  }
  for (const place of places) {
    place.label = twice.has(place.name) && place.locality ? `${place.name}, ${place.locality}` : place.name;
    place.plainLabel = plain(place.label);
    place.threes = threes(place.plain);
  }
  return { version, areas, places, doors };
}

export function metresBetween(a, b) {
  const east = (b.longitude - a.longitude) * Math.cos(((a.latitude + b.latitude) / 2) * (Math.PI / 180));
  return Math.hypot(east, b.latitude - a.latitude) * METRES_PER_DEGREE;
}

// A ray to the east crosses the borders of the area that holds the point an odd number of times.
const holds = (area, { longitude, latitude }) => area.rings.reduce((inside, ring) => {
  let odd = inside;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[i], [x2, y2] = ring[j];
    if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}, false);

export const areaAt = (point) => atlas?.areas.find((area) => holds(area, point)) ?? null;

// {street, number} of the nearest door, {name} of the nearest street or square, or null.
export function nameAt(point) {
  const door = nearest(atlas?.doors ?? [], point, DOOR_METRES);
  if (door) return { street: door.street.name, number: door.number };
  const place = nearest((atlas?.places ?? []).filter(({ kind }) => kind !== "neighbourhood"), point, NAME_METRES);
  return place ? { name: place.name } : null;
}

function nearest(spots, point, within) {
  const up = within / METRES_PER_DEGREE, aside = up / Math.cos(point.latitude * (Math.PI / 180));
  let best = null, least = within;
  for (const spot of spots) {
    if (Math.abs(spot.latitude - point.latitude) > up || Math.abs(spot.longitude - point.longitude) > aside) continue;
    const metres = metresBetween(point, spot);
    if (metres <= least) [best, least] = [spot, metres];
  }
  return best;
}

export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

// What somebody may mean, the best first: names that begin so, then that hold a word that begins so, then nearly so.
export function find(text) {
  const [, head, number] = plain(text).match(/^(.*?)(?: (\d+) ?[a-z]?)?$/);
  if (!atlas || head.length < FEWEST_LETTERS) return [];
  const ranked = [], parts = threes(head);
  for (const place of atlas.places) {
    const rank = likeness(place, head, parts);
    if (rank) ranked.push({ place, rank });
  }
  ranked.sort((a, b) => b.rank - a.rank || a.place.label.localeCompare(b.place.label, "nl"));
  return ranked.slice(0, MOST).map(({ place }) => withNumber(place, number));
}

function likeness({ plain: name, plainLabel: label, threes: own }, head, parts) {
  if (name === head || label === head) return 4;
  if (label.startsWith(head)) return 3;
  if (` ${label}`.includes(` ${head}`)) return 2;
  let both = 0;
  for (const part of parts) if (own.has(part)) both += 1;
  const shared = both / (own.size + parts.size - both);
  return shared >= LIKE_ENOUGH ? shared : 0;
}

// The runs of three letters that a word holds, as PostgreSQL compares words.
function threes(word) {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

// The door that was typed, or the nearest number that is known of that street.
function withNumber(place, number) {
  if (!number || !["street", "square"].includes(place.kind)) return { ...place };
  const wanted = Number(number);
  const away = (door) => Math.abs(Number.parseInt(door.number, 10) - wanted) + ((Number.parseInt(door.number, 10) - wanted) % 2 ? 0.5 : 0);
  const doors = atlas.doors.filter(({ street }) => street === place).sort((a, b) => away(a) - away(b));
  const { longitude, latitude } = doors[0] ?? place;
  const [name, ...locality] = place.label.split(", ");
  return { ...place, longitude, latitude, label: [`${name} ${number}`, ...locality].join(", ") };
}
