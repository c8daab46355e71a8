import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import FACTS, LANGUAGES, MINUTE, PORTUGUESE, SCRIPT, TOML, drafted, write_files

from explainer.errors import ExplainerError
from explainer.timing.planning import Budget, plan
from explainer.timing.status import status
from explainer.words import catalog, updating
from explainer.words.allowed import Allowed
from explainer.words.film import open_film
from explainer.words.localize import localize
from explainer.words.script import parse_script
from explainer.words.texts import UI, Text, read_texts

DE = LANGUAGES["de"]
GERMAN = {
    "title": "Ein Film",
    "dome": "Die Kuppel",
    "dome.top": "Oben ist es bei {particles} Teilchen <flat/>flach: {cold}.",
    "dome.axis": "Energie bei {field}",
}


def updated(old, script=SCRIPT, speech_s=None):
    """A German PO file brought up to a script."""
    found = catalog.sources(script, speech_s=speech_s)
    return updating.updated(old, found, DE, MINUTE.glossary, file="de.po", project="a-film")


def translation(changes=None, fuzzy=()):
    """A German PO file with these texts."""
    file = polib.pofile("\n" + updated(""))
    texts = GERMAN | (changes or {})
    for entry in file:
        entry.msgstr = texts.get(entry.msgctxt, "")
        if entry.msgctxt in fuzzy:
            entry.flags.append("fuzzy")
    return str(file)


def in_german(text, script=SCRIPT, **how):
    return localize(script, DE, FACTS, read(text), **how)


def entries(text):
    return {entry.msgctxt: entry for entry in polib.pofile("\n" + text)}


def read(text):
    return catalog.parse(text, file="de.po")


def test_a_new_catalogue_tells_translators_all_they_need():
    text = updated("", speech_s={"dome.top": 4.2})
    by_id = entries(text)
    assert set(by_id) == {"title", "dome", "dome.top", "dome.top|spoken", "dome.axis"}
    cue = by_id["dome.top"]
    assert "python-brace-format" in cue.flags and cue.msgid == SCRIPT.cues[0].text
    assert "4.2 s" in cue.comment and "71 characters" in cue.comment and "A dome." in cue.comment
    assert "particle = Teilchen" in cue.comment
    metadata = polib.pofile("\n" + text).metadata
    assert (metadata["Language"], metadata["Project-Id-Version"]) == ("de", "a-film")
    assert updated(text, speech_s={"dome.top": 4.2}) == text


def test_a_translation_speaks_its_language():
    narration = in_german(translation())
    assert narration.title == "Ein Film" and narration.segments[0].title == "Die Kuppel"
    assert narration.cues[0].text == "Oben ist es bei 100 Teilchen flach: −5,0\u00a0mK."
    assert narration.cues[0].speech.text == "Oben ist es bei 100 Teilchen flach: minus 5 Komma 0 Millikelvin."
    assert dict(narration.cues[0].speech.marks)["flat"] == 29
    assert narration.labels == {"dome.axis": "Energie bei 1\u00a0T"}
    assert narration.missing == ()


def test_the_spoken_form_is_said_and_the_text_shown():
    said = "{particles} Teilchen, oben <flat/>flaaach, {cold}"
    narration = in_german(translation({"dome.top|spoken": said}))
    assert narration.cues[0].speech.text.startswith("100 Teilchen, oben flaaach")
    assert narration.cues[0].text.startswith("Oben ist es")


def with_form(id="dome.top|spoken:espeak", text="{particles} Teilchen, <flat/>flaaach, {cold}", **changes):
    """A German PO file with a form for one voice too."""
    file = polib.pofile("\n" + translation(**changes))
    file.append(polib.POEntry(msgctxt=id, msgid=SCRIPT.cues[0].text, msgstr=text))
    return str(file)


def test_a_form_that_names_a_voice_is_that_voice_s_alone():
    (cue,) = in_german(with_form()).cues
    assert cue.said_by("espeak").text.startswith("100 Teilchen, flaaach") and dict(cue.said_by("espeak").marks)
    assert cue.said_by("flite") == cue.speech and cue.speech.text.startswith("Oben ist es")
    (cue,) = in_german(with_form(changes={"dome.top|spoken": "{particles} {cold} <flat/>plain"})).cues
    assert cue.said_by("espeak").text.startswith("100 Teilchen, flaaach") and cue.said_by("flite").text[-5:] == "plain"


def test_a_form_of_an_older_line_is_not_said():
    changed = parse_script(TOML.replace("At the top", "On the top"))
    (cue,) = in_german(with_form(), changed, allowed=Allowed(missing=True)).cues
    assert cue.said_by("espeak") == cue.speech


def test_updating_keeps_forms_for_single_voices_beside_their_cue():
    once = updated(with_form())
    ids = [entry.msgctxt for entry in polib.pofile("\n" + once)]
    assert ids[ids.index("dome.top") :][:3] == ["dome.top", "dome.top|spoken", "dome.top|spoken:espeak"]
    form = entries(once)["dome.top|spoken:espeak"]
    assert form.msgstr == "{particles} Teilchen, <flat/>flaaach, {cold}" and "the voice espeak says" in form.comment
    assert updated(once) == once
    changed = entries(updated(once, parse_script(TOML.replace("At the top", "On the top"))))["dome.top|spoken:espeak"]
    assert "fuzzy" in changed.flags and changed.msgstr == form.msgstr and changed.previous_msgid == SCRIPT.cues[0].text
    without = updated(once, parse_script(TOML.replace('"dome.top"', '"dome.peak"')))
    gone = [entry.msgctxt for entry in polib.pofile("\n" + without).obsolete_entries()]
    assert "dome.top|spoken:espeak" in gone
    assert entries(updated(without))["dome.top|spoken:espeak"].msgstr == form.msgstr


@pytest.mark.parametrize("text", ["nur so", "{particles} {cold} <flat/><b>", "{particles} <flat/>"])
def test_a_form_for_one_voice_is_checked_like_any(text):
    with pytest.raises(ExplainerError, match=r"^de\.po:\d+: dome\.top\|spoken:espeak: (the translation drops|markup)"):
        in_german(with_form(text=text))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dome.top": ""}, "dome.top: not translated"),
        ({"dome.axis": "Energie"}, r"drops \{field\}"),
        ({"dome.axis": "Energie {field} {particles}"}, r"invents \{particles\}"),
        ({"dome.axis": "Energie {field.real}"}, "markup"),
        ({"dome.axis": "Energie bei <b>{field}</b>"}, "markup"),
        ({"dome.axis": "Energie bei {field}\n"}, "control character U\\+000A"),
        ({"dome.axis": "Energie\u202e bei {field}"}, r"control character U\+202E"),
        ({"dome.axis": "Energie bei 1 T, {field}"}, "bare number"),
        ({"dome.axis": "Energie <flat/>bei {field}"}, "invents <flat/>"),
        ({"dome.top": "Oben {particles}, {cold}"}, "drops <flat/>"),
        ({"dome.top": "<flat/>{particles} <flat/>{cold}"}, "twice"),
        ({"dome.top": "<flat/>{particles}{cold}"}, "no words"),
        ({"dome.axis": "x" * 10_000 + "{field}"}, "characters; at most"),
        ({"dome.top|spoken": "nur so"}, "drops"),
    ],
)
def test_bad_translations_are_refused(changes, message):
    """One line with the PO file, the line of the entry, what is wrong and the remedy."""
    text = translation(changes)
    with pytest.raises(ExplainerError, match=message) as caught:
        in_german(text)
    where, id = str(caught.value).split(": ")[:2]
    assert where.startswith("de.po:") and "\n" not in str(caught.value)
    line = int(where.split(":")[1])
    near = text.splitlines()[line - 1 : line + 2]
    assert any(f'"{id}"' in nearby for nearby in near), (id, near)


def test_unfinished_lines_are_shown_in_english_only_if_allowed():
    changed = parse_script(TOML.replace('"The dome"', '"The big dome"'))
    text = translation({"dome.axis": ""}, fuzzy=["dome.top"])
    for script in (SCRIPT, changed):
        with pytest.raises(ExplainerError, match="--allow-missing"):
            in_german(text, script)
    narration = in_german(text, changed, allowed=Allowed(missing=True))
    assert set(narration.missing) == {"dome", "dome.top", "dome.axis"}
    assert narration.segments[0].title == "The big dome"
    assert narration.labels["dome.axis"] == "energy in 1\u00a0T"
    assert "−5,0" in narration.cues[0].text


def test_an_older_translation_is_shown_if_allowed_and_if_it_fits():
    changed = parse_script(TOML.replace("At the top", "On the top").replace('"The dome"', '"The big dome"'))
    narration = in_german(PO, changed, allowed=Allowed(fuzzy=True))
    before = in_german(PO)
    assert set(narration.fuzzy) == {"dome", "dome.top"} and not narration.missing
    assert narration.cues == before.cues and narration.segments[0].title == before.segments[0].title
    bare = parse_script(TOML.replace("<flat/>", ""))
    with pytest.raises(ExplainerError, match=r"^de\.po:\d+: dome\.top: .*invents <flat/>"):
        in_german(PO, bare, allowed=Allowed(fuzzy=True))
    assert in_german(PO, bare, allowed=Allowed(missing=True, fuzzy=True)).missing == ("dome.top",)
    with pytest.raises(ExplainerError, match="--allow-fuzzy"):
        in_german(PO, changed)


def test_a_translator_says_why_a_caption_is_fast():
    noted = PO.replace('msgctxt "dome.top"', '# Reading speed: two names,\n# and no shorter word.\nmsgctxt "dome.top"')
    assert read(noted).reason("dome.top") == "two names, and no shorter word."
    assert read(noted).reason("dome.axis") == read(PO).reason("dome.top") == read(PO).reason("nowhere") == ""
    kept = updated(updated(noted))
    assert read(kept).reason("dome.top") == "two names, and no shorter word."


def test_updating_keeps_every_translation():
    """A changed line is fuzzy with its old English kept, a removed one obsolete, and one that returns is revived."""
    text = translation({"dome.top|spoken": "{particles} <flat/>flach {cold}"})
    changed = parse_script(TOML.replace("energy in", "the energy in").replace('"dome.top"', '"dome.peak"'))
    once = updated(text, changed)
    axis = entries(once)["dome.axis"]
    assert axis.msgstr == GERMAN["dome.axis"] and "fuzzy" in axis.flags and axis.previous_msgid == "energy in {field}"
    gone = [entry.msgctxt for entry in polib.pofile("\n" + once).obsolete_entries()]
    assert gone == ["dome.top", "dome.top|spoken"]
    again = parse_script(TOML.replace("energy in", "some energy in"))
    twice = entries(updated(once, again))
    assert twice["dome.axis"].previous_msgid == "energy in {field}"
    assert twice["dome.top"].msgstr == GERMAN["dome.top"] and "fuzzy" not in twice["dome.top"].flags
    assert twice["dome.top|spoken"].msgstr and not twice["dome.top"].obsolete


def test_translators_comments_and_headers_survive():
    file = polib.pofile("\n" + translation())
    file.find("energy in {field}").tcomment = "checked by hand"
    file.metadata["Last-Translator"] = "A. Nonymous"
    after = polib.pofile("\n" + updated(str(file)))
    assert after.find("energy in {field}").tcomment == "checked by hand"
    assert after.metadata["Last-Translator"] == "A. Nonymous"


TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(list(GERMAN.values())))


@given(st.dictionaries(st.sampled_from([*GERMAN, "dome.top|spoken"]), TEXTS))
def test_any_translation_is_used_or_refused_and_never_lost(changes):
    try:
        text = translation(changes)
    except (ValueError, UnicodeError):
        return
    try:
        before = read(text)
        after = read(updated(text))
        assert {id: entry.text for id, entry in after.entries.items()} == {
            id: entry.text for id, entry in before.entries.items()
        }
        localize(SCRIPT, DE, FACTS, before, allowed=Allowed(missing=True))
    except ExplainerError as error:
        assert "\n" not in str(error)


PO = translation()


@settings(max_examples=150)
@given(st.integers(0, len(PO) - 1), st.integers(0, 30), st.text(max_size=12))
def test_any_edit_of_a_catalogue_loads_or_is_refused(at, length, inserted):
    try:
        in_german(PO[:at] + inserted + PO[at + length :], allowed=Allowed(missing=True))
    except ExplainerError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgctxt "a"\nmsgid "x\nmsgstr ""', r"de\.po:2: broken PO syntax"),
        ('msgctxt "a"\nmsgid "b"\nmsgstr "c"\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"', "stands twice"),
        ('msgid "b"\nmsgstr "c"', "no msgctxt"),
        ('msgctxt "a"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "c"', "plural"),
        ('msgctxt "a"\nmsgid "b\0"\nmsgstr ""', "null character"),
        ("/etc/hostname", "broken PO syntax"),
    ],
)
def test_broken_catalogues_are_refused(text, message):
    with pytest.raises(ExplainerError, match=message):
        read(text)


def test_unreadable_catalogues_are_refused(tmp_path):
    with pytest.raises(ExplainerError, match="no German translation; run translate new de"):
        catalog.load(DE, tmp_path)
    (tmp_path / "de.po").write_bytes(b"\xff\xfe")
    with pytest.raises(ExplainerError, match="not UTF-8"):
        catalog.load(DE, tmp_path)
    (tmp_path / "de.po").write_bytes(b"# " + b"x" * 3_000_000)
    with pytest.raises(ExplainerError, match="larger than"):
        catalog.load(DE, tmp_path)


def test_status_says_what_is_left_and_what_does_not_fit():
    english = localize(SCRIPT, LANGUAGES["en"], FACTS)
    budget = Budget(0.0, 59.4, 60.0)
    timeline = plan(english, drafted(english), budget)
    sources = catalog.sources(SCRIPT)

    def examined(text, speech_s):
        return status(sources, in_german(text, allowed=Allowed(missing=True)), read(text), timeline, speech_s, budget)

    long = "Oben ist es bei {particles} Teilchen <flat/>flach" + " und flach" * 12 + ": {cold}."
    report = examined(translation({"dome.top": long, "dome.axis": ""}, fuzzy=["dome"]), {"dome.top": 70.0})
    assert (report.done, report.fuzzy, report.missing) == (("title", "dome.top"), ("dome",), ("dome.axis",))
    assert [(item.id, item.cut_characters > 10) for item in report.too_long] == [("dome.top", True)]
    assert report.too_long[0].where.startswith("de.po:")
    assert {finding.rule for finding in report.findings} >= {"reading-speed"}
    assert examined(translation(), {"dome.top": 5.0}).too_long == ()


def test_a_film_without_bounds_has_room_for_every_word():
    english = localize(SCRIPT, LANGUAGES["en"], FACTS)
    timeline = plan(english, drafted(english), None)
    text = translation()
    report = status(catalog.sources(SCRIPT), in_german(text), read(text), timeline, {"dome.top": 7000.0}, None)
    assert report.too_long == ()


def test_a_language_begun_from_nothing_has_every_line_of_film_panels_and_interface(tmp_path):
    """The engine's own texts among them, as it does not know the language; once translated, they are what is shown."""
    files = {
        "narration/one.toml": TOML.replace("[[segment]]", '[film]\npanels = "panels"\n[[segment]]', 1),
        "narration/languages/pt.toml": PORTUGUESE,
        "panels/text.toml": '[panels.drive]\nintro = { text = "At {place}", shows = "a line" }\n',
    }
    film = open_film(write_files(tmp_path, files))
    sources = catalog.sources(film.script, film.own_texts("pt"))
    text = updating.updated("", sources, film.language("pt"), film.glossary, file="pt.po", project=film.name)
    of_film = {"title", "dome", "dome.top", "dome.top|spoken", "dome.axis"}
    by_id = entries(text)
    assert by_id.keys() == of_film | {"panels:drive.intro"} | {each.id for each in read_texts(UI)}
    assert not any(entry.msgstr for entry in by_id.values())
    assert "python-brace-format" in by_id["panels:drive.intro"].flags
    file = polib.pofile("\n" + text)
    for entry in file:
        entry.msgstr = f"pt {entry.msgid}"
    write_files(film.locale, {"pt.po": str(file)})
    assert film.tags == ("en", "pt")
    assert film.narration("pt", FACTS).title == "pt A film"
    texts = film.texts("pt")
    assert (texts["page:film.heading"], texts["panels:drive.intro"]) == ("pt The film", "pt At {place}")


STEP = Text("page:film.step", "Step {step}", "a button")


def of_step(text, source="Step {step}", flags=""):
    return read(f'{flags}msgctxt "page:film.step"\nmsgid "{source}"\nmsgstr "{text}"\n')


def test_a_text_is_in_the_words_of_the_first_catalogue_that_has_it():
    first, second = of_step("Schritt {step}"), of_step("Stufe {step}")
    assert catalog.translated_texts([STEP], [first, second]) == {STEP.id: "Schritt {step}"}
    assert catalog.translated_texts([STEP], [read(""), second]) == {STEP.id: "Stufe {step}"}


@pytest.mark.parametrize(
    ("found", "message", "shown"),
    [
        (read(""), "not translated", STEP.text),
        (of_step(""), "not translated", STEP.text),
        (of_step("Schritt {step}", flags="#, fuzzy\n"), "is fuzzy", STEP.text),
        (of_step("Schritt {step}", source="Pace {step}"), "its source has changed", STEP.text),
        (of_step("Schritt"), "its placeholders are not the source's; use: {step}", None),
        (of_step("Schritt {step} {more}"), "its placeholders are not the source's", None),
    ],
)
def test_a_text_that_cannot_be_used_is_named_with_its_place(found, message, shown):
    """One that is not finished may stand as it was written."""
    with pytest.raises(ExplainerError, match=rf"^de\.po(:\d)?: page:film\.step: .*{message}"):
        catalog.translated_texts([STEP], [found])
    if shown is None:
        with pytest.raises(ExplainerError, match=message):
            catalog.translated_texts([STEP], [found], allowed=Allowed(missing=True))
    else:
        assert catalog.translated_texts([STEP], [found], allowed=Allowed(missing=True)) == {STEP.id: shown}
