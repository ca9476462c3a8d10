"""Lists that are as fast on the last page as on the first, stay filtered, and leave as XLSX.

A room declares a `ListSpec` and its view calls `show_list`:

    PERSONS = ListSpec(
        name="people", title=_("Personen"),
        columns=(Column("name", _("Name"), lambda row: row.full_name, sort="sort_key", link=lambda row: row.url), …),
        filters=PersonFilter,                      # a django Form; cleaned_data goes to `apply`
        apply=lambda rows, values: rows.filter(…), # a queryset in, a queryset out
    )
    def index(request): return show_list(request, PERSONS, queries.persons(actor=request.actor))

No name stands in an address: filters that a form lists in `private` are sent by POST and kept in the session
only, and the mark that the next page begins with is sealed.

Rows need `pk` as tie-break; empty values of a sort column come last. There is no count of all rows: it costs what the
page saves, and nobody pages to the end.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed
from stafette.kernel.texts import Text
from stafette.web import exports, readings, xlsx
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response, page_or_partial, wants_partial

PAGE_SIZE = 50
EXPORT_LIMIT = 50_000
_RESERVED = {"sort", "nach", "vor", "format", "reset", "weiter", "ohne", "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Column:
    """A column: `text` gives what is shown and exported; `link` and `badge` dress it on the screen.

    `badge` returns the state word of the badge component (e.g. "late"); `export` replaces `text` in the XLSX where
    a date or number should stay one; `taken_along` is false for what may stand on the screen and in no file.
    """

    key: str
    label: Text
    text: Callable[[Any], Any]
    sort: str = ""
    link: Callable[[Any], str] | None = None
    badge: Callable[[Any], str] | None = None
    export: Callable[[Any], Any] | None = None
    taken_along: bool = True


@dataclass(frozen=True)
class ListSpec:
    """What a list shows, how it sorts and filters. `name` keeps its filters apart in the session.

    Every list counts as one about people, and each look at it as a reading, until it says `about_people=False`.
    """

    name: str
    title: Text
    columns: Sequence[Column]
    order: str
    filters: type[forms.Form] | None = None
    apply: Callable[[QuerySet[Any], dict[str, Any]], QuerySet[Any]] = lambda rows, values: rows
    empty: Text = ""
    never_in_a_file: Sequence[str] = ()
    page: str = "web/list.html"
    partial: str = "web/partials/list.html"
    context: dict[str, Any] = field(default_factory=dict)
    about_people: bool = True


@dataclass(frozen=True)
class Cell:
    """One field of one row, ready for the template."""

    label: Text
    text: Any
    link: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Heading:
    """The head of a column; `url` sorts by it, `direction` is "", "ascending" or "descending"."""

    label: Text
    url: str = ""
    direction: str = ""


def show_list(request: HttpRequest, spec: ListSpec, rows: QuerySet[Any], **extra: Any) -> HttpResponse:
    """Answer with the page, the partial for htmx, or the XLSX: always the same rows under the same rights."""
    parameters = remembered(request, spec)
    if request.method == "POST" and not wants_partial(request):
        return redirect(request.path)
    form = spec.filters(_as_sent(parameters)) if spec.filters else None
    if form is not None:
        rows = spec.apply(rows, form.cleaned_data) if form.is_valid() else rows.none()
    sort = _sort_key(spec, parameters.get("sort", ""))
    if request.GET.get("format") == "xlsx":
        if getattr(request, "extras", ()):
            raise NotAllowed(_("Während eines Notfallzugriffs können Sie nur lesen, nichts mitnehmen."))
        if any(parameters.get(name) for name in spec.never_in_a_file):
            raise NotAllowed(_("So gefiltert gibt es diese Liste nicht als Datei. Entfernen Sie den Filter."))
        return _export(request, spec, rows.order_by(*_order(sort)))
    found, before, after = _slice(rows, sort, request.GET.get("vor", ""), request.GET.get("nach", ""))
    if spec.about_people:
        readings.note_list(request, found)
    base = {
        key: value for key, value in parameters.items() if key not in _RESERVED - {"sort"} | _private(spec)
    }
    if len(base) < len(parameters):
        base["weiter"] = "1"
    context = {
        **spec.context,
        **extra,
        "spec": spec,
        "form": form,
        "active_filters": _active(form, base),
        "headings": [_heading(column, sort, base) for column in spec.columns],
        "rows": cells(spec.columns, found),
        "previous_url": f"?{urlencode({**base, 'vor': before}, doseq=True)}" if before else "",
        "next_url": f"?{urlencode({**base, 'nach': after}, doseq=True)}" if after else "",
        "export_url": f"?{urlencode({**base, 'format': 'xlsx'}, doseq=True)}",
        "reset_url": "?reset=1",
    }
    return page_or_partial(request, spec.page, spec.partial, context)


def remembered(request: HttpRequest, spec: ListSpec) -> dict[str, Any]:
    """Return sort and filters of this call, or those of the last visit when the call names none."""
    key = f"list:{spec.name}"
    given: dict[str, Any] = {
        name: values if len(values) > 1 else values[0]
        for name, values in (request.POST if request.method == "POST" else request.GET).lists()
        if any(values)
    }
    if "reset" in given:
        request.session.pop(key, None)
        return {}
    kept: dict[str, Any] = request.session.get(key, {})
    own = {name: value for name, value in given.items() if name not in _RESERVED - {"sort"}}
    if request.method != "POST" and set(request.GET) <= _RESERVED - {"sort"}:
        if given.get("ohne") in kept:
            request.session[key] = kept = {name: kept[name] for name in kept if name != given["ohne"]}
        return kept
    if "weiter" in given:
        own |= {name: kept[name] for name in _private(spec) if name in kept}
    if own != kept:
        request.session[key] = own
    return own


def _private(spec: ListSpec) -> set[str]:
    """Filters that hold words about people: their form names them, and they never enter an address."""
    return set(getattr(spec.filters, "private", ()))


def _sort_key(spec: ListSpec, wanted: str) -> str:
    allowed = {column.sort for column in spec.columns if column.sort} | {spec.order.lstrip("-")}
    return wanted if wanted.lstrip("-") in allowed else spec.order


def _order(sort: str) -> tuple[str, str]:
    return (sort, "-pk" if sort.startswith("-") else "pk")


def _slice(rows: QuerySet[Any], sort: str, before: str, after: str) -> tuple[list[Any], str, str]:
    """Return one page and the marks before its first and after its last row; a broken mark means the first page."""
    name, descending = sort.lstrip("-"), sort.startswith("-")
    mark = _decode(before or after, rows, name)
    backwards = bool(before) and mark is not None
    order = _order(sort)
    if backwards:
        order = (_flip(order[0]), _flip(order[1]))
    if mark is not None:
        rows = rows.filter(_beyond(name, mark, rows, downwards=descending != backwards))
    found = list(rows.order_by(*order)[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    first = _encode(found[0], name) if found and (more if backwards else mark is not None) else ""
    last = _encode(found[-1], name) if found and (True if backwards else more) else ""
    return found, first, last


def _flip(field_name: str) -> str:
    return field_name[1:] if field_name.startswith("-") else f"-{field_name}"


def _encode(row: Any, name: str) -> str:
    value = row
    for part in name.split("__"):
        value = getattr(value, part, None)  # an empty relation on the way leaves nothing
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    mark = json.dumps([value if isinstance(value, (int, float, type(None))) else str(value), str(row.pk)])
    return base64.urlsafe_b64encode(_seal().encrypt(mark.encode(), None)).decode().rstrip("=")


@lru_cache
def _seal() -> AESSIV:
    """Encrypt marks: sorted by name they hold one. The same row gives the same mark, so that pages compare."""
    return AESSIV(hashlib.sha256(f"list marks {settings.SECRET_KEY}".encode()).digest())


def _decode(mark: str, rows: QuerySet[Any], name: str) -> tuple[Any, UUID] | None:
    if not mark:
        return None
    try:
        sealed = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        value, pk = json.loads(_seal().decrypt(sealed, None))
        model, parts = rows.model, name.split("__")
        if parts[0] in rows.query.annotations:
            return value, UUID(pk)
        for part in parts[:-1]:
            model = model._meta.get_field(part).related_model
        return model._meta.get_field(parts[-1]).to_python(value), UUID(pk)
    except (ValueError, TypeError, LookupError, ValidationError, InvalidTag):
        return None


def _beyond(name: str, mark: tuple[Any, UUID], rows: QuerySet[Any], *, downwards: bool) -> Q:
    """Select what lies behind the mark. PostgreSQL sorts null as the greatest value, so upwards it comes last."""
    value, pk = mark
    compare = TupleLessThan if downwards else TupleGreaterThan
    if value is None:
        same = Q(**{f"{name}__isnull": True, f"pk__{'lt' if downwards else 'gt'}": pk})
        return same | Q(**{f"{name}__isnull": False}) if downwards else same
    beyond = Q(compare((F(name), F("pk")), mark))
    return beyond | Q(**{f"{name}__isnull": True}) if not downwards and _may_be_null(rows, name) else beyond


def _may_be_null(rows: QuerySet[Any], name: str) -> bool:
    """Tell whether rows can lack the value; an annotation counts as never null."""
    if name.split("__")[0] in rows.query.annotations:
        return False
    model: Any = rows.model
    is_null = False
    for part in name.split("__"):
        field = model._meta.get_field(part)
        is_null = is_null or field.null
        model = field.related_model
    return is_null


def _as_sent(parameters: dict[str, Any]) -> MultiValueDict[str, Any]:
    """Give the form what a browser would send: a field of several values gets a list also when it has one."""
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in parameters.items()}
    )


def _heading(column: Column, sort: str, base: dict[str, Any]) -> Heading:
    if not column.sort:
        return Heading(column.label)
    same = sort.lstrip("-") == column.sort
    direction = ("descending" if sort.startswith("-") else "ascending") if same else ""
    wanted = _flip(sort) if same else column.sort
    return Heading(column.label, f"?{urlencode({**base, 'sort': wanted}, doseq=True)}", direction)


def cells(columns: Sequence[Column], rows: Sequence[Any]) -> list[list[Cell]]:
    """Return the rows as the tag list_body prints them, for tables on other pages, too."""
    return [[_cell(column, row) for column in columns] for row in rows]


def _cell(column: Column, row: Any) -> Cell:
    return Cell(
        column.label,
        column.text(row),
        column.link(row) if column.link else "",
        column.badge(row) if column.badge else "",
    )


def _active(form: forms.Form | None, base: dict[str, Any]) -> list[dict[str, str]]:
    """Return the filters that are set, each with the address that takes it away."""
    if form is None or not form.is_valid():
        return []
    active = []
    for name, value in form.cleaned_data.items():
        if value in (None, "", [], False):
            continue
        rest = {key: kept for key, kept in base.items() if key != name}
        url = f"?{urlencode(rest, doseq=True)}" if rest else "?reset=1"
        if "weiter" in base:
            url = f"?ohne={name}"
        active.append({"label": str(form.fields[name].label), "value": _shown(form, name, value), "url": url})
    return active


def _shown(form: forms.Form, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", []))
    values = value if isinstance(value, list) else [value]
    words = [_("ja") if one is True else str(choices.get(one, choices.get(str(one), one))) for one in values]
    return ", ".join(words)


def _export(request: HttpRequest, spec: ListSpec, rows: QuerySet[Any]) -> HttpResponse:
    found = list(rows[: EXPORT_LIMIT + 1])
    if spec.about_people:
        readings.note_list(request, found[:EXPORT_LIMIT], kind=readings.Kind.EXPORT)
        actor = cast(StaffRequest, request).actor
        exports.tell(actor, name=spec.name, title=str(spec.title), rows=found[:EXPORT_LIMIT])
    columns = [column for column in spec.columns if column.taken_along]
    lines = [[(column.export or column.text)(row) for column in columns] for row in found[:EXPORT_LIMIT]]
    note = _("Stand: {day}. Nur zum dienstlichen Gebrauch der eigenen Stelle.").format(
        day=f"{today():%d.%m.%Y}"
    )
    if len(found) > EXPORT_LIMIT:
        note += " " + _("Die Liste ist länger: Hier stehen die ersten {limit} Zeilen.").format(
            limit=EXPORT_LIMIT
        )
    content = xlsx.workbook(
        [str(column.label) for column in columns], lines, title=str(spec.title), note=note
    )
    return file_response(content, name=f"{spec.name}-{today():%Y-%m-%d}.xlsx", kind=xlsx.KIND)
