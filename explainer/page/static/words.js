const MINUS = "\u2212";
const ISOLATE = "\u2066";
const POP = "\u2069";

/** The page's words and numbers in the language that is chosen, and those of each film: `of(id)`. */
export function createWords(languages, films) {
  const listeners = [];
  let language = languages[0];

  /** A film's words in the language that is chosen, else in the one that it is written in. */
  const rowOf = (film) => film.words.find(({ tag }) => tag === language.tag) ?? film.words.find(({ tag }) => tag === film.source);

  /** Words and numbers as `current()` has them; what it has no words for, the page says in the same language. */
  function scope(current) {
    const isolated = (text) => (current().direction === "rtl" ? ISOLATE + text + POP : text);

    function digits(value, decimals, signed) {
      if (!Number.isFinite(value)) return (value < 0 ? MINUS : "+") + "∞";
      const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      const text = new Intl.NumberFormat(`${current().tag}-u-nu-latn`, options).format(Math.abs(value));
      const nothing = Number(Math.abs(value).toFixed(decimals)) === 0;
      return (nothing ? "" : value < 0 ? MINUS : signed ? "+" : "") + text;
    }

    function quantity(value, decimals, unit, signed = false) {
      return isolated(digits(value, decimals, signed) + (unit ? current().unit_space + unit : ""));
    }

    function text(id, values = {}) {
      const page = languages.find(({ tag }) => tag === current().tag) ?? language;
      return (current().texts[id] ?? page.texts[id]).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
    }

    /** Give a control that shows an icon its name. */
    function name(node, id) {
      node.dataset.label = id;
      node.setAttribute("aria-label", text(id));
      node.title = text(id);
    }

    return {
      get language() {
        return current();
      },
      text,
      name,
      joined: (sentences) => sentences.filter(Boolean).join(current().sentence_space),
      digits,
      isolated,
      quantity,
      onChange: (listener) => listeners.push(listener),
    };
  }

  const page = scope(() => language);
  const scopes = new Map(films.map((film) => [film.id, scope(() => rowOf(film))]));

  /** The words that an element shows: those of the film whose panels it stands in, or the page's. */
  const around = (node) => scopes.get(node.closest("[data-film]")?.dataset.film) ?? page;

  function apply() {
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.direction;
    for (const node of document.querySelectorAll("[data-film]")) {
      node.lang = around(node).language.tag;
      node.dir = around(node).language.direction;
    }
    for (const node of document.querySelectorAll("[data-film][data-title]")) node.textContent = around(node).language.title;
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = around(node).text(node.dataset.text);
    for (const node of document.querySelectorAll("[data-label]")) around(node).name(node, node.dataset.label);
  }

  return {
    ...page,
    get language() {
      return language;
    },
    of: (id) => scopes.get(id),
    choose(tag) {
      language = languages.find((row) => row.tag === tag) ?? language;
      apply();
      for (const listener of listeners) listener();
    },
  };
}
