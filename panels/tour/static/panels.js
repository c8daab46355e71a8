import { createBand } from "./band.js";
import { createCounts } from "./counts.js";
import { createGas } from "./gas.js";
import { createMixing } from "./mixing.js";
import { createPump } from "./pump.js";
import { createReversal } from "./reversal.js";

/** What the reader can drive. */
export function createPanels(data, words, colours) {
  for (const create of [createGas, createReversal, createMixing, createPump, createBand, createCounts]) {
    create(data, words, colours);
  }
}
