import { createLadder } from "./ladder.js";
import { createReadings } from "./readings.js";
import { column } from "./table.js";

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
