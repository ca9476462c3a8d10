"""Two records side by side, the proposals still open, and the merges so far."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.people.access import merges_visible_to, proposals_visible_to
from stafette.people.birthdates import BirthDate
from stafette.people.data import PersonData
from stafette.people.languages import language_name
from stafette.people.models import DuplicateProposal, Merge, Person
from stafette.people.models.persons import Channel, Sex
from stafette.people.nationalities import nationality_name


@dataclass(frozen=True)
class Line:
    """One fact of two records beside each other."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Both know it and say different things, or only one knows it."""
        return self.left != self.right


def open_proposals(*, actor: Actor) -> QuerySet[DuplicateProposal]:
    """Pairs a human has not decided yet, the likeliest first."""
    rows = proposals_visible_to(actor).filter(state=DuplicateProposal.State.OPEN)
    rows = rows.filter(first__merged_into=None, second__merged_into=None)
    return rows.select_related("first", "second").order_by("-score", "id")


def proposal_of(*, actor: Actor, one: UUID, other: UUID) -> DuplicateProposal | None:
    """The open proposal for two persons, or None."""
    first, second = sorted((one, other))
    rows = proposals_visible_to(actor).filter(state=DuplicateProposal.State.OPEN)
    return rows.filter(first=first, second=second).first()


def merges(*, actor: Actor) -> QuerySet[Merge]:
    """Merges of the actor's units, newest first, those that were undone too."""
    return merges_visible_to(actor).select_related("kept", "dropped").order_by("-created_at", "-id")


def data_of(person: Person) -> PersonData:
    """A stored person as plain values, to compare it with one that is only typed in so far."""
    return PersonData(
        given_names=person.given_names,
        family_name=person.family_name,
        former_names=person.former_names,
        patronymic=person.patronymic,
        original_script=person.original_script,
        birth=BirthDate(person.birth_year, person.birth_month, person.birth_day),
        sex=person.sex,
        nationalities=tuple(person.nationalities),
        languages=tuple((row.language, row.level) for row in person.languages.all()),
        contact_channel=person.contact_channel,
        contact_value=person.contact_value,
        contact_language=person.contact_language,
        safe_contact_note=person.safe_contact_note,
        address_locked=person.address_locked,
    )


def comparison(left: PersonData, right: PersonData) -> list[Line]:
    """All facts of two persons side by side; lines empty on both sides are left out."""
    lines = [Line(label, a, b) for (label, a), (_label, b) in zip(_facts(left), _facts(right), strict=True)]
    return [line for line in lines if line.left or line.right]


def _facts(data: PersonData) -> list[tuple[str, str]]:
    return [
        (_("Familienname"), data.family_name),
        (_("Vornamen"), data.given_names),
        (_("Vatersname"), data.patronymic),
        (_("Frühere und andere Namen"), data.former_names),
        (_("In eigener Schrift"), data.original_script),
        (_("Geburtsdatum"), str(data.birth)),
        (_("Geschlecht"), str(Sex(data.sex).label) if data.sex else ""),
        (_("Staatsangehörigkeiten"), ", ".join(nationality_name(key) for key in data.nationalities)),
        (_("Sprachen"), ", ".join(sorted(language_name(code) for code, _level in data.languages))),
        (_("Erreichbar über"), _contact(data)),
        (_("Sicherer Kontakt"), data.safe_contact_note),
        (_("Auskunftssperre"), _("ja") if data.address_locked else ""),
    ]


def _contact(data: PersonData) -> str:
    channel = str(Channel(data.contact_channel).label) if data.contact_channel else ""
    return " ".join(part for part in (channel, data.contact_value) if part)
