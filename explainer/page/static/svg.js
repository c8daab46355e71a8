import { onPaper } from "./print.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make an SVG element inside another. */
export function shape(parent, name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  parent.append(made);
  return put(made, attributes);
}

/** Write attributes; `text` is the element's content. */
export function put(target, { text, ...attributes }) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  if (text !== undefined) target.textContent = text;
  return target;
}

/** A path through points. */
export const path = (points) => "M" + points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L");

/** Call `lay(width, height)` in CSS pixels now and whenever the drawing or the page's letters change their size. */
export function onSize(svg, lay) {
  let last = "";
  const measure = () => {
    const { width, height } = svg.getBoundingClientRect();
    const size = `${width} ${height} ${rem()}`;
    if (!width || size === last) return;
    last = size;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    lay(width, height);
  };
  new ResizeObserver(measure).observe(svg);
  onPaper(measure);
  document.addEventListener("letters", measure);
  measure();
}

/** What draws a state: `lay(state, [width, height])` at once, and again whenever the drawing changes its size. */
export function redrawn(svg, lay) {
  let size = [0, 0];
  let shown = null;
  onSize(svg, (width, height) => {
    size = [width, height];
    if (shown) lay(shown, size);
  });
  return (state) => {
    shown = state;
    lay(state, size);
  };
}

/** The root element's font size, in pixels. */
export const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
