import { createReadings } from "./readings.js";
import { put, redrawn, rem, shape } from "./svg.js";
import { column } from "./table.js";

const GAP = 0.12;
const OTHERS = 0.45;

/** Every way to choose `above` of so many places, as lists of places. */
function choices(places, above, first = 0) {
  if (above === 0) return [[]];
  const found = [];
  for (let i = first; i <= places - above; i += 1) {
    for (const rest of choices(places, above - 1, i + 1)) found.push([i, ...rest]);
  }
  return found;
}

/** Stacks over the energy: of few protons each arrangement, of many columns as high as the entropy. */
function createStacks(svg, few, most, colours) {
  const name = shape(svg, "text");
  const columns = Array.from({ length: most + 1 }, () => shape(svg, "rect"));
  const drawn = Array.from({ length: few + 1 }, (_, above) => choices(few, above));
  const dots = drawn.map((ways) => ways.map(() => Array.from({ length: few }, () => shape(svg, "circle"))));

  function lay(state, [width, height]) {
    const { entropy, above, label } = state;
    const unit = rem();
    const last = entropy.length - 1;
    const one = last === few;
    const room = height - 1.6 * unit;
    const pitch = width / (last + 1);
    const highest = Math.max(...entropy);
    put(name, { x: 0, y: 0.85 * unit, text: label });
    columns.forEach((box, i) => {
      const tall = one ? 0 : Math.max((room * entropy[i]) / highest, 1.5);
      const shape = { x: (i + GAP / 2) * pitch, width: (1 - GAP) * pitch, y: height - tall, height: tall };
      if (i > last || one) put(box, { width: 0, height: 0 });
      else put(box, { ...shape, fill: colours.of(i / last), "fill-opacity": i === above ? 1 : OTHERS });
    });
    const rows = Math.max(...drawn.map((ways) => ways.length));
    const cell = Math.min((0.8 * pitch) / few, room / rows);
    dots.forEach((ways, i) => ways.forEach((way, row) => way.forEach((dot, place) => {
      const up = drawn[i][row].includes(place);
      const cx = (i + 0.5) * pitch + (place - (few - 1) / 2) * cell;
      const cy = height - (row + 0.5) * (room / rows);
      const colour = colours.of(i / few);
      put(dot, {
        cx, cy, r: 0.32 * cell, fill: up ? colour : "none", stroke: colour, "stroke-width": 1.5,
        opacity: i === above ? 1 : OTHERS, visibility: one ? "visible" : "hidden",
      });
    })));
  }

  return { draw: redrawn(svg, lay) };
}

/** The arrangements of protons on two levels, counted: how many there are at each energy, and their entropy. */
export function createArrangements({ tables }, words, colours) {
  const readings = createReadings(words);
  const at = (id) => document.getElementById(id);
  const { particles } = tables.arrangements;
  const [ways, entropy] = ["ways", "entropy_over_k"].map((name) => tables.arrangements[name].map(column));
  const [crowd, arranged] = [at("crowd"), at("arranged")];
  const stacks = createStacks(at("stacks"), particles[0], particles.at(-1), colours);

  function draw() {
    const which = crowd.valueAsNumber;
    arranged.max = particles[which];
    const above = arranged.valueAsNumber;
    const label = words.text(which === 0 ? "label.dome.arrangements" : "label.common.entropy");
    stacks.draw({ entropy: entropy[which], above, label });
    const values = {
      particles: words.quantity(particles[which], 0),
      upper: words.quantity(above, 0),
      ways: readings.ways(ways[which][above]),
      entropy: readings.entropy(entropy[which][above]),
    };
    at("ways").textContent = values.ways;
    at("ways-entropy").textContent = values.entropy;
    at("crowd-value").textContent = values.particles;
    at("arranged-value").textContent = values.upper;
    const said = words.text("arrangements.value", values);
    at("stacks").setAttribute("aria-label", words.text("arrangements.picture", values));
    crowd.setAttribute("aria-valuetext", said);
    arranged.setAttribute("aria-valuetext", said);
  }

  for (const control of [crowd, arranged]) control.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
