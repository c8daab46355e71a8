"""Small scripts and strategies that several tests share."""

from __future__ import annotations

from hypothesis import strategies as st

from explainer.voices import draft
from explainer.words.catalog import Catalog, Entry, sources
from explainer.words.facts import Fact
from explainer.words.languages import LANGUAGES, Language
from explainer.words.localize import Narration, localize
from explainer.words.script import Cue, Script, Segment, parse_script

ENGLISH = LANGUAGES["en"]

TOML = """
title = "A film"
[[segment]]
id = "dome"
scene = "scenes.dome:Dome"
title = "The dome"
lead_s = 0.3
[[segment.cue]]
id = "dome.top"
text = "At the top of {particles} particles it is <flat/> flat, at {inversion_temperature}."
pause_s = 0.6
shows = "A dome."
[[label]]
id = "dome.axis"
text = "energy in {field}"
"""

FACTS = {
    "cold": Fact("cold", -0.005, "mK", 1, "physics.f()"),
    "field": Fact("field", 1.0, "T", 0, "physics.g()"),
}
SMALL = ["the", "a", "of", "not", "and", "to", "than", "is,", "it", "&", "<"]
LARGE = ["heat", "infinity", "temperature", "entropy", "hotter", "flat.", "copies?", "counts:", "{cold}", "{field}."]
WORDS = st.sampled_from([*SMALL, *LARGE, "two-level", "light;"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).strip("<& ") or "heat")
HAN = st.text(alphabet="温度熵热能级粒子比下面的多，。、负无穷不是", min_size=1, max_size=80)
KANA = st.text(alphabet="準位を反転させると粒子がおおくなりますエントロピー、。「」ー", min_size=1, max_size=60)


def script_of(*texts: str, pause_s: float = 0.4, segments: int = 1) -> Script:
    """A script whose cues say these texts, dealt out to segments in turn."""
    names = [f"s{number}" for number in range(segments)]
    dealt: dict[str, list[Cue]] = {name: [] for name in names}
    for number, text in enumerate(texts):
        name = names[number * segments // len(texts)]
        dealt[name].append(Cue(f"{name}.c{number}", text, pause_s=pause_s))
    return Script(
        "A film", tuple(Segment(name, "scenes.dome:Dome", "A title", 0.3, tuple(dealt[name])) for name in names)
    )


def narration_of(*texts: str, language: Language = ENGLISH, segments: int = 1) -> Narration:
    """Those texts as they are, as a narration in a language."""
    script = script_of(*texts, segments=segments)
    entries = {source.id: Entry(source.text, source.text, False, 1) for source in sources(script)}
    return localize(script, language, catalog=Catalog("xx.po", entries), facts=FACTS)


def drafted(narration: Narration, factor: float = 1.0) -> dict[str, tuple[float, dict[str, float]]]:
    """How long the draft voice takes for every cue, times a factor."""
    lengths = {cue.id: draft.duration(cue.speech, narration.language) for cue in narration.cues}
    return {id: (factor * s, {name: factor * at for name, at in marks.items()}) for id, (s, marks) in lengths.items()}


def sample_script() -> Script:
    """The script above, parsed."""
    return parse_script(TOML)
