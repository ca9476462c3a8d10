"""How a field of the blueprint is declared: with its sentence, its bounds and what it points at."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any

from stafette.blueprints.schema.positions import Path

MAILBOX_OF_PERSON = re.compile(r"[a-z]+[._-][a-z]+@", re.IGNORECASE)
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class Rule:
    """What a field must keep to; `sentence` explains it to whoever writes the file."""

    sentence: str
    key: str = ""
    choices: Mapping[str, Any] | None = None
    pattern: re.Pattern[str] | None = None
    expects: str = ""
    refers: str = ""
    longest: int = 0
    at_least: float | None = None


def said(
    sentence: str,
    *,
    default: Any = MISSING,
    key: str = "",
    choices: Mapping[str, Any] | None = None,
    pattern: re.Pattern[str] | None = None,
    expects: str = "",
    refers: str = "",
    longest: int = 0,
    at_least: float | None = None,
) -> Any:
    """Declare a field. Without a default it must be there; `refers` names the kind of thing whose code it holds."""
    rule = Rule(sentence, key, choices, pattern, expects, refers, longest, at_least)
    return field(default=default, metadata={"rule": rule})


def code(sentence: str = "Kurzer, eindeutiger Name; er bleibt für immer gleich.") -> Any:
    """Declare the field by which an entry is recognised when the file is applied again."""
    expects = "Kleinbuchstaben, Ziffern, Binde- oder Unterstrich"
    return said(sentence, pattern=SLUG, expects=expects, longest=40)


def position() -> Any:
    """Declare the path of the entry in the file; it is no part of what the entry says."""
    return field(default=(), compare=False, repr=False)


def rules_of(kind: type) -> list[tuple[str, Field[Any], Rule]]:
    """Return key in the file, dataclass field and rule of everything that may be written for this kind."""
    found = []
    for one in fields(kind):
        if "rule" in one.metadata:
            rule: Rule = one.metadata["rule"]
            found.append((rule.key or one.name, one, rule))
    return found


__all__ = ["MAILBOX_OF_PERSON", "SLUG", "Path", "Rule", "code", "position", "rules_of", "said"]
