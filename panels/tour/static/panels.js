import { createReversal } from "./reversal.js";

/** What the reader can drive. */
export function createPanels(data, words, colours) {
  createReversal(data, words, colours);
}
