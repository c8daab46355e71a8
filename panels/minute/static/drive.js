import { createAxis } from "./axis.js";
import { createDome } from "./dome.js";
import { createLevels } from "./levels.js";
import { createReadings } from "./readings.js";
import { between, column } from "./table.js";
import { createTyping } from "./typing.js";

const PLAY = "M7 4.5v15l13-7.5z";
const PAUSE = "M6.5 5h4v14h-4zM13.5 5h4v14h-4z";
const TYPED_DECIMALS = 4;

/** Show a button as the one that starts or stops. */
export function showRunning(button, words, running, start) {
  button.querySelector("path").setAttribute("d", running ? PAUSE : PLAY);
  words.name(button, running ? "drive.pause" : start);
}

/** The two-level system that the reader drives. */
export function createDrive({ tables }, words, colours) {
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
    energy.step = state.typed ? "any" : state.moving ? 1 / rows : 1;
    energy.value = state.above;
    return words.text("drive.value", values);
  }

  /** So many protons above; `moving` while they do not stay there. */
  function show(number, swapped, moving) {
    const row = Math.round(number * rows);
    state = { row, above: above[row], x: x[row], T_mK: T_mK[row], place: temperature[row], swapped, moving };
    typing.clear();
    return draw();
  }

  /** A temperature that was typed: the populations are computed here, and places lie between the tables' rows. */
  function showTyped(T_K) {
    const cold = gap_K / T_K || 0;
    const share = 1 / (1 + Math.exp(cold));
    const place = 0.5 + Math.atan(1 / cold) / Math.PI;
    state = { row: share * (above.length - 1), above: share * particles, x: cold, T_mK: T_K * 1e3, place, swapped: state.swapped, typed: true };
    at("typed-said").textContent = draw();
  }

  const typing = createTyping([at("typed-temperature"), at("typed-coldness")], at("typed-said"), words, showTyped);

  energy.addEventListener("input", () => {
    show(Math.round(energy.valueAsNumber), state.swapped, false);
  });
  words.onChange(() => {
    const said = draw();
    if (state.typed) at("typed-said").textContent = said;
  });
  colours.onChange(draw);
  show(energy.valueAsNumber, false, false);
  return {
    control: energy.id,
    show,
    rest() {
      energy.step = state.typed ? "any" : 1;
    },
  };
}
