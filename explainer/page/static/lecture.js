const FULL = "M4 9V4h5v2H6v3zM15 4h5v5h-2V6h-3zM18 15h2v5h-5v-2h3zM4 15h2v3h3v2H4z";
const LINK = "M10 6h-3a6 6 0 0 0 0 12h3v-2H7a4 4 0 0 1 0-8h3zM14 6h3a6 6 0 0 1 0 12h-3v-2h3a4 4 0 0 0 0-8h-3zM8 11h8v2H8z";
const SMALLEST_PX = 14;
const LARGEST_PX = 44;
const HALVINGS = 7;
const SVG = "http://www.w3.org/2000/svg";

/** A round control that shows an icon. */
function tool(kind, name, icon) {
  const made = document.createElement(kind);
  const drawing = document.createElementNS(SVG, "svg");
  const outline = document.createElementNS(SVG, "path");
  made.className = "round";
  made.dataset.label = name;
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  outline.setAttribute("d", icon);
  drawing.append(outline);
  made.append(drawing);
  return made;
}

const CONTROL = 'input[type="range"][id], input[type="text"][id], input[type="hidden"][id]';

/** The address of what a panel shows. What a hidden control holds tells all of it. */
function address(panel, words) {
  const filled = [...panel.querySelectorAll(CONTROL)].filter(({ value }) => value !== "");
  const whole = filled.filter(({ type }) => type === "hidden");
  const kept = whole.length ? whole : filled;
  const pairs = [["lang", words.language.tag], ["at", panel.id], ...kept.map(({ id, value }) => [id, value])];
  return `#${new URLSearchParams(pairs)}`;
}

/** Show what the page's address says of a panel. */
function restore() {
  const values = new URLSearchParams(location.hash.slice(1));
  const panel = document.getElementById(values.get("at"));
  if (!panel?.matches(".panel")) return;
  for (const [id, value] of values) {
    const control = document.getElementById(id);
    if (!control?.matches(CONTROL) || !control.closest(".panel")) continue;
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  panel.scrollIntoView();
}

/** Give the page's letters a size, and tell the drawings. */
function letters(size) {
  document.documentElement.style.fontSize = size;
  document.dispatchEvent(new Event("letters"));
}

const fits = (panel) => panel.scrollHeight <= innerHeight && panel.scrollWidth <= innerWidth;

/** Letters as large as let the whole panel be seen. */
function fit(panel) {
  const { style } = document.documentElement;
  let [low, high] = [SMALLEST_PX, LARGEST_PX];
  for (let i = 0; i < HALVINGS; i += 1) {
    const size = (low + high) / 2;
    style.fontSize = `${size}px`;
    [low, high] = fits(panel) ? [size, high] : [low, size];
  }
  letters(`${low}px`);
}

/** For lectures: each panel on the whole screen, and a link to what it shows. */
export function createLecture(words) {
  let filling = null;
  const button = (panel) => panel.querySelector(".tools button");
  // A longer text can push the last line out.
  const watcher = new ResizeObserver(() => filling && !fits(filling) && fit(filling));

  function leave() {
    if (!filling) return;
    const panel = filling;
    filling = null;
    watcher.disconnect();
    panel.classList.remove("filling");
    letters("");
    words.name(button(panel), "panel.full");
    if (document.fullscreenElement) void document.exitFullscreen();
    panel.scrollIntoView();
  }

  function show(panel) {
    const focused = filling?.contains(document.activeElement);
    filling?.classList.remove("filling");
    if (filling) words.name(button(filling), "panel.full");
    filling = panel;
    panel.classList.add("filling");
    words.name(button(panel), "panel.leave");
    if (focused) button(panel).focus({ preventScroll: true });
    fit(panel);
    watcher.disconnect();
    for (const child of panel.children) watcher.observe(child);
  }

  /** The page is what gets the screen, so that another panel can take it over; where none gets it, the window does. */
  async function fill(panel) {
    show(panel);
    try {
      await document.documentElement.requestFullscreen();
    } catch {
      // It fills the window.
    }
  }

  for (const panel of document.querySelectorAll(".panel")) {
    const tools = document.createElement("div");
    const link = tool("a", "panel.link", LINK);
    const full = tool("button", "panel.full", FULL);
    const write = () => {
      link.href = address(panel, words);
    };
    tools.className = "tools";
    full.type = "button";
    tools.append(link, full);
    panel.querySelector("h2").after(tools);
    write();
    for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, write);
    full.addEventListener("click", () => (filling ? leave() : fill(panel)));
  }
  document.addEventListener("enter", ({ target }) => (filling ? show(target) : target.scrollIntoView()));
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) leave();
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leave();
  });
  addEventListener("resize", () => filling && fit(filling));
  addEventListener("hashchange", restore);
  return { restore };
}
