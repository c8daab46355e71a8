import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import MINUTE, SCRIPT, TOML

from explainer.errors import ExplainerError
from explainer.words.script import MotionLimits, Settings, load_script, locate, parse_script


def test_the_minute_itself_loads():
    script = load_script(MINUTE.path)
    assert len(script.segments) >= 5
    assert all(cue.id.split(".")[0] == segment.id for segment in script.segments for cue in segment.cues)
    assert script == MINUTE.script


def test_an_entry_is_found_at_its_line():
    text = MINUTE.path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for cue in MINUTE.script.cues:
        assert f'"{cue.id}"' in lines[locate(text, cue.id) - 1]
    assert lines[locate(text, "title") - 1].startswith("title")
    assert locate(text, "no.such") == 1


def refused(text, message):
    """One line that names the file, what is wrong and the remedy."""
    with pytest.raises(ExplainerError, match=message) as caught:
        parse_script(text)
    line = str(caught.value)
    assert line.startswith("script.toml") and "; " in line and "\n" not in line


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "A film"', "", "title is missing"),
        ('id = "dome"\n', 'id = "../dome"\n', "not a valid id"),
        ('id = "dome"\n', 'id = "' + "d" * 200 + '"\n', "not a valid id"),
        ('"dome.top"', '"dome.../top"', "not a valid id"),
        ('"dome.top"', '"other.top"', "must begin with dome"),
        ('"dome.axis"', '"dome.top"', "this id is taken"),
        ("pause_s = 0.6", "pause_s = -1", "is not a pause"),
        ("pause_s = 0.6", "pause_s = nan", "is not a pause"),
        ("pause_s = 0.6", "pause_s = true", "is not a pause"),
        ("pause_s = 0.6", "paus_s = 0.6", "unknown key 'paus_s'"),
        ("[[label]]", "[[lable]]", "unknown key 'lable'"),
        ('"scenes.minute.dome:Dome"', '"os:system()"', "is not a scene"),
        ('"scenes.minute.dome:Dome"', '"scenes.minute.dome"', "is not a scene"),
        ("{particles}", "100", "bare number"),
        ("{particles}", "{particles.__class__}", "markup"),
        ("<flat/>", "<flat>", "markup"),
        ("energy in", "energy <m/>in", "outside a cue"),
        ('shows = "A dome."', 'shows = "A\\tdome."', "control character"),
        ('shows = "A dome."', 'spoken = "It is flat, {particles} {cold}."', "drops <flat/>"),
        ('shows = "A dome."', 'spoken = "{x} <flat/> {particles} {cold}."', "invents {x}"),
        ('shows = "A dome."', '"spoken:espeak" = "Flat, {particles} {cold}."', "form 'spoken:espeak' drops <flat/>"),
        ('shows = "A dome."', '"spoken:espeak" = "<b>{particles}"', "markup"),
        ('shows = "A dome."', '"spoken:" = "It is flat."', "unknown key 'spoken:'"),
        ("[[segment.cue]]", "[segment.cue]", "list of tables"),
        ('"A film"', '"A film', "broken TOML"),
        ("0.6", "1" * 5000, "broken TOML"),
        ('"A film"', "[" * 100_000, "broken TOML"),
    ],
)
def test_bad_entries_are_refused(old, new, message):
    assert old in TOML
    refused(TOML.replace(old, new, 1), message)


def with_settings(*lines):
    return TOML.replace("[[segment]]", "[film]\n" + "\n".join(lines) + "\n[[segment]]", 1)


def test_a_film_says_what_it_brings_beside_its_words():
    given = parse_script(
        with_settings(
            'name = "hot-things"',
            "default = true",
            'language = "de"',
            'facts = "own.facts"',
            'panels = "panels"',
            "minimum_s = 50",
            "target_s = 59.4",
            "maximum_s = 60",
            'voices = { de = "piper" }',
            'fonts = { en = "Noto Serif" }',
            'themes = { dark = { ink = "#ffffff" } }',
            "motion = { still_share = 0.12, longest_still_s = 1.5, box = 1 }",
        )
    ).settings
    assert given == Settings(
        name="hot-things",
        default=True,
        language="de",
        facts="own.facts",
        panels="panels",
        minimum_s=50,
        target_s=59.4,
        maximum_s=60,
        voices={"de": "piper"},
        fonts={"en": "Noto Serif"},
        themes={"dark": {"ink": "#ffffff"}},
        motion=MotionLimits(still_share=0.12, longest_still_s=1.5, box=1),
    )
    assert SCRIPT.settings == Settings()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('nmae = "x"', "film: unknown key 'nmae'; known here: default, "),
        ('name = "Hot Things"', "film: name = 'Hot Things'; use lower-case letters"),
        ('name = "../hot"', "film: name = '../hot'"),
        ("name = 3", 'film: name = .3.; write name = "..."'),
        ("default = 1", "film: default = '1'; write default = true or false"),
        ('facts = "own facts"', r"film: facts = 'own facts' is no module; write facts = \"folder.module\""),
        ('figures = "figures."', "film: figures = 'figures.' is no module"),
        ('minimum_s = "50"', "film: minimum_s = '50'; write minimum_s = seconds"),
        ("minimum_s = false", "film: minimum_s = 'False'"),
        ("minimum_s = 50", "film: its bounds are not in order; give all three"),
        ("target_s = 60", "film: its bounds are not in order"),
        ("maximum_s = 60", "film: its bounds are not in order"),
        ("minimum_s = -1\ntarget_s = 5\nmaximum_s = 6", "film: its bounds are not in order"),
        ("minimum_s = 5\ntarget_s = 9\nmaximum_s = 6", "film: its bounds are not in order"),
        ("minimum_s = nan\ntarget_s = 5\nmaximum_s = 6", "film: its bounds are not in order"),
        ('voices = "espeak"', "film: voices = 'espeak'; write"),
        ("voices = { de = 3 }", "film: voices.de = '3'; write"),
        ("fonts = { de = 3 }", "film: fonts.de = '3'; write"),
        ('themes = { "a/b" = {} }', "film: theme 'a/b' is not a name; write"),
        ("motion = 3", r"film: motion is not a table; write \[film.motion\]"),
        (
            "motion = { inc = 0.1 }",
            r"film\.motion: unknown key 'inc'; known here: box, ink, longest_still_s, seam, still",
        ),
        ("motion = { box = 1.2 }", r"film\.motion: box = '1.2'; write box = a share from 0 to 1"),
        ("motion = { ink = nan }", r"film\.motion: ink = 'nan'; write"),
        ("motion = { seam = true }", r"film\.motion: seam = 'True'; write"),
        ('motion = { still_share = "0.1" }', r"film\.motion: still_share = '0.1'; write"),
        ("motion = { longest_still_s = -1 }", r"film\.motion: longest_still_s = '-1'; write longest_still_s = seconds"),
        ('themes = { dark = "black" }', "film: themes.dark = 'black'; write"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(line, message):
    refused(with_settings(line), message)


def test_settings_stand_in_a_table():
    refused("film = 3\n" + TOML, r"film is not a table; write \[film\]")


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


EDITED = with_settings('name = "hot"', "default = true", 'voices = { de = "piper" }')


@settings(max_examples=300)
@given(st.integers(0, len(EDITED) - 1), st.integers(0, 20), st.text(max_size=10))
def test_any_edit_of_a_script_loads_or_is_refused(at, length, inserted):
    try:
        parse_script(EDITED[:at] + inserted + EDITED[at + length :])
    except ExplainerError as error:
        assert "\n" not in str(error)
