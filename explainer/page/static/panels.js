/** What films bring to drive, by the film's id: the page's build puts their bundles in this module's place. */
export const panels = {};
