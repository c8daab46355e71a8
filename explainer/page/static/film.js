const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The films with their voices, captions, chapters and transcripts. */
export function createFilms(data, words) {
  const at = (id) => document.getElementById(id);
  const choice = { voice: at("voice"), captions: at("captions") };
  const titles = document.querySelectorAll('[name="film"]');
  let film = data.films[0];
  let voice = film.voices[0];
  let video = document.querySelector("#screen video");
  let lines = [];
  let chapters = [];
  const onPlay = [];
  const own = () => words.of(film.id).language;

  /** The voice of a film in the page's language, else the one that it begins with. */
  const voiceOf = (shown) => shown.voices.find(({ tag }) => tag === words.language.tag) ?? shown.voices[0];

  /** Captions are given to the player by script: browsers refuse track files from `file://`. */
  function addTracks() {
    for (const language of film.words) {
      const kind = language.tag === voice.tag ? "captions" : "subtitles";
      const track = video.addTextTrack(kind, language.name, language.tag);
      track.mode = "hidden";
      for (const [start, stop, line] of voice.captions[language.tag]) {
        track.addCue(new VTTCue(start, stop, language.captions[line]));
      }
    }
    video.textTracks.addEventListener("change", readCaptions);
    showCaptions();
  }

  function showCaptions() {
    for (const track of video.textTracks) track.mode = track.language === choice.captions.value ? "showing" : "disabled";
  }

  /** Follow a choice that was made in the player's own menu. */
  function readCaptions() {
    const shown = [...video.textTracks].find((track) => track.mode === "showing");
    choice.captions.value = shown ? shown.language : "";
  }

  /** The cue that is spoken, or was last, and how far it has come. */
  function place(time) {
    const cues = Object.entries(voice.cues);
    const [id, [start, stop]] = cues.findLast(([, [begin]]) => begin <= time) ?? cues[0];
    return { id, share: Math.min(Math.max((time - start) / (stop - start), 0), 1) };
  }

  /** Go on in another voice at the same words. */
  function speak(next) {
    if (next === voice) return;
    const { currentTime, paused } = video;
    const { id, share } = place(currentTime);
    const [start, stop] = next.cues[id];
    load(next);
    if (currentTime > 0) video.currentTime = start + share * (stop - start);
    if (!paused) void video.play();
  }

  /** Put the video of a voice in the place of the one that is there. */
  function load(next) {
    voice = next;
    const old = video;
    const { volume, muted, playbackRate } = old;
    video = old.cloneNode();
    Object.assign(video, { src: voice.video, poster: voice.poster, width: voice.width, height: voice.height });
    Object.assign(video, { volume, muted, playbackRate });
    old.pause();
    old.replaceWith(video);
    at("poster").src = voice.poster;
    choice.voice.value = voice.tag;
    listen();
  }

  /** Show another film from its beginning. */
  function show(id) {
    if (id === film.id) return;
    film = data.films.find((row) => row.id === id);
    for (const title of titles) title.checked = title.value === id;
    [lines, chapters] = [[], []];
    offer();
    load(voiceOf(film));
    writeWords();
  }

  /** The voices and captions that the film has; captions stay on or off. */
  function offer() {
    const option = ({ tag, name, direction }) => {
      const made = new Option(name, tag);
      made.lang = tag;
      made.dir = direction;
      return made;
    };
    const off = choice.captions.options[0];
    const wanted = choice.captions.value;
    choice.voice.replaceChildren(...film.voices.map(option));
    choice.captions.replaceChildren(off, ...film.words.map(option));
    choice.captions.value = wanted && own().tag;
  }

  function listen() {
    addTracks();
    for (const event of ["timeupdate", "seeked", "play"]) video.addEventListener(event, follow);
    video.addEventListener("play", () => onPlay.forEach((listener) => listener()));
    follow();
  }

  function follow() {
    const time = video.currentTime;
    const begun = time > 0 || !video.paused;
    for (const { button, id } of chapters) {
      const [start, stop] = voice.chapters[id];
      current(button, begun && start <= time && time < stop);
    }
    const { id } = place(time);
    for (const line of lines) if (current(line.button, begun && line.id === id)) reveal(line.button);
  }

  /** Mark or unmark; true if it has just become current. */
  function current(button, is) {
    if (is === button.hasAttribute("aria-current")) return false;
    if (is) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    return is;
  }

  /** Scroll the transcript alone, never the page, and not under a reader who is in it. */
  function reveal(button) {
    const box = button.closest(".scroller");
    if (box.matches(":focus-within") || box.matches(":hover")) return;
    const line = button.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    box.scrollTop += line.top - frame.top - (frame.height - line.height) / 2;
  }

  function seek(time) {
    video.currentTime = time + 0.001;
    follow();
  }

  function button(parent, time, text, act) {
    const made = document.createElement("button");
    const stamp = document.createElement("time");
    made.type = "button";
    stamp.textContent = clock(time);
    stamp.dir = "ltr";
    const said = document.createElement("span");
    said.textContent = text;
    made.append(stamp, said);
    made.addEventListener("click", act);
    const item = document.createElement("li");
    item.append(made);
    parent.append(item);
    return made;
  }

  /** The panel of a segment: the film's own, else one of another film that names it too, as film:segment. */
  function panelOf(id) {
    const own = document.querySelector(`[data-film="${film.id}"] [data-segment~="${id}"]`);
    return own ?? document.querySelector(`[data-segment~="${film.id}:${id}"]`);
  }

  /** A link from a segment's heading to the panel that goes with it. */
  function way(panel, title) {
    const link = document.createElement("a");
    link.href = `#${panel.id}`;
    link.className = "try";
    link.textContent = words.of(film.id).text("film.try");
    link.setAttribute("aria-label", `${link.textContent}: ${title}`);
    return link;
  }

  function watch(time) {
    seek(time);
    video.scrollIntoView({ block: "center" });
    video.focus({ preventScroll: true });
    void video.play();
  }

  function writeWords() {
    const { title: name, tag, direction, segments } = own();
    const transcript = at("transcript");
    for (const place of [at("chapters"), transcript, ...document.querySelectorAll("[data-title]:not([data-film])")]) {
      Object.assign(place, { lang: tag, dir: direction });
    }
    document.title = name;
    for (const place of document.querySelectorAll("[data-title]:not([data-film])")) place.textContent = name;
    at("chapters").replaceChildren();
    transcript.replaceChildren();
    chapters = [];
    lines = [];
    for (const { id, title, cues } of segments) {
      const start = voice.chapters[id][0];
      chapters.push({ id, button: button(at("chapters"), start, title, () => seek(start)) });
      const heading = document.createElement("h4");
      heading.textContent = title;
      const panel = panelOf(id);
      if (panel) heading.append(" ", way(panel, title));
      const list = document.createElement("ol");
      transcript.append(heading, list);
      for (const cue of cues) {
        const begin = voice.cues[cue.id][0];
        lines.push({ id: cue.id, button: button(list, begin, cue.text, () => seek(begin)) });
      }
    }
    video.setAttribute("aria-label", name);
    follow();
  }

  choice.voice.addEventListener("change", () => {
    speak(film.voices.find(({ tag }) => tag === choice.voice.value));
    writeWords();
  });
  choice.captions.addEventListener("change", showCaptions);
  for (const title of titles) title.addEventListener("change", () => show(title.value));
  for (const button of document.querySelectorAll("[data-watch]")) {
    const [segment, id = button.closest("[data-film]").dataset.film] = button.dataset.watch.split(":").reverse();
    button.hidden = !data.films.some((row) => row.id === id);
    button.addEventListener("click", () => {
      show(id);
      watch(voice.chapters[segment][0]);
    });
  }
  words.onChange(() => {
    speak(film.voices.find(({ tag }) => tag === words.language.tag) ?? voice);
    if (choice.captions.value) choice.captions.value = own().tag;
    showCaptions();
    writeWords();
  });
  offer();
  choice.captions.value = own().tag;
  choice.voice.value = voice.tag;
  listen();

  return {
    /** A film as its panels have it. */
    of(id) {
      const its = data.films.find((row) => row.id === id);
      const cues = () => (its === film ? voice : voiceOf(its)).cues;
      return {
        /** Seconds that a cue takes. */
        length: (cue) => cues()[cue][1] - cues()[cue][0],
        /** Play the film from a cue. */
        watch(cue) {
          show(id);
          watch(voice.cues[cue][0]);
        },
        pause: () => video.pause(),
        onPlay: (listener) => onPlay.push(listener),
      };
    },
  };
}
