"""Answers in words, for a talk that has ended."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from stafette.intake.definition.values import options_of, spoken_word
from stafette.intake.queries import TalkView


def answer_groups(view: TalkView) -> list[dict[str, Any]]:
    """Return the blocks with what was said; what nobody asked is left out, what was declined is said so."""
    groups = []
    for block in view.form.blocks:
        items = [item for question in block.questions for item in _items(view, question)]
        if items:
            groups.append({"title": block.title["de"], "items": items})
    return groups


def _items(view: TalkView, question: Any) -> list[dict[str, str]]:
    words = {option.code: option.words["de"] for option in options_of(question, view.form, view.topics)}
    found = []
    for participant in (None, *view.participants):
        answer = view.answers.get((question.code, participant.pk if participant else None))
        if answer is None or answer.status == "not_asked":
            continue
        said = (
            _("keine Angabe") if answer.status == "declined" else spoken_word(question, answer.value, words)
        )
        who = participant.person.given_names or participant.person.family_name if participant else ""
        found.append({"label": question.wording["de"], "value": said, "note": who})
    return found
