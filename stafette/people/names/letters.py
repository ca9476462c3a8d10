"""Which letters a name may hold: DIN 91379 (2022-08), datatype A, in Unicode NFC.

The norm has been binding for IT that exchanges names with citizens and administration since
2024-11-01 (decisions 2019/16 and 2019/53 of the IT planning council). The letters and sequences
are the groups "bll" and "bnlreq" of the norm's own list.
"""

from __future__ import annotations

import re
import unicodedata

# Latin letters as ranges of code points; both ends belong to the range.
_RANGES = (
    "0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F 0197 01A0-01A1 01AF-01B0 01B7 "
    "01CD-01DC 01DE-01DF 01E2-01F0 01F4-01F5 01F8-01FF 0212-0213 0218-021B 021E-021F 0227-0233 0259 "
    "0268 0292 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B "
    "1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9"
)
_SEQUENCES = (
    "A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H K͟h L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐ "
    "N̂ N̄ N̆ N̦ P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ S̀ S̄ S̛̄ S̱ T̀ T̄ T̈ T̕ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧ a̋ c̀ c̄ c̆ c̈ c̕ c̣ c̦ "
    "c̨̆ d̂ f̀ f̄ g̀ h̄ h̦ j́ k̀ k̂ k̄ k̇ k̕ k̛ k̦ k͟h l̂ l̥ l̥̄ l̦ m̀ m̂ m̆ m̐ n̂ n̄ n̆ n̦ p̀ p̄ p̕ p̣ r̆ r̥ "
    "r̥̄ s̀ s̄ s̛̄ s̱ t̀ t̄ t̕ t̛ u̇ z̀ z̄ z̆ z̈ z̧ Ç̆ Û̄ ç̆ û̄ ÿ́ Č̕ Č̣ č̕ č̣ ē̍ Ī́ ī́ ō̍ Ž̦ Ž̧ ž̦ ž̧ Ḳ̄ ḳ̄ "
    "Ṣ̄ ṣ̄ Ṭ̄ ṭ̄ Ạ̈ ạ̈ Ọ̈ ọ̈ Ụ̄ Ụ̈ ụ̄ ụ̈"
)
_SIGNS = " ',-.`~¨´·ʹʺʾʿˈˌ’‡"  # group N1: what may stand between the letters


def _letter_class() -> str:
    parts = []
    for span in _RANGES.split():
        first, _, last = span.partition("-")
        parts.append(f"{chr(int(first, 16))}-{chr(int(last or first, 16))}")
    return "".join(parts) + re.escape(_SIGNS)


_ALLOWED = re.compile(
    "|".join(sorted((re.escape(nfc) for nfc in _SEQUENCES.split()), key=len, reverse=True))
    + f"|[{_letter_class()}]"
)
_SPACE = re.compile(r"\s+")


def clean_name(text: str) -> str:
    """A name as it is stored: NFC, single spaces, no invisible signs, letters as they were written."""
    text = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return _SPACE.sub(" ", text).strip()


def foreign_letters(text: str) -> str:
    """What stands in a name although DIN 91379 (datatype A) does not know it; empty when all is well."""
    rest = _ALLOWED.sub("", unicodedata.normalize("NFC", text))
    return "".join(dict.fromkeys(rest))


def is_latin(text: str) -> bool:
    """Whether a name is written in Latin letters at all: other scripts go into their own field."""
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalpha()]
    return all(unicodedata.name(c, "").startswith(("LATIN", "MODIFIER")) for c in letters)
