"""Put an entry into the directory, whole: new, or in place of what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.directory import data as d
from stafette.directory.indexing import reindex
from stafette.directory.models import (
    EntryVersion,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    Status,
)
from stafette.directory.plain import as_values, to_plain
from stafette.directory.reading import (
    OF_LOCATION,
    OF_ORGANIZATION,
    OF_SERVICE,
    ROWS,
    location_data,
    organization_data,
    service_data,
)
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission

E = TypeVar("E", Organization, Location, Service)
NOT_COLUMNS = {*ROWS, "id", "organization", "keeper", "unit", "location", "exceptions"}


@command
def put_organization(
    *, actor: Actor, unit_id: UUID, data: d.OrganizationData, source: str = "desk"
) -> Organization:
    """Write a provider with its numbers and contacts; an entry that equals what is there changes nothing.

    `unit_id` is the unit in whose books the change stands; `source` says by which way it came.
    """
    row = Organization.objects.select_for_update(of=("self",)).filter(code=data.code).first()
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    before = _read(Organization, OF_ORGANIZATION, data.code) if row else None
    if before is not None and _same(organization_data(before), data):
        return before
    _keep_first(before, organization_data)
    row = row or _new(Organization, data)
    row.keeper, row.unit = _unit(data.keeper), _unit(data.unit)
    _write(row, data)
    _write_rows(row, "organization", data)
    reindex(
        row.services.values_list("pk", flat=True)
    )  # whether they are public, and by whose name they are found
    return _record_version(
        actor, row, organization_data(_read(Organization, OF_ORGANIZATION, row.code)), unit_id, source
    )


@command
def put_location(*, actor: Actor, unit_id: UUID, data: d.LocationData, source: str = "desk") -> Location:
    """Write a place with its way in, its numbers and hours."""
    row = Location.objects.select_for_update(of=("self",)).filter(code=data.code).first()
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    before = _read(Location, OF_LOCATION, data.code) if row else None
    if before is not None and _same(location_data(before), data):
        return before
    _keep_first(before, location_data)
    row = row or _new(Location, data)
    row.organization = _provider(data.organization) if data.organization else None
    _write(row, data)
    _write_rows(row, "location", data)
    found = _record_version(
        actor, row, location_data(_read(Location, OF_LOCATION, row.code)), unit_id, source
    )
    reindex(Service.objects.filter(places__location=found).values_list("pk", flat=True))
    return found


@command
def put_service(*, actor: Actor, unit_id: UUID, data: d.ServiceData, source: str = "desk") -> Service:
    """Write a service with everything that hangs on it; organisation and places must be there already.

    Raises BadInput where one is missing or a value does not fit, with the German name of the field.
    """
    row = Service.objects.select_for_update(of=("self",)).filter(code=data.code).first()
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    before = _read(Service, OF_SERVICE, data.code) if row else None
    if before is not None and _same(service_data(before), data):
        return before
    _keep_first(before, service_data)
    row = row or _new(Service, data)
    row.organization = _provider(data.organization)
    _write(row, data)
    _write_rows(row, "service", data)
    _write_places(row, data.places)
    found = _record_version(actor, row, service_data(_read(Service, OF_SERVICE, row.code)), unit_id, source)
    reindex([found.pk])
    return found


@command
def end_service(
    *, actor: Actor, unit_id: UUID, service_id: UUID, status: str, source: str = "desk"
) -> Service:
    """Say that a service rests or is no more: it is offered no longer, what was recorded about it stays."""
    row = Service.objects.select_for_update(of=("self",)).get(pk=service_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    if status not in Status.values:
        raise BadInput(_("Wählen Sie einen Stand aus der Liste."))
    _keep_first(_read(Service, OF_SERVICE, row.code), service_data)
    row.status = status
    row.save(update_fields=["status", "changed_at"])
    reindex([row.pk])
    return _record_version(actor, row, service_data(_read(Service, OF_SERVICE, row.code)), unit_id, source)


def _read(model: type[E], details: Sequence[str], code: str) -> E:
    related = ("organization",) if hasattr(model, "organization") else ("keeper", "unit")
    rows = model._default_manager.select_related(*related)
    return rows.prefetch_related(*details).get(code=code)


def _same(old: Any, new: Any) -> bool:
    """Whether an entry says the same; identifiers do not count."""
    return bool(_bare(to_plain(old)) == _bare(to_plain(new)))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if name != "id"}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _new(model: type[E], data: d.EntryData) -> E:
    """A new row keeps the identifier that the entry had elsewhere, unless something here has it already."""
    if data.id and not model._default_manager.filter(pk=data.id).exists():
        return model(id=data.id, code=data.code)
    return model(code=data.code)


def _unit(code: str) -> Unit | None:
    if not code:
        return None
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise BadInput(_("Die Stelle „{code}“ gibt es nicht.").format(code=code))
    return found


def _provider(code: str) -> Organization:
    found = Organization.objects.filter(code=code).first()
    if found is None:
        raise BadInput(
            _("Den Träger „{code}“ gibt es im Verzeichnis nicht. Legen Sie ihn zuerst an.").format(code=code)
        )
    return found


def _write(row: models.Model, data: Any) -> None:
    is_capacity = isinstance(data, d.CapacityData)  # its unit is a word, not one of our units
    for name, value in as_values(data).items():
        if name not in NOT_COLUMNS or (is_capacity and name == "unit"):
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    _check(row)
    row.save()


def _check(row: models.Model) -> None:
    """Refuse what does not fit, in the words of the field."""
    try:
        row.full_clean(validate_unique=False, exclude=[*_empty_fields(row), "extra", "data"])
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        raise BadInput(f"{FIELD_NAMES.get(name, name)}: {problems[0]}") from error


def _empty_fields(row: models.Model) -> list[str]:
    """What may be empty and is: Django's forms know only `blank`, a column may also be null or an empty list."""
    empty = ((one, getattr(row, one.attname)) for one in row._meta.concrete_fields)
    return [one.name for one, value in empty if value in ([], {}) or (value is None and one.null)]


def _write_rows(row: models.Model, parent: str, data: Any) -> None:
    """Bring the details in line: what is equal stays, what is new is added, what is missing goes."""
    for name in ROWS:
        if name == "places" or not hasattr(data, name):
            continue
        manager: Any = getattr(row, name)
        _sync(manager, parent, row, getattr(data, name))


def _sync(manager: Any, parent: str, owner: models.Model, wanted: Sequence[Any]) -> None:
    known = {one.pk: one for one in manager.all()}
    by_place = sorted(known.values(), key=lambda one: (one.position, one.pk))
    kept = set()
    for position, item in enumerate(wanted):
        row = known.get(item.id) if item.id else by_place[position] if position < len(by_place) else None
        if row is None or row.pk in kept:
            row = manager.model(**{parent: owner})
            if item.id and not manager.model.objects.filter(pk=item.id).exists():
                row.pk = item.id
        row.position = position
        if hasattr(item, "exceptions"):
            row.exceptions = [_exception(one) for one in item.exceptions]
        _write(row, item)
        kept.add(row.pk)
        if hasattr(item, "phones"):
            _sync(row.phones, "contact", row, item.phones)
    manager.exclude(pk__in=kept).delete()


def _write_places(service: Service, wanted: Sequence[d.PlaceData]) -> None:
    known = {one.location.code: one for one in service.places.select_related("location")}
    for code, place in known.items():
        if code not in {item.location for item in wanted}:
            place.delete()
    for position, item in enumerate(wanted):
        place = known.get(item.location) or ServiceAtLocation(service=service, location=_place(item.location))
        if place._state.adding and item.id and not ServiceAtLocation.objects.filter(pk=item.id).exists():
            place.pk = item.id
        place.position = position
        _write(place, item)
        _write_rows(place, "place", item)


def _place(code: str) -> Location:
    found = Location.objects.filter(code=code).first()
    if found is None:
        raise BadInput(
            _("Den Ort „{code}“ gibt es im Verzeichnis nicht. Legen Sie ihn zuerst an.").format(code=code)
        )
    return found


def _exception(one: d.ExceptionData) -> dict[str, Any]:
    times = {"opens_at": one.opens_at, "closes_at": one.closes_at}
    return {
        "from": one.starts_on.isoformat(),
        "to": one.ends_on.isoformat(),
        "closed": one.is_closed,
        "note": one.note,
        **{name: at.isoformat("minutes") for name, at in times.items() if at},
    }


def _keep_first(before: Any, read: Any) -> None:
    """An entry that has no version yet (moved here, or made by hand) gets one before its first change."""
    if before is None or EntryVersion.objects.filter(subject_id=before.pk).exists():
        return
    EntryVersion(
        subject_type=str(before._meta.model_name), subject_id=before.pk, number=1, data=to_plain(read(before)),
        source="blueprint", made_at=before.created_at, made_by=_("Einrichtung"),
    ).save(force_insert=True)  # fmt: skip


def _record_version(actor: Actor, row: E, after: Any, unit_id: UUID, source: str) -> E:
    """Keep the version and record the step; the text of an entry stands in its version, not in the log."""
    name = str(row._meta.model_name)
    last = EntryVersion.objects.filter(subject_id=row.pk).order_by("-number").first()
    number = last.number + 1 if last else 1
    EntryVersion(
        subject_type=name, subject_id=row.pk, number=number, data=to_plain(after), source=source,
        made_at=now(), made_by=actor.label,
    ).save(force_insert=True)  # fmt: skip
    record(actor, f"{name}.saved", row, unit=unit_id, code=after.code, number=number, source=source)
    return row


FIELD_NAMES: dict[str, Any] = {
    "name": gettext_lazy("Name"),
    "summary": gettext_lazy("Wofür"),
    "email": gettext_lazy("E-Mail"),
    "website": gettext_lazy("Seite im Netz"),
    "status": gettext_lazy("Stand"),
    "kind": gettext_lazy("Art"),
    "room": gettext_lazy("Aufnahme"),
    "maximum_age": gettext_lazy("Höchstalter"),
    "minimum_age": gettext_lazy("Mindestalter"),
    "latitude": gettext_lazy("Breite"),
    "longitude": gettext_lazy("Länge"),
    "number": gettext_lazy("Rufnummer"),
    "opens_at": gettext_lazy("Öffnet"),
    "closes_at": gettext_lazy("Schließt"),
    "available": gettext_lazy("Frei"),
    "amount": gettext_lazy("Betrag"),
    "__all__": gettext_lazy("Angaben"),
}
