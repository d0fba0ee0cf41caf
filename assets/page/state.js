// What is to be seen after an event: the value of each field, and which objects lie in each place.
// Both are made of the rows alone, one after the other; app/page/rows.h says what a row is. Which
// place or field means what is said in `places` and `fields` of the data. No rule of a pool is
// known here.

const data = JSON.parse(document.getElementById("data").textContent);
const rows = JSON.parse(document.getElementById("rows").textContent);

// The order of app/page/picture.h and app/page/places.h.
const What = Object.freeze({
  sentence: 0, stepText: 1, banner: 2, toldG: 3, stepG: 4, procs: 5, created: 6, inUse: 7,
  inFlight: 8, pooled: 9, dropped: 10, again: 11, divergences: 12, gc: 13, gcText: 14,
  shape: 15, local: 16, victim: 17, slots: 18, victimSlots: 19, seat: 20, activity: 21, gets: 22,
  away: 23, lock: 24, chain: 25, oldArray: 26,
});
const Kind = Object.freeze({ private: 0, shared: 1, orphans: 2, hand: 3, flight: 4, outside: 5 });
const outcomes = 6;

// --- rows: when each is, and the number of its event

const times = new Float64Array(rows.length);
const numbers = new Float64Array(rows.length);
{
  let time = data.begin;
  const starts = new Map(data.numbers);
  rows.forEach((row, i) => {
    time += row[0];
    times[i] = time;
    numbers[i] = starts.has(i) ? starts.get(i) : numbers[i - 1] + 1;
  });
}

// The last row whose value in `list`, which never falls, is at most `value`; 0 where there is none.
function rowAt(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// --- the state after a row

const state = { row: -1, values: [], lists: [] };

function apply(row) {
  const [, fields = [], steps = [], anew = []] = rows[row];
  for (let i = 0; i < fields.length; i += 2) state.values[fields[i]] = fields[i + 1];
  for (let i = 0; i < steps.length; i += 3) {
    const object = steps[i];
    const from = state.lists[steps[i + 1]];
    if (from) from.splice(from.indexOf(object), 1);
    const to = steps[i + 2];
    if (to) (state.lists[to] ??= []).push(object);
  }
  for (const [place, objects] of anew) state.lists[place] = objects.slice();
  state.row = row;
}

// Copies of the state on the way, so that going back is going on from the nearest of them.
const rowsApart = 256;
const kept = [];

function keep() {
  kept.push({ values: state.values.slice(), lists: state.lists.map((list) => list.slice()) });
}

function goTo(row) {
  const wanted = Math.max(0, Math.min(rows.length - 1, row));
  if (wanted < state.row) {
    const nearest = kept[Math.floor(wanted / rowsApart)];
    state.values = nearest.values.slice();
    state.lists = nearest.lists.map((list) => list.slice());
    state.row = Math.floor(wanted / rowsApart) * rowsApart;
  }
  while (state.row < wanted) {
    apply(state.row + 1);
    if (state.row % rowsApart === 0 && kept.length === state.row / rowsApart) keep();
  }
}

// --- what a field says, what lies in a place

const fieldNumbers = new Map(data.fields.map(([what, index], i) => [what + "/" + index, i]));
const value = (what, index = 0) => state.values[fieldNumbers.get(what + "/" + index)] ?? 0;

// Every index of the fields of that kind, and of the places.
const indexesOf = (what) => data.fields.filter(([of]) => of === what).map(([, index]) => index);
const placeNumbers = new Map(data.places.map((spot, i) => [spot.join("/"), i + 1]));
const nothing = [];
const objectsAt = (...spot) => state.lists[placeNumbers.get(spot.join("/"))] ?? nothing;
// As place_index of app/page/picture.h.
const placeIndex = (array, place) => array * 65536 + place;

// What a place is called in window.poolscope.state().
function placeName([kind, first, array, index]) {
  switch (kind) {
    case Kind.private: return `array ${array} [${index}] private`;
    case Kind.shared: return `array ${array} [${index}] shared`;
    case Kind.orphans: return `array ${array} orphans`;
    case Kind.hand: return `G${first} hand`;
    case Kind.flight: return `G${first} flight`;
    default: return "outside";
  }
}
