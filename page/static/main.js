import { createColours } from "./colour.js";
import { createContact } from "./contact.js";
import { createDrive } from "./drive.js";
import { createExample } from "./example.js";
import { createFilm } from "./film.js";
import { createWords } from "./words.js";

const KEPT = "negative-temperature.language";

/** The language that was chosen before, or the first one of the reader's that the page speaks. */
function preferred(languages) {
  const tags = languages.map(({ tag }) => tag);
  let kept = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // Some browsers keep nothing for files.
  }
  const wanted = [new URLSearchParams(location.hash.slice(1)).get("lang"), kept, ...navigator.languages];
  const same = (tag, want) => want && (tag === want || tag.split("-")[0] === want.split("-")[0]);
  for (const want of wanted) {
    const found = tags.find((tag) => tag === want) ?? tags.find((tag) => same(tag, want));
    if (found) return found;
  }
  return tags[0];
}

function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  const select = document.getElementById("language");
  const words = createWords(data.languages);
  const colours = createColours(data.palette);
  words.choose(preferred(data.languages));
  select.value = words.language.tag;
  const film = createFilm(data, words);
  createDrive(data, words, colours, film);
  createExample(data, words, colours);
  createContact(data, words, colours);
  words.choose(words.language.tag);
  select.addEventListener("change", () => {
    words.choose(select.value);
    try {
      localStorage.setItem(KEPT, select.value);
    } catch {
      // The choice then holds for this visit.
    }
  });
  document.documentElement.dataset.ready = performance.now().toFixed();
}

start();
