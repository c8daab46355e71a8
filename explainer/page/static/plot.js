import { onSize, path, put, rem, shape } from "./svg.js";

/** A curve in a frame with a marker on it: all places are shares, 0 to 1, of its width and, upward, of its height. */
export function createPlot(svg) {
  const zero = shape(svg, "line", { class: "faint" });
  const curve = shape(svg, "path", { class: "ink" });
  const marker = shape(svg, "circle", { class: "marker", visibility: "hidden" });
  let size = [0, 0];
  let shown = null;

  function draw(state) {
    shown = state;
    const [width, height] = size;
    if (!width) return;
    const edge = 0.6 * rem();
    const at = ([x, y]) => [edge + x * (width - 2 * edge), height - edge - y * (height - 2 * edge)];
    const [x1, y] = at([0, state.zero]);
    put(zero, { x1, x2: width - edge, y1: y, y2: y });
    put(curve, { d: path(state.points.map(at)) });
    if (!state.mark) return;
    const [cx, cy] = at(state.mark);
    put(marker, { cx, cy, r: 0.5 * rem(), fill: state.colour, visibility: "visible" });
  }

  onSize(svg, (width, height) => {
    size = [width, height];
    if (shown) draw(shown);
  });
  return { draw };
}
