import { createColours } from "./colour.js";
import { createFilms } from "./film.js";
import { createLecture } from "./lecture.js";
import { panels } from "./panels.js";
import { shapeForPaper } from "./print.js";
import { createWords } from "./words.js";

/** The language that was chosen before, or the first one of the reader's that the page speaks. */
function preferred(languages, keptAs) {
  const tags = languages.map(({ tag }) => tag);
  let kept = null;
  try {
    kept = localStorage.getItem(keptAs);
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
  shapeForPaper();
  const data = JSON.parse(document.getElementById("data").textContent);
  const select = document.getElementById("language");
  const words = createWords(data.languages, data.films);
  const colours = createColours(data.palette);
  const keptAs = `${data.name}.language`;
  words.choose(preferred(data.languages, keptAs));
  select.value = words.language.tag;
  const films = createFilms(data, words);
  for (const [id, create] of Object.entries(panels)) create(data.panels[id], words.of(id), colours, films.of(id));
  const lecture = createLecture(words);
  words.choose(words.language.tag);
  select.addEventListener("change", () => {
    words.choose(select.value);
    try {
      localStorage.setItem(keptAs, select.value);
    } catch {
      // The choice then holds for this visit.
    }
  });
  lecture.restore();
  document.documentElement.dataset.ready = performance.now().toFixed();
}

start();
