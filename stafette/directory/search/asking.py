"""What one asks the directory and what it answers, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

BEST = 20


@dataclass(frozen=True)
class Query:
    """A question to the directory. Words may be in any language; everything else narrows what is found.

    `language` is the one of the person or the page: services in it come first, nothing is left out for it.
    `spoken` are languages of which the service must have one. `status` is a code of domain.md 9.2, `near` a latitude
    and longitude in degrees: what is close comes first. `public_only` leaves out what is not for the public.
    """

    words: str = ""
    language: str = "de"
    topics: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    status: int | None = None
    district: str = ""
    near: tuple[float, float] | None = None
    open_now: bool = False
    accessible: bool = False
    free: bool = False
    age: int | None = None
    public_only: bool = False
    limit: int = BEST


@dataclass(frozen=True)
class Hit:
    """A service that was found. `reasons` are codes, good ones and bad ones; `reasons.say` has their words.

    `distance` is in metres as the crow flies, only where the question names a place.
    """

    pk: UUID
    code: str
    score: float
    reasons: tuple[str, ...] = ()
    distance: int | None = None


@dataclass(frozen=True)
class Understood:
    """What a word of the question was taken for: `kind` is topic, need, language or group, `label` its name."""

    kind: str
    code: str
    label: str
    topic: str = ""


@dataclass(frozen=True)
class Found:
    """The answer: the best services, how many there are, and how the words were read.

    `corrected` are pairs of what was typed and what was looked for. `nearby` are topics to offer where little was
    found.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    understood: tuple[Understood, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    nearby: tuple[Understood, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """What one may mean while typing: a topic, a need within one, or a service by its name.

    `fill` is what the field should hold when it is chosen; `pk` and `code` are set for a service.
    """

    kind: str
    label: str
    fill: str
    code: str = ""
    topic: str = ""
    pk: UUID | None = field(default=None)
