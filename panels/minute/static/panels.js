import { createContact } from "./contact.js";
import { createDrive } from "./drive.js";
import { createExample } from "./example.js";

/** What the reader can drive. */
export function createPanels(data, words, colours, film) {
  createDrive(data, words, colours, film);
  createExample(data, words, colours);
  createContact(data, words, colours);
}
