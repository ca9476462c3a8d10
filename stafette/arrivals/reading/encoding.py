"""Which characters do these bytes stand for? Offices mail files in eight code pages and never say which."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# In the order in which they win a draw. Latin-1 is read as CP1252, which only adds characters to it.
CODE_PAGES = (
    "cp1252", "cp1250", "iso8859-2", "iso8859-16", "cp1254", "mac_roman", "mac_latin2", "cp850", "cp1251",
)  # fmt: skip
RARE = {"iso8859-16": 0.6, "mac_latin2": 0.3}  # hardly anybody writes these: only when nothing else fits
GERMAN = frozenset("äöüÄÖÜß")
# Letters of the names that arrive: Romanian, Bulgarian in Latin script, Polish, Hungarian, Turkish, Czech …
USUAL = frozenset("ăâîșțşţĂÂÎȘȚŞŢąćęłńóśźżĄĆĘŁŃÓŚŹŻőűŐŰéáíóúÉÁÍÓÚčšžČŠŽřěđĐçğıİÇêèàëïñÑ")
CYRILLIC_SMALL = frozenset("абвгдежзийклмнопрстуфхцчшщъьюяыэёђљњћџіїєґ")
WORD_AROUND = re.compile(rb"[A-Za-z\x80-\xff'\-]*[\x80-\xff][A-Za-z\x80-\xff'\-]*")
MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œ©¡]|Ä[ƒ™…‡]|È[™›]|Å[‚„›¼º]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and the code page it was read with."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _clean(data.decode(name, errors="replace")), name.removesuffix("-sig")
    wide = _wide_without_mark(data)
    if wide:
        return _clean(data.decode(wide, errors="replace")), wide
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return _clean(data.decode("utf-8", errors="replace")), "utf-8"
        name = best_code_page(data)
        text = data.decode(name, errors="replace")
    return _clean(_unscramble(text)), name


def best_code_page(data: bytes) -> str:
    """The code page under which the words that hold special letters look most like names and streets."""
    words = {m.group() for m in WORD_AROUND.finditer(data[:4_000_000])}
    sample = sorted(words)[:20_000]
    if not sample:
        return "cp1252"
    return max(CODE_PAGES, key=lambda page: (_score(sample, page), -CODE_PAGES.index(page)))


def _score(words: list[bytes], page: str) -> float:
    return sum(_score_word(word.decode(page, errors="replace")) for word in words) - RARE.get(
        page, 0.0
    ) * len(words)


def _score_word(word: str) -> float:
    score = _score_whole(word)
    for at, char in enumerate(word):
        if char < "\x80":
            continue
        score += _score_char(char)
        before = word[at - 1] if at else ""
        if char.isalpha() and char.isupper() and before.isalpha() and before.islower():
            score -= 3
        if char.islower() and before.isupper() and at > 1 and word[at - 2].isupper():
            score -= 1
        if char.isalpha() and before and before.isalpha() and _script(char) != _script(before):
            score -= 3
    return score


def _score_whole(word: str) -> float:
    """A Latin word has plain letters too; one made of special letters only is Cyrillic or misread."""
    letters = [char for char in word if char.isalpha()]
    if len(letters) < 3 or any(char < "\x80" for char in letters):
        return 1.0 if word.endswith("ý") else 0.0
    if all(_script(char) == "CYRILLIC" for char in letters):
        return 2.0 * len(letters) if word[1:] == word[1:].lower() or word.isupper() else 0.0
    return -2.0 * len(letters)


@lru_cache(maxsize=1024)
def _score_char(char: str) -> float:
    if char in GERMAN:
        return 3
    if char in USUAL:
        return 2
    if char in CYRILLIC_SMALL:
        return 1.5
    if char == "\ufffd" or unicodedata.category(char) in {"Cc", "Cn", "Co"}:
        return -8
    return (1.5 if char == "ý" else 0.3) if char.isalpha() else -2


@lru_cache(maxsize=1024)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split(" ", 1)[0]


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero in every second byte."""
    head = data[:4000]
    if len(head) < 4 or head.count(0) < len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _mostly_utf8(data: bytes) -> bool:
    """One broken byte in a UTF-8 file must not turn every umlaut of it into two strange letters."""
    good = len(re.findall(rb"[\xc3-\xc5\xc8\xd0\xd1][\x80-\xbf]", data))
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    return good > 10 * broken


def _unscramble(text: str) -> str:
    """Undo UTF-8 that was once read as CP1252 and saved again (StraÃŸe)."""
    if len(MOJIBAKE.findall(text)) < 2:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\ufeff", "")
