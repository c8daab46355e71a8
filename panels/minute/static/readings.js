const UNITS = [["K", 1e3], ["mK", 1], ["µK", 1e-3], ["nK", 1e-6]];
const [FROM_MK, TO_MK] = [0.1, 1e3];
const POWER = 5;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Decimals that give a number so many digits in all, of which some are always there. */
const decimalsFor = (value, digits, least) => Math.max(least, digits - 1 - Math.floor(Math.log10(Math.abs(value) || 1)));
const raised = (power) => (power < 0 ? "⁻" : "") + [...String(Math.abs(power))].map((digit) => RAISED[digit]).join("");

/** The readings of a two-level system in the words of the page. */
export function createReadings(words) {
  /** A temperature beyond what millikelvins write well. */
  function extreme(T_mK) {
    const [unit, size] = UNITS.find(([, least]) => Math.abs(T_mK) >= least) ?? UNITS.at(-1);
    return words.quantity(T_mK / size, Math.min(decimalsFor(T_mK / size, 4, 0), 12), unit, true);
  }

  const powered = (mantissa, power) => words.isolated(`${words.digits(mantissa, 2)} × 10${raised(power)}`);

  return {
    temperature(T_mK) {
      if (T_mK === 0) return words.isolated((Object.is(T_mK, -0) ? "\u2212" : "+") + "0" + words.language.unit_space + "K");
      if (!Number.isFinite(T_mK)) return "∞";
      const usual = Math.abs(T_mK) >= FROM_MK && Math.abs(T_mK) < TO_MK;
      return usual ? words.quantity(T_mK, 1, "mK", true) : extreme(T_mK);
    },
    coldness(x) {
      if (x === 0) return words.isolated("0");
      if (!Number.isFinite(x)) return words.isolated(words.digits(x, 0, true));
      return words.isolated(words.digits(x, Math.min(decimalsFor(x, 2, 2), 20), true) + "/ΔE");
    },
    /** A number of ways: whole as far as it can be read, then by its size. */
    ways(count) {
      const power = Math.floor(Math.log10(count));
      return power < POWER ? words.quantity(count, 0) : powered(count / 10 ** power, power);
    },
    entropy: (over_k) => words.quantity(over_k, 1, "k"),
    /** exp(-x), also where it is too large or too small for plain digits. */
    factor(x) {
      if (!Number.isFinite(x)) return x > 0 ? "0" : "∞";
      const log = -x * Math.LOG10E;
      const power = Math.floor(log);
      const decimals = Math.max(decimalsFor(10 ** log, 5, 0), decimalsFor(x, 2, 0));
      if (Math.abs(log) < POWER) return words.quantity(10 ** log, Math.min(decimals, 20));
      return powered(10 ** (log - power), power);
    },
  };
}
