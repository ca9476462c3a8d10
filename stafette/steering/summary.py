"""The chain in five numbers, each with the quarter before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stafette.steering import marks, words
from stafette.steering.queries import Node, Picture
from stafette.steering.tables import MEDIAN


@dataclass(frozen=True)
class Tile:
    """A number with its name, its base and what it was before."""

    figure: str
    label: str
    base: str
    before: str
    is_late: bool = False


def tiles(picture: Picture) -> list[Tile]:
    """What one looks at first."""
    root, before = picture.root, picture.before
    sent, overdue = root.whole("sent"), root.part("overdue", 0)
    return [
        Tile(words.count(sent), _("gesendet"), "", words.change(sent, before.whole("sent"))),
        _share(root, before, "in_time", _("rechtzeitig beantwortet")),
        Tile(
            words.count(overdue),
            _("ohne Antwort und überfällig"),
            _("Stand heute"),
            "",
            is_late=bool(overdue),
        ),
        _share(root, before, "reached", _("in 28 Tagen erreicht")),
        Tile(
            words.days(root.days(marks.ANSWER_DAYS, MEDIAN)),
            _("Tage bis zur Antwort"),
            _("Median"),
            _before(words.days(before.days(marks.ANSWER_DAYS, MEDIAN))),
        ),
    ]  # fmt: skip


def _share(root: Node, before: Node, split: str, label: str) -> Tile:
    part, whole = root.part(split, 0), root.whole(split)
    percent = words.percent(part, whole)
    earlier = words.percent(before.part(split, 0), before.whole(split))
    return Tile(
        "–" if percent is None else f"{percent} %",
        label,
        _("{part} von {whole}").format(part=part, whole=whole) if percent is not None else "",
        _before("–" if earlier is None else f"{earlier} %"),
    )


def _before(text: str) -> str:
    return "" if text == "–" else _("davor {count}").format(count=text)
