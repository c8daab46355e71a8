/** The readings of a two-level system in the words of the page. */
export function createReadings(words) {
  return {
    temperature(T_mK) {
      if (T_mK === 0) return words.isolated((Object.is(T_mK, -0) ? "\u2212" : "+") + "0" + words.language.unit_space + "K");
      return Number.isFinite(T_mK) ? words.quantity(T_mK, 1, "mK", true) : "∞";
    },
    coldness: (x) => words.isolated(x === 0 ? "0" : words.digits(x, 2, true) + (Number.isFinite(x) ? "/ΔE" : "")),
    entropy: (over_k) => words.quantity(over_k, 1, "k"),
  };
}
