"""A hint: the word, the rule, and what to write instead. Between two pages it travels sealed."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.translation import gettext as _

from stafette.kernel.clock import today
from stafette.kernel.rules.watchwords import Ground, watchwords
from stafette.web.watching.fields import Typed, form_key

MOST = 3  # more than three at once nobody reads
LONGEST = 20_000


@dataclass(frozen=True)
class Hint:
    """What is told about one text and one ground; `found` are the words as they were typed."""

    form: str
    field: str
    label: str
    ground: str
    found: tuple[str, ...]

    @property
    def rule(self) -> Ground:
        """The ground with its rule and advice."""
        return watchwords(today()).grounds[self.ground]

    @property
    def title(self) -> str:
        """Name the words, the field and what they are about."""
        words = ", ".join(f"„{word}“" for word in self.found)
        return _("{words} im Feld „{label}“ lässt schließen auf: {ground}").format(
            words=words, label=self.label, ground=self.rule.label
        )

    @property
    def text(self) -> str:
        """Say what to write instead, and the rule."""
        return _("{advice} (Regel: {rule})").format(advice=self.rule.advice, rule=self.rule.rule)


def hints_for(form: str, field: str, label: str, text: str) -> list[Hint]:
    """Return one hint per ground for what was typed in a field."""
    lists = watchwords(today())
    found: dict[str, list[str]] = {}
    for hit in lists.find(text[:LONGEST], resting=lists.resting(form, field)):
        words = found.setdefault(hit.ground.id, [])
        if hit.found not in words:
            words.append(hit.found)
    return [Hint(form, field, label, ground, tuple(words[:MOST])) for ground, words in found.items()]


def hints_of(notes: Iterable[Typed]) -> list[Hint]:
    """Return the hints for forms that were accepted: one that is shown again for a mistake is still being written."""
    accepted = [note for note in notes if note.form.is_bound and note.form._errors is not None]
    return [
        hint
        for note in accepted
        if not note.form._errors
        for hint in hints_for(form_key(note.form), note.name, note.label, note.text)
    ]


def packed(hints: Iterable[Hint]) -> str:
    """Return the hints for the next page as the session may keep them: nobody reads the words in the database."""
    content = json.dumps([asdict(hint) for hint in hints]).encode()
    return urlsafe_b64encode(_seal().encrypt(content, None)).decode()


def unpacked(text: str) -> list[Hint]:
    """Return the hints that the session kept; none where the key was changed meanwhile."""
    try:
        rows = json.loads(_seal().decrypt(urlsafe_b64decode(text), None))
    except (InvalidTag, ValueError):
        return []
    known = watchwords(today()).grounds
    return [Hint(**{**row, "found": tuple(row["found"])}) for row in rows if row["ground"] in known]


def _seal() -> AESSIV:
    return AESSIV(hashlib.sha512(f"stafette.web.watching{settings.SECRET_KEY}".encode()).digest())
