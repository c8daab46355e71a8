const root = document.documentElement;

/** Whether the page is being put on paper. */
export const printing = () => root.classList.contains("printing");

/** Take the shape of paper before the browser lays it out, since drawings that follow their size are not told of it. */
export function shapeForPaper() {
  addEventListener("beforeprint", () => root.classList.add("printing"));
  addEventListener("afterprint", () => root.classList.remove("printing"));
}

/** Call back once the page has taken the shape of paper or left it. */
export function onPaper(listener) {
  for (const event of ["beforeprint", "afterprint"]) addEventListener(event, listener);
}
