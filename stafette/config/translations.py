"""Keep the English catalogue whole, without gettext's programs: extract, check, compile.

    python -m stafette.config.translations update    enter new texts, drop those that are gone
    python -m stafette.config.translations check     fail when a text has no translation
    python -m stafette.config.translations compile   write the .mo that Django reads

German is the language of the source; a text without translation would show German to an English reader.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "translate": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\(")
Found = tuple[str | tuple[str, str], str | None, str]


def texts() -> Iterator[Found]:
    """Yield (text or (singular, plural), context, file) for everything that is marked for translation."""
    for path in sorted(ROOT.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            with path.open("rb") as file:
                for _line, message, _comments, context in extract("python", file, KEYWORDS):
                    yield message, context, str(path.relative_to(ROOT))  # type: ignore[misc]
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        for message, context in _from_template(path.read_text(encoding="utf-8")):
            yield message, context, str(path.relative_to(ROOT))


def _from_template(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Read what Django makes of a template for xgettext: calls with plain strings among blanked-out text."""
    plain = templatize(source)
    for match in _CALL.finditer(plain):
        end, depth, quote = match.end(), 1, ""
        while depth and end < len(plain):
            sign = plain[end]
            if quote:
                if sign == "\\":
                    end += 1
                elif sign == quote:
                    quote = ""
            elif sign in "'\"":
                quote = sign
            else:
                depth += (sign == "(") - (sign == ")")
            end += 1
        call = ast.parse(plain[match.start() : end].strip(), mode="eval").body
        assert isinstance(call, ast.Call)
        words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        strings = [word for word in words if isinstance(word, str)]
        name = match.group(1)
        context = strings.pop(0) if "pgettext" in name else None
        yield ((strings[0], strings[1]) if name.startswith("n") else strings[0]), context


def _read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> Catalog:
    """Return the catalogue with exactly the texts of the source; translations are kept, never guessed."""
    old, new = _read(), Catalog(locale="en", project="Stafette", fuzzy=False)
    for message, context, _file in texts():
        known = old.get(message if isinstance(message, str) else message[0], context=context)
        string = known.string if known else ""
        new.add(message, string, context=context)
    return new


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts that have no translation, or whose placeholders differ from the German ones."""
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if not all(strings):
            faults.append(f"not translated: {ids[0]!r}")
        elif any(_holes(string) != _holes(ids[-1]) for string in strings[-1:]):
            faults.append(f"other placeholders: {ids[0]!r}")
    return faults


def _holes(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


def main(action: str) -> int:
    """Do one of update, check, compile; returns the exit status."""
    catalogue = update()
    if action == "check":
        stale = {(m.id, m.context) for m in _read() if m.id} ^ {(m.id, m.context) for m in catalogue if m.id}
        faults = missing(catalogue) + [f"catalogue and source differ: {text!r}" for text, _context in stale]
        sys.stdout.write("\n".join([*faults[:40], f"{len(catalogue)} texts, {len(faults)} faults\n"]))
        return 1 if faults else 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    if action == "update":
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False, no_location=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, _read())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
