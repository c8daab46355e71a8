import { createWell } from "./well.js";

/** What the reader can drive. */
export function createPanels(data, words) {
  createWell(data, words);
}
