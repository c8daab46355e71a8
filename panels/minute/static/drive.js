import { createAxis } from "./axis.js";
import { createDome } from "./dome.js";
import { createLevels } from "./levels.js";
import { createClock, ease, prefersStill } from "./motion.js";
import { createReadings } from "./readings.js";
import { column } from "./table.js";

const PLAY = "M7 4.5v15l13-7.5z";
const PAUSE = "M6.5 5h4v14h-4zM13.5 5h4v14h-4z";
const HOLD_S = 0.8;

/** Show a button as the one that starts or stops. */
export function showRunning(button, words, running, start) {
  button.querySelector("path").setAttribute("d", running ? PAUSE : PLAY);
  words.name(button, running ? "drive.pause" : start);
}

/** Protons above at a share of a step's time, and whether the levels have been swapped by then. */
function along(step, share) {
  const { path } = step;
  const after = path.findIndex(([time]) => time > share);
  const [time, above] = path[after < 0 ? path.length - 1 : Math.max(after - 1, 0)];
  const swapped = path.some(([start], i) => i > 0 && start === path[i - 1][0] && start <= share);
  if (after <= 0) return { above, swapped };
  const [nextTime, next] = path[after];
  return { above: above + (next - above) * ease((share - time) / (nextTime - time)), swapped };
}

/** The two-level system that the reader drives, and the film's cues to step through. */
export function createDrive({ tables, steps }, words, colours, film) {
  const readings = createReadings(words);
  const at = (id) => document.getElementById(id);
  const table = tables.two_level;
  const [above, x, T_mK, entropy, slope, coldness, temperature] = [
    "above", "x", "T_mK", "entropy_over_k", "slope", "coldness_place", "temperature_place",
  ].map((name) => column(table[name]));
  const { particles, rows_a_particle: rows } = table;
  const energy = at("energy");
  const levels = createLevels(at("levels"), { particles, order: column(table.order), colours, words });
  const dome = createDome(at("dome"), { above, entropy, slope, x, colours, words });
  const coldnessAxis = createAxis(at("coldness-axis"), {
    hotness: table.coldness_strip,
    colours,
    ticks: () => [
      [0, words.text("label.common.cold")], [0.25, "β > 0"], [0.5, "0"], [0.75, "β < 0"], [1, words.text("label.common.hot")],
    ],
  });
  const temperatureAxis = createAxis(at("temperature-axis"), {
    hotness: table.temperature_strip,
    colours,
    ticks: () => [[0, "−∞"], [0.5, "−0  +0"], [1, "+∞"]],
  });
  let state = { row: 0, above: 0, swapped: false };
  let step = 0;
  let share = 1;
  let free = false;

  function draw() {
    const { row } = state;
    const colour = colours.of(above[row] / particles);
    levels.draw(state);
    dome.draw(state);
    coldnessAxis.draw([{ place: coldness[row], colour }]);
    temperatureAxis.draw([{ place: temperature[row], colour, both: !Number.isFinite(T_mK[row]) }]);
    const upper = Math.round(above[row]);
    const values = {
      upper: words.quantity(upper, 0),
      lower: words.quantity(particles - upper, 0),
      T: readings.temperature(T_mK[row]),
      beta: readings.coldness(x[row]),
      entropy: readings.entropy(entropy[row]),
    };
    at("temperature").textContent = values.T;
    at("temperature").style.color = colour;
    at("coldness").textContent = values.beta;
    at("entropy").textContent = values.entropy;
    at("energy-value").textContent = words.quantity(above[row], Number.isInteger(above[row]) ? 0 : 1);
    at("limit").textContent = Number.isFinite(x[row]) ? "" : words.text("drive.limit");
    at("coldness-axis").setAttribute("aria-label", words.text("drive.coldness_picture", { beta: values.beta }));
    at("temperature-axis").setAttribute("aria-label", words.text("drive.temperature_picture", { T: values.T }));
    energy.setAttribute("aria-valuetext", words.text("drive.value", values));
    energy.step = clock.running ? 1 / rows : 1;
    energy.value = above[row];
    return words.text("drive.value", values);
  }

  function show(number, swapped) {
    const row = Math.round(number * rows);
    state = { row, above: above[row], swapped };
    return draw();
  }

  function say() {
    const cue = words.language.segments.flatMap(({ cues }) => cues).find(({ id }) => id === steps[step].cue_id);
    const counted = words.text("drive.step", { step: words.quantity(step + 1, 0), steps: words.quantity(steps.length, 0) });
    at("step").textContent = free ? words.text("drive.free") : counted;
    at("said").textContent = free ? "" : cue.text;
    at("watch").hidden = free;
    at("back").disabled = step === 0 && !free;
    at("forward").disabled = step === steps.length - 1 && !free;
    return `${counted}. ${cue.text}`;
  }

  function showStep(to, reached) {
    [step, share, free] = [to, reached, false];
    const { above: number, swapped } = along(steps[step], share);
    const carried = steps[step].cue_id === "inversion.negative";
    return [say(), show(number, swapped || carried)];
  }

  function announce(texts) {
    at("drive-news").textContent = words.joined(texts);
  }

  const clock = createClock((seconds) => {
    const length = film.length(steps[step].cue_id);
    const now = Math.min(seconds / length, 1);
    showStep(step, prefersStill() ? 1 : now);
    if (seconds < length + HOLD_S) return true;
    if (step === steps.length - 1) {
      showRunning(at("play"), words, false, "drive.play");
      return false;
    }
    announce(showStep(step + 1, prefersStill() ? 1 : 0));
    clock.start();
    return true;
  });

  function halt() {
    clock.stop();
    showRunning(at("play"), words, false, "drive.play");
    energy.step = 1;
  }

  function go(to) {
    halt();
    announce(showStep(Math.min(Math.max(to, 0), steps.length - 1), 1));
  }

  at("back").addEventListener("click", () => go(free ? step : step - 1));
  at("forward").addEventListener("click", () => go(free ? step : step + 1));
  at("watch").addEventListener("click", () => film.watch(steps[step].cue_id));
  film.onPlay(halt);
  at("play").addEventListener("click", () => {
    if (clock.running) return halt();
    film.pause();
    if (step === steps.length - 1 && share === 1) step = 0;
    announce(showStep(step, prefersStill() ? 1 : 0));
    clock.start();
    showRunning(at("play"), words, true, "drive.play");
  });
  energy.addEventListener("input", () => {
    const number = Math.round(energy.valueAsNumber);
    halt();
    free = true;
    say();
    show(number, state.swapped);
  });
  words.onChange(() => {
    say();
    draw();
  });
  colours.onChange(draw);
  showStep(0, 1);
}
