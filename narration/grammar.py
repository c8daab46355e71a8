"""The small words that decide where a caption may be broken, by language."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SMALL_WORDS", "SmallWords"]


@dataclass(frozen=True)
class SmallWords:
    """Words that bind.

    ``binders`` hold to the word after them and never end a line: articles, determiners, negations;
    ``openers`` begin a phrase, so that a line may well begin with them: conjunctions, prepositions;
    ``closers`` hold to the word before them and never begin a line: postpositions, negations after a verb.
    """

    binders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    closers: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_WORDS: dict[str, SmallWords] = {
    "en": SmallWords(
        _words("a an the this that these those its their his her our your my no not never each every some any"),
        _words(
            "and or but nor so yet because while when where which who if than then until as after"
            " before above below beyond at by for from in into of off on onto over past through to"
            " toward towards under with without between among against"
        ),
        _words("not"),
    ),
    "es": SmallWords(
        _words(
            "el la los las lo un una unos unas su sus este esta estos estas ese esa cada ningún"
            " ninguna no nunca ni se le les al del"
        ),
        _words(
            "y e o u pero sino porque cuando mientras donde que si como a ante bajo con contra de"
            " desde en entre hacia hasta para por según sin sobre tras"
        ),
    ),
    "de": SmallWords(
        _words(
            "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem"
            " keiner dieser diese dieses diesem diesen jeder jede jedes ihr ihre ihren ihrem seine"
            " seinen seinem nicht nie niemals im am zum zur vom beim ins"
        ),
        _words(
            "und oder aber denn sondern weil dass wenn während als bis wie wo die bei mit nach"
            " von vor zu an auf aus durch für gegen hinter in neben ohne über um unter zwischen"
        ),
        _words("nicht"),
    ),
    "fr": SmallWords(
        _words("le la les un une des du au aux ce cet cette ces son sa ses leur leurs chaque aucun aucune ne se"),
        _words(
            "et ou mais donc or ni car que qui quand lorsque si comme où puis à après avant avec"
            " chez contre dans de depuis derrière dès devant en entre jusqu'à jusqu'au par pour"
            " sans sous sur vers"
        ),
        _words("pas jamais plus"),
    ),
    "ar": SmallWords(
        _words("لا لم لن ليس ليست غير ما هذا هذه ذلك تلك كل أي"),
        _words("و أو ثم لكن بل لأن حين عندما إذا أن في من إلى على عن مع عند بين نحو حتى فوق تحت"),
    ),
    "hi": SmallWords(
        _words("यह ये वह वे इस उस हर कोई एक न नहीं मत"),
        _words("और या पर लेकिन क्योंकि जब जबकि तो कि जो फिर"),
        _words("का की के में से को ने तक है हैं था थी थे नहीं"),
    ),
    # Written without spaces: single characters that hold to the next one or to the one before.
    "zh-Hans": SmallWords(
        frozenset("不没未无非第每各某这那"),
        frozenset("和与或而但则从在比当若"),
        frozenset("的了着过吗呢吧们"),
    ),
}
