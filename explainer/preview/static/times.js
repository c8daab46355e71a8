// Places in a film: seconds, and moments that stay what they are when the times move.

export function segmentAt(plan, seconds) {
  return plan.segments.findLast((each) => each.start_s <= seconds + 1e-6) ?? plan.segments[0];
}

export function anchorAt(plan, seconds) {
  const { cues } = segmentAt(plan, seconds);
  const cue = cues.findLast((each) => each.start_s <= seconds + 1e-6) ?? cues[0];
  return { cue: cue.id, after_s: seconds - cue.start_s };
}

export function timeOf(plan, { cue, after_s }) {
  for (const segment of plan.segments) {
    const found = segment.cues.find((each) => each.id === cue);
    if (found) return Math.min(Math.max(found.start_s + after_s, segment.start_s), segment.stop_s - 1 / plan.fps);
  }
  return 0;
}

export function captionAt(lines, seconds) {
  return lines.find((each) => each.start_s <= seconds + 1e-3 && seconds < each.stop_s)?.text ?? "";
}

export function clock(seconds) {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  const rest = tenths % 600;
  return `${Math.floor(tenths / 600)}:${String(Math.floor(rest / 10)).padStart(2, "0")}.${rest % 10}`;
}
