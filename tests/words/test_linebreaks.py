import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narration_samples import HAN, KANA, LANGUAGES, SENTENCES
from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_boundaries

from explainer.words import linebreaks

EN, ZH, JA, FR, DE, ES, AR, HI = (LANGUAGES[tag] for tag in ("en", "zh-Hans", "ja", "fr", "de", "es", "ar", "hi"))
TEXTS = st.one_of(
    st.tuples(SENTENCES, st.sampled_from([EN, DE, ES, FR])), st.tuples(HAN, st.just(ZH)), st.tuples(KANA, st.just(JA))
)


@given(TEXTS)
def test_captions_of_a_cue_abut_and_keep_every_character(case):
    text, language = case
    text = text.replace("{cold}", "−5.0\u00a0mK").replace("{field}", "1\u00a0T").strip()
    blocks = linebreaks.blocks(text, language)
    assert blocks[0][0] == 0 and blocks[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(blocks))
    for start, stop in blocks:
        lines = linebreaks.lines(text[start:stop], language)
        assert 1 <= len(lines) <= linebreaks.MOST_LINES
        joined = " ".join(lines) if language.phrases == "spaces" else "".join(lines)
        assert joined.replace(" ", "") == text[start:stop].replace(" ", "")
        for line in lines:
            assert line == line.strip(" ")
            assert linebreaks.width(line, language) <= language.line_length
            assert not line.endswith("−5.0") and not line.startswith("mK")


LATIN = " abzAZ059.,;:!?%'()[]-–—/«»“”éßñ×\u00a0\u200d\u0301"
ARABIC = " ابءي٠٩5،؛؟.:()«»\u064b\u0651\u0640\u2066\u2069\u200f"
HINDI = " कषहत्रािीं५9।.,:()“”\u094d\u200d\u0901"
EAST = " 、。「」・ーんァ漢字々A1（）％×−\u3099\u3000"
MANY = st.characters(max_codepoint=0x24F, exclude_categories=["Cc"])
SPACED = st.one_of(*(st.text(st.sampled_from(letters), min_size=1, max_size=30) for letters in (LATIN, ARABIC, HINDI)))
ANY = st.one_of(SPACED, st.text(st.sampled_from(EAST), min_size=1), st.text(MANY, max_size=12))


@settings(max_examples=500)
@given(st.one_of(SPACED, st.text(MANY, max_size=12)))
def test_what_is_not_asked_of_the_rules_is_what_they_say(text):
    expected = {offset for offset in line_break_boundaries(text) if 0 < offset < len(text) and text[offset - 1] == " "}
    assert linebreaks._breaks_at_spaces(text) == expected


@settings(max_examples=500)
@given(ANY)
def test_letters_that_join_no_others_are_clusters(text):
    assert list(linebreaks._clusters(text)) == list(grapheme_clusters(text))


@given(st.one_of(st.tuples(HAN, st.just(ZH)), st.tuples(KANA, st.just(JA))))
def test_lines_obey_kinsoku(case):
    """No line begins with closing punctuation, none ends with an opening bracket."""
    text, language = case
    text = text.strip("、。，「」ーっゃゅょ")
    if not text or any(pair in text for pair in ("」ー", "ーー")):
        return
    for start, stop in linebreaks.blocks(text, language):
        for line in linebreaks.lines(text[start:stop], language)[1:]:
            assert line[0] not in "、。，」"
        for line in linebreaks.lines(text[start:stop], language):
            assert line[-1] not in linebreaks.NEVER_ENDS_A_LINE


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        (EN, "Not colder than zero: hotter than infinity.", ("Not colder than zero:", "hotter than infinity.")),
        (EN, "Its slope is one over temperature.", ("Its slope is one over temperature.",)),
        (EN, "In a laser, lower atoms absorb light; upper atoms copy it.",
         ("In a laser, lower atoms absorb light;", "upper atoms copy it.")),
        (JA, "準位を反転させると、上の粒子が多くなり、", ("準位を反転させると、", "上の粒子が多くなり、")),
        (ZH, "把能级翻转，上面的粒子就比下面的多，", ("把能级翻转，", "上面的粒子就比下面的多，")),
        (FR, "La température n'est plus positive\u202f: elle est devenue négative.",
         ("La température n'est plus positive\u202f:", "elle est devenue négative.")),
        (EN, "Boltzmann: up over down is e to the minus level distance over k T.",
         ("Boltzmann: up over down", "is e to the minus level distance over k T.")),
        (ES, "Boltzmann: arriba entre abajo es e a la menos distancia sobre kT.",
         ("Boltzmann: arriba entre abajo", "es e a la menos distancia sobre kT.")),
        (FR, "Boltzmann\u202f: le haut sur le bas vaut e puissance moins l’écart sur kT.",
         ("Boltzmann\u202f: le haut sur le bas", "vaut e puissance moins l’écart sur kT.")),
        (DE, "Boltzmann: Oben durch unten ist e hoch minus Niveauabstand durch kT.",
         ("Boltzmann: Oben durch unten", "ist e hoch minus Niveauabstand durch kT.")),
        (ZH, "阿布拉加姆和普罗克特混合过这样的自旋，结果正如天平所示：",
         ("阿布拉加姆和普罗克特混合过", "这样的自旋，结果正如天平所示：")),
    ],
)  # fmt: skip
def test_lines_break_where_a_reader_would(language, text, lines):
    assert linebreaks.lines(text, language) == lines


@pytest.mark.parametrize(
    ("tag", "bound", "other"),
    [
        ("en", "minus infinity", "heat"),
        ("en", "half and half", "heat"),
        ("en", "one over temperature", "heat"),
        ("es", "menos infinito", "calor"),
        ("fr", "moins l’infini", "chaleur"),
        ("de", "minus null", "Wärme"),
        ("ar", "سالب صفر", "حرارة"),
        ("hi", "ऋण अनंत", "ताप"),
        ("zh-Hans", "负无穷", "热"),
    ],
)
def test_a_sign_or_a_share_stays_with_what_follows(tag, bound, other):
    """Wherever the line is filled up to: never between the bound words."""
    language = LANGUAGES[tag]
    parted = "" if language.phrases == "characters" else " "
    first = bound[0] if not parted else bound.split(" ")[0]
    for before in range(1, 9):
        text = parted.join((*(other,) * before, bound, *(other,) * (9 - before)))
        shown = linebreaks.lines(text, language)
        assert all(not line.endswith(first) for line in shown[:-1])
        assert linebreaks.broken_badly(
            text[: text.index(bound)] + first, text[text.index(bound) + len(first) :], language
        )


@pytest.mark.parametrize(
    ("language", "text", "captions"),
    [
        (EN, "Then down from plus infinity to room temperature, giving heat away throughout.",
         [("Then down from plus infinity", "to room temperature,"), ("giving heat away throughout.",)]),
        (EN, "An oscillator has no top: at negative temperature each level would weigh more than the one below, "
         "without end.",
         [("An oscillator has no top:", "at negative temperature each level"),
          ("would weigh more than the one below,", "without end.")]),
        (FR, "Toute inversion est-elle une température négative\u202f? À l’équilibre seulement\u00a0: un atome pompé "
         "en donne une par paire.",
         [("Toute inversion est-elle", "une température négative\u202f?"),
          ("À l’équilibre seulement\u00a0:", "un atome pompé en donne une par paire.")]),
        (ZH, "为什么？熵算的是有多少种排列。能量由低到高：1种、4种、6种、4种、1种。",
         [("为什么？熵算的是有多少种排列。", "能量由低到高："), ("1种、4种、6种、4种、1种。",)]),
    ],
)  # fmt: skip
def test_terms_and_lists_stay_whole_from_caption_to_caption(language, text, captions):
    found = [linebreaks.lines(text[start:stop], language) for start, stop in linebreaks.blocks(text, language)]
    assert found == captions


def test_a_pair_is_parted_where_nothing_else_fits():
    left, right = "x" * 30, "y" * 25
    assert linebreaks.lines(f"{left} room temperature {right}", EN) == (left, f"room temperature {right}")
    assert linebreaks.lines(f"{left} room temperature{right}", EN) == (f"{left} room", f"temperature{right}")


@given(
    st.lists(
        st.sampled_from(["the", "slope", "a", "light", "and", "not", "flat", "grows", "in", "heat"]),
        min_size=8,
        max_size=16,
    )
)
def test_an_article_or_negation_ends_a_line_only_if_nothing_else_fits(words):
    text = " ".join(words)
    lines = linebreaks.lines(text, EN)
    if len(lines) == 2 and lines[0].split()[-1] in EN.small_words.binders:
        for cut in range(1, len(words)):
            first, second = " ".join(words[:cut]), " ".join(words[cut:])
            fits = max(len(first), len(second)) <= EN.line_length
            assert not fits or words[cut - 1] in EN.small_words.binders or words[cut] == "not"


def test_japanese_phrases_stay_whole_even_at_the_price_of_a_caption():
    text = "エントロピーは配置を数える。粒子では次のようになります。"
    shown = [linebreaks.lines(text[start:stop], JA) for start, stop in linebreaks.blocks(text, JA)]
    assert shown[0] == ("エントロピーは", "配置を数える。")
    text = "エントロピーは配置を数える 粒子では次のようになりますから"
    assert linebreaks.blocks(text, JA)[1][0] == text.index("粒")


def test_widths_count_what_a_reader_sees():
    assert linebreaks.width("温度", ZH) == 2
    assert linebreaks.width("温度 T", JA) == 3
    assert linebreaks.width("क्षत्रिय", HI) == 3
    assert linebreaks.width("\u2066−5.0\u00a0mK\u2069", AR) == 7
    assert linebreaks.width("é" + "e\u0301", EN) == 2


def test_a_number_is_not_parted_from_its_noun():
    assert linebreaks.broken_badly("at 100", "particles", EN)
    assert linebreaks.broken_badly("the slope of the", "dome", EN)
    assert linebreaks.broken_badly("sie ist", "nicht mehr", DE)
    assert linebreaks.broken_badly("粒子", "的能量", ZH)
    assert not linebreaks.broken_badly("the slope", "of the dome", EN)


@pytest.mark.parametrize(
    ("language", "unit"), [(EN, "a"), (EN, "ab "), (EN, "( "), (ZH, "能级，"), (ZH, "。"), (JA, "を"), (AR, "ab ")]
)
def test_the_longest_cue_is_cut_quickly(language, unit):
    started = time.process_time()
    linebreaks.blocks((unit * 600)[:600].strip(), language)
    assert time.process_time() - started < 3
