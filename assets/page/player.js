// Playing, stepping and scrubbing; the controls, the keys, and what a test may ask.

const follows = { g: null, object: null };
const player = { playing: false, stepped: false, at_us: 0, last_ms: 0 };

// A speed is seconds of the session in one second, or steps a second.
const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 20]
  .map((seconds) => ({ said: "×" + seconds, seconds, steps: 0 }))
  .concat([0.5, 1, 2, 5, 10, 50].map((steps) => ({ steps })));
let speed = speeds[3];

// Whoever steps reads about each step; whoever lets time run, about what is rarest.
const bySteps = () => player.stepped || speed.steps > 0;
const toldG = () => value(bySteps() ? What.stepG : What.toldG) - 1;
const markerHere = () => data.markers.find(({ row }) => row === state.row);

function drawTold() {
  const marker = markerHere();
  byId("sentence").textContent = marker && (marker.note || marker.title)
    ? shortened(marker.note || marker.title)
    : text(value(bySteps() ? What.stepText : What.sentence));
  byId("banner").textContent = marker && marker.note && marker.title
    ? shortened(marker.title)
    : text(value(What.banner));
  byId("moment").textContent = clock(times[state.row]) + " · " +
    filled(label("stoppedAt"), count(numbers[state.row]), count(numbers[rows.length - 1]));
}

function draw(moves = false) {
  drawStage(moves);
  drawFoot();
  drawSum();
  drawTold();
  drawTimeline();
  byId("play").textContent = label(player.playing ? "pause" : "play");
  document.querySelectorAll("#markers button").forEach((button, i) => {
    button.classList.toggle("here", data.markers[i].row === state.row);
  });
}

// --- moving

function show(row, { moves = false, stepped = false } = {}) {
  byId("stage").classList.toggle("still", !moves);
  player.stepped = stepped;
  goTo(row);
  player.at_us = times[state.row];
  draw(moves);
}

function pause() {
  player.playing = false;
  draw();
}

function play() {
  if (state.row === rows.length - 1) show(0);
  player.playing = true;
  player.stepped = false;
  player.at_us = times[state.row];
  player.steps = state.row;
  player.last_ms = performance.now();
  requestAnimationFrame(playOn);
}

function playOn(now_ms) {
  if (!player.playing) return;
  const passed_s = Math.max(0, now_ms - player.last_ms) / 1000;
  player.last_ms = now_ms;
  let row = state.row;
  if (speed.steps) {
    player.steps += passed_s * speed.steps;
    row = Math.floor(player.steps);
  } else {
    player.at_us += passed_s * 1e6 * speed.seconds;
    row = Math.max(state.row, rowAt(times, player.at_us));
  }
  if (row !== state.row) {
    const at_us = player.at_us;
    show(row, { moves: true, stepped: false });
    if (!speed.steps) player.at_us = at_us;
  }
  if (state.row === rows.length - 1) pause();
  else requestAnimationFrame(playOn);
}

function step(by) {
  player.playing = false;
  show(state.row + by, { moves: Math.abs(by) === 1, stepped: true });
}

function toMarker(direction) {
  const found = direction > 0
    ? data.markers.find(({ row }) => row > state.row)
    : data.markers.findLast(({ row }) => row < state.row);
  player.playing = false;
  if (found) show(found.row);
}

// --- the controls

function choices(id, list, chosen, take) {
  const box = byId(id);
  box.replaceChildren(...list.map(([said], i) => {
    const choice = element("option", "", said);
    choice.value = i;
    choice.selected = i === chosen;
    return choice;
  }));
  box.onchange = () => take(list[box.value][1]);
}

const themes = ["dark", "light", "contrast"];

function nameControls() {
  document.documentElement.lang = data.languages[language];
  for (const [id, name] of [["first", "first"], ["back", "back"], ["step", "step"], ["last", "last"],
    ["speed", "speed"], ["theme", "theme"]]) {
    byId(id).title = label(name);
    byId(id).setAttribute("aria-label", label(name));
  }
  byId("axis").textContent = label(timeline.bySteps ? "bySteps" : "bySeconds");
  const now = document.documentElement.dataset.theme;
  choices("theme", themes.map((name) => [label(name), name]), themes.indexOf(now), setTheme);
  const languages = { en: "English", zh: "中文" };
  choices("language", data.languages.map((code, i) => [languages[code], i]), language, setLanguage);
  choices("speed", speeds.map((each) => [each.said ?? filled(label("aSecond"), each.steps), each]),
    speeds.indexOf(speed), (chosen) => { speed = chosen; player.steps = state.row; draw(); });
  choices("pool", data.pools.map((name, i) => [label("pool") + " " + name, i]), stage.pool,
    (pool) => { stage.pool = pool; draw(); });
  byId("pool").hidden = data.pools.length < 2;
  byId("markers").replaceChildren(...(data.markers.length ? [element("h2", "", label("markers"))] : []),
    ...data.markers.map(({ row, title, note }) => {
      const button = element("button", "marker");
      button.type = "button";
      button.append(element("strong", "", shortened(title, 200) || clock(times[row])),
        element("span", "", shortened(note, 1000)));
      button.onclick = () => { player.playing = false; show(row); };
      return button;
    }));
  drawLegend();
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  nameControls();
  draw();
}

function setLanguage(number) {
  language = number;
  nameControls();
  draw();
}

function setAxis() {
  timeline.bySteps = !timeline.bySteps;
  showAll();
  nameControls();
  draw();
}

const keys = {
  " ": () => (player.playing ? pause() : play()),
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowUp: () => step(10),
  ArrowDown: () => step(-10),
  Home: () => step(-rows.length),
  End: () => step(rows.length),
  PageDown: () => toMarker(1),
  PageUp: () => toMarker(-1),
};

function listen() {
  byId("play").onclick = keys[" "];
  byId("step").onclick = keys.ArrowRight;
  byId("back").onclick = keys.ArrowLeft;
  byId("first").onclick = keys.Home;
  byId("last").onclick = keys.End;
  byId("axis").onclick = setAxis;
  byId("curtain").onanimationend = () => { byId("curtain").hidden = true; };
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    // A list takes the arrows and all else itself, a button the space bar.
    if (event.target.closest?.("select")) return;
    const typed = event.target.closest?.("button");
    if (!act || event.ctrlKey || event.metaKey || event.altKey || (typed && event.key === " ")) return;
    event.preventDefault();
    act();
  });
  const canvas = byId("timeline");
  const scrub = (event) => {
    player.playing = false;
    show(rowUnder(canvas, event.offsetX));
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    scrub(event);
  });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) scrub(event); });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomTimeline(event.deltaY > 0 ? 1.25 : 0.8, event.offsetX);
    draw();
  }, { passive: false });
  // A click on a goroutine or an object follows it, another one lets it go.
  document.querySelector("main").addEventListener("click", (event) => {
    const { g, object } = event.target.dataset;
    const wanted = { g: g ? Number(g) : null, object: object ? Number(object) : null };
    const again = wanted.g === follows.g && wanted.object === follows.object;
    Object.assign(follows, again ? { g: null, object: null } : wanted);
    draw();
  });
  new ResizeObserver(() => draw()).observe(byId("stage-box"));
}

// --- the start

// Where steps come too fast to be seen, they are counted and not timed.
const usual_us = (times[rows.length - 1] - times[0]) / rows.length;
if (usual_us < 2_000) speed = speeds.find(({ steps }) => steps === 2);
if (matchMedia("(prefers-color-scheme: light)").matches) document.documentElement.dataset.theme = "light";
document.title = data.name + " – poolscope";
byId("name").textContent = data.name;
goTo(0);
showAll();
nameControls();
listen();
show(0);

window.poolscope = {
  first: numbers[0],
  last: numbers[rows.length - 1],
  // Shows the state after event `seq`, numbered as `poolscope state` does it.
  seek(seq) {
    player.playing = false;
    show(rowAt(numbers, seq));
  },
  setTheme,
  setLanguage: (code) => setLanguage(data.languages.indexOf(code)),
  // Which objects lie in each place, and where each object is.
  state() {
    const places = {};
    const objects = {};
    data.places.forEach((spot, i) => {
      const list = state.lists[i + 1];
      if (!list?.length) return;
      places[placeName(spot)] = list.slice();
      for (const object of list) (objects[object] ??= []).push(placeName(spot));
    });
    const totals = Object.fromEntries(["created", "again", ...sumParts].map((n) => [n, value(What[n])]));
    return { seq: numbers[state.row], time_us: times[state.row], procs: value(What.procs), totals,
             places, objects };
  },
};
