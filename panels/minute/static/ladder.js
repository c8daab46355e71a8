import { put, redrawn, rem, shape } from "./svg.js";

const BAR = 1.6;
/** Distance of the levels where nothing parts them: room for a bar, and as much again. */
const NEAREST = 2.6;

/** Two lines, as far apart as the field puts them, each with a bar as long as its population. */
export function createLadder(svg, colours, words) {
  const bars = [0, 1].map(() => shape(svg, "rect", { rx: 3 }));
  const lines = [0, 1].map(() => shape(svg, "line", { class: "level" }));
  const counts = [0, 1].map(() => shape(svg, "text", { class: "count" }));

  function lay(state, [width, height]) {
    const unit = rem();
    const { upper, particles, apart } = state;
    const room = width - 2.6 * unit;
    // A field moves one level down as far as the other up, around the middle.
    const spread = NEAREST * unit + apart * (height - (NEAREST + BAR + 0.2) * unit);
    const bottom = (height + spread + BAR * unit) / 2;
    const top = bottom - spread;
    const colour = colours.of(upper / particles);
    [[bottom, particles - upper], [top, upper]].forEach(([y, count], i) => {
      put(lines[i], { x1: 0, x2: width, y1: y, y2: y });
      put(bars[i], { x: 0, y: y - BAR * unit, width: (room * count) / particles, height: 1.3 * unit, fill: colour });
      put(counts[i], { x: (room * count) / particles + 0.5 * unit, y: y - 0.4 * unit, text: words.quantity(count, 0) });
    });
  }

  return { draw: redrawn(svg, lay) };
}
