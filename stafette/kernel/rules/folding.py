"""Words as the lists compare them: small, without accents, in any of the scripts that newcomers write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_](?:[\w]|[\u0300-\u036f\u064b-\u0652\u0640]|['’ʼ`](?=\w))*")
_SINGLE = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "a", "œ": "o", "ъ": "ъ", "ى": "ي", "ة": "ه", "ـ": "",
     "'": "", "’": "", "ʼ": "", "`": ""}
)  # fmt: skip
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل", "و", "ب", "ل", "ف")
_SHORTEST = 3


@lru_cache(maxsize=16384)
def fold_word(word: str) -> str:
    """Return a word without case, accents and signs; ä, ae and a are the same."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).translate(_SINGLE)
    for double, single in _UMLAUTS:
        plain = plain.replace(double, single)
    return plain


def fold_words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [fold_word(match.group()) for match in WORD.finditer(text)]


def spellings(word: str) -> list[str]:
    """Return the word, and for Arabic also what is left without article, "and", "with", "for"."""
    if not "\u0600" <= word[:1] <= "\u06ff":
        return [word]
    bare = [word.removeprefix(part) for part in _ARTICLES if word.startswith(part)]
    return [word, *(rest for rest in dict.fromkeys(bare) if len(rest) >= _SHORTEST)]
