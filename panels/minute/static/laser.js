import { createLadder } from "./ladder.js";
import { createPlot } from "./plot.js";
import { createReadings } from "./readings.js";
import { column } from "./table.js";

const ROOM = 0.94;
const PER_KELVIN = 1e3;

/** The film's laser by its pump: atoms on its two levels, its light, and the temperature of those levels alone. */
export function createLaser({ tables }, words, colours) {
  const readings = createReadings(words);
  const at = (id) => document.getElementById(id);
  const table = tables.laser;
  const { particles } = table;
  const [pumps, above, light, ratio, T_K] = ["pump", "above", "light", "ratio", "T_K"].map((name) => column(table[name]));
  const pump = at("laser-pump");
  const ladder = createLadder(at("laser-levels"), colours, words);
  const plot = createPlot(at("laser-light"), 1);
  const most = pumps[pumps.length - 1];
  const curve = Array.from(light, (height, i) => [pumps[i] / most, ROOM * height]);

  function draw() {
    const row = pump.valueAsNumber;
    const upper = Math.round(above[row]);
    const colour = colours.of(above[row] / particles);
    ladder.draw({ upper, particles, apart: 1 });
    const name = { text: words.text("laser.light"), at: [0.02, ROOM - 0.08], anchor: "start" };
    plot.draw({ zero: 0, curves: [{ points: curve, mark: curve[row], colour, name }] });
    const values = {
      pump: words.quantity(pumps[row], 2),
      upper: words.quantity(upper, 0),
      lower: words.quantity(particles - upper, 0),
      light: words.quantity(100 * light[row], 0, "%"),
      ratio: words.quantity(ratio[row], 2),
      T: readings.temperature(PER_KELVIN * T_K[row]),
    };
    at("laser-temperature").textContent = values.T;
    at("laser-temperature").style.color = colour;
    at("laser-ratio").textContent = values.ratio;
    at("laser-pump-value").textContent = values.pump;
    at("laser-levels").setAttribute("aria-label", words.text("laser.levels_picture", values));
    at("laser-light").setAttribute("aria-label", words.text("laser.light_picture", values));
    pump.setAttribute("aria-valuetext", words.text("laser.value", values));
  }

  pump.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
