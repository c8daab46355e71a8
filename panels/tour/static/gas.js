import { createPlot } from "./plot.js";
import { column } from "./table.js";

/** A gas and spins that are given the same energy a particle: the entropy of each, and how hot it is. */
export function createGas({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const table = Object.fromEntries(Object.entries(tables.gas).map(([name, values]) => [name, column(values)]));
  const energy = at("gas-energy");
  const plots = { gas: createPlot(at("gas-picture")), spins: createPlot(at("gas-spins-picture")) };
  const share = (row) => table.energy_percent[row] / 100;

  function draw() {
    const row = energy.valueAsNumber;
    const values = { energy: words.quantity(table.energy_percent[row], 0, "%") };
    for (const [name, plot] of Object.entries(plots)) {
      const [entropy, place] = [table[`${name}_entropy`], table[`${name}_place`]];
      const points = Array.from(entropy, (height, i) => [share(i), height]);
      plot.draw({ zero: 0, curves: [{ points, mark: points[row], colour: colours.of(place[row]) }] });
      values[name] = words.quantity(table[`${name}_mK`][row], 1, "mK", true);
      at(`gas-${name}`).textContent = values[name];
    }
    at("gas-energy-value").textContent = values.energy;
    at("gas-picture").setAttribute("aria-label", words.text("gas.picture", values));
    at("gas-spins-picture").setAttribute("aria-label", words.text("gas.spins_picture", values));
    energy.setAttribute("aria-valuetext", words.text("gas.value", values));
  }

  energy.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
