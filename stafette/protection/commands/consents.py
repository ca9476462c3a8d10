"""Write down what people agreed to, and that they do not any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.people.models import Person
from stafette.protection.data import Category, Outsider, outsider_columns
from stafette.protection.models import Consent, ConsentPerson

VALID_FOR = timedelta(days=365)
OF_AGE = 18


@command
def give_consent(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    receiver_id: UUID | None = None,
    outsider: Outsider | None = None,
    purpose: str,
    categories: Collection[str],
    person_ids: Sequence[UUID],
    guardian_ids: Sequence[UUID] = (),
    text_version: str,
    language: str,
    form: str,
    witness: str = "",
    interpreter: str = "",
    given_on: date | None = None,
    expires_on: date | None = None,
) -> Consent:
    """Keep what the people of a household agreed to: one receiver, the ticked categories only, twelve months.

    It proves the basis of a later sending (Art. 7(1) GDPR). For a child somebody with custody agrees; a consent by
    word names its witness.
    """
    persons = _persons(household_id, [*person_ids, *guardian_ids])
    actor.require(Permission.CONSENT_EDIT, unit=unit_id)
    day = given_on or today()
    ticked = [category for category in Category.values if category in categories]
    if not ticked:
        raise BadInput(_("Kreuzen Sie mindestens eine Kategorie an, in deren Weitergabe eingewilligt wird."))
    if form == Consent.Form.SPOKEN and not witness.strip():
        raise BadInput(_("Nennen Sie für eine mündliche Einwilligung, wer sie bezeugt (Funktion genügt)."))
    _check_ages(persons, person_ids, guardian_ids, day)
    consent = Consent(
        unit_id=unit_id,
        household_id=household_id,
        receiver_id=receiver_id,
        **outsider_columns(outsider),
        purpose=purpose,
        categories=ticked,
        text_version=text_version,
        language=language,
        form=form,
        witness=witness.strip(),
        interpreter=interpreter.strip(),
        given_on=day,
        expires_on=expires_on or day + VALID_FOR,
    )
    consent.save(force_insert=True)
    parts = [(one, ConsentPerson.Part.SUBJECT) for one in dict.fromkeys(person_ids)]
    parts += [(one, ConsentPerson.Part.GUARDIAN) for one in dict.fromkeys(guardian_ids)]
    ConsentPerson.objects.bulk_create(
        ConsentPerson(unit_id=unit_id, consent=consent, person_id=one, part=part) for one, part in parts
    )
    record(
        actor, "consent.given", consent, unit=unit_id, about=household_id,
        receiver=receiver_id, outsider=consent.outsider_id, categories=ticked, text_version=text_version,
        language=language, form=form, persons=len(set(person_ids)), expires_on=consent.expires_on,
    )  # fmt: skip
    return consent


@command
def withdraw_consent(*, actor: Actor, consent_id: UUID) -> Consent:
    """End a consent as easily as it was given (Art. 7(3) GDPR).

    Nothing more is sent on it; what was sent and not yet accepted is destroyed by the room of referrals.
    """
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent_id)
    actor.require(Permission.CONSENT_EDIT, unit=consent.unit_id)
    consent.withdraw(at=now())
    consent.save(update_fields=["withdrawn_at"])
    record(
        actor, "consent.withdrawn", consent, unit=consent.unit_id, about=consent.household_id,
        receiver=consent.receiver_id, outsider=consent.outsider_id, categories=consent.categories,
    )  # fmt: skip
    return consent


def _persons(household_id: UUID, wanted: Sequence[UUID]) -> dict[UUID, Person]:
    """Return the persons, all of whom must live in the household."""
    found = Person.objects.filter(
        pk__in=wanted, memberships__household=household_id, memberships__until_on=None
    )
    persons = {person.pk: person for person in found}
    if not wanted or set(wanted) - set(persons):
        raise BadInput(_("Wählen Sie, für wen die Einwilligung gilt: nur Personen dieses Haushalts."))
    return persons


def _check_ages(
    persons: dict[UUID, Person], subjects: Sequence[UUID], guardians: Sequence[UUID], day: date
) -> None:
    """A child's consent comes from its guardians, who are of age themselves."""
    if any(_is_minor(persons[one], day) for one in guardians):
        raise BadInput(_("Zustimmen können nur Erwachsene. Bitte wählen Sie eine sorgeberechtigte Person."))
    adults = {one for one in [*subjects, *guardians] if not _is_minor(persons[one], day)}
    if any(_is_minor(persons[one], day) for one in subjects) and not adults:
        raise BadInput(_("Für ein Kind stimmt eine sorgeberechtigte Person zu. Bitte wählen Sie sie aus."))


def _is_minor(person: Person, day: date) -> bool:
    """Tell whether somebody is under 18 for certain; who has no birth date counts as of age."""
    born = person.birth.first_possible()
    if born is None:
        return False
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age < OF_AGE
