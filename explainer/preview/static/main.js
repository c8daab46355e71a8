// What the page shows: each thing that the server tells of replaces what was known of it.

import { createList } from "./list.js";
import { createReel } from "./reel.js";
import { anchorAt, captionAt, clock, segmentAt, timeOf } from "./times.js";

const by = (id) => document.getElementById(id);
const known = { plan: null, keys: {}, films: {}, still: {}, errors: [], drawing: false, captions: {} };
let now = 0;
let language = "";
let told = "";

const reel = createReel(by("reel"), moved, ended);
const list = createList(by("list"), seek);

function segment() {
  return segmentAt(known.plan, now);
}

function current(id) {
  return known.keys[id] !== undefined && known.films[id] === known.keys[id];
}

function show() {
  if (!known.plan?.segments) return;
  const here = segment();
  const spoken = known.captions[language];
  const text = spoken ? captionAt(spoken.lines, now) : "";
  if (by("caption").textContent !== text) {
    by("caption").replaceChildren(...(text ? [Object.assign(document.createElement("span"), { textContent: text })] : []));
  }
  by("caption").lang = language;
  by("caption").dir = spoken?.direction ?? "ltr";
  by("time").value = now;
  by("clock").textContent = `${clock(now)} / ${clock(known.plan.duration_s)}`;
  by("still").hidden = reel.playing() || current(here.id) || by("still").dataset.segment !== here.id;
  list.mark(anchorAt(known.plan, now).cue);
}

function seek(seconds) {
  now = Math.min(Math.max(seconds, 0), known.plan.duration_s - 1 / known.plan.fps);
  const here = segment();
  reel.seek(here.id, now - here.start_s);
  show();
  look();
}

function moved(offset) {
  now = segment().start_s + Math.min(offset, segment().stop_s - segment().start_s - 1e-3);
  show();
}

function ended() {
  const { segments } = known.plan;
  const next = segments[segments.indexOf(segment()) + 1];
  if (next && known.films[next.id]) {
    now = next.start_s;
    reel.seek(next.id, 0);
    reel.play();
  }
  show();
  look();
}

let waiting = 0;
function look() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const body = JSON.stringify({ ...anchorAt(known.plan, now), captions: language });
    if (body === told) return;
    told = body;
    fetch("look", { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => {});
  }, 80);
}

function toggle() {
  if (reel.playing()) reel.pause();
  else if (now > known.plan.duration_s - 2 / known.plan.fps) { seek(0); reel.play(); }
  else reel.play();
  show();
  look();
}

function status() {
  const left = known.plan?.segments?.filter((each) => !current(each.id)).length ?? 0;
  const rest = known.errors.length ? "Not up to date" : "Up to date";
  by("state").textContent = known.drawing ? (left ? `Drawing, ${left} to go …` : "Drawing …") : rest;
  by("state").classList.toggle("busy", known.drawing);
  if (!known.plan?.segments) return;
  list.state(known.plan.segments, (id) => current(id), known.drawing);
  const length = known.plan.duration_s;
  by("ticks").replaceChildren(...known.plan.segments.map((each) => {
    const tick = document.createElement("i");
    tick.style.insetInlineStart = `${(100 * each.start_s) / length}%`;
    tick.style.inlineSize = `calc(${(100 * (each.stop_s - each.start_s)) / length}% - 2px)`;
    tick.classList.toggle("drawn", current(each.id));
    return tick;
  }));
  const notes = [...(known.plan.notes ?? []), ...(known.captions[language]?.notes ?? [])];
  by("notes").replaceChildren(...[...new Set(notes)].map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

const TAKE = {
  plan(plan) {
    if (!plan.segments) return;
    const anchor = known.plan ? anchorAt(known.plan, now) : null;
    known.plan = plan;
    document.title = `${plan.title} · preview`;
    by("title").textContent = plan.title;
    by("stage").style.setProperty("--wide", plan.width / plan.height);
    by("time").max = plan.duration_s;
    language ||= plan.language;
    by("language").replaceChildren(...plan.languages.map(({ tag, name }) => new Option(name, tag, false, tag === language)));
    list.fill(plan.segments);
    now = anchor ? timeOf(plan, anchor) : now;
    reel.keep(plan.segments.map((each) => each.id));
    if (!reel.playing()) reel.seek(segment().id, now - segment().start_s);
  },
  keys(keys) { known.keys = keys; },
  films(films) {
    known.films = films;
    for (const [id, key] of Object.entries(films)) {
      const here = known.plan?.segments?.find((each) => each.id === id);
      reel.load(id, `drafts/${key}/film.mp4`, () => now - (here?.start_s ?? 0), show);
    }
  },
  still(still) {
    if (!still.key) return;
    const image = new Image();
    image.addEventListener("load", () => {
      by("still").src = image.src;
      by("still").dataset.segment = still.segment;
      show();
    });
    image.src = `drafts/${still.key}/glance.png`;
  },
  errors(lines) {
    known.errors = lines;
    by("errors").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  },
  drawing(drawing) { known.drawing = drawing; },
  captions(captions) { known.captions[captions.tag] = captions; },
};

const events = new EventSource("events");
for (const [name, take] of Object.entries(TAKE)) {
  events.addEventListener(name, (event) => {
    take(JSON.parse(event.data));
    status();
    show();
  });
}
events.addEventListener("error", () => {
  by("state").textContent = "The preview has ended; start it again";
  by("state").classList.remove("busy");
});
events.addEventListener("open", () => { told = ""; if (known.plan) look(); });

by("play").addEventListener("click", toggle);
by("time").addEventListener("input", (event) => seek(Number(event.target.value)));
by("language").addEventListener("change", (event) => { language = event.target.value; status(); show(); look(); });
by("reel").addEventListener("state", () => {
  by("play").classList.toggle("playing", reel.playing());
  by("play").setAttribute("aria-label", reel.playing() ? "Pause" : "Play");
});

const KEYS = {
  " ": toggle,
  ArrowLeft: () => seek(now - 1),
  ArrowRight: () => seek(now + 1),
  ",": () => seek(now - 1 / known.plan.fps),
  ".": () => seek(now + 1 / known.plan.fps),
  ArrowUp: () => seek(list.beside(known.plan, now, -1)),
  ArrowDown: () => seek(list.beside(known.plan, now, 1)),
};
document.addEventListener("keydown", (event) => {
  const on = event.target;
  const own = on instanceof HTMLSelectElement || (on instanceof HTMLButtonElement && event.key === " ");
  if (!(event.key in KEYS) || own || !known.plan || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});
