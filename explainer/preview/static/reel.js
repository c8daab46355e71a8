// A player a segment, one of them in view; a new film takes the old one's place when it can show its picture.

export function createReel(root, moved, ended) {
  const players = new Map();
  let shown = "";
  let wants = false;
  let place = 0;

  const here = () => players.get(shown);

  function tell() {
    root.dispatchEvent(new Event("state"));
  }

  function tick() {
    if (!wants) return;
    const player = here();
    if (player && !player.paused) {
      place = player.currentTime;
      moved(place);
    }
    requestAnimationFrame(tick);
  }

  function listen(player) {
    player.addEventListener("ended", () => {
      if (player !== here()) return;
      wants = false;
      tell();
      ended();
    });
  }

  function load(id, source, offset, done) {
    const old = players.get(id);
    if ((old?.next ?? old)?.getAttribute("src") === source) return;
    const fresh = document.createElement("video");
    fresh.preload = "auto";
    fresh.playsInline = true;
    fresh.src = source;
    listen(fresh);
    const takeOver = () => {
      if (old ? old.next !== fresh : players.get(id) !== fresh) return;
      players.set(id, fresh);
      fresh.classList.toggle("on", id === shown);
      if (id === shown && wants) fresh.play().catch(() => {});
      old?.remove();
      done();
    };
    fresh.addEventListener("loadeddata", () => {
      if (id !== shown) return takeOver();
      fresh.addEventListener("seeked", takeOver, { once: true });
      fresh.currentTime = Math.max(Math.min(wants && old ? old.currentTime : offset(), fresh.duration - 0.01), 0) + 1e-3;
    }, { once: true });
    old?.next?.remove();
    if (old) old.next = fresh;
    else players.set(id, fresh);
    root.append(fresh);
  }

  function seek(id, offset) {
    if (id !== shown) {
      here()?.pause();
      here()?.classList.remove("on");
      shown = id;
      here()?.classList.add("on");
    }
    place = offset;
    const player = here();
    if (player) {
      player.currentTime = offset + 1e-3;
      if (wants) player.play().catch(() => {});
    }
  }

  function play() {
    wants = true;
    here()?.play().catch(() => {});
    requestAnimationFrame(tick);
    tell();
  }

  function pause() {
    wants = false;
    here()?.pause();
    tell();
  }

  function keep(ids) {
    for (const [id, player] of players) {
      if (ids.includes(id)) continue;
      player.remove();
      players.delete(id);
    }
  }

  return { load, seek, play, pause, keep, playing: () => wants };
}
