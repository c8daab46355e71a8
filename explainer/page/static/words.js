const MINUS = "\u2212";
const ISOLATE = "\u2066";
const POP = "\u2069";

/** The page's words and numbers in the language that is chosen. */
export function createWords(languages) {
  const listeners = [];
  let language = languages[0];
  const isolated = (text) => (language.direction === "rtl" ? ISOLATE + text + POP : text);

  function digits(value, decimals, signed) {
    if (!Number.isFinite(value)) return (value < 0 ? MINUS : "+") + "∞";
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    const text = new Intl.NumberFormat(`${language.tag}-u-nu-latn`, options).format(Math.abs(value));
    const nothing = Number(Math.abs(value).toFixed(decimals)) === 0;
    return (nothing ? "" : value < 0 ? MINUS : signed ? "+" : "") + text;
  }

  function quantity(value, decimals, unit, signed = false) {
    return isolated(digits(value, decimals, signed) + (unit ? language.unit_space + unit : ""));
  }

  function text(id, values = {}) {
    return language.texts[id].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  function apply() {
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.direction;
    document.title = language.title;
    for (const node of document.querySelectorAll("[data-title]")) node.textContent = language.title;
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
    for (const node of document.querySelectorAll("[data-label]")) name(node, node.dataset.label);
  }

  /** Give a control that shows an icon its name. */
  function name(node, id) {
    node.dataset.label = id;
    node.setAttribute("aria-label", text(id));
    node.title = text(id);
  }

  return {
    get language() {
      return language;
    },
    text,
    name,
    joined: (sentences) => sentences.filter(Boolean).join(language.sentence_space),
    digits,
    isolated,
    quantity,
    onChange: (listener) => listeners.push(listener),
    choose(tag) {
      language = languages.find((row) => row.tag === tag) ?? language;
      apply();
      for (const listener of listeners) listener();
    },
  };
}
