import { onSize, path, put, rem, shape } from "./svg.js";
import { between } from "./table.js";

const STRETCHES = 50;
const NARROW_REM = 28;

/** Entropy over energy, with the state as a point and its tangent. */
export function createDome(svg, { above, entropy, slope, colours, words }) {
  const last = above.length - 1;
  const particles = above[last];
  const highest = Math.max(...entropy);
  const axes = shape(svg, "path", { class: "faint" });
  const ghost = shape(svg, "path", { class: "faint" });
  const climbed = Array.from({ length: STRETCHES }, () =>
    shape(svg, "path", { fill: "none", "stroke-width": 4.5, "stroke-linecap": "round" }),
  );
  const sides = ["label.dome.positive", "label.dome.infinite", "label.dome.negative"];
  const names = sides.map(() => shape(svg, "text", { "text-anchor": "middle" }));
  const axisName = shape(svg, "text");
  const tangent = shape(svg, "line", { class: "ink" });
  const point = shape(svg, "circle", { class: "marker" });
  let frame = null;
  let shown = null;

  const onCurve = (row) => [
    frame.left + (between(above, row) / particles) * frame.width,
    frame.bottom - (between(entropy, row) / highest) * frame.height,
  ];

  onSize(svg, (width, height) => {
    const unit = rem();
    const inset = 0.75 * unit;
    frame = { left: inset, width: width - 2 * inset, bottom: height - 0.65 * unit, height: height - 3.2 * unit, unit };
    const { left, bottom } = frame;
    const tip = 0.3 * unit;
    put(axes, {
      d: `${path([[left, 0.3 * unit], [left, bottom], [width, bottom]])}` +
        path([[left - tip, tip + 0.4 * unit], [left, 0.3 * unit], [left + tip, tip + 0.4 * unit]]) +
        path([[width - tip, bottom - tip], [width, bottom], [width - tip, bottom + tip]]),
    });
    put(ghost, { d: path(Array.from({ length: 201 }, (_, i) => onCurve(Math.round((i / 200) * last)))) });
    put(axisName, { x: left + 0.7 * unit, y: 0.85 * unit });
    // Where three names have no room beside one another, only the one that holds is shown.
    frame.narrow = width < NARROW_REM * unit;
    const place = frame.narrow ? [0.5, 0.5, 0.5] : [0.28, 0.5, 0.72];
    names.forEach((name, i) => {
      const y = i === 1 && !frame.narrow ? bottom - frame.height + 2.2 * unit : bottom - 0.9 * unit;
      put(name, { x: left + place[i] * frame.width, y });
    });
    if (shown) draw(shown);
  });

  function draw(state) {
    shown = state;
    if (!frame) return;
    const { row, x } = state;
    const [px, py] = onCurve(row);
    const side = x === 0 ? 1 : x > 0 ? 0 : 2;
    climbed.forEach((stretch, i) => {
      const from = Math.round((i / STRETCHES) * last);
      const to = Math.min(Math.round(((i + 1) / STRETCHES) * last), row);
      const points = [];
      for (let at = from; at < to; at += 4) points.push(onCurve(at));
      if (to > from) points.push(onCurve(to));
      put(stretch, { d: points.length ? path(points) : "", stroke: colours.of((i + 0.5) / STRETCHES) });
    });
    // The slope is the table's own; only the picture's two scales are put to it.
    const across = frame.width / particles;
    const rise = (between(slope, row) * frame.height) / highest;
    const length = (4.2 * frame.unit) / Math.hypot(across, rise);
    put(tangent, { x1: px - across * length, y1: py + rise * length, x2: px + across * length, y2: py - rise * length });
    put(point, { cx: px, cy: py, r: 0.5 * frame.unit, fill: colours.of(between(above, row) / particles) });
    sides.forEach((id, i) => put(names[i], { text: frame.narrow && i !== side ? "" : words.text(id), class: i === side ? "strong" : "" }));
    put(axisName, { text: words.text("label.common.entropy") });
    svg.setAttribute("aria-label", words.text(["drive.dome_rises", "drive.dome_flat", "drive.dome_falls"][side]));
  }
  return { draw };
}
