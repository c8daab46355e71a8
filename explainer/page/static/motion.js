/** Whether the reader asks for pictures that do not move by themselves. */
const still = matchMedia("(prefers-reduced-motion: reduce)");
export const prefersStill = () => still.matches;

/** The film's own ease: at rest, without jerk, at both ends. */
export const ease = (a) => a * a * a * (a * (6 * a - 15) + 10);

/** A clock that calls `tick(seconds since the start)` for each picture until it answers false or is stopped. */
export function createClock(tick) {
  let request = 0;
  const stop = () => {
    cancelAnimationFrame(request);
    request = 0;
  };
  return {
    get running() {
      return request !== 0;
    },
    stop,
    start() {
      stop();
      let began;
      const next = (now) => {
        began ??= now;
        request = requestAnimationFrame(next);
        if (!tick((now - began) / 1000)) stop();
      };
      request = requestAnimationFrame(next);
    },
  };
}
