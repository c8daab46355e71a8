/** A film with something to drive brings a module of this name in the `static` folder of its panels. */
export function createPanels() {}
