"""What the codes of a talk mean in a person's own copy: in the wording of the form with which the talk was held."""

from __future__ import annotations

from typing import Any

from stafette.intake.definition.values import options_of, spoken_word
from stafette.intake.models import Answer, Handout, form_definition, form_topics
from stafette.intake.queries.handing import material_word
from stafette.kernel.actor import Actor


def question_words(_actor: Actor, answer: Answer, code: str) -> str:
    """The question as it was asked; the code where a form does not have it any more."""
    question = form_definition(answer.interview.form_id).by_code.get(code)
    return question.wording["de"] if question else code


def answer_words(_actor: Actor, answer: Answer, value: Any) -> str:
    """The answer as it stood to be chosen, with its unit where it is a number."""
    form_id = answer.interview.form_id
    form = form_definition(form_id)
    question = form.by_code.get(answer.question)
    if question is None:
        return ""
    options = options_of(question, form, form_topics(form_id))
    return spoken_word(question, value, {one.code: one.words["de"] for one in options})


def material_words(_actor: Actor, handout: Handout, code: str) -> str:
    """The piece of information that was handed out."""
    return material_word(form_definition(handout.interview.form_id), code)
