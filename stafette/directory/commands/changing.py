"""Bring an earlier state back, begin a service at a place that is new, and keep its words in other languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory import data as d
from stafette.directory.codes import free_code
from stafette.directory.commands.entries import put_location, put_organization, put_service
from stafette.directory.indexing import reindex
from stafette.directory.models import EntryVersion, Location, Organization, Service, ServiceText
from stafette.directory.plain import from_plain
from stafette.directory.words import TEXT_LANGUAGES
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission


@command
def put_service_at_new_place(
    *, actor: Actor, unit_id: UUID, data: d.ServiceData, place: d.LocationData, hours: d.PlaceData
) -> Service:
    """Write a service together with a place that is not in the directory yet: both, or none of them.

    `hours` is what holds at that place; its location is filled in here.
    """
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    code = free_code(place.name or place.address_1, Location)
    put_location(actor=actor, unit_id=unit_id, data=replace(place, code=code, organization=data.organization))
    places = (*data.places, replace(hours, location=code))
    service = put_service(actor=actor, unit_id=unit_id, data=replace(data, places=places))
    record(actor, "service.place_added", service, unit=unit_id, code=data.code, place=code)
    return service


@command
def restore_version(
    *, actor: Actor, unit_id: UUID, subject_id: UUID, number: int
) -> Service | Organization | Location:
    """Bring an earlier state of an entry back as its newest version; nothing in between is lost."""
    version = EntryVersion.objects.get(subject_id=subject_id, number=number)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    row = _put_back(actor, unit_id, version)
    record(actor, f"{version.subject_type}.restored", row, unit=unit_id, code=row.code, number=number)
    return row


def _put_back(actor: Actor, unit_id: UUID, version: EntryVersion) -> Service | Organization | Location:
    """A code may have changed since; the row is the same, so its present code holds, and so does who keeps it."""
    if version.subject_type == "service":
        service = from_plain(d.ServiceData, version.data)
        present = Service.objects.get(pk=version.subject_id)
        same = replace(service, code=present.code)
        return put_service(actor=actor, unit_id=unit_id, data=same)
    if version.subject_type == "organization":
        organization = from_plain(d.OrganizationData, version.data)
        here = Organization.objects.select_related("keeper", "unit").get(pk=version.subject_id)
        same_keeper = replace(
            organization,
            code=here.code,
            keeper=here.keeper.code if here.keeper else "",
            unit=here.unit.code if here.unit else "",
        )
        return put_organization(actor=actor, unit_id=unit_id, data=same_keeper)
    location = from_plain(d.LocationData, version.data)
    code = Location.objects.get(pk=version.subject_id).code
    return put_location(actor=actor, unit_id=unit_id, data=replace(location, code=code))


@command
def put_text(
    *,
    actor: Actor,
    unit_id: UUID,
    service_id: UUID,
    language: str,
    words: Mapping[str, str],
    documents: Sequence[str] = (),
    state: str = ServiceText.State.DRAFT,
) -> ServiceText:
    """Keep a service's words in another language, made for the German ones as they are now.

    Only an approved text is shown to people; when the German words change later it counts as outdated until somebody
    saves it again.
    """
    service = Service.objects.select_for_update(of=("self",)).get(pk=service_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    text = _put_and_record(actor, unit_id, service, language, words, documents, state)
    reindex([service.pk])
    return text


@command
def put_texts(
    *, actor: Actor, unit_id: UUID, service_id: UUID, texts: Mapping[str, Mapping[str, str]], state: str
) -> None:
    """Keep a service's words in several languages, as put_text does; the search reads the service once, at the end."""
    service = Service.objects.select_for_update(of=("self",)).get(pk=service_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    for language, words in texts.items():
        _put_and_record(actor, unit_id, service, language, words, (), state)
    reindex([service.pk])


def _put_and_record(
    actor: Actor,
    unit_id: UUID,
    service: Service,
    language: str,
    words: Mapping[str, str],
    documents: Sequence[str],
    state: str,
) -> ServiceText:
    if language not in TEXT_LANGUAGES:
        raise BadInput(_("In diese Sprache werden Angebote nicht übersetzt."))
    if state == ServiceText.State.APPROVED and not words.get("name", "").strip():
        raise BadInput(_("Geben Sie den Namen in dieser Sprache an, bevor Sie freigeben."))
    text = service.texts.filter(language=language).first() or ServiceText(service=service, language=language)
    _fill(text, words, documents, state, service.german_digest)
    text.save()
    record(actor, "service_text.saved", text, unit=unit_id, code=service.code, language=language, state=state)
    return text


def _fill(
    text: ServiceText, words: Mapping[str, str], documents: Sequence[str], state: str, digest: str
) -> None:
    for name in ServiceText.WORDS:
        setattr(text, name, words.get(name, "").strip())
    text.documents = [one.strip() for one in documents]
    approved = state == ServiceText.State.APPROVED
    text.state, text.made_for = state, digest
    text.approved_on = today() if approved else None
    try:
        text.full_clean(validate_unique=False, exclude=_empty(text))
    except ValidationError as error:
        problems: Any = next(iter(error.message_dict.values()))
        raise BadInput(str(problems[0])) from error


def _empty(text: ServiceText) -> list[str]:
    return [name for name in (*ServiceText.WORDS, "documents", "approved_on") if not getattr(text, name)]
