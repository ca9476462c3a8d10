"""Write down what people agreed to, each receiver on its own, and agree anew before it lapses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.people.models import Person
from stafette.protection.ages import is_minor
from stafette.protection.data import Outsider, outsider_columns
from stafette.protection.kinds import WITH_TOPIC, Kind, box_codes
from stafette.protection.life import lasts_until
from stafette.protection.locking import locked
from stafette.protection.models import Consent, ConsentPerson


@command
def give_consent(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    receiver_id: UUID | None = None,
    outsider: Outsider | None = None,
    kind: str = Kind.DATA,
    purpose: str,
    topic: str = "",
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
    renews_id: UUID | None = None,
    key: UUID | None = None,
) -> Consent:
    """Keep what the people of a household agreed to: one receiver, the ticked boxes only, twelve months.

    It proves the basis of a later sending (Art. 7(1) GDPR). For a child somebody with custody agrees; a consent by
    word names its witness. `key` is the form's token: a second click returns what the first one made.
    """
    persons = _persons(household_id, [*person_ids, *guardian_ids])
    actor.require(Permission.CONSENT_EDIT, unit=unit_id)
    outside = outsider_columns(outsider)
    known = _known(unit_id, key, receiver_id, outside.get("outsider_name", ""))
    if known is not None:
        return known
    day = given_on or today()
    consent = Consent(
        unit_id=unit_id,
        household_id=household_id,
        receiver_id=receiver_id,
        **outside,
        kind=kind,
        purpose=purpose,
        topic=topic.strip(),
        categories=box_codes(kind, categories),
        text_version=text_version,
        language=language,
        form=form,
        witness=witness.strip(),
        interpreter=interpreter.strip(),
        given_on=day,
        expires_on=expires_on or lasts_until(day, is_secrecy=kind == Kind.SECRECY),
        taken_by_id=actor.id,
        talk=key,
        renews_id=renews_id,
    )
    _check(consent)
    _check_ages(persons, person_ids, guardian_ids, day)
    consent.save(force_insert=True)
    parts = [(one, ConsentPerson.Part.SUBJECT) for one in dict.fromkeys(person_ids)]
    parts += [(one, ConsentPerson.Part.GUARDIAN) for one in dict.fromkeys(guardian_ids)]
    ConsentPerson.objects.bulk_create(
        ConsentPerson(unit_id=unit_id, consent=consent, person_id=one, part=part) for one, part in parts
    )
    record(
        actor, "consent.given", consent, unit=unit_id, about=household_id, consent=kind, number=consent.number,
        receiver=receiver_id, outsider=consent.outsider_id, categories=consent.categories,
        text_version=text_version, language=language, form=form, persons=len(set(person_ids)),
        expires_on=consent.expires_on, renews=renews_id,
    )  # fmt: skip
    return consent


@command
def give_consents(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    receiver_ids: Sequence[UUID] = (),
    names: Sequence[str] = (),
    **agreed: Any,
) -> list[Consent]:
    """Keep one sheet with several receivers: each is agreed to on its own and can be withdrawn on its own.

    `names` are receivers that are no unit of ours: a doctor, a landlord, a volunteer.
    """
    actor.require(Permission.CONSENT_EDIT, unit=unit_id)
    receivers: list[dict[str, Any]] = [{"receiver_id": one} for one in dict.fromkeys(receiver_ids)]
    wanted = dict.fromkeys(clean for clean in (" ".join(name.split()) for name in names) if clean)
    receivers += [{"outsider": Outsider(new_id(), name)} for name in wanted]
    if not receivers:
        raise BadInput(_("Kreuzen Sie an oder nennen Sie, für wen die Einwilligung gilt."))
    given = [
        give_consent(actor=actor, unit_id=unit_id, household_id=household_id, **one, **agreed)
        for one in receivers
    ]
    record(actor, "consent.sheet_taken", given[0], unit=unit_id, about=household_id, consents=len(given))
    return given


@command
def renew_consent(
    *,
    actor: Actor,
    consent_id: UUID,
    form: str,
    witness: str = "",
    interpreter: str = "",
    key: UUID | None = None,
) -> Consent:
    """Let the same people agree to the same thing anew, before or after it lapsed: a new proof with a new date.

    The old one keeps its own end; a withdrawal ends both. Who moved out meanwhile is asked by the next consent.
    """
    old = locked(consent_id)
    actor.require(Permission.CONSENT_EDIT, unit=old.unit_id)
    if old.withdrawn_at is not None:
        raise RuleBroken(
            _("Diese Einwilligung ist widerrufen. Holen Sie eine neue ein, wenn die Person das möchte.")
        )
    rows = list(old.people.filter(_lives_in(old.household_id)).values_list("person_id", "part"))
    subjects = [person for person, part in rows if part == ConsentPerson.Part.SUBJECT]
    if not subjects:
        raise RuleBroken(_("Niemand von ihnen lebt noch in diesem Haushalt. Holen Sie eine neue ein."))
    fresh = give_consent(
        actor=actor,
        unit_id=old.unit_id,
        household_id=old.household_id,
        receiver_id=old.receiver_id,
        outsider=Outsider(old.outsider_id, old.outsider_name) if old.outsider_id else None,
        kind=old.kind,
        purpose=old.purpose,
        topic=old.topic,
        categories=old.categories,
        person_ids=subjects,
        guardian_ids=[person for person, part in rows if part == ConsentPerson.Part.GUARDIAN],
        text_version=old.text_version,
        language=old.language,
        form=form,
        witness=witness,
        interpreter=interpreter,
        renews_id=old.pk,
        key=key,
    )
    record(
        actor, "consent.renewed", old, unit=old.unit_id, about=old.household_id, number=old.number,
        now=fresh.number, expires_on=fresh.expires_on,
    )  # fmt: skip
    return fresh


def _known(unit_id: UUID, key: UUID | None, receiver_id: UUID | None, outsider: str) -> Consent | None:
    """What the same sheet already made for this receiver."""
    if key is None:
        return None
    return Consent.objects.filter(
        unit=unit_id, talk=key, receiver=receiver_id, outsider_name=outsider
    ).first()


def _check(consent: Consent) -> None:
    """What every consent needs to be a proof."""
    if not consent.categories:
        raise BadInput(_("Kreuzen Sie mindestens eine Kategorie an, in deren Weitergabe eingewilligt wird."))
    if consent.form == Consent.Form.SPOKEN and not consent.witness:
        raise BadInput(_("Nennen Sie für eine mündliche Einwilligung, wer sie bezeugt (Funktion genügt)."))
    if consent.kind in WITH_TOPIC and not consent.topic:
        raise BadInput(_("Nennen Sie das Thema, um das es geht. Ein Satz genügt."))
    if not consent.given_on < consent.expires_on:
        raise BadInput(_("Wählen Sie ein Ende, das nach dem Tag der Einwilligung liegt."))
    latest = lasts_until(consent.given_on, is_secrecy=True)
    if consent.kind == Kind.SECRECY and consent.expires_on > latest:
        raise BadInput(
            _("Eine Schweigepflichtentbindung gilt höchstens bis {day}.").format(day=f"{latest:%d.%m.%Y}")
        )


def _lives_in(household_id: UUID) -> Q:
    return Q(person__memberships__household=household_id, person__memberships__until_on=None)


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
    if any(is_minor(persons[one].birth, day) for one in guardians):
        raise BadInput(_("Zustimmen können nur Erwachsene. Bitte wählen Sie eine sorgeberechtigte Person."))
    adults = {one for one in [*subjects, *guardians] if not is_minor(persons[one].birth, day)}
    if any(is_minor(persons[one].birth, day) for one in subjects) and not adults:
        raise BadInput(_("Für ein Kind stimmt eine sorgeberechtigte Person zu. Bitte wählen Sie sie aus."))
