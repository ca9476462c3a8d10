"""Words as the directory search compares them: folded, without endings, German compounds in their parts.

One rough stemmer serves all languages, since nobody says in which language he types. It is used on both sides, so
that an odd stem does no harm; it only has to bring the forms of one word together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from stafette.kernel.rules.folding import fold_words

_LATIN = (
    *("ungen", "innen", "lerini", "larini", "lerin", "larin", "leri", "lari", "ilor", "elor", "ului"),
    *("ung", "ern", "ami", "ach", "ego", "ych", "iej", "ler", "lar", "ini", "imi", "ine", "ime", "lik"),
    *("em", "en", "er", "es", "ie", "om", "ow", "ej", "ul", "ii", "ei", "le", "in", "im"),
    *("s", "n"),
)
_CYRILLIC = (
    *("ите", "ата", "ото", "ята", "ета", "ами", "ями", "ого", "ому", "ими", "ове", "ния", "ние", "ння"),
    *("ия", "ът", "ят", "та", "то", "те", "ов", "ев", "ах", "ях", "ої", "ій", "ую", "ою", "ем", "ам", "ом"),
    *("им", "их", "ые", "ый", "ая", "ое", "ой", "ий", "ий", "ки", "ка", "ку", "ці"),
)
_ARABIC_HEADS = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال")
_ARABIC_TAILS = ("ات", "ون", "ين", "ها", "هم", "نا", "كم", "ي", "ه", "ك")
_ARABIC_SMALL = ("و", "ب", "ل", "ف")
_TURKISH_CASES = ("dan", "den", "tan", "ten", "da", "de", "ta", "te")
_VOWELS = "aeiouyаеиоуюяыьъіїй"
_SHORTEST, _LINKS = 4, ("", "s", "es", "n", "en", "er", "e")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What is left of a folded word without its endings."""
    first = word[:1]
    if "\u0600" <= first <= "\u06ff":
        return _arabic(word)
    endings = _CYRILLIC if "\u0400" <= first <= "\u04ff" else _LATIN
    for least in (1, 2):  # a single letter only goes once
        ending = next((one for one in endings if len(one) >= least and word.endswith(one)), "")
        if not ending or len(word) - len(ending) < _SHORTEST:
            break
        word = word[: -len(ending)]
    while len(word) > _SHORTEST and word[-1] in _VOWELS:
        word = word[:-1]
    return word


def _arabic(word: str) -> str:
    head = next((one for one in _ARABIC_HEADS if word.startswith(one)), "")
    if len(word) - len(head) >= 3:
        word = word[len(head) :]
    tail = next((one for one in _ARABIC_TAILS if word.endswith(one)), "")
    return word[: -len(tail)] if tail and len(word) - len(tail) >= 3 else word


@lru_cache(maxsize=65536)
def variants(word: str) -> tuple[str, ...]:
    """The stem of a word, and that without a small word written together with it: Arabic "and", Turkish "in"."""
    found = [stem(word)]
    if "\u0600" <= word[:1] <= "\u06ff" and len(word) > 3:
        found += [stem(word[1:]) for one in _ARABIC_SMALL if word.startswith(one)]
    elif word.isascii() and len(word) > 5:
        found += [stem(word[: -len(one)]) for one in _TURKISH_CASES if word.endswith(one)]
    return tuple(dict.fromkeys(found))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return fold_words(text)


def parts(word: str, known: Callable[[str], bool]) -> list[str]:
    """The stems of the known words that a German compound is made of; [] where it is none.

    The longest first part wins; what joins the parts (-s-, -en-) is skipped.
    """
    if len(word) < 7 or not word.isascii():
        return []
    for cut in range(len(word) - 3, 3, -1):
        for link in _LINKS:
            head = word[:cut]
            if link and not head.endswith(link):
                continue
            bare = head[: len(head) - len(link)] if link else head
            if len(bare) < 3 or not known(stem(bare)):
                continue
            rest = word[cut:]
            if known(stem(rest)):
                return [stem(bare), stem(rest)]
            deeper = parts(rest, known)
            if deeper:
                return [stem(bare), *deeper]
    return []
