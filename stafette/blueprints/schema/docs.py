"""The documentation of the blueprint, written from the fields themselves: docs/blaupause.md."""

from collections.abc import Iterator
from dataclasses import MISSING, Field
from datetime import date
from decimal import Decimal
from typing import Any

from stafette.blueprints.schema.fields import Rule, rules_of
from stafette.blueprints.schema.plan import Blueprint

_HEAD = """# Die Blaupause eines Ortes

Eine Datei beschreibt, wie die Stellen eines Ortes zusammenarbeiten. Ein neuer Ort kopiert eine vorhandene Blaupause
(zum Beispiel `blueprints/weissenfels.toml`), ändert sie und wendet sie an:

```
stafette blueprint check DATEI      # nennt jeden Fehler mit Zeile, Feld und dem, was zu tun ist
stafette blueprint apply DATEI      # zeigt, was sich ändert, fragt und wendet an
stafette blueprint export DATEI     # schreibt, was gerade gilt
```

- Wer zweimal dasselbe anwendet, ändert beim zweiten Mal nichts.
- Was benutzt wird, wird nicht gelöscht. Eine Stelle endet mit `ends_on` und `successor`. Wege, Fristen und Wortlaute
  bekommen eine neue Fassung; laufende Übergaben behalten die Fassung, unter der sie begonnen wurden.
- Ein Partner, der nicht mehr in der Datei steht, wird nicht mehr gefragt; seine Anfragen bleiben. Wen die Stellen
  selbst angelegt haben, lässt die Blaupause in Ruhe, bis er unter gleichem Namen und gleicher Adresse in ihr steht.
- In der Datei stehen Funktionen und Funktionspostfächer, niemals Namen von Menschen.

Diese Seite wird aus dem Programm geschrieben (`stafette blueprint docs docs/blaupause.md`).
"""
_TYPES: dict[Any, str] = {
    str: "Text",
    int: "ganze Zahl",
    Decimal: "Zahl",
    bool: "true oder false",
    date: "Datum",
}


def documentation() -> str:
    """Return the page as Markdown."""
    return _HEAD + "".join(_sections(Blueprint, ""))


def _sections(kind: type, prefix: str) -> Iterator[str]:
    for key, one, _rule in rules_of(kind):
        inner = _inner(one.type)
        if inner is None:
            continue
        name = f"{prefix}{key}"
        several = getattr(one.type, "__args__", None)
        head = f"[[{name}]]" if several else f"[{name}]"
        yield f"\n## `{head}`\n\n{(inner.__doc__ or '').strip()}\n\n"
        yield "| Feld | Art | Pflicht | Bedeutung |\n| --- | --- | --- | --- |\n"
        for inner_key, inner_one, inner_rule in rules_of(inner):
            if _inner(inner_one.type) is None:
                yield _line(inner_key, inner_one, inner_rule)
        yield from _sections(inner, f"{name}.")


def _inner(annotation: Any) -> type | None:
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if hasattr(candidate, "__dataclass_fields__"):
            found: type = candidate
            return found
    return None


def _line(key: str, one: Field[Any], rule: Rule) -> str:
    must = "ja" if one.default is MISSING else "nein"
    return f"| `{key}` | {_type(one.type)} | {must} | {' '.join(_sentences(one, rule))} |\n"


def _type(annotation: Any) -> str:
    arguments = [part for part in getattr(annotation, "__args__", ()) if part not in (type(None), Ellipsis)]
    if getattr(annotation, "__origin__", None) is tuple:
        return f"Liste: {_TYPES[arguments[0]]}"
    if getattr(annotation, "__origin__", None) is dict:
        return "Zeilen name = Text"
    return _TYPES[arguments[0] if arguments else annotation]


def _sentences(one: Field[Any], rule: Rule) -> Iterator[str]:
    yield rule.sentence
    if rule.refers:
        yield f"Code aus `[[{rule.refers}]]`."
    if rule.choices:
        same = all(value == str(label) for value, label in rule.choices.items())
        shown = (f"`{value}`" if same else f"`{value}` ({label})" for value, label in rule.choices.items())
        yield f"Möglich: {', '.join(shown)}."
    if one.default not in (MISSING, None, "", ()):
        yield f"Ohne Angabe: `{_default(one.default)}`."


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
