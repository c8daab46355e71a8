import { onSize, put, rem, shape } from "./svg.js";

/** Where a stop lies; where hottest meets coldest both stops lie at one place. */
function offset(hotness, i) {
  const leaps = hotness.findIndex((hot, at) => at > 0 && hot < hotness[at - 1]);
  const steps = hotness.length - (leaps > 0 ? 2 : 1);
  return (leaps > 0 && i >= leaps ? i - 1 : i) / steps;
}

/** Centres of texts moved apart, as little as need be, where they would lie on one another. */
function apart(centres, widths, gap, end) {
  const order = [...centres.keys()].sort((a, b) => centres[a] - centres[b]);
  const placed = [...centres];
  for (let turn = 0; turn < centres.length; turn += 1) {
    order.slice(1).forEach((right, i) => {
      const left = order[i];
      const short = (widths[left] + widths[right]) / 2 + gap - (placed[right] - placed[left]);
      if (short <= 0) return;
      placed[left] -= short / 2;
      placed[right] += short / 2;
    });
  }
  return placed.map((x, i) => Math.min(Math.max(x, widths[i] / 2), end - widths[i] / 2));
}

/** A strip coloured by `hotness` from left to right, with markers on it; `ticks` are [place 0..1, text]. */
export function createAxis(svg, { hotness, colours, ticks, names = [] }) {
  const id = `${svg.id}-colours`;
  const gradient = shape(shape(svg, "defs"), "linearGradient", { id });
  const stops = hotness.map((_, i) => shape(gradient, "stop", { offset: offset(hotness, i) }));
  const strip = shape(svg, "rect", { fill: `url(#${id})` });
  const labels = ticks().map(() => shape(svg, "text"));
  const again = shape(svg, "circle", { class: "marker", visibility: "hidden" });
  const markers = Array.from({ length: Math.max(names.length, 1) }, () => shape(svg, "circle", { class: "marker" }));
  const tags = names.map((name) => shape(svg, "text", { class: "name", "text-anchor": "middle", text: name }));
  let size = [0, 0];
  let shown = [];

  function lay() {
    const [width, height] = size;
    const unit = rem();
    const y = names.length ? height * 0.5 : unit * 0.9;
    const radius = 0.5 * unit;
    put(strip, { x: radius, y: y - 0.2 * unit, width: width - 2 * radius, height: 0.4 * unit, rx: 0.2 * unit });
    hotness.forEach((hot, i) => put(stops[i], { "stop-color": colours.of(hot) }));
    ticks().forEach(([place, text], i) => {
      const x = radius + place * (width - 2 * radius);
      const anchor = place === 0 ? "start" : place === 1 ? "end" : "middle";
      put(labels[i], { x: place === 0 ? 0 : place === 1 ? width : x, y: y + 1.75 * unit, "text-anchor": anchor, text });
    });
    shown.forEach(({ place, colour, both }, i) => {
      const at = (share) => ({ cx: radius + share * (width - 2 * radius), cy: y, r: radius, fill: colour });
      put(markers[i], at(place));
      if (i === 0) put(again, { ...at(1 - place), visibility: both ? "visible" : "hidden" });
    });
    if (!names.length || !shown.length) return;
    const centres = shown.map(({ place }) => radius + place * (width - 2 * radius));
    const widths = tags.map((tag) => tag.getComputedTextLength());
    apart(centres, widths, 0.4 * unit, width).forEach((x, i) => put(tags[i], { x, y: y - 0.85 * unit }));
  }

  onSize(svg, (width, height) => {
    size = [width, height];
    lay();
  });
  return {
    /** Markers as {place, colour}; `both` marks the other end too, where plus and minus infinity are one state. */
    draw(markersShown) {
      shown = markersShown;
      lay();
    },
  };
}
