"""The sound of a name, the same for every script and spelling: fold, stem, skeleton.

`fold` brings German, English, Polish, Hungarian, Romanian, scientific and passport spellings of one
name together; `stem` drops the gendered ending of Slavic family names; `skeleton` keeps only the
consonants, because Arabic script writes no short vowels and typing errors hit vowels most.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# One sound, one spelling, before the general ASCII form loses the difference.
_CYRILLIC = {"щ": "st", "ш": "s", "ч": "tsh", "ж": "zh", "ц": "ts", "х": "kh", "ъ": "a", "ь": "",
             "ю": "iu", "я": "ia", "є": "ie", "ї": "i", "й": "i", "и": "i", "і": "i", "ы": "i", "э": "e",
             "ё": "e", "г": "g", "ґ": "g", "ў": "u", "ј": "i", "љ": "li", "њ": "ni", "ћ": "tsh",
             "ђ": "dzh", "џ": "dzh", "ѝ": "i"}  # fmt: skip
_ARABIC = {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "ء": "", "ئ": "i", "ؤ": "u", "ع": "a",
           "و": "u", "ي": "i", "ی": "i", "ج": "j", "ح": "h", "خ": "kh", "ه": "h", "غ": "gh", "ش": "sh",
           "چ": "tsh", "ژ": "zh", "ث": "th", "ذ": "d", "ق": "k", "ك": "k", "ک": "k", "گ": "g", "ص": "s",
           "ض": "d", "ط": "t", "ظ": "z", "پ": "p"}  # fmt: skip
_LATIN = {"č": "tsh", "ć": "tsh", "š": "s", "ž": "s", "ż": "s", "ź": "s", "ś": "s", "ş": "s", "ș": "s",
          "ç": "tsh", "ţ": "t", "ț": "t", "ŝ": "st", "û": "iu", "â": "a", "ə": "e", "ı": "i",
          "ĵ": "i", "ǰ": "i", "đ": "d", "ł": "l", "ğ": "g", "ß": "ss"}  # fmt: skip
_ISO_9_MARKS = re.compile(r"[žčšŝʹʺè]")  # a scientific transliteration of Cyrillic: there â is я, û is ю
_FULL = str.maketrans(
    {**_CYRILLIC, **_ARABIC, **_LATIN, "ʼ": "", "’": "", "'": "", "`": "", "´": "", "ʹ": ""}
)
_ARTICLE = re.compile(r"(^|\s)ال")
_LATIN_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ash|ar|an|ad|at|az)[- ](?=\w{3})")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "la",
        "le",
        "di",
        "da",
        "dos",
        "bin",
        "ibn",
        "abu",
        "bint",
        "zu",
        "und",
    ]
)

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:ts|tz|c|z)k(?=(?:[iyj]+|[ao][iyj]?a?|oi|oy|e)$)", "sk"),  # -cki, -tsky, -zkyj
        (r"schtsch|shtsch|schch|shch|szcz|scht|sht|shc|stsch", "st"),
        (r"dzsch|dsch|dzh|dzs|tsch|tsh|tch|cz|cs", "C"),
        (r"sch|sh|sz|zh|rz|zs|ss", "S"),
        (r"ts|tz|zz|c(?=[eiyv])|(?<=i)c$", "C"),
        (r"ck|cc", "k"),
        (r"ch|kh|gh|g", "h"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"ae", "e"),
        (r"oe", "o"),
        (r"ue", "u"),
        (r"o[ou]", "u"),
        (r"ee", "i"),
        (r"[yj]", "i"),
        (r"w", "v"),
        (r"q|c", "k"),
        (r"x", "ks"),
        (r"z|S", "s"),
        (r"C", "c"),
        (r"off?$", "ov"),
        (r"i+e", "e"),
        (r"i+([aou])", r"i\1"),
        (r"(.)\1+", r"\1"),
        (r"(?:ei|i+)$", "i"),
    )
)
_STEM = re.compile(r"(?<=ov|ev|in)a$|(?<=k)(?:i|a|aia)$")
_ENGLISH_CH = re.compile(r"(?<![st])ch")
_TAIL_VOWELS = re.compile(r"[aeiouh]")
_DOUBLE = re.compile(r"(.)\1+")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def _ascii(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = _ARTICLE.sub(r"\1", text)
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    if _ISO_9_MARKS.search(text):
        text = text.replace("â", "ia")
    return anyascii(text.translate(_FULL)).lower()


@lru_cache(maxsize=65536)
def _fold_token(token: str) -> str:
    for pattern, sound in _RULES:
        token = pattern.sub(sound, token)
    return token


def _tokens(flat: str) -> tuple[str, ...]:
    tokens = [t for t in _NOT_LETTERS.split(_LATIN_ARTICLE.sub("", flat)) if t]
    return tuple([t for t in tokens if t not in _PARTICLES] or tokens)


@lru_cache(maxsize=16384)
def fold(text: str) -> tuple[str, ...]:
    """The folded parts of a name in their order, without articles and particles."""
    return tuple(_fold_token(t) for t in _tokens(_ascii(text)))


@lru_cache(maxsize=16384)
def folds(text: str) -> tuple[tuple[str, ...], ...]:
    """Per part of the name every way to read it: "ch" is х to a German and ч to an English reader."""
    return tuple(
        tuple(dict.fromkeys((_fold_token(t), _fold_token(_ENGLISH_CH.sub("tsh", t)))))
        for t in _tokens(_ascii(text))
    )


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """A folded part without the ending that tells man from woman: -ov/-ova, -ski/-ska, -sky/-skaya."""
    return _STEM.sub("", token) if len(token) > 4 else token


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """The consonants of a folded part, its first sound kept (any vowel as a)."""
    first = "a" if token[:1] in "aeiou" else {"c": "s"}.get(token[:1], token[:1])
    return _DOUBLE.sub(r"\1", first + _TAIL_VOWELS.sub("", token[1:]).replace("c", "s"))


@lru_cache(maxsize=65536)
def initial(token: str) -> str:
    """The first sound of a folded part, coarse enough for Elena, Jelena and Yelena."""
    first = token[:1]
    return "a" if first in "aeiou" else "s" if first == "c" else "k" if first == "h" else first
