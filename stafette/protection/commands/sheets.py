"""Hand out the sheet „Wer weiß was über mich“: to each adult alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import Person
from stafette.protection.commands.own import log_own
from stafette.protection.data import Category, Channel
from stafette.protection.models import Disclosure
from stafette.protection.queries.knows import household_for, is_minor, people_in
from stafette.web.sheets import LANGUAGES


@command
def hand_out_sheet(
    *,
    actor: Actor,
    household_id: UUID,
    person_ids: Sequence[UUID],
    language: str,
    agreed_ids: Collection[UUID] = (),
) -> Disclosure:
    """Keep that the sheets of these people were printed, and refuse what would tell one adult about another.

    One adult gets the own sheet. For more than one, each of them is here and says yes (`agreed_ids`): a spouse must
    not learn by a family's sheet where the other one went for help (domain.md 13.2). A child's sheet goes to an adult
    of the household who answers for it. Break-glass reads only: it hands out no sheet.
    """
    household = household_for(actor=actor, household_id=household_id)
    if household is None:
        raise RuleBroken(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
    actor.require(Permission.CONSENT_EDIT, unit=household.unit_id)
    people = {one.pk: one for one in people_in(actor=actor, household_id=household_id)}
    if not person_ids or not set(person_ids) | set(agreed_ids) <= set(people):
        raise BadInput(_("Wählen Sie Personen, die jetzt in diesem Haushalt leben."))
    if language not in LANGUAGES:
        raise BadInput(_("Wählen Sie eine Sprache aus der Liste."))
    _require_agreement(people, person_ids, agreed_ids)
    entry = log_own(
        actor=actor,
        unit_id=household.unit_id,
        kind=Channel.LETTER,
        reference="Wer weiß was",
        purpose=_("Blatt „Wer weiß was über mich“ ausgehändigt"),
        household_id=household_id,
        categories=[Category.CORE],
        person_count=len(set(person_ids)),
        person_ids=person_ids,
    )
    record(
        actor, "sheet.handed_out", entry, unit=household.unit_id, about=household_id,
        language=language, persons=len(set(person_ids)), agreed=len(set(agreed_ids)),
    )  # fmt: skip
    return entry


def _require_agreement(
    people: dict[UUID, Person], person_ids: Sequence[UUID], agreed_ids: Collection[UUID]
) -> None:
    agreed = {one for one in agreed_ids if not is_minor(people[one])}
    adults = {one for one in person_ids if not is_minor(people[one])}
    children = set(person_ids) - adults
    if len(adults) > 1 and adults - agreed:
        raise RuleBroken(
            _(
                "Ein Blatt für die ganze Familie gibt es nur, wenn jede erwachsene Person dabei ist und Ja sagt. "
                "Drucken Sie sonst für jede Person ein eigenes Blatt."
            )
        )
    if children and not adults | agreed:
        raise RuleBroken(
            _("Das Blatt eines Kindes bekommt eine sorgeberechtigte Person. Kreuzen Sie an, wer da ist.")
        )
    if children and adults and adults - agreed:
        raise RuleBroken(
            _("Kreuzen Sie an, dass die erwachsene Person mit dem gemeinsamen Blatt einverstanden ist.")
        )
