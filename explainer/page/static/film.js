const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The film with its voices, captions, chapters and transcript. */
export function createFilm(data, words) {
  const at = (id) => document.getElementById(id);
  const choice = { voice: at("voice"), captions: at("captions") };
  let film = data.films[0];
  let video = document.querySelector("#screen video");
  let lines = [];
  let chapters = [];
  const onPlay = [];

  /** Captions are given to the player by script: browsers refuse track files from `file://`. */
  function addTracks() {
    for (const language of data.languages) {
      const kind = language.tag === film.language ? "captions" : "subtitles";
      const track = video.addTextTrack(kind, language.name, language.tag);
      track.mode = "hidden";
      for (const [start, stop, text] of film.captions[language.tag]) track.addCue(new VTTCue(start, stop, text));
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
    const cues = Object.entries(film.cues);
    const [id, [start, stop]] = cues.findLast(([, [begin]]) => begin <= time) ?? cues[0];
    return { id, share: Math.min(Math.max((time - start) / (stop - start), 0), 1) };
  }

  function speak(tag) {
    const next = data.films.find((row) => row.language === tag);
    if (!next || next === film) return;
    const { currentTime, paused, volume, muted, playbackRate } = video;
    const { id, share } = place(currentTime);
    const [start, stop] = next.cues[id];
    film = next;
    const old = video;
    video = old.cloneNode();
    Object.assign(video, { src: film.video, poster: film.poster, volume, muted, playbackRate });
    old.pause();
    old.replaceWith(video);
    choice.voice.value = tag;
    if (currentTime > 0) video.currentTime = start + share * (stop - start);
    if (!paused) void video.play();
    listen();
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
      const [start, stop] = film.chapters[id];
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

  function writeWords() {
    const { segments } = words.language;
    const transcript = at("transcript");
    at("chapters").replaceChildren();
    transcript.replaceChildren();
    chapters = [];
    lines = [];
    for (const { id, title, cues } of segments) {
      const start = film.chapters[id][0];
      chapters.push({ id, button: button(at("chapters"), start, title, () => seek(start)) });
      const heading = document.createElement("h4");
      heading.textContent = title;
      const list = document.createElement("ol");
      transcript.append(heading, list);
      for (const cue of cues) {
        const begin = film.cues[cue.id][0];
        lines.push({ id: cue.id, button: button(list, begin, cue.text, () => seek(begin)) });
      }
    }
    video.setAttribute("aria-label", words.language.title);
    follow();
  }

  choice.voice.addEventListener("change", () => {
    speak(choice.voice.value);
    writeWords();
  });
  choice.captions.addEventListener("change", showCaptions);
  words.onChange(() => {
    speak(words.language.tag);
    if (choice.captions.value) choice.captions.value = words.language.tag;
    showCaptions();
    writeWords();
  });
  choice.captions.value = words.language.tag;
  choice.voice.value = film.language;
  listen();

  return {
    /** Seconds that a cue takes. */
    length: (id) => film.cues[id][1] - film.cues[id][0],
    /** Play the film from a cue. */
    watch(id) {
      seek(film.cues[id][0]);
      video.scrollIntoView({ block: "center" });
      video.focus({ preventScroll: true });
      void video.play();
    },
    pause: () => video.pause(),
    onPlay: (listener) => onPlay.push(listener),
  };
}
