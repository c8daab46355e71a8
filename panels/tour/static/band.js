import { path, put, redrawn, rem, shape } from "./svg.js";
import { column } from "./table.js";

/** A band of energies over momentum, with a dot wherever atoms are, as large in area as they are many. */
function createPicture(svg, energy) {
  const edges = [0, 1].map(() => shape(svg, "line", { class: "faint" }));
  const curve = shape(svg, "path", { class: "ink" });
  const dots = Array.from(energy, () => shape(svg, "circle"));

  function lay(state, [width, height]) {
    if (!width) return;
    const unit = rem();
    const largest = Math.min(0.9 * unit, width / energy.length);
    const place = (share, i) => [
      largest + (i / (energy.length - 1)) * (width - 2 * largest),
      height - largest - share * (height - 2 * largest),
    ];
    [0, 1].forEach((share, i) => {
      const [, y] = place(share, 0);
      put(edges[i], { x1: 0, x2: width, y1: y, y2: y });
    });
    const points = Array.from(energy, place);
    put(curve, { d: path(points) });
    points.forEach(([cx, cy], i) => put(dots[i], { cx, cy, r: largest * Math.sqrt(state.density[i]), fill: state.colour }));
  }

  return { draw: redrawn(svg, lay) };
}

/** Atoms that move in a lattice, by their coldness: where in the band they are. */
export function createBand({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const [T_nK, mean, place] = ["T_nK", "mean_percent", "place"].map((name) => column(tables.band[name]));
  const density = tables.band.density.map(column);
  const coldness = at("band-coldness");
  const picture = createPicture(at("band-picture"), column(tables.band.energy));

  function draw() {
    const row = coldness.valueAsNumber;
    const values = { T: words.quantity(T_nK[row], 0, "nK", true), energy: words.quantity(mean[row], 0, "%") };
    picture.draw({ density: density[row], colour: colours.of(place[row]) });
    at("band-temperature").textContent = values.T;
    at("band-energy").textContent = values.energy;
    at("band-picture").setAttribute("aria-label", words.text("band.picture", values));
    coldness.setAttribute("aria-valuetext", words.text("band.value", values));
  }

  coldness.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
