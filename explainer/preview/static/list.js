// The segments and their cues, to go to.

import { clock } from "./times.js";

function made(name, className, text, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

export function createList(root, seek) {
  const cues = new Map();
  const states = new Map();
  let marked = "";

  function fill(segments) {
    cues.clear();
    states.clear();
    marked = "";
    root.replaceChildren(...segments.map((segment) => {
      const state = made("small");
      states.set(segment.id, state);
      const rows = segment.cues.map((cue) => {
        const button = made("button", "cue", "", made("time", "", clock(cue.start_s)), made("span", "", cue.text));
        button.type = "button";
        button.title = cue.id;
        button.addEventListener("click", () => seek(cue.start_s));
        cues.set(cue.id, button);
        return made("li", "", "", button);
      });
      return made("li", "", "", made("div", "segment", "", made("span", "", segment.title), state), made("ol", "", "", ...rows));
    }));
  }

  function mark(id) {
    if (id === marked) return;
    cues.get(marked)?.removeAttribute("aria-current");
    cues.get(id)?.setAttribute("aria-current", "true");
    cues.get(id)?.scrollIntoView({ block: "nearest" });
    marked = id;
  }

  function state(segments, current, drawing) {
    for (const { id } of segments) states.get(id).textContent = current(id) ? "" : drawing ? "drawing …" : "not drawn";
  }

  function beside(plan, now, step) {
    const starts = plan.segments.flatMap((segment) => segment.cues.map((cue) => cue.start_s));
    const before = starts.findLastIndex((start) => start <= now + 1e-6);
    return starts[Math.min(Math.max(before + step, 0), starts.length - 1)];
  }

  return { fill, mark, state, beside };
}
