"""Apply a blueprint: whole or not at all, and only what differs."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext as _

from stafette.accounts.models import ConsentText, Route, Unit
from stafette.accounts.queries import home_unit
from stafette.audit.record import record
from stafette.blueprints.changes import Change, compare, remove, with_refusals
from stafette.blueprints.models import BlueprintVersion
from stafette.blueprints.schema import check
from stafette.blueprints.seeding import PUT, seed_of
from stafette.blueprints.tables import TABLES, Leaving, Row, Table
from stafette.casework.commands import create_key
from stafette.casework.queries import units_without_key
from stafette.intake.commands import publish_form, publish_topics
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.commands import end_planned, plan_partner

_LOCK = 20220701  # one application at a time


@command
def apply_blueprint(*, actor: Actor, text: str) -> BlueprintVersion | None:
    """Make what runs equal to the file; None when it is equal already.

    Nothing that is in use is deleted: rules get a new version and the old one ends, a unit ends with a successor, and
    what may not go refuses the whole file with its reason. Referrals under way keep the version they were sent under.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    actor.require(Permission.BLUEPRINT_EDIT, unit=home_unit())
    blueprint = _blueprint(text)
    changes = [change for change in with_refusals(compare(blueprint)) if change.action != "kept"]
    blocked = [f"{change.title} {change.blocked}" for change in changes if change.blocked]
    if blocked:
        raise RuleBroken(
            _("Die Blaupause wurde nicht angewendet: {reasons}").format(reasons=" ".join(blocked))
        )
    by_their_rooms = (Leaving.ASK_NO_LONGER, Leaving.SEED)
    _write([change for change in changes if change.table.leaving not in by_their_rooms])
    _write_partners(actor, changes)
    _write_services(actor, blueprint, changes)
    _publish_forms(actor, blueprint)
    _make_keys(actor)
    if not changes:
        return None
    last = BlueprintVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    version = BlueprintVersion(
        number=last + 1,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        changes=_summary(changes),
    )
    version.save(force_insert=True)
    record(actor, "blueprint.applied", version, unit=home_unit(), number=version.number, **version.changes)
    return version


def _blueprint(text: str) -> Any:
    reading = check(text)
    if reading.blueprint is None:
        first = reading.errors[0]
        raise BadInput(
            _("Die Blaupause hat {count} Fehler, der erste in Zeile {line}: {message}").format(
                count=len(reading.errors), line=first.line, message=first.message
            )
        )
    return reading.blueprint


def _make_keys(actor: Actor) -> None:
    """Give every unit that may be entrusted with something its first key, so that it can keep it sealed."""
    for unit in units_without_key():
        create_key(actor=actor.with_grants((Permission.KEY_ADMIN, unit)), unit_id=unit)


def _publish_forms(actor: Actor, blueprint: Any) -> None:
    """Store the forms that the blueprint names; a form that is published already stays as it is."""
    for plan in blueprint.form:
        file = Path(settings.BASE_DIR) / "blueprints" / plan.file
        if file.exists():
            unit = Unit.objects.only("pk").get(code=plan.unit).pk
            grant = (Permission.BLUEPRINT_EDIT, unit)
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            publish = publish_form if "form" in content else publish_topics
            publish(actor=actor.with_grants(grant), unit_id=unit, content=content)


def _summary(changes: list[Change]) -> dict[str, Any]:
    """Codes only: what an event may hold."""
    return {
        "added": [f"{change.table.name} {change.key}" for change in changes if change.action == "added"],
        "changed": {
            f"{change.table.name} {change.key}": [name for name, _old, _new in change.fields]
            for change in changes
            if change.action == "changed"
        },
        "ended": [f"{change.table.name} {change.key}" for change in changes if change.action == "ended"],
    }


def _write(changes: list[Change]) -> None:
    """New and changed entries in the order of the tables, then what ends, in the opposite order."""
    for table in TABLES:
        own = [change for change in changes if change.table is table]
        for change in own:
            if change.action == "added":
                _add(change)
        for change in own:
            if change.action == "changed" or (change.action == "added" and table.name == "unit"):
                _change(change)
    for change in reversed(changes):
        if change.action == "ended":
            _end(change)


def _write_partners(actor: Actor, changes: list[Change]) -> None:
    """By the commands of their room: who gets links, and which address is known, stands in the log like by hand."""
    own = [change for change in changes if change.table.leaving is Leaving.ASK_NO_LONGER]
    if not own:
        return
    keeping = ((Permission.PARTNER_EDIT, unit) for unit in Unit.objects.values_list("pk", flat=True))
    keeper = actor.with_grants(*keeping)
    for change in own:
        if change.action == "ended":
            end_planned(actor=keeper, code=change.key)
        else:
            plan_partner(actor=keeper, **_values(change.table, change.wanted))


def _write_services(actor: Actor, blueprint: Any, changes: list[Change]) -> None:
    """Begin the entries of the directory that do not exist yet; their editors keep them from then on."""
    new = {change.key for change in changes if change.table.leaving is Leaving.SEED}
    unit = home_unit()
    editor = actor.with_grants((Permission.DIRECTORY_EDIT, unit))
    for plan in blueprint.service:
        if plan.code not in new:
            continue
        for entry in seed_of(plan):
            PUT[type(entry)](actor=editor, unit_id=unit, data=entry, source="blueprint")


def _add(change: Change) -> None:
    table, values = change.table, _values(change.table, change.wanted)
    if table.leaving is Leaving.VERSION:
        _next_version(table, change.key, values)
        return
    if table.name == "unit":  # the successor may stand further down in the file
        values |= {"ends_on": None, "successor_id": None}
    if table.leaving is Leaving.END:
        known = table.model._default_manager.filter(code=change.key).first()
        if known is not None:
            _set(known, values | {"ends_on": None})
            return
    table.model(**values).save(force_insert=True)


def _change(change: Change) -> None:
    values = _values(change.table, change.wanted)
    if change.table.leaving is Leaving.VERSION:
        _next_version(change.table, change.key, values)
        return
    _set(_live(change), values)


def _end(change: Change) -> None:
    leaving, row = change.table.leaving, _live(change)
    if leaving is Leaving.END:
        _set(row, {"ends_on": today()})
    elif not remove(row):
        if leaving is Leaving.REMOVE:
            raise RuleBroken(_("{title} wird noch gebraucht.").format(title=change.title))
        _set(row, {"valid_to": today()})


def _live(change: Change) -> models.Model:
    found: models.Model = next(row for row in change.table.live() if change.table.key(row) == change.key)
    return found


def _next_version(table: Table, key: str, values: Row) -> None:
    """End the running version and begin the next one."""
    earlier: Any = table.model._default_manager.filter(code=key).order_by("-version").first()
    number = earlier.version + 1 if earlier is not None else 1
    if earlier is not None and earlier.valid_to is None:
        _set(earlier, {"valid_to": today()})
    new = table.model(code=key, version=number, valid_from=today(), **values)
    new.save(force_insert=True)
    if isinstance(new, ConsentText):  # running routes ask with the new words; consents given keep theirs
        Route.objects.filter(valid_to=None, consent__code=key).update(consent=new)


def _values(table: Table, row: Row) -> Row:
    """Turn codes back into foreign keys, to what is in force."""
    values: Row = {name: row[name] for name in table.columns if name in row}
    for name, model in table.references.items():
        code = row.get(name)
        values[f"{name}_id"] = _key_of(model, code) if code else None
    return values


def _key_of(model: type[models.Model], code: str) -> UUID:
    rows = model._default_manager.filter(code=code)
    if any(one.name == "valid_to" for one in model._meta.get_fields()):
        rows = rows.filter(valid_to=None)
    found: UUID = rows.values_list("pk", flat=True).get()
    return found


def _set(row: models.Model, values: Row) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in values])
