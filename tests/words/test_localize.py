from dataclasses import replace

import pytest
from narration_samples import ENGLISH, FACTS, LANGUAGES, MINUTE, SCRIPT, narration_of, same_words, script_of

from explainer.errors import ExplainerError
from explainer.words.facts import known
from explainer.words.localize import localize
from explainer.words.pseudo import accented

LONG = "The first sentence is at {cold} and fills a line. The second one, in {field}, is as long. And a third ends it."


def test_numbers_are_written_on_screen_and_said_aloud():
    narration = localize(SCRIPT, ENGLISH, FACTS)
    (cue,) = narration.cues
    assert cue.text == "At the top of 100 particles it is flat, at −5.0\u00a0mK."
    assert cue.speech.text == "At the top of 100 particles it is flat, at minus 5 point 0 millikelvin."
    assert narration.labels == {"dome.axis": "energy in 1\u00a0T"}
    assert {fact.id for fact in narration.facts} == {"particles", "cold", "field"}


def test_facts_reach_every_language_s_captions_and_speech():
    """One fact changed is changed in all."""
    script = script_of("At {cold}, flat.")
    for language in LANGUAGES.values():
        cues = []
        for value in (-0.005, -0.007):
            facts = FACTS | {"cold": replace(FACTS["cold"], value_si=value)}
            cues += localize(script, language, facts, same_words(script)).cues
        assert cues[0].text != cues[1].text and cues[0].speech.text != cues[1].speech.text


def test_an_unknown_placeholder_is_named_with_its_cue():
    with pytest.raises(ExplainerError, match=r"script\.toml: s0\.c0: unknown placeholder {warm}; name a fact"):
        localize(script_of("At {warm}, flat."), ENGLISH, FACTS)


def test_a_cue_of_marks_alone_is_refused():
    with pytest.raises(ExplainerError, match=r"s0\.c0: nothing but marks"):
        localize(script_of("<flat/>"), ENGLISH, FACTS)


def test_a_long_cue_is_split_before_the_same_words_on_screen_and_aloud():
    (cue,) = narration_of(LONG).cues
    assert cue.caption.splits and len(cue.caption.splits) == len(cue.speech.splits)
    for shown, said in zip(cue.caption.splits, cue.speech.splits, strict=True):
        assert cue.text[shown:].split()[0] == cue.speech.text[said:].split()[0]
    assert narration_of("It is flat.").cues[0].caption.splits == ()


def test_what_is_said_otherwise_is_split_at_its_own_pauses():
    said = "A first sentence, at {cold}, fills line one. A second, in {field}, is like it. And so a third will end it."
    script = script_of(LONG)
    (segment,) = script.segments
    segment = replace(segment, cues=(replace(segment.cues[0], spoken=said),))
    (cue,) = localize(replace(script, segments=(segment,)), ENGLISH, FACTS).cues
    assert len(cue.caption.splits) == len(cue.speech.splits) > 0
    assert list(cue.speech.splits) == sorted(set(cue.speech.splits))
    assert all(cue.speech.text[:at].rstrip()[-1] in ".," for at in cue.speech.splits)


def test_a_voice_says_the_form_that_names_it_else_the_plain_one_else_the_text():
    text, plain, own = "On top, <flat/>flat, at {cold}.", "At {cold} <flat/>flat.", "<flat/>Flaat, {cold}."
    named = {"espeak": own}
    for spoken, spoken_by, espeak, other in (
        (None, {}, text, text),
        (plain, {}, plain, plain),
        (None, named, own, text),
        (plain, named, own, plain),
    ):
        script = script_of(text)
        (segment,) = script.segments
        cue = replace(segment.cues[0], spoken=spoken, spoken_by=spoken_by)
        (told,) = localize(replace(script, segments=(replace(segment, cues=(cue,)),)), ENGLISH, FACTS).cues
        assert told.text == "On top, flat, at −5.0\u00a0mK."
        for voice, form in (("espeak", espeak), ("flite", other)):
            before, _, after = form.replace("{cold}", "minus 5 point 0 millikelvin").partition("<flat/>")
            said = told.said_by(voice)
            assert (said.text, said.marks) == (before + after, (("flat", len(before)),))


def test_every_form_of_a_long_cue_is_split_as_often_as_its_caption():
    script = script_of(LONG)
    (segment,) = script.segments
    cue = replace(segment.cues[0], spoken_by={"espeak": "First, {cold}. Then, in {field}, a second. Then a third."})
    (told,) = localize(replace(script, segments=(replace(segment, cues=(cue,)),)), ENGLISH, FACTS).cues
    assert len(told.said_by("espeak").splits) == len(told.speech.splits) == len(told.caption.splits) > 0


def test_the_pseudo_language_is_longer_and_keeps_every_mark():
    """Accents cover what is shown; the voice still says the English."""
    assert accented("At {x} <m/>heat", "f", "i") == "[Åţ {x} <m/>ĥééååţ]"
    facts = known(MINUTE.facts).facts
    before, after = MINUTE.narration("en", facts), MINUTE.narration("qps", facts)
    for cue, other in zip(before.cues, after.cues, strict=True):
        assert len(other.text) > 1.15 * len(cue.text) and other.text[0] == "[" and other.text[-1] == "]"
        assert (other.speech.text, other.speech.marks) == (cue.speech.text, cue.speech.marks)
    assert after.labels.keys() == before.labels.keys()
    assert all(text.startswith("[") for text in (after.title, *after.labels.values()))
