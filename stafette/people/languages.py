"""Languages by their ISO 639-1 code, in German, and how well one speaks them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "bg": _("Bulgarisch"), "ro": _("Rumänisch"), "pl": _("Polnisch"), "uk": _("Ukrainisch"), "de": _("Deutsch"),
    "en": _("Englisch"), "tr": _("Türkisch"), "ar": _("Arabisch"), "hu": _("Ungarisch"), "rom": _("Romanes"),
    "ru": _("Russisch"), "sr": _("Serbisch"), "hr": _("Kroatisch"), "bs": _("Bosnisch"), "sq": _("Albanisch"),
    "mk": _("Mazedonisch"), "el": _("Griechisch"), "it": _("Italienisch"), "es": _("Spanisch"),
    "pt": _("Portugiesisch"), "fr": _("Französisch"), "nl": _("Niederländisch"), "cs": _("Tschechisch"),
    "sk": _("Slowakisch"), "sl": _("Slowenisch"), "lt": _("Litauisch"), "lv": _("Lettisch"), "et": _("Estnisch"),
    "fa": _("Persisch (Farsi)"), "prs": _("Dari"), "ps": _("Paschtu"), "ku": _("Kurdisch (Kurmandschi)"),
    "ckb": _("Kurdisch (Sorani)"), "ti": _("Tigrinya"), "am": _("Amharisch"), "so": _("Somali"), "ur": _("Urdu"),
    "hi": _("Hindi"), "bn": _("Bengalisch"), "ta": _("Tamil"), "vi": _("Vietnamesisch"), "zh": _("Chinesisch"),
    "th": _("Thailändisch"), "ka": _("Georgisch"), "hy": _("Armenisch"), "az": _("Aserbaidschanisch"),
    "he": _("Hebräisch"), "sgn": _("Gebärdensprache"),
}  # fmt: skip


class Level(models.TextChoices):
    """Levels of the Common European Framework, and the mother tongue."""

    MOTHER_TONGUE = "mother", _("Muttersprache")
    NONE = "A0", _("keine Kenntnisse")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
    UNKNOWN = "", _("Niveau unbekannt")


def language_name(code: str) -> str:
    """The German name of a language; an unknown code is shown as it is."""
    return str(LANGUAGES.get(code, code))
