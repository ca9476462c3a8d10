"""What the interface answers: lists and objects of HSDS, made of what is public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from stafette.directory.exchange.hsds.terms import TAXONOMIES, Words, term
from stafette.directory.exchange.hsds.write import (
    Style,
    location,
    location_row,
    organization_alone,
    organization_row,
    service,
    service_row,
)
from stafette.directory.exchange.texts import translations
from stafette.directory.queries.published import (
    Asked,
    public_organizations,
    public_places,
    public_service_ids,
    public_services,
)
from stafette.directory.queries.whole import whole_entries, whole_locations, whole_organizations
from stafette.portal.api.asking import Paging, codes_of
from stafette.portal.api.listing import Listing

Object = dict[str, Any]


def services(asked: Asked, paging: Paging, words: Words) -> Listing:
    """Services: only what there is once, everything, or identifier and time of change."""
    rows = public_services(asked)
    if paging.is_minimal:
        return Listing(rows, ("pk", "changed_at"), _changes)
    if paging.is_full:
        return Listing(rows, ("pk",), lambda found: _full_services(found, words))
    return Listing(rows, ("pk", "organization_id"), lambda found: _service_rows(found, words))


def _full_services(rows: list[tuple[Any, ...]], words: Words) -> list[Object]:
    ids = [pk for (pk,) in rows]
    return _sorted(whole_services(ids, words), ids)


def _changes(rows: list[tuple[Any, ...]]) -> list[Object]:
    return [{"id": str(pk), "modified_date": at.isoformat(timespec="milliseconds")} for pk, at in rows]


def _service_rows(rows: list[tuple[Any, ...]], words: Words) -> list[Object]:
    style = Style(is_public=True, words=words)
    organizations = {
        one.data.code: organization_row(one.data, style)
        for one in whole_organizations({row[1] for row in rows}, lists=False)
    }
    found = [
        service_row(one.data, organizations.get(one.data.organization), style, one.changed_at)
        for one in whole_entries([pk for pk, _organization in rows], lists=False)
    ]
    return _sorted(found, [pk for pk, _organization in rows])


def _sorted(found: list[Object], ids: Iterable[UUID]) -> list[Object]:
    """Objects in the order that was asked for: a search puts the best ones first."""
    by_id = {one["id"]: one for one in found}
    return [by_id[str(pk)] for pk in ids if str(pk) in by_id]


def one_service(pk: UUID, words: Words) -> Object | None:
    """A public service with everything that hangs on it."""
    return next(iter(whole_services(public_service_ids(pk), words)), None)


def whole_services(ids: Iterable[UUID], words: Words) -> list[Object]:
    """Services, fully nested."""
    style = Style(is_public=True, words=words)
    found = whole_entries(ids, texts="approved")
    providers = {one.data.organization for one in found}
    places = {place.location for one in found for place in one.data.places}
    organizations = {one.data.code: one.data for one in whole_organizations(codes=providers)}
    locations = {one.data.code: one.data for one in whole_locations(codes=places)}
    return [
        service(
            one.data,
            organizations.get(one.data.organization),
            locations,
            style,
            changed_at=one.changed_at,
            texts=translations(one.data, one.texts),
        )
        for one in found
    ]


def organizations(asked: Asked, paging: Paging, words: Words) -> Listing:
    """Organisations; `full` brings phones, contacts and words along, `full_service` their services as well."""
    style = Style(is_public=True, words=words)
    write = organization_alone if paging.is_full else organization_row

    def tell(rows: list[tuple[Any, ...]]) -> list[Object]:
        ids = [pk for (pk,) in rows]
        found = [write(one.data, style) for one in whole_organizations(ids, lists=paging.is_full)]
        return _with_services(found, ids, words) if paging.has_services else found

    return Listing(public_organizations(asked), ("pk",), tell)


def _with_services(found: list[Object], ids: list[UUID], words: Words) -> list[Object]:
    owned = public_services().filter(organization__in=ids).values_list("pk", "organization_id")
    owner = {str(pk): str(organization) for pk, organization in owned}
    services: dict[str, list[Object]] = {}
    for one in whole_services(map(UUID, owner), words):
        services.setdefault(owner[one["id"]], []).append(one)
    return [one | {"services": services.get(one["id"], [])} for one in found]


def one_organization(pk: UUID, words: Words, *, full_services: bool) -> Object | None:
    """An organisation with its places and services: their names, or everything."""
    if not public_organizations().filter(pk=pk).exists():
        return None
    style = Style(is_public=True, words=words)
    (found,) = whole_organizations([pk])
    written = organization_alone(found.data, style)
    ids = list(public_services(Asked(organization=pk)).values_list("pk", flat=True))
    if full_services:
        written["services"] = whole_services(ids, words)
    else:
        rows = whole_entries(ids, lists=False)
        written["services"] = [service_row(one.data, None, style, one.changed_at) for one in rows]
    codes = public_places(Asked(organization=pk)).values_list("location__code", flat=True)
    places = whole_locations(codes=sorted(set(codes)))
    if places:
        written["locations"] = [location(one.data, style, organization_id=written["id"]) for one in places]
    return written


def places(asked: Asked, paging: Paging, words: Words) -> Listing:
    """Services at their places."""
    return Listing(public_places(asked), PLACE, lambda rows: _places(rows, words, is_full=paging.is_full))


def one_place(pk: UUID, words: Words) -> Object | None:
    """A service at a place, fully nested."""
    rows = list(public_places().filter(pk=pk).values_list(*PLACE))
    return next(iter(_places(rows, words, is_full=True)), None)


PLACE = ("pk", "service_id", "location_id", "description")


def _places(rows: list[tuple[Any, ...]], words: Words, *, is_full: bool) -> list[Object]:
    style = Style(is_public=True, words=words)
    by_location = {
        str(one.data.id): (location if is_full else location_row)(one.data, style)
        for one in whole_locations({row[2] for row in rows}, lists=is_full)
    }
    ids = {row[1] for row in rows}
    if is_full:
        by_service = {one["id"]: one for one in whole_services(ids, words)}
    else:
        by_service = {
            str(one.data.id): service_row(one.data, None, style, one.changed_at)
            for one in whole_entries(ids, lists=False)
        }
    found = []
    for pk, service_id, location_id, description in rows:
        written = by_service[str(service_id)]
        own = _of_place(written, str(pk)) if is_full else {}
        rest = {name: value for name, value in written.items() if name != "service_at_locations"}
        found.append(
            {
                "id": str(pk),
                "service_id": str(service_id),
                "location_id": str(location_id),
                **({"description": description} if description else {}),
                **own,
                "location": by_location[str(location_id)],
                "service": rest,
            }
        )
    return found


def _of_place(written: Object, pk: str) -> Object:
    """What holds only at this place: its hours, phones and contacts."""
    there: Object = next((one for one in written.get("service_at_locations", []) if one["id"] == pk), {})
    return {name: there[name] for name in ("contacts", "phones", "schedules", "attributes") if name in there}


def taxonomies(search: str) -> list[Object]:
    """The systematics behind our words."""
    found = [one.as_hsds() for one in TAXONOMIES.values()]
    return [one for one in found if search.lower() in one["name"].lower()]


def terms(words: Words, *, taxonomy: str = "", search: str = "") -> list[Object]:
    """The words of all systematics, or of one."""
    return [
        one
        for code in TAXONOMIES
        if not taxonomy or code == taxonomy
        for each in codes_of(code, words)
        if search.lower() in (one := whole_term(code, each, words))["name"].lower()
    ]


def whole_term(taxonomy: str, code: str, words: Words) -> Object:
    """A word with the systematic that it is from."""
    detail = TAXONOMIES[taxonomy].as_hsds()
    return term(taxonomy, code, words) | {"taxonomy_id": detail["id"], "taxonomy_detail": detail}
