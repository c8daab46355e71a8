import { path, put, redrawn, rem, shape } from "./svg.js";

/** Curves in a frame, each with a marker on it: all places are shares, 0 to 1, of its width and, upward, of its height. */
export function createPlot(svg, curves = 1) {
  const zero = shape(svg, "line", { class: "faint" });
  const made = Array.from({ length: curves }, () => ({
    line: shape(svg, "path", { class: "ink" }),
    marker: shape(svg, "circle", { class: "marker", visibility: "hidden" }),
    name: shape(svg, "text"),
  }));

  /** Curves as {points, mark, colour, name: {text, at, anchor}}, all but the points at will; `zero` is a line's height. */
  function lay(state, [width, height]) {
    if (!width) return;
    const edge = 0.6 * rem();
    const at = ([x, y]) => [edge + x * (width - 2 * edge), height - edge - y * (height - 2 * edge)];
    const [x1, y] = at([0, state.zero]);
    put(zero, { x1, x2: width - edge, y1: y, y2: y });
    state.curves.forEach(({ points, mark, colour, name }, i) => {
      const { line, marker, name: written } = made[i];
      put(line, { d: path(points.map(at)) });
      if (mark) {
        const [cx, cy] = at(mark);
        put(marker, { cx, cy, r: 0.5 * rem(), fill: colour, visibility: "visible" });
      }
      if (name) {
        const [x, y] = at(name.at);
        put(written, { x, y, "text-anchor": name.anchor, text: name.text });
      }
    });
  }

  return { draw: redrawn(svg, lay) };
}
