import { createAxis } from "./axis.js";
import { createDome } from "./dome.js";
import { createLevels } from "./levels.js";
import { createClock, ease, prefersStill } from "./motion.js";
import { createReadings } from "./readings.js";
import { between, column } from "./table.js";
import { createTyping } from "./typing.js";

const PLAY = "M7 4.5v15l13-7.5z";
const PAUSE = "M6.5 5h4v14h-4zM13.5 5h4v14h-4z";
const HOLD_S = 0.8;
const TYPED_DECIMALS = 4;

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
  const { particles, rows_a_particle: rows, gap_K } = table;
  const energy = at("energy");
  const levels = createLevels(at("levels"), { particles, order: column(table.order), colours, words });
  const dome = createDome(at("dome"), { above, entropy, slope, colours, words });
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
  let state = {};
  let step = 0;
  let share = 1;
  let free = false;

  function draw() {
    const { row } = state;
    const colour = colours.of(state.above / particles);
    levels.draw(state);
    dome.draw(state);
    coldnessAxis.draw([{ place: between(coldness, row), colour }]);
    temperatureAxis.draw([{ place: state.place, colour, both: !Number.isFinite(state.T_mK) }]);
    const upper = state.typed ? state.above : Math.round(state.above);
    const decimals = state.typed ? TYPED_DECIMALS : 0;
    const values = {
      upper: words.quantity(upper, decimals),
      lower: words.quantity(particles - upper, decimals),
      T: readings.temperature(state.T_mK),
      beta: readings.coldness(state.x),
      entropy: readings.entropy(between(entropy, row)),
    };
    at("temperature").textContent = values.T;
    at("temperature").style.color = colour;
    at("coldness").textContent = values.beta;
    at("entropy").textContent = values.entropy;
    at("factor").textContent = readings.factor(state.x);
    at("energy-value").textContent = words.quantity(state.above, Number.isInteger(state.above) ? 0 : decimals || 1);
    at("limit").textContent = Number.isFinite(state.x) ? "" : words.text("drive.limit");
    at("coldness-axis").setAttribute("aria-label", words.text("drive.coldness_picture", { beta: values.beta }));
    at("temperature-axis").setAttribute("aria-label", words.text("drive.temperature_picture", { T: values.T }));
    energy.setAttribute("aria-valuetext", words.text("drive.value", values));
    energy.step = state.typed ? "any" : clock.running ? 1 / rows : 1;
    energy.value = state.above;
    return words.text("drive.value", values);
  }

  function show(number, swapped) {
    const row = Math.round(number * rows);
    state = { row, above: above[row], x: x[row], T_mK: T_mK[row], place: temperature[row], swapped };
    typing.clear();
    return draw();
  }

  /** A temperature that was typed: the populations are computed here, and places lie between the tables' rows. */
  function showTyped(T_K) {
    const cold = gap_K / T_K || 0;
    const share = 1 / (1 + Math.exp(cold));
    halt();
    free = true;
    say();
    const place = 0.5 + Math.atan(1 / cold) / Math.PI;
    state = { row: share * (above.length - 1), above: share * particles, x: cold, T_mK: T_K * 1e3, place, swapped: state.swapped, typed: true };
    at("typed-said").textContent = draw();
  }

  const typing = createTyping([at("typed-temperature"), at("typed-coldness")], at("typed-said"), words, showTyped);

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
    const said = draw();
    if (state.typed) at("typed-said").textContent = said;
  });
  colours.onChange(draw);
  showStep(0, 1);
}
