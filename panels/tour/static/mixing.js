import { createAxis } from "./axis.js";
import { column } from "./table.js";

/** Two kinds of spins by their coldness, and the one that they meet at. */
export function createMixing({ tables }, words, colours) {
  const at = (id) => document.getElementById(id);
  const { mixing } = tables;
  const [T_K, place] = [column(mixing.T_K), column(mixing.place)];
  const [mixed_K, mixed_place] = [mixing.mixed_K.map(column), mixing.mixed_place.map(column)];
  const sliders = ["lithium", "fluorine"].map((name) => at(`mixing-${name}`));
  const axis = createAxis(at("mixing-axis"), {
    hotness: mixing.strip,
    colours,
    ticks: () => [[0, words.text("mixing.cold")], [0.5, "0"], [1, words.text("mixing.hot")]],
    names: ["Li", "F", "Li+F"],
  });

  function draw() {
    const [li, f] = sliders.map((slider) => slider.valueAsNumber);
    const temperature = (T) => words.quantity(T, 0, "K", true);
    const values = { lithium: temperature(T_K[li]), fluorine: temperature(T_K[f]), mixed: temperature(mixed_K[li][f]) };
    const places = [place[li], place[f], mixed_place[li][f]];
    axis.draw(places.map((each) => ({ place: each, colour: colours.of(each) })));
    at("mixing-mixed").textContent = values.mixed;
    at("mixing-axis").setAttribute("aria-label", words.text("mixing.picture", values));
    for (const slider of sliders) {
      const own = values[slider.id.split("-")[1]];
      at(`${slider.id}-value`).textContent = own;
      slider.setAttribute("aria-valuetext", words.joined([own, words.text("mixing.picture", values)]));
    }
  }

  for (const slider of sliders) slider.addEventListener("input", draw);
  words.onChange(draw);
  colours.onChange(draw);
  draw();
}
