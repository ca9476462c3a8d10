"""How the person's own copy names each field, and what it leaves out: labels.toml as typed values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("labels.toml")


@dataclass(frozen=True)
class ModelLabels:
    """One kind of record: `left_out` names the reason for which all of it stays away, `consent` serves Art. 20."""

    title: str
    fields: dict[str, str]
    skip: frozenset[str]
    reduced: dict[str, str]
    left_out: str
    consent: bool

    def knows(self, name: str) -> bool:
        """Tell whether somebody decided what becomes of this field."""
        return bool(self.left_out) or name in self.fields or name in self.skip or name in self.reduced


@cache
def labels() -> dict[str, ModelLabels]:
    """Read the file once; each model inherits what is common."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    common = data["common"]
    return {label: _labels(common, entry) for label, entry in data["model"].items()}


def _labels(common: dict[str, Any], entry: dict[str, Any]) -> ModelLabels:
    own: dict[str, str] = entry.get("fields", {})
    reduced = dict.fromkeys(common["staff"], "staff") | dict.fromkeys(common["helper"], "helper")
    reduced |= dict.fromkeys(entry.get("third", []), "third_party")
    return ModelLabels(
        title=str(entry["title"]),
        fields=dict(common["fields"]) | own,
        skip=(frozenset(common["skip"]) | frozenset(entry.get("skip", []))) - frozenset(own),
        reduced={name: reason for name, reason in reduced.items() if name not in own},
        left_out=str(entry.get("left_out", "")),
        consent=bool(entry.get("consent", False)),
    )


def title_of(model_label: str) -> str:
    """The German word for a kind of record; its own name where the file does not know it."""
    known = labels().get(model_label)
    return known.title if known is not None else model_label
