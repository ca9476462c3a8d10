"""What the demo's counter could not answer: most of it the editors settled since, a few questions of late wait."""

from __future__ import annotations

from dataclasses import dataclass

from stafette.kernel.actor import Actor
from stafette.kernel.scope import acting
from stafette.materials.commands import answer_question, drop_question
from stafette.materials.models import OpenQuestion


@dataclass(frozen=True)
class Gap:
    """A question, asked and settled so many days ago; without `settled` it waits. `code` as answers name it."""

    asked: int
    text: str
    topic: str
    language: str
    settled: int | None = None
    code: str = ""
    answer: str = ""
    is_dropped: bool = False


GAPS = (
    Gap(
        152, "Wo kann man ein Lastenrad für einen Umzug leihen?", "housing", "en",
        settled=145, code="service:fahrrad",
    ),
    Gap(
        124, "Gibt es einen Chor, der auf Ukrainisch singt?", "leisure", "uk",
        settled=118, code="service:kalyna",
    ),
    Gap(
        97, "Wer hilft bei Post vom Beitragsservice, die niemand versteht?", "benefits", "ro",
        settled=89, code="sheet:broadcasting_sheet",
    ),
    Gap(
        75, "Welche Autovermietung nimmt einen Führerschein aus Syrien an?", "other", "ar",
        settled=73, is_dropped=True,
        answer="Das regelt jede Firma selbst; das Umschreiben steht im Verzeichnis.",
    ),
    Gap(
        61, "Wo lässt sich ein ausländischer Impfausweis umschreiben?", "health", "en",
        settled=55, code="service:impfen",
    ),
    Gap(
        38, "Wer übersetzt eine Heiratsurkunde aus Eritrea amtlich?", "family", "en",
        settled=33,
        answer="Ermächtigte Übersetzer für Tigrinya nennt die Dolmetscherdatenbank der Justiz.",
    ),
    Gap(10, "Wo gibt es einen Schwimmkurs für Frauen mit Kinderbetreuung?", "leisure", "ar"),
    Gap(6, "Wer beglaubigt ein Schulzeugnis aus Kabul?", "recognition", "de"),
    Gap(5, "Gibt es Fahrstunden mit einer Lehrerin, die Arabisch spricht?", "other", "ar"),
    Gap(3, "Wo kann man gebrauchte Schulbücher abgeben und bekommen?", "school", "uk"),
)  # fmt: skip


def settle(editor: Actor, gap: Gap) -> None:
    """Answer what was asked, or say why it is not followed up, as the editor does."""
    with acting(editor):
        question = OpenQuestion.objects.get(text=gap.text, state=OpenQuestion.State.OPEN)
        if gap.is_dropped:
            drop_question(actor=editor, question_id=question.pk, text=gap.answer)
        else:
            answer_question(actor=editor, question_id=question.pk, code=gap.code, text=gap.answer)
