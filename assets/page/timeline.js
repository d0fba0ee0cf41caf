// The timeline: what each P did, by time or by step; GCs, changes of GOMAXPROCS and markers over it.
// A drag seeks, the wheel shows a shorter or longer part.

const timeline = {
  bySteps: true,
  from: 0,  // the part that is shown, in the axis's unit
  to: 1,
};

const axisValue = (row) => (timeline.bySteps ? row : times[Math.min(row, rows.length - 1)]);
const axisEnd = () => Math.max(axisValue(rows.length - 1), axisValue(0) + 1);

function showAll() {
  timeline.from = axisValue(0);
  timeline.to = axisEnd();
}

const colorOf = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

function plotOf(canvas) {
  const names = 44;
  const ruler = 22;
  return { x: names, y: ruler, w: Math.max(1, canvas.clientWidth - names - 8), ruler };
}

function xOf(plot, at) {
  return plot.x + ((at - timeline.from) / (timeline.to - timeline.from)) * plot.w;
}

function rowUnder(canvas, x) {
  const plot = plotOf(canvas);
  const at = timeline.from + ((x - plot.x) / plot.w) * (timeline.to - timeline.from);
  return timeline.bySteps ? Math.round(at) : rowAt(times, at);
}

// The playhead stays in sight.
function follow() {
  const at = axisValue(state.row);
  const span = timeline.to - timeline.from;
  if (at >= timeline.from && at <= timeline.to) return;
  timeline.from = Math.max(axisValue(0), Math.min(at - span / 2, axisEnd() - span));
  timeline.to = timeline.from + span;
}

const laneStyles = () => {
  const styles = [];
  for (let kind = 0; colorOf("span-" + kind); ++kind) {
    styles.push({ fill: colorOf("span-" + kind), hollow: colorOf(`span-${kind}-hollow`) === "1" });
  }
  return styles;
};

function drawLane(pen, plot, lane, y, h, styles) {
  for (let i = 0; i < lane.length; i += 4) {
    const end = lane[i + 1] < 0 ? rows.length - 1 : lane[i + 1];
    const x0 = Math.max(plot.x, xOf(plot, axisValue(lane[i])));
    const x1 = Math.min(plot.x + plot.w, xOf(plot, axisValue(end)));
    if (x1 < plot.x || x0 > plot.x + plot.w) continue;
    const { fill, hollow } = styles[lane[i + 2]];
    const thin = lane[i + 2] === 0;  // user code
    const high = thin ? Math.max(1, h * 0.2) : h;
    const top = y + (h - high) / 2;
    const w = Math.max(1, x1 - x0 - 0.5);
    if (hollow && w > 4) {
      pen.strokeStyle = fill;
      pen.strokeRect(x0 + 0.5, top + 0.5, w - 1, high - 1);
    } else {
      pen.fillStyle = fill;
      pen.fillRect(x0, top, w, high);
    }
  }
}

function diamond(pen, x, y, size) {
  pen.beginPath();
  pen.moveTo(x, y - size);
  pen.lineTo(x + size, y);
  pen.lineTo(x, y + size);
  pen.lineTo(x - size, y);
  pen.fill();
}

function drawMarks(pen, plot, bottom) {
  for (const [row, kind, procs] of data.marks) {
    const x = xOf(plot, axisValue(row));
    if (x < plot.x || x > plot.x + plot.w) continue;
    pen.fillStyle = pen.strokeStyle = colorOf(kind ? "priv" : "victim");
    pen.globalAlpha = 0.5;
    pen.fillRect(x, plot.y, 1, bottom - plot.y);
    pen.globalAlpha = 1;
    if (kind) pen.fillText(procs + " P", x - 8, plot.y - 5);
    else diamond(pen, x, plot.y - 8, 5);
  }
  for (const { row } of data.markers) {
    const x = xOf(plot, axisValue(row));
    if (x < plot.x || x > plot.x + plot.w) continue;
    pen.fillStyle = colorOf("steal");
    pen.fillRect(x, 2, 1.5, bottom);
    pen.fillRect(x, 2, 9, 7);
  }
}

function drawTimeline() {
  const canvas = byId("timeline");
  const h = 13;
  const step = 16;
  const plot = plotOf(canvas);
  const lanes = data.lanes.map((lane, p) => [lane, p]).filter(([lane]) => lane.length);
  const most = 32;
  const shown = lanes.slice(0, most);
  const height = plot.y + shown.length * step + 6;
  const ratio = window.devicePixelRatio || 1;
  canvas.style.height = height + "px";
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.font = "12px system-ui, sans-serif";
  const styles = laneStyles();
  follow();
  shown.forEach(([lane, p], i) => {
    const y = plot.y + i * step;
    pen.fillStyle = colorOf(p < value(What.procs) ? "text-mid" : "text-low");
    pen.fillText("P" + p, 8, y + h - 2);
    drawLane(pen, plot, lane, y, h, styles);
  });
  drawMarks(pen, plot, height - 4);
  // What is to come is pale.
  const x = xOf(plot, axisValue(state.row));
  pen.globalAlpha = 1 - Number(colorOf("future"));
  pen.fillStyle = colorOf("panel");
  pen.fillRect(x + 1, plot.y, Math.max(0, plot.x + plot.w - x), height);
  pen.globalAlpha = 1;
  pen.fillStyle = colorOf("text-hi");
  pen.fillRect(x - 1, plot.y - 4, 2, height);
}

function drawLegend() {
  const parts = [];
  for (let kind = 1; data.labels["span" + kind] !== undefined; ++kind) {
    // One that is still under way has the name of one that is over.
    if (label("span" + kind) === label("span" + (kind + 1))) continue;
    const part = element("span", "legend-part");
    const sign = element("span", "legend-sign span-" + kind);
    sign.classList.toggle("hollow", colorOf(`span-${kind}-hollow`) === "1");
    part.append(sign, label("span" + kind));
    parts.push(part);
  }
  parts.push(element("span", "space"), element("span", "title", label("keys")));
  byId("legend").replaceChildren(...parts);
}

function zoomTimeline(factor, x) {
  const canvas = byId("timeline");
  const plot = plotOf(canvas);
  const part = Math.max(0, Math.min(1, (x - plot.x) / plot.w));
  const span = timeline.to - timeline.from;
  const whole = axisEnd() - axisValue(0);
  const wanted = Math.max(timeline.bySteps ? 20 : 1000, Math.min(whole, span * factor));
  const at = timeline.from + part * span;
  timeline.from = Math.max(axisValue(0), Math.min(at - part * wanted, axisEnd() - wanted));
  timeline.to = timeline.from + wanted;
}
