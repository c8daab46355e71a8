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

const controls = (panel) => [...panel.querySelectorAll('input[type="range"], input[type="text"]')].filter(({ id }) => id);

/** The address of what a panel shows. */
function address(panel, words) {
  const kept = controls(panel).filter(({ value }) => value !== "");
  const pairs = [["lang", words.language.tag], ["at", panel.id], ...kept.map(({ id, value }) => [id, value])];
  return `#${new URLSearchParams(pairs)}`;
}

/** Show what the page's address says of a panel. */
function restore() {
  const values = new URLSearchParams(location.hash.slice(1));
  const panel = document.getElementById(values.get("at"));
  if (!panel?.matches(".panel")) return;
  for (const control of controls(panel)) {
    if (!values.has(control.id)) continue;
    control.value = values.get(control.id);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  panel.scrollIntoView();
}

/** Letters as large as let the whole panel be seen. */
function fit(panel) {
  const { style } = document.documentElement;
  let [low, high] = [SMALLEST_PX, LARGEST_PX];
  for (let i = 0; i < HALVINGS; i += 1) {
    const size = (low + high) / 2;
    style.fontSize = `${size}px`;
    const fits = panel.scrollHeight <= innerHeight && panel.scrollWidth <= innerWidth;
    [low, high] = fits ? [size, high] : [low, size];
  }
  style.fontSize = `${low}px`;
}

/** For lectures: each panel on the whole screen, and a link to what it shows. */
export function createLecture(words) {
  let filling = null;

  function leave() {
    if (!filling) return;
    const { panel, button } = filling;
    filling = null;
    panel.classList.remove("filling");
    document.documentElement.style.fontSize = "";
    words.name(button, "panel.full");
    if (document.fullscreenElement) void document.exitFullscreen();
    panel.scrollIntoView();
  }

  /** Where a browser gives no element the whole screen, the panel takes the whole window. */
  async function fill(panel, button) {
    filling = { panel, button };
    panel.classList.add("filling");
    words.name(button, "panel.leave");
    fit(panel);
    try {
      await panel.requestFullscreen();
    } catch {
      // It fills the window.
    }
  }

  for (const panel of document.querySelectorAll(".panel")) {
    const tools = document.createElement("div");
    const link = tool("a", "panel.link", LINK);
    const button = tool("button", "panel.full", FULL);
    const write = () => {
      link.href = address(panel, words);
    };
    tools.className = "tools";
    button.type = "button";
    tools.append(link, button);
    panel.querySelector("h2").after(tools);
    write();
    for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, write);
    button.addEventListener("click", () => (filling ? leave() : fill(panel, button)));
  }
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement) leave();
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leave();
  });
  addEventListener("resize", () => filling && fit(filling.panel));
  addEventListener("hashchange", restore);
  return { restore };
}
