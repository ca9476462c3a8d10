"""What can be handed out in a talk: the published sheets and folders, and what else the town's form names."""

from __future__ import annotations

from stafette.intake.definition import FormDefinition, Option
from stafette.materials.queries import folder_title, folders, material_codes, published_sheets
from stafette.people.languages import language_name
from stafette.web.sheets import EASY, GERMAN, LANGUAGES


def offered_materials(form: FormDefinition, language: str) -> tuple[Option, ...]:
    """Folders first, then sheets, then things of the form that are no sheet; a code stands there once.

    Each has its German name and the one in the language of the talk, if there is one.
    """
    german = material_codes()
    own = {folder.code: folder_title(folder, language) for folder in folders()}
    own |= {sheet.code: sheet.title for sheet in published_sheets(language) if not sheet.is_fallback}
    printed = [
        Option(code, {language: own.get(code, title), GERMAN: title}) for code, title in german.items()
    ]
    return (*printed, *(one for one in form.materials if one.code not in german))


def known_materials(form: FormDefinition) -> set[str]:
    """The codes of all of these."""
    return {*material_codes(), *(one.code for one in form.materials)}


def material_word(form: FormDefinition, code: str) -> str:
    """The German name of what was handed out, also when it is not offered any more."""
    named = {one.code: one.words[GERMAN] for one in form.materials}
    return named.get(code) or material_codes().get(code, code)


def paper_languages() -> list[tuple[str, str]]:
    """The languages of sheets with their German names."""
    return [(code, paper_language_name(code)) for code in LANGUAGES]


def paper_language_name(code: str) -> str:
    """The German name of a language on paper; Leichte Sprache is one of them."""
    return LANGUAGES[EASY] if code == EASY else language_name(code)
