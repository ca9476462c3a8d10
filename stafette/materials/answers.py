"""What answers an open question: a code becomes words and a link, and a list of what could be named."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.materials.models import OpenQuestion, WorkAid
from stafette.materials.queries import aids, grid, sheet_view


class Answer(NamedTuple):
    """What is shown as the answer; `url` is empty where it is words only."""

    text: str
    url: str = ""


def answer_choices(actor: Actor) -> list[tuple[str, str]]:
    """Sheets and work aids that an answer can name."""
    sheets = [(f"sheet:{line.sheet.code}", _("Infoblatt: {title}").format(title=line.title))
              for line in grid(actor=actor, languages=("de",))]  # fmt: skip
    return sheets + [
        (f"aid:{aid.pk}", _("Arbeitshilfe: {title}").format(title=aid.title)) for aid in aids(actor=actor)
    ]


def answer_of(question: OpenQuestion) -> Answer:
    """The answer in words."""
    kind, _colon, name = question.answer_code.partition(":")
    found: Any
    if kind == "sheet":
        found = sheet_view(name, "de")
        return Answer(found.title if found else name, reverse("materials:sheet", args=[name]))
    if kind == "aid":
        found = WorkAid.objects.filter(pk=UUID(name)).values_list("title", flat=True).first()
        return Answer(found or name, reverse("materials:aid", args=[name]))
    if kind == "service":
        return Answer(_("Angebot „{code}“").format(code=name), reverse("directory:service", args=[name]))
    return Answer(question.answer_text)
