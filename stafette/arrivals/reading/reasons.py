"""Why a row was refused or is to be looked at: a code in the database, a sentence on the screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REJECTED: dict[str, Promise] = {
    "no_family_name": _("Der Familienname fehlt. Bitte in der Datei nachtragen; hat die Person nur einen Namen, gehört "
                        "er in die Spalte Familienname."),
    "birth_impossible": _("Das Geburtsdatum „{value}“ gibt es nicht. Bitte bei der Meldebehörde erfragen und "
                          "in der Datei berichtigen."),
    "birth_future": _("Das Geburtsdatum „{value}“ liegt in der Zukunft. Bitte in der Datei berichtigen."),
    "birth_too_early": _("Das Geburtsdatum „{value}“ liegt zu weit zurück. Bitte in der Datei berichtigen."),
    "birth_unreadable": _("Das Geburtsdatum „{value}“ ist nicht lesbar. Bitte als TT.MM.JJJJ schreiben; "
                          "nicht bekannte Teile als 00, zum Beispiel 00.00.1985."),
    "too_many_cells": _("Die Zeile hat mehr Zellen als die Überschrift. Vermutlich steht ein Trennzeichen im Text; "
                        "bitte den Text in Anführungszeichen setzen."),
    "too_long": _("Der Name ist länger als 200 Zeichen. Bitte prüfen, ob Spalten verrutscht sind."),
}  # fmt: skip
REMARKS: dict[str, Promise] = {
    "no_given_names": _("Kein Vorname. Bitte im Gespräch klären, ob die Person nur einen Namen führt."),
    "no_birth_date": _("Kein Geburtsdatum. Bitte im Gespräch erfragen."),
    "partial_birth_date": _("Das Geburtsdatum ist nur zum Teil bekannt."),
    "looks_like_formula": _("Der Text sieht aus wie eine Formel. Er wurde als Text übernommen, nicht ausgerechnet."),
    "lost_letters": _("Im Namen stehen Fragezeichen: Beim Speichern der Datei gingen Buchstaben verloren. "
                      "Bitte nach dem Ausweis berichtigen."),
    "nationality_unreadable": _("Die Staatsangehörigkeit ist nicht lesbar und wurde nicht übernommen."),
    "move_in_unreadable": _("Das Einzugsdatum ist nicht lesbar und wurde nicht übernommen."),
    "sex_unreadable": _("Das Geschlecht ist nicht lesbar und wurde nicht übernommen."),
    "no_address": _("Keine Anschrift. Eine Einladung per Brief ist nicht möglich."),
    "name_split_guessed": _("Vor- und Familienname stehen in einer Spalte ohne Komma. Bitte prüfen."),
    "digits_in_name": _("Im Namen stehen Ziffern. Bitte prüfen."),
}  # fmt: skip


def rejection(code: str, value: str = "") -> str:
    """What is wrong with a row and what to do."""
    return str(REJECTED[code]).format(value=value[:60])


def remark(code: str) -> str:
    """What to look at in a row that was taken."""
    return str(REMARKS[code])
