const INFINITE = /^[+-]?(inf(inity)?|∞)$/i;
const FINITE = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text states, signed zero and infinity too; NaN if it is none. */
function stated(text) {
  const plain = text.trim().replace(/\u2212/g, "-").replace(",", ".");
  if (INFINITE.test(plain)) return plain.startsWith("-") ? -Infinity : Infinity;
  return FINITE.test(plain) ? Number(plain) : NaN;
}

/** A number as it is typed. */
const typed = (value) => (Number.isFinite(value) ? (Object.is(value, -0) ? "-0" : String(Number(value.toPrecision(6)))) : value < 0 ? "-inf" : "inf");

/** Two boxes for one state: a temperature in K and its inverse in 1/K. `show` is told of the temperature. */
export function createTyping(boxes, hint, words, show) {
  let wrong = false;

  function say() {
    hint.textContent = wrong ? words.text("drive.not_number", { number: words.isolated("-5"), infinite: words.isolated("inf") }) : "";
    for (const box of boxes) box.setAttribute("aria-invalid", String(wrong && box.value !== ""));
  }

  function clear() {
    wrong = false;
    for (const box of boxes) box.value = "";
    say();
  }

  boxes.forEach((box, i) => {
    box.addEventListener("input", () => {
      const value = stated(box.value);
      wrong = Number.isNaN(value) && box.value !== "";
      const other = boxes[1 - i];
      if (Number.isNaN(value)) other.value = "";
      else other.value = typed(1 / value);
      say();
      if (!Number.isNaN(value)) show(i === 0 ? value : 1 / value);
    });
  });
  words.onChange(say);
  return { clear };
}
