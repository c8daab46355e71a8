"""Small scripts and strategies that several tests share."""

from __future__ import annotations

from pathlib import Path

from film_project import ROOT
from hypothesis import strategies as st

from explainer.timing.planning import SpokenTime
from explainer.voices import draft
from explainer.voices.clip import Clip
from explainer.voices.utterance import Utterance
from explainer.words.catalog import Catalog, Entry, sources
from explainer.words.film import open_film
from explainer.words.languages import Language, languages_of
from explainer.words.localize import Narration, SpokenCue, localize
from explainer.words.quantities import Fact
from explainer.words.script import Cue, Script, Segment, parse_script

LANGUAGES = languages_of()
ENGLISH = LANGUAGES["en"]
MINUTE = open_film(ROOT, "minute")

TOML = """
title = "A film"
[[segment]]
id = "dome"
scene = "scenes.minute.dome:Dome"
title = "The dome"
lead_s = 0.3
[[segment.cue]]
id = "dome.top"
text = "At the top of {particles} particles it is <flat/> flat, at {cold}."
pause_s = 0.6
shows = "A dome."
[[label]]
id = "dome.axis"
text = "energy in {field}"
"""
SCRIPT = parse_script(TOML)

PORTUGUESE = """
name = "Português"
english_name = "Portuguese"
iso639_2 = "por"
locale = "pt"
font = "Inter"
voice = "espeak"
espeak_voice = "pt"
espeak_rate_wpm = 190
draft_cps = 20
line_length = 42
reading_warning_cps = 17
reading_error_cps = 20
spoken_minus = "menos"
spoken_point = "vírgula"

[units]
mK = "milikelvin"

[small_words]
binders = "o a um uma"
"""

FACTS = {
    "cold": Fact("cold", -0.005, "mK", 1, "physics.f()", 1e-3),
    "field": Fact("field", 1.0, "T", 0, "physics.g()"),
    "particles": Fact("particles", 100.0, "", 0, "physics.h()"),
}
SMALL = ["the", "a", "of", "not", "and", "to", "than", "is,", "it", "&", "<"]
LARGE = ["heat", "infinity", "temperature", "entropy", "hotter", "flat.", "copies?", "counts:", "{cold}", "{field}."]
WORDS = st.sampled_from([*SMALL, *LARGE, "two-level", "light;"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).strip("<& ") or "heat")
HAN = st.text(alphabet="温度熵热能级粒子比下面的多，。、负无穷不是", min_size=1, max_size=80)
KANA = st.text(alphabet="準位を反転させると粒子がおおくなりますエントロピー、。「」ー", min_size=1, max_size=60)


def write_files(root: Path, files: dict[str, str]) -> Path:
    """Put texts at their paths from a folder; the folder."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def script_of(*texts: str, pause_s: float = 0.4, segments: int = 1) -> Script:
    """A script whose cues say these texts, dealt out to segments in turn."""
    names = [f"s{number}" for number in range(segments)]
    dealt: dict[str, list[Cue]] = {name: [] for name in names}
    for number, text in enumerate(texts):
        name = names[number * segments // len(texts)]
        dealt[name].append(Cue(f"{name}.c{number}", text, pause_s=pause_s))
    return Script(
        "A film", tuple(Segment(name, "scenes.minute.dome:Dome", "A title", 0.3, tuple(dealt[name])) for name in names)
    )


def same_words(script: Script) -> Catalog:
    """A catalogue whose translations are the script's own words."""
    return Catalog("xx.po", {source.id: Entry(source.text, source.text, False, 1) for source in sources(script)})


def narration_of(*texts: str, language: Language = ENGLISH, segments: int = 1) -> Narration:
    """Those texts as they are, as a narration in a language."""
    script = script_of(*texts, segments=segments)
    return localize(script, language, FACTS, same_words(script))


def spoken(clip: Clip, cue: SpokenCue, factor: float = 1.0) -> SpokenTime:
    """The times of a clip that was asked for a cue's offsets, times a factor."""
    times_s = [factor * at_s for at_s in clip.times_s]
    marks_s = {name: at_s for (name, _), at_s in zip(cue.speech.marks, times_s, strict=False)}
    return SpokenTime(factor * clip.duration_s, marks_s, tuple(times_s[len(marks_s) :]))


def utterance_of(cue: SpokenCue, language: Language) -> Utterance:
    """What a voice is asked for a cue: the times of its marks, then of its splits."""
    offsets = (*(offset for _, offset in cue.speech.marks), *cue.speech.splits)
    return Utterance(cue.speech.text, offsets, language, cue_id=cue.id)


def drafted(narration: Narration, factor: float = 1.0) -> dict[str, SpokenTime]:
    """How long the draft voice takes for every cue, times a factor."""
    return {cue.id: spoken(draft.speak(utterance_of(cue, narration.language)), cue, factor) for cue in narration.cues}
