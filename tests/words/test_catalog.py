import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import TOML, drafted, narration_of, sample_script

from explainer.errors import ExplainerError
from explainer.tasks import files
from explainer.timing.status import status
from explainer.timing.timeline import Budget, plan
from explainer.words import catalog, glossary
from explainer.words.languages import LANGUAGES
from explainer.words.localize import localize
from explainer.words.pseudo import accented, pseudo_translated
from explainer.words.script import load_script, parse_script

DE, JA, QPS = LANGUAGES["de"], LANGUAGES["ja"], LANGUAGES["qps"]
SCRIPT = sample_script()
GERMAN = {
    "title": "Ein Film",
    "dome": "Die Kuppel",
    "dome.top": "Oben ist es bei {particles} Teilchen <flat/>flach: {inversion_temperature}.",
    "dome.axis": "Energie bei {field}",
}


def translation(changes=None, script=SCRIPT, fuzzy=()):
    """A German PO file with these texts."""
    file = polib.pofile("\n" + catalog.updated("", script, DE, file="de.po"))
    texts = GERMAN | (changes or {})
    for entry in file:
        entry.msgstr = texts.get(entry.msgctxt, "")
        if entry.msgctxt in fuzzy:
            entry.flags.append("fuzzy")
    return str(file)


def entries(text):
    return {entry.msgctxt: entry for entry in polib.pofile("\n" + text)}


def read(text):
    return catalog.parse(text, file="de.po")


def test_a_new_catalogue_tells_translators_all_they_need():
    text = catalog.updated("", SCRIPT, DE, file="de.po", speech_s={"dome.top": 4.2})
    by_id = entries(text)
    assert set(by_id) == {"title", "dome", "dome.top", "dome.top|spoken", "dome.axis"}
    cue = by_id["dome.top"]
    assert "python-brace-format" in cue.flags and cue.msgid == SCRIPT.cues[0].text
    assert "4.2 s" in cue.comment and "71 characters" in cue.comment and "A dome." in cue.comment
    assert "particle = Teilchen" in cue.comment
    assert polib.pofile("\n" + text).metadata["Language"] == "de"
    assert catalog.updated(text, SCRIPT, DE, file="de.po", speech_s={"dome.top": 4.2}) == text


def test_a_translation_speaks_its_language():
    narration = localize(SCRIPT, DE, catalog=read(translation()))
    assert narration.title == "Ein Film" and narration.segments[0].title == "Die Kuppel"
    assert narration.cues[0].text == "Oben ist es bei 100 Teilchen flach: −5,0\u00a0mK."
    assert narration.cues[0].speech.text == "Oben ist es bei 100 Teilchen flach: minus 5 Komma 0 Millikelvin."
    assert dict(narration.cues[0].speech.marks)["flat"] == 29
    assert narration.labels == {"dome.axis": "Energie bei 1\u00a0T"}
    assert narration.missing == ()


def test_the_spoken_form_is_said_and_the_text_shown():
    said = "{particles} Teilchen, oben <flat/>flaaach, {inversion_temperature}"
    narration = localize(SCRIPT, DE, catalog=read(translation({"dome.top|spoken": said})))
    assert narration.cues[0].speech.text.startswith("100 Teilchen, oben flaaach")
    assert narration.cues[0].text.startswith("Oben ist es")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dome.top": ""}, "dome.top: not translated"),
        ({"dome.axis": "Energie"}, r"drops \{field\}"),
        ({"dome.axis": "Energie {field} {particles}"}, r"invents \{particles\}"),
        ({"dome.axis": "Energie {field.real}"}, "markup"),
        ({"dome.axis": "Energie {field[0]}"}, "markup"),
        ({"dome.axis": "Energie bei <b>{field}</b>"}, "markup"),
        ({"dome.axis": "Energie bei {field}\n"}, "control character U\\+000A"),
        ({"dome.axis": "Energie\u202e bei {field}"}, r"control character U\+202E"),
        ({"dome.axis": "Energie\x1b bei {field}"}, r"control character U\+001B"),
        ({"dome.axis": "Energie bei 1 T, {field}"}, "bare number"),
        ({"dome.axis": "Energie <flat/>bei {field}"}, "invents <flat/>"),
        ({"dome.top": "Oben {particles}, {inversion_temperature}"}, "drops <flat/>"),
        ({"dome.top": "<flat/>{particles} <flat/>{inversion_temperature}"}, "twice"),
        ({"dome.top": "<flat/>{particles}{inversion_temperature}"}, "no words"),
        ({"dome.axis": "x" * 10_000 + "{field}"}, "characters; at most"),
        ({"dome.top|spoken": "nur so"}, "drops"),
    ],
)
def test_bad_translations_are_refused(changes, message):
    """One line with the PO file, the line of the entry, what is wrong and the remedy."""
    text = translation(changes)
    with pytest.raises(ExplainerError, match=message) as caught:
        localize(SCRIPT, DE, catalog=read(text))
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
            localize(script, DE, catalog=read(text))
    narration = localize(changed, DE, catalog=read(text), allow_missing=True)
    assert set(narration.missing) == {"dome", "dome.top", "dome.axis"}
    assert narration.segments[0].title == "The big dome"
    assert narration.labels["dome.axis"] == "energy in 1\u00a0T"
    assert "−5,0" in narration.cues[0].text


def test_updating_keeps_every_translation():
    """A changed line is fuzzy with its old English kept, a removed one obsolete, and one that returns is revived."""
    text = translation({"dome.top|spoken": "{particles} <flat/>flach {inversion_temperature}"})
    changed = parse_script(TOML.replace("energy in", "the energy in").replace('"dome.top"', '"dome.peak"'))
    once = catalog.updated(text, changed, DE, file="de.po")
    axis = entries(once)["dome.axis"]
    assert axis.msgstr == GERMAN["dome.axis"] and "fuzzy" in axis.flags and axis.previous_msgid == "energy in {field}"
    gone = [entry.msgctxt for entry in polib.pofile("\n" + once).obsolete_entries()]
    assert gone == ["dome.top", "dome.top|spoken"]
    again = parse_script(TOML.replace("energy in", "some energy in"))
    twice = entries(catalog.updated(once, again, DE, file="de.po"))
    assert twice["dome.axis"].previous_msgid == "energy in {field}"
    assert twice["dome.top"].msgstr == GERMAN["dome.top"] and "fuzzy" not in twice["dome.top"].flags
    assert twice["dome.top|spoken"].msgstr and not twice["dome.top"].obsolete


def test_translators_comments_and_headers_survive():
    file = polib.pofile("\n" + translation())
    file.find("energy in {field}").tcomment = "checked by hand"
    file.metadata["Last-Translator"] = "A. Nonymous"
    after = polib.pofile("\n" + catalog.updated(str(file), SCRIPT, DE, file="de.po"))
    assert after.find("energy in {field}").tcomment == "checked by hand"
    assert after.metadata["Last-Translator"] == "A. Nonymous"


TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(list(GERMAN.values())))


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*GERMAN, "dome.top|spoken"]), TEXTS))
def test_any_translation_is_used_or_refused_and_never_lost(changes):
    try:
        text = translation(changes)
    except (ValueError, UnicodeError):
        return
    try:
        before = read(text)
        after = read(catalog.updated(text, SCRIPT, DE, file="de.po"))
        assert {id: entry.text for id, entry in after.entries.items()} == {
            id: entry.text for id, entry in before.entries.items()
        }
        localize(SCRIPT, DE, catalog=before, allow_missing=True)
    except ExplainerError as error:
        assert "\n" not in str(error)


PO = translation()


@settings(max_examples=150)
@given(st.integers(0, len(PO) - 1), st.integers(0, 30), st.text(max_size=12))
def test_any_edit_of_a_catalogue_loads_or_is_refused(at, length, inserted):
    try:
        localize(SCRIPT, DE, catalog=read(PO[:at] + inserted + PO[at + length :]), allow_missing=True)
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
        ("narration/locale/de.po", "broken PO syntax"),
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


def test_a_catalogue_is_put_in_place_whole_or_not_at_all(tmp_path):
    path = catalog.path_of(DE, tmp_path / "new")
    catalog.save(path, PO)
    assert catalog.load(DE, tmp_path / "new").entries
    with pytest.raises(ExplainerError, match="cannot be written"):
        catalog.save(path / "inside.po", PO)
    assert path.read_text(encoding="utf-8") == PO and [item.name for item in path.parent.iterdir()] == ["de.po"]


def test_saving_a_catalogue_removes_what_a_killed_run_left_of_it_and_nothing_else(tmp_path):
    others = (".de.po", ".de.po.bak", ".de.po.7.bak", ".fr.po.7", "de.po.7")
    for name in (".de.po.1", ".de.po.4194304", *others):
        (tmp_path / name).write_text("x")
    catalog.save(tmp_path / "de.po", PO)
    assert {path.name for path in tmp_path.iterdir()} == {"de.po", *others}


def test_a_file_system_without_locks_keeps_what_may_still_be_written(tmp_path, monkeypatch):
    def none(handle, operation):
        raise OSError("no locks")

    monkeypatch.setattr(files.fcntl, "flock", none)
    (tmp_path / ".de.po.1").write_text("x")
    catalog.save(tmp_path / "de.po", PO)
    assert {path.name for path in tmp_path.iterdir()} == {"de.po", ".de.po.1"}


@pytest.mark.parametrize("tag", ["en", "qps"])
def test_languages_that_are_not_translated_get_no_catalogue(tag):
    with pytest.raises(ExplainerError, match="not translated"):
        catalog.updated("", SCRIPT, LANGUAGES[tag], file="x.po")


def test_the_glossary_covers_every_language():
    tags = set(LANGUAGES) - {"en", "qps"}
    assert all(set(local) == tags for local in glossary.terms().values())
    assert glossary.found("Negative <m/>temperature of a laser", JA)[0] == ("negative temperature", "負温度")
    assert glossary.found("It is flat.", JA) == ()


def test_the_pseudo_language_is_longer_and_still_a_script():
    script = load_script()
    pseudo = pseudo_translated(script)
    before, after = localize(script, LANGUAGES["en"]), localize(script, QPS)
    assert accented("At {x} <m/>heat", "f", "i") == "[Åţ {x} <m/>ĥééååţ]"
    for cue, other in zip(before.cues, after.cues, strict=True):
        assert len(other.text) > 1.15 * len(cue.text) and other.text[0] == "[" and other.text[-1] == "]"
        assert dict(other.speech.marks).keys() >= {name for name, _ in cue.speech.marks if name[0] != "_"}
    assert len(pseudo.labels) == len(script.labels)


def test_status_says_what_is_left_and_what_does_not_fit():
    english = localize(SCRIPT, LANGUAGES["en"])
    timeline = plan(english, drafted(english), Budget(minimum_s=0))
    long = "Oben ist es bei {particles} Teilchen <flat/>flach" + " und flach" * 12 + ": {inversion_temperature}."
    found = read(translation({"dome.top": long, "dome.axis": ""}, fuzzy=["dome"]))
    report = status(SCRIPT, DE, found, timeline, speech_s={"dome.top": 70.0})
    assert (report.done, report.fuzzy, report.missing) == (("title", "dome.top"), ("dome",), ("dome.axis",))
    assert [(item.id, item.cut_characters > 10) for item in report.too_long] == [("dome.top", True)]
    assert report.too_long[0].where.startswith("de.po:")
    assert {finding.rule for finding in report.findings} >= {"reading-speed"}
    assert status(SCRIPT, DE, read(translation()), timeline).too_long == ()


def test_a_narration_of_samples_is_sound():
    assert narration_of("It is flat.").cues[0].text == "It is flat."
