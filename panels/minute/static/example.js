import { createReadings } from "./readings.js";
import { put, rem, shape, onSize } from "./svg.js";
import { column } from "./table.js";

/** Two lines, as far apart as the field puts them, each with a bar as long as its population. */
function createLadder(svg, colours, words) {
  const bars = [0, 1].map(() => shape(svg, "rect", { rx: 3 }));
  const lines = [0, 1].map(() => shape(svg, "line", { class: "level" }));
  const counts = [0, 1].map(() => shape(svg, "text", { class: "count" }));
  let size = [0, 0];
  let shown = null;

  function draw(state) {
    shown = state;
    const [width, height] = size;
    const unit = rem();
    const { upper, particles, apart } = state;
    const room = width - 2.6 * unit;
    // The field moves one level down as far as the other up, around the middle.
    const spread = 2.6 * unit + apart * (height - 5.4 * unit);
    const bottom = (height + spread + 1.6 * unit) / 2;
    const top = bottom - spread;
    const colour = colours.of(upper / particles);
    [[bottom, particles - upper], [top, upper]].forEach(([y, count], i) => {
      put(lines[i], { x1: 0, x2: width, y1: y, y2: y });
      put(bars[i], { x: 0, y: y - 1.6 * unit, width: (room * count) / particles, height: 1.3 * unit, fill: colour });
      put(counts[i], { x: (room * count) / particles + 0.5 * unit, y: y - 0.4 * unit, text: words.quantity(count, 0) });
    });
  }

  onSize(svg, (width, height) => {
    size = [width, height];
    if (shown) draw(shown);
  });
  return { draw };
}

/** The worked example: temperatures before and after a swap, at a field and an inversion. */
export function createExample({ tables }, words, colours) {
  const readings = createReadings(words);
  const at = (id) => document.getElementById(id);
  const table = tables.example;
  const { particles } = tables.two_level;
  const [fields, inverted, ratio, splitting, apart] = [
    "field_T", "above", "ratio", "splitting_1e26_J", "splitting_of_largest",
  ].map((name) => column(table[name]));
  const moments = [
    { id: "before", rows: table.before_mK.map(column), up: (count) => particles - count },
    { id: "after", rows: table.after_mK.map(column), up: (count) => count },
  ];
  const ladders = moments.map(({ id }) => createLadder(at(id), colours, words));

  function draw() {
    const [field, place] = [at("field").valueAsNumber, at("inverted").valueAsNumber];
    const said = moments.map(({ id, rows, up }, i) => {
      const upper = up(inverted[place]);
      const T = readings.temperature(rows[field][place]);
      ladders[i].draw({ upper, particles, apart: apart[field] });
      at(`${id}-temperature`).textContent = T;
      at(`${id}-temperature`).style.color = colours.of(upper / particles);
      const values = { upper: words.quantity(upper, 0), lower: words.quantity(particles - upper, 0), T };
      const text = words.text("example.value", values);
      at(id).setAttribute("aria-label", `${words.text(`example.${id}`)}: ${text}`);
      return text;
    });
    const B = words.quantity(fields[field], 1, "T");
    at("field-value").textContent = B;
    at("inverted-value").textContent = words.quantity(inverted[place], 0);
    at("splitting").textContent = words.quantity(splitting[field], 2, "× 10⁻²⁶ J");
    at("ratio").textContent = words.quantity(ratio[place], 2);
    at("field").setAttribute("aria-valuetext", `${B}. ${said[1]}`);
    at("inverted").setAttribute("aria-valuetext", said[1]);
  }

  for (const id of ["field", "inverted"]) at(id).addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
