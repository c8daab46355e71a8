import { createPlot } from "./plot.js";
import { column } from "./table.js";

const ROOM = 0.94;
/** Of the height, for the inversion at threshold: what it cannot pass. */
const CLAMPED = 0.6;

/** A four-level laser by its pump: inversion, light, and the temperatures of two pairs of its levels. */
export function createPump({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const table = Object.fromEntries(Object.entries(tables.pump).map(([name, values]) => [name, name === "first" ? values : column(values)]));
  const pump = at("pump-pump");
  const plot = createPlot(at("pump-picture"), 2);
  const most = table.pump[table.pump.length - 1];
  const curve = (heights) => Array.from(heights, (height, i) => [table.pump[i] / most, height]);
  const inversion = curve(table.inversion.map((height) => CLAMPED * height));
  const light = curve(table.light.map((height) => ROOM * height));

  function draw() {
    const row = pump.valueAsNumber;
    const values = {
      pump: words.quantity(table.pump[row], 2),
      inversion: words.quantity(100 * table.inversion[row], 0, "%"),
      light: words.quantity(100 * table.light[row], 0, "%"),
      lasing: words.quantity(table.lasing_K[row], 0, "K", true),
      ground: words.quantity(table.ground_K[row], 0, "K", true),
    };
    const named = (id, place, anchor) => ({ text: words.text(id), at: place, anchor });
    plot.draw({
      zero: 0,
      curves: [
        { points: inversion, mark: inversion[row], colour: colours.of(0.75), name: named("pump.inversion", [0.34, CLAMPED + 0.06], "start") },
        { points: light, mark: light[row], colour: colours.of(1), name: named("pump.light", [0.8, 0.45], "start") },
      ],
    });
    at("pump-lasing").textContent = values.lasing;
    at("pump-ground").textContent = values.ground;
    at("pump-pump-value").textContent = values.pump;
    at("pump-picture").setAttribute("aria-label", words.text("pump.picture", values));
    pump.setAttribute("aria-valuetext", words.text("pump.value", values));
  }

  pump.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
