"""What the buttons of a deck are called, by language; a language without a row has them in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DeckWords:
    """Names of a deck's controls; `slide` holds {number}, {count} and {title}."""

    previous: str
    next: str
    play: str
    notes: str
    full_screen: str
    slide: str


ENGLISH = DeckWords(
    "Previous slide", "Next slide", "Play or pause", "Notes", "Full screen", "Slide {number} of {count}: {title}"
)
WORDS = {
    "en": ENGLISH,
    "de": DeckWords(
        "Vorige Folie", "Nächste Folie", "Abspielen oder anhalten", "Notizen", "Vollbild",
        "Folie {number} von {count}: {title}",
    ),
    "es": DeckWords(
        "Diapositiva anterior", "Diapositiva siguiente", "Reproducir o pausar", "Notas", "Pantalla completa",
        "Diapositiva {number} de {count}: {title}",
    ),
    "fr": DeckWords(
        "Diapositive précédente", "Diapositive suivante", "Lire ou mettre en pause", "Notes", "Plein écran",
        "Diapositive {number} sur {count} : {title}",
    ),
    "ja": DeckWords(
        "前のスライド", "次のスライド", "再生/一時停止", "ノート", "全画面表示", "スライド {number}/{count}：{title}"
    ),
    "zh-Hans": DeckWords(
        "上一张幻灯片", "下一张幻灯片", "播放或暂停", "备注", "全屏", "第 {number} 张，共 {count} 张：{title}"
    ),
    "ar": DeckWords(
        "الشريحة السابقة", "الشريحة التالية", "تشغيل أو إيقاف مؤقت", "ملاحظات", "ملء الشاشة",
        "الشريحة {number} من {count}: {title}",
    ),
    "hi": DeckWords(
        "पिछली स्लाइड", "अगली स्लाइड", "चलाएँ या रोकें", "नोट्स", "पूर्ण स्क्रीन", "स्लाइड {number}/{count}: {title}"
    ),
}  # fmt: skip


def words_for(language_tag: str) -> tuple[DeckWords, str]:
    """Return the names of the controls and the language they are in."""
    found = WORDS.get(language_tag)
    return (ENGLISH, "en") if found is None else (found, language_tag)
