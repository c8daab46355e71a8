import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.words import markup

TOKENS = st.lists(
    st.sampled_from(["{a}", "{bc}", "<m/>", "<n/>", " ", "heat ", "of", " x", "−"]), min_size=1, max_size=12
)
VALUES = {"a": "QQQ", "bc": "Z"}
OTHER_VALUES = {"a": "Z", "bc": "QQQQQ"}


def parsed(text):
    return markup.parse(text, file="f", id="i")


def literal(text):
    """What of a filled text is no value."""
    return text.replace("Q", "").replace("Z", "")


def test_marks_and_placeholders_are_taken_apart():
    line = parsed("At {field} it is <flat/> flat.")
    assert line.facts == ("field",)
    assert line.marks == ("flat",)
    assert markup.fill(line, {"field": "1 T"}) == markup.MarkedText("At 1 T it is flat.", (("flat", 13),))


@pytest.mark.parametrize(
    "text",
    ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{{a}}", "}", "{A}", "{a", "{ a }",
     "<b>bold</b>", "<b/ >", "a<b", "x>y", "<mark name='a'/>", "-->", "&lt;", "&#60;", r"\an8"],
)  # fmt: skip
def test_nothing_else_is_understood(text):
    with pytest.raises(ExplainerError, match="markup"):
        parsed(f"before {text} after")


def test_a_less_than_sign_between_spaces_is_text():
    assert parsed("T < U & V").literal == "T < U & V"


@pytest.mark.parametrize("number", ["5", "٥", "５", "½", "Ⅳ", "²"])
def test_a_bare_number_is_refused_in_any_script(number):
    with pytest.raises(ExplainerError, match="bare number"):
        parsed(f"about {number} kelvin")


@pytest.mark.parametrize(
    ("characters", "what"),
    [
        (["\n", "\x1b", "\u202e", "\u2066", "\ufeff", "\u2028"], "control character"),
        (["\ue000"], "private character"),
        (["\ud800"], "half of a character"),
        (["\U0001fae8", "\ufffe"], "unknown character"),  # an emoji of Unicode 15, which Python 3.11 has not
    ],
)
def test_odd_characters_are_refused_as_what_they_are_and_shown_escaped(characters, what):
    for character in characters:
        if unicodedata.category(character) == "So":
            continue
        with pytest.raises(ExplainerError, match=f"{what} U\\+{ord(character):04X} in") as caught:
            parsed(f"a{character}b")
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_empty_text_is_refused(text):
    with pytest.raises(ExplainerError, match="empty"):
        parsed(text)


def test_absurd_length_is_refused():
    with pytest.raises(ExplainerError, match="10000000 characters"):
        parsed("x" * 10_000_000)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a <m/>b <m/>c", "stands twice"),
        ("a <end/>b", "<end/> has the name of a place that each cue has"),
        ("a <hold/>b", "<hold/> has the name"),
        ("a <start/>b", "<start/> has the name"),
    ],
)
def test_a_mark_has_a_name_of_its_own(text, problem):
    with pytest.raises(ExplainerError, match=problem):
        parsed(text)


@given(TOKENS)
def test_marks_point_at_the_text_after_them(tokens):
    """Taking marks out changes no other character but doubled spaces, and each mark keeps its place."""
    try:
        line = parsed("".join(tokens))
    except ExplainerError:
        return
    filled = markup.fill(line, VALUES)
    assert filled.text == filled.text.strip()
    assert all(0 <= offset <= len(filled.text) for _, offset in filled.marks)
    assert [name for name, _ in filled.marks] == [name for kind, name in line.parts if kind == "mark"]


@given(TOKENS, st.integers(0, 60))
def test_a_place_stands_between_the_same_words_whatever_values_are_filled_in(tokens, offset):
    try:
        line = parsed("".join(tokens))
    except ExplainerError:
        return
    shown, other = markup.fill(line, VALUES), markup.fill(line, OTHER_VALUES)
    there = markup.mapped(line, VALUES, OTHER_VALUES, offset)
    assert literal(other.text[:there]) == literal(shown.text[:offset])
    if offset < len(shown.text):
        after, after_there = shown.text[offset], other.text[there]
        assert after_there == after if literal(after) else not literal(after_there)
    else:
        assert there == len(other.text)
    for (name, at), moved in zip(shown.marks, other.marks, strict=True):
        assert (name, markup.mapped(line, VALUES, OTHER_VALUES, at)) == moved


@given(st.text(max_size=80))
def test_any_text_is_parsed_or_refused(text):
    try:
        line = parsed(text)
    except ExplainerError as error:
        assert "\n" not in str(error)
    else:
        assert set("{}\\").isdisjoint(line.literal)
