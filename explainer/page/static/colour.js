import { onPaper, printing } from "./print.js";

/** Colours of the film's map from cold to hot, in the theme the reader prefers; on paper the light one. */
export function createColours(palette) {
  const light = matchMedia("(prefers-color-scheme: light)");
  const map = () => palette[light.matches || printing() ? "light" : "dark"];
  return {
    /** Colour at a place from coldest, 0, to hottest, 1. */
    of(hotness) {
      const colours = map();
      return colours[Math.round(Math.min(Math.max(hotness, 0), 1) * (colours.length - 1))];
    },
    onChange(listener) {
      light.addEventListener("change", listener);
      onPaper(listener);
    },
  };
}
