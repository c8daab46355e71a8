import { onSize, put, rem, shape } from "./svg.js";

const COLUMNS = 20;

/** Two levels with a seat for every particle on each, and how many sit there. */
export function createLevels(svg, { particles, order, colours, words }) {
  const rows = particles / COLUMNS;
  const seats = Array.from({ length: 2 * particles }, () => shape(svg, "circle", { class: "seat" }));
  const dots = Array.from({ length: particles }, () => shape(svg, "circle", { class: "dot" }));
  const lines = [0, 1].map(() => shape(svg, "line", { class: "level" }));
  const names = [0, 1].map(() => shape(svg, "text"));
  const counts = [0, 1].map(() => shape(svg, "text", { class: "count", "text-anchor": "end" }));
  let lift = 0;
  let shown = null;

  onSize(svg, (width, height) => {
    const unit = rem();
    const right = width - 3.6 * unit;
    const pitch = Math.min(right / COLUMNS, (height - 4.1 * unit) / (2 * rows));
    const span = Math.max(right, COLUMNS * pitch);
    const step = span / COLUMNS;
    const bottom = height - 1.6 * unit;
    const top = rows * pitch + 4;
    lift = bottom - top;
    dots.forEach((dot, i) => {
      const cx = (i % COLUMNS + 0.5) * step;
      const cy = bottom - (Math.floor(i / COLUMNS) + 0.62) * pitch;
      put(dot, { cx, cy, r: 0.33 * pitch });
      put(seats[i], { cx, cy, r: 1.3 });
      put(seats[i + particles], { cx, cy: cy - lift, r: 1.3 });
    });
    [bottom, top].forEach((y, i) => {
      put(lines[i], { x1: 0, x2: span, y1: y, y2: y });
      put(names[i], { x: 0, y: y + 1.25 * unit });
      put(counts[i], { x: width, y: y - (rows * pitch) / 2 + 0.55 * unit });
    });
    if (shown) draw(shown);
  });

  function draw(state) {
    shown = state;
    const upper = Math.round(state.above);
    const colour = colours.of(state.above / particles);
    dots.forEach((dot, i) => {
      const up = state.swapped ? order[i] >= particles - upper : order[i] < upper;
      dot.style.transform = `translateY(${up ? -lift : 0}px)`;
      dot.style.fill = colour;
    });
    put(names[0], { text: words.text("label.inversion.lower") });
    put(names[1], { text: words.text("label.inversion.upper") });
    put(counts[0], { text: words.quantity(particles - upper, 0) });
    put(counts[1], { text: words.quantity(upper, 0) });
    const values = { upper: words.quantity(upper, 0), lower: words.quantity(particles - upper, 0) };
    svg.setAttribute("aria-label", words.text("drive.levels_picture", values));
  }
  return { draw };
}
