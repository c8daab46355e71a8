import { createArrangements } from "./arrangements.js";
import { createContact } from "./contact.js";
import { createDrive } from "./drive.js";
import { createExample } from "./example.js";
import { createLaser } from "./laser.js";
import { createWalk } from "./walk.js";

/** What the reader can drive. */
export function createPanels(data, words, colours, film) {
  const drive = createDrive(data, words, colours);
  for (const create of [createExample, createArrangements, createContact, createLaser]) create(data, words, colours);
  createWalk(data, words, film, drive);
}
