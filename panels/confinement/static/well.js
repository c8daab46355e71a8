import { createPlot } from "./plot.js";
import { column } from "./table.js";

/** A particle in the well, level by level: its wave, its energy and how much of that is motion. */
export function createWell({ tables }, words) {
  const at = (id) => document.getElementById(id);
  const { bound } = tables.well;
  const [energy, kinetic] = ["energy_eV", "kinetic_eV"].map((name) => column(tables.well[name]));
  const waves = tables.well.waves.map(column);
  const level = at("well-level");
  const plot = createPlot(at("well-picture"));

  function draw() {
    const n = level.valueAsNumber;
    const values = {
      level: words.quantity(n + 1, 0),
      energy: words.quantity(energy[n], 3, "eV", true),
      kinetic: words.quantity(kinetic[n], 3, "eV"),
    };
    const points = [...waves[n]].map((height, i) => [i / (waves[n].length - 1), 0.5 + 0.5 * height]);
    plot.draw({ zero: 0.5, curves: [{ points }] });
    at("well-energy").textContent = values.energy;
    at("well-kinetic").textContent = values.kinetic;
    at("well-level-value").textContent = values.level;
    at("well-place").textContent = words.text(n < bound ? "well.bound" : "well.free");
    at("well-picture").setAttribute("aria-label", words.text("well.picture", values));
    level.setAttribute("aria-valuetext", words.text("well.value", values));
  }

  level.addEventListener("input", draw);
  words.onChange(draw);
  draw();
}
