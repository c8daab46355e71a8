import { createAxis } from "./axis.js";
import { showRunning } from "./drive.js";
import { createClock, prefersStill } from "./motion.js";
import { createReadings } from "./readings.js";
import { path, put, redrawn, rem, shape } from "./svg.js";
import { between, column } from "./table.js";

const ROWS_A_SECOND = 12;
const NAMES = ["A", "B"];

/** Write a text smaller where it would be wider than its room. */
function fit(text, room) {
  text.style.fontSize = "";
  const length = text.getComputedTextLength();
  if (length > room) text.style.fontSize = `${(parseFloat(getComputedStyle(text).fontSize) * room) / length}px`;
}

/** Both bodies, each as wide as it has particles, and the heat that is still to flow. */
function createBodies(svg, [a, b], colours, readings) {
  const boxes = NAMES.map(() => shape(svg, "rect"));
  const names = NAMES.map((name) => shape(svg, "text", { class: "on", text: name }));
  const temperatures = NAMES.map(() => shape(svg, "text", { class: "on" }));
  const arrow = shape(svg, "path", { fill: "var(--background)" });

  function lay(state, [width, height]) {
    const unit = rem();
    const border = (width * a) / (a + b);
    [[0, border], [border, width]].forEach(([left, right], i) => {
      put(boxes[i], { x: left, y: 0, width: right - left, height, fill: colours.of(state.share[i]) });
      put(names[i], { x: left + 0.6 * unit, y: 1.75 * unit });
      put(temperatures[i], { x: left + 0.6 * unit, y: 3.5 * unit, text: readings.temperature(state.T_mK[i]) });
      fit(temperatures[i], right - left - 0.9 * unit);
    });
    const y = height - 1 * unit;
    const length = 4 * unit * state.heat;
    const [w, head] = [0.17 * unit, 0.45 * unit];
    const sign = state.fromA ? 1 : -1;
    const tail = border - (sign * length) / 2;
    const points = [[0, -w], [length - head, -w], [length - head, -head], [length, 0], [length - head, head], [length - head, w], [0, w]];
    const visible = length > head;
    put(arrow, { d: visible ? path(points.map(([dx, dy]) => [tail + sign * dx, y + dy])) + "Z" : "" });
  }

  return { draw: redrawn(svg, lay) };
}

/** Total entropy over time. */
function createCurve(svg, colours, words) {
  const axes = shape(svg, "path", { class: "faint" });
  const ghost = shape(svg, "path", { class: "faint" });
  const line = shape(svg, "path", { class: "ink" });
  const point = shape(svg, "circle", { class: "marker", fill: "var(--ink)" });
  const name = shape(svg, "text");
  const risen = shape(svg, "text", { class: "strong", "text-anchor": "end" });

  function lay(state, [width, height]) {
    const unit = rem();
    const left = 0.75 * unit;
    const bottom = height - 4;
    const { gain, row } = state;
    const highest = gain[gain.length - 1] || 1;
    const place = (at) => [
      left + (at / (gain.length - 1)) * (width - 2 * left),
      bottom - 0.6 * unit - (between(gain, at) / highest) * (height - 3 * unit),
    ];
    const points = Array.from(gain, (_, at) => place(at));
    put(axes, { d: path([[left, 0], [left, bottom], [width, bottom]]) });
    put(ghost, { d: path(points) });
    put(line, { d: path([...points.slice(0, Math.floor(row) + 1), place(row)]) });
    const [cx, cy] = place(row);
    put(point, { cx, cy, r: 0.35 * unit });
    put(name, { x: left + 0.7 * unit, y: 0.85 * unit, text: words.text("label.ordering.total_entropy") });
    put(risen, { x: width, y: 0.85 * unit, text: words.quantity(gain[Math.floor(row)], 1, "k", true) });
  }

  return { draw: redrawn(svg, lay) };
}

/** Two bodies that touch: from initial states to the common end. */
export function createContact({ tables }, words, colours) {
  const readings = createReadings(words);
  const at = (id) => document.getElementById(id);
  const table = tables.contact;
  const t = column(table.t);
  const left = column(table.heat_left);
  const last = t.length - 1;
  const starts = [at("start-a"), at("start-b")];
  const time = at("time");
  const bodies = createBodies(at("bodies"), table.particles, colours, readings);
  const curve = createCurve(at("total-entropy"), colours, words);
  const axis = createAxis(at("contact-axis"), {
    hotness: tables.two_level.coldness_strip,
    colours,
    ticks: () => [[0, words.text("label.common.cold")], [0.5, "0"], [1, words.text("label.common.hot")]],
    names: NAMES,
  });
  let run = null;
  let row = 0;

  function choose() {
    const chosen = table.runs[starts[0].valueAsNumber][starts[1].valueAsNumber];
    const body = ({ T_mK, share, place }) => ({ T_mK: column(T_mK), share: column(share), place: column(place) });
    run = { ...chosen, bodies: [body(chosen.a), body(chosen.b)], gain: column(chosen.gain_over_k) };
  }

  function draw() {
    const read = Math.floor(row);
    const fromA = run.quanta_from_a > 0;
    const flows = run.quanta_from_a !== 0;
    const share = run.bodies.map((body) => between(body.share, row));
    const T_mK = run.bodies.map((body) => body.T_mK[read]);
    bodies.draw({ share, T_mK, fromA, heat: flows ? between(left, row) : 0 });
    curve.draw({ gain: run.gain, row });
    axis.draw(run.bodies.map((body, i) => ({ place: between(body.place, row), colour: colours.of(share[i]) })));
    const [T_a, T_b] = T_mK.map(readings.temperature);
    const entropy = readings.entropy(run.gain[read]);
    const end = words.text("contact.end", { T: readings.temperature(Number(run.end_mK)) });
    const flow = words.text(flows ? (fromA ? "contact.from_a" : "contact.from_b") : "contact.none");
    at("flow").textContent = words.joined([flow, flows && end]);
    at("bodies").setAttribute("aria-label", words.text("contact.picture", { T_a, T_b }));
    at("contact-axis").setAttribute("aria-label", words.text("contact.picture", { T_a, T_b }));
    at("total-entropy").setAttribute("aria-label", words.text("contact.entropy_picture", { entropy }));
    const since = words.text("contact.time_unit", { time: words.quantity(t[read], 1) });
    const value = words.text("contact.value", { T_a, T_b, entropy });
    time.value = read;
    at("time-value").textContent = words.quantity(t[read], 1, "τ");
    time.setAttribute("aria-valuetext", `${since}. ${value}`);
    starts.forEach((start, i) => {
      const percent = words.quantity(table.share_percent[start.valueAsNumber], 0, "%");
      const T = readings.temperature(run.bodies[i].T_mK[0]);
      at(`${start.id}-value`).textContent = percent;
      start.setAttribute("aria-valuetext", `${percent}. ${words.text("label.common.temperature")} ${T}`);
    });
    return words.joined([at("flow").textContent, value]);
  }

  const clock = createClock((seconds) => {
    row = prefersStill() ? last : Math.min(began + seconds * ROWS_A_SECOND, last);
    const said = draw();
    if (row < last) return true;
    showRunning(at("touch"), words, false, "contact.touch");
    at("contact-news").textContent = said;
    return false;
  });
  let began = 0;

  function halt() {
    clock.stop();
    showRunning(at("touch"), words, false, "contact.touch");
  }

  function from(place) {
    halt();
    row = place;
    draw();
  }

  at("touch").addEventListener("click", () => {
    if (clock.running) return halt();
    began = row >= last ? 0 : row;
    clock.start();
    showRunning(at("touch"), words, true, "contact.touch");
  });
  at("again").addEventListener("click", () => from(0));
  time.addEventListener("input", () => from(time.valueAsNumber));
  for (const start of starts) {
    start.addEventListener("input", () => {
      choose();
      from(0);
    });
  }
  words.onChange(draw);
  colours.onChange(draw);
  choose();
  from(0);
}
