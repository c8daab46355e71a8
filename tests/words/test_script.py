import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import TOML, sample_script

from explainer.errors import ExplainerError
from explainer.words.script import DEFAULT_PATH, load_script, locate, parse_script


def test_the_film_itself_loads():
    script = load_script()
    assert len(script.segments) >= 5
    assert all(cue.id.split(".")[0] == segment.id for segment in script.segments for cue in segment.cues)
    assert hash(script) == hash(load_script())


def test_an_entry_is_found_at_its_line():
    text = DEFAULT_PATH.read_text(encoding="utf-8")
    lines = text.splitlines()
    for cue in load_script().cues:
        assert f'"{cue.id}"' in lines[locate(text, cue.id) - 1]
    assert lines[locate(text, "title") - 1].startswith("title")
    assert locate(text, "no.such") == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "A film"', "", "title: title is missing|title is missing"),
        ('id = "dome"\n', 'id = "../dome"\n', "not a valid id"),
        ('id = "dome"\n', 'id = "dome/x"\n', "not a valid id"),
        ('id = "dome"\n', 'id = "-dome"\n', "not a valid id"),
        ('id = "dome"\n', 'id = "' + "d" * 200 + '"\n', "not a valid id"),
        ('"dome.top"', '"dome.../top"', "not a valid id"),
        ('"dome.top"', '"other.top"', "must begin with dome"),
        ('"dome.axis"', '"dome.top"', "this id is taken"),
        ("pause_s = 0.6", "pause_s = -1", "is not a pause"),
        ("pause_s = 0.6", "pause_s = nan", "is not a pause"),
        ("pause_s = 0.6", "pause_s = inf", "is not a pause"),
        ("pause_s = 0.6", "pause_s = true", "is not a pause"),
        ("pause_s = 0.6", "paus_s = 0.6", "unknown key 'paus_s'"),
        ("[[label]]", "[[lable]]", "unknown key 'lable'"),
        ('"scenes.dome:Dome"', '"os:system"', "is not a scene"),
        ('"scenes.dome:Dome"', '"scenes.dome"', "is not a scene"),
        ("{particles}", "100", "bare number"),
        ("{particles}", "{particles.__class__}", "markup"),
        ("<flat/>", "<flat>", "markup"),
        ("energy in", "energy <m/>in", "outside a cue"),
        ('shows = "A dome."', 'shows = "A\\tdome."', "control character"),
        ('shows = "A dome."', 'spoken = "It is flat, {particles} {inversion_temperature}."', "drops <flat/>"),
        ('shows = "A dome."', 'spoken = "{x} <flat/> {particles} {inversion_temperature}."', "invents {x}"),
        ("[[segment.cue]]", "[segment.cue]", "broken TOML|list of tables"),
        ('"A film"', '"A film', "broken TOML"),
        ("0.6", "1" * 5000, "broken TOML|is not a pause"),
    ],
)
def test_bad_entries_are_refused(old, new, message):
    """One line that names the file, what is wrong and the remedy."""
    assert old in TOML
    with pytest.raises(ExplainerError, match=message) as caught:
        parse_script(TOML.replace(old, new, 1))
    line = str(caught.value)
    assert line.startswith("script.toml") and "; " in line and "\n" not in line


def test_deep_nesting_is_refused():
    with pytest.raises(ExplainerError, match=r"nested too deeply|broken TOML"):
        parse_script("a = " + "[" * 100_000)


def test_a_million_cues_are_refused(tmp_path):
    path = tmp_path / "script.toml"
    path.write_text(TOML + "[[segment.cue]]\n" * 1_000_000)
    with pytest.raises(ExplainerError, match="larger than"):
        load_script(path)
    with pytest.raises(ExplainerError, match="entries under cue"):
        parse_script('title = "a"\n[[segment]]\nid="a"\nscene="scenes.a:A"\ntitle="a"\n' + "[[segment.cue]]\n" * 3000)


def test_unreadable_files_are_refused(tmp_path):
    with pytest.raises(ExplainerError, match="cannot be read"):
        load_script(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(ExplainerError, match="not UTF-8"):
        load_script(tmp_path / "latin.toml")
    with pytest.raises(ExplainerError, match="cannot be read"):
        load_script(tmp_path)


@given(st.text(max_size=200))
def test_any_text_loads_or_is_refused(text):
    try:
        parse_script(text)
    except ExplainerError as error:
        assert "\n" not in str(error)


@settings(max_examples=300)
@given(st.integers(0, len(TOML) - 1), st.integers(0, 20), st.text(max_size=10))
def test_any_edit_of_a_script_loads_or_is_refused(at, length, inserted):
    try:
        parse_script(TOML[:at] + inserted + TOML[at + length :])
    except ExplainerError as error:
        assert "\n" not in str(error)


def test_the_sample_is_a_script():
    assert sample_script().cues[0].pause_s == 0.6
