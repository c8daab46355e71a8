import { showRunning } from "./drive.js";
import { createClock, ease, prefersStill } from "./motion.js";

const HOLD_S = 0.8;
const KEYS = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 };

/** The value of a step's control at a share of its time, and whether the levels have been swapped by then. */
function along({ path }, share) {
  const after = path.findIndex(([time]) => time > share);
  const [time, value] = path[after < 0 ? path.length - 1 : Math.max(after - 1, 0)];
  const swapped = path.some(([start], i) => i > 0 && start === path[i - 1][0] && start <= share);
  if (after <= 0) return { value, swapped };
  const [nextTime, next] = path[after];
  return { value: value + (next - value) * ease((share - time) / (nextTime - time)), swapped };
}

/** The film's cues to step through, each in the panel that it belongs to, to which the bar of buttons goes along. */
export function createWalk({ steps }, words, film, drive) {
  const at = (id) => document.getElementById(id);
  const bar = at("stepping");
  const kept = at("cue");
  let step = 0;
  let share = 1;
  let free = false;
  let moving = false;

  function say() {
    const { cue_id } = steps[step];
    const cue = words.language.segments.flatMap(({ cues }) => cues).find(({ id }) => id === cue_id);
    const counted = words.text("drive.step", { step: words.quantity(step + 1, 0), steps: words.quantity(steps.length, 0) });
    at("step").textContent = free ? words.text("drive.free") : counted;
    at("said").textContent = free ? "" : cue.text;
    at("watch").hidden = free;
    at("back").disabled = step === 0 && !free;
    at("forward").disabled = step === steps.length - 1 && !free;
    kept.value = free ? "" : share === 1 ? cue_id : `${cue_id}@${share.toFixed(3)}`;
    return `${counted}. ${cue.text}`;
  }

  /** Bring the bar to a panel, and the focus that it holds. */
  function enter(panel) {
    if (panel.contains(bar)) return;
    const focused = bar.contains(document.activeElement) ? document.activeElement : null;
    panel.querySelector(".lead").after(bar);
    focused?.focus({ preventScroll: true });
    panel.dispatchEvent(new Event("enter", { bubbles: true }));
  }

  function set(id, value) {
    const control = at(id);
    if (control.valueAsNumber === value) return;
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function showStep(to, reached) {
    [step, share, free, moving] = [to, reached, false, true];
    const { cue_id, control, setting } = steps[step];
    const { value, swapped } = along(steps[step], share);
    enter(at(control).closest(".panel"));
    let said = "";
    if (control === drive.control) {
      said = drive.show(value, swapped || cue_id === "inversion.negative", clock.running);
    } else {
      for (const [id, chosen] of setting) set(id, chosen);
      set(control, Math.round(value));
      said = at(control).getAttribute("aria-valuetext");
    }
    moving = false;
    return [say(), said];
  }

  const announce = (texts) => {
    at("drive-news").textContent = words.joined(texts);
  };

  const clock = createClock((seconds) => {
    const length = film.length(steps[step].cue_id);
    showStep(step, prefersStill() ? 1 : Math.min(seconds / length, 1));
    if (seconds < length + HOLD_S) return true;
    if (step === steps.length - 1) {
      halt();
      return false;
    }
    announce(showStep(step + 1, prefersStill() ? 1 : 0));
    clock.start();
    return true;
  });

  function halt() {
    clock.stop();
    showRunning(at("play"), words, false, "drive.play");
    drive.rest();
  }

  function go(to) {
    halt();
    announce(showStep(Math.min(Math.max(to, 0), steps.length - 1), 1));
  }

  const move = (by) => go(free && by < 0 ? step : free ? step + 1 : step + by);

  /** The reader has taken what the step shows in hand. */
  function release({ type, target }) {
    if (moving || target === kept || !bar.closest(".panel").contains(target)) return;
    if (target.closest(".tools, .quiet, #stepping") || (type === "click" && !target.closest("button"))) return;
    halt();
    free = true;
    say();
  }

  at("back").addEventListener("click", () => move(-1));
  at("forward").addEventListener("click", () => move(1));
  at("watch").addEventListener("click", () => film.watch(steps[step].cue_id));
  film.onPlay(halt);
  at("play").addEventListener("click", () => {
    if (clock.running) return halt();
    film.pause();
    if (step === steps.length - 1 && share === 1) step = 0;
    clock.start();
    announce(showStep(step, prefersStill() ? 1 : 0));
    showRunning(at("play"), words, true, "drive.play");
  });
  for (const event of ["input", "click"]) document.addEventListener(event, release, true);
  kept.addEventListener("input", () => {
    const [id, reached = 1] = kept.value.split("@");
    const found = steps.findIndex(({ cue_id }) => cue_id === id);
    halt();
    if (found >= 0) showStep(found, Math.min(Math.max(Number(reached) || 0, 0), 1));
    else say();
  });
  addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    const typing = event.target.matches?.("input") && event.key.startsWith("Arrow");
    if (!by || typing || event.altKey || event.ctrlKey || event.metaKey || !bar.closest(".filling")) return;
    event.preventDefault();
    move(by);
  });
  words.onChange(say);
  showStep(0, 1);
}
