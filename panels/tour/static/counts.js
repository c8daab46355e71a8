import { createPlot } from "./plot.js";
import { column } from "./table.js";

/** Of the height; above it is room for a name. */
const TOP = 0.84;

/** Two ways to count states of the same spins, their entropies, and the temperature that each gives. */
export function createCounts({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const [at_mK, upto_mK] = [column(tables.counts.at_mK), column(tables.counts.upto_mK)];
  const curve = (name) => [...column(tables.counts[name])].map((height, i, all) => [i / (all.length - 1), TOP * height]);
  const [dome, climb] = [curve("at_entropy"), curve("upto_entropy")];
  const up = at("counts-up");
  const plot = createPlot(at("counts-picture"), 2);

  function draw() {
    const n = up.valueAsNumber;
    const values = {
      up: words.quantity(n, 0),
      at: words.quantity(at_mK[n], 1, "mK", true),
      upto: words.quantity(upto_mK[n], 1, "mK", true),
    };
    const colour = colours.of(n / at_mK.length);
    plot.draw({
      zero: 0,
      curves: [
        { points: dome, mark: dome[n], colour, name: { text: words.text("counts.at"), at: [0.5, 0.2], anchor: "middle" } },
        { points: climb, mark: climb[n], colour, name: { text: words.text("counts.upto"), at: [1, 0.94], anchor: "end" } },
      ],
    });
    at("counts-at").textContent = values.at;
    at("counts-upto").textContent = values.upto;
    at("counts-up-value").textContent = values.up;
    at("counts-picture").setAttribute("aria-label", words.text("counts.picture"));
    up.setAttribute("aria-valuetext", words.text("counts.value", values));
  }

  up.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
