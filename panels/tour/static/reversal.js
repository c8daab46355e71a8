import { createPlot } from "./plot.js";
import { column } from "./table.js";

/** Spins after a sudden reversal of their field: coldness over time. */
export function createReversal({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const [t_s, T_K, per_kK, place] = ["t_s", "T_K", "per_kK", "place"].map((name) => column(tables.reversal[name]));
  const time = at("reversal-time");
  const plot = createPlot(at("reversal-picture"));
  const point = (row) => [row / (t_s.length - 1), 1 - place[row]];
  const points = [...t_s.keys()].map(point);

  function draw() {
    const row = time.valueAsNumber;
    const values = {
      time: words.quantity(t_s[row], 0, "s"),
      T: words.quantity(T_K[row], 0, "K", true),
      coldness: words.quantity(per_kK[row], 2, "kK⁻¹", true),
    };
    plot.draw({ zero: 0.5, curves: [{ points, mark: point(row), colour: colours.of(place[row]) }] });
    at("reversal-temperature").textContent = values.T;
    at("reversal-coldness").textContent = values.coldness;
    at("reversal-time-value").textContent = values.time;
    at("reversal-picture").setAttribute("aria-label", words.text("reversal.picture", values));
    time.setAttribute("aria-valuetext", words.text("reversal.value", values));
  }

  time.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
