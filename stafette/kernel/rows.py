"""Whose rows they are: one declaration per model, from which query scope and database policy are both derived.

A model with data about people names its owning units in its inner class Privacy:

    class Privacy:
        purpose = "Ankunftsgespräch vorbereiten und führen"
        owners = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.PERSON_EDIT),)
        personal = {"family_name"}; sensitive = set(); plain = {"id", "created_at", "unit"}
        retention = "L2"

Sealed notes narrow that further: `readers = ("author", "deputy")` opens a row only to the accounts in these columns.
The program's deletion (permission PURGE, held by nobody else) sees every row of its units. Rows of a closed file do
not exist for those to whom it is closed (kernel/closing.py); a model without foreign key to the file, as the log is,
names its columns with ids of other rows: `about = ("subject_id", "about_id")`.

`visible(Model, actor)` starts every query with literal unit ids: the policy is the net under it, never the filter.
A model that tells nothing about people (catalogues, units) says so: `owners = ()`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Q, QuerySet

from stafette.kernel import scope
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

APP_ROLE = "stafette_app"
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Owner:
    """A column that names an owning unit, and what opens the row to that unit.

    `once` names a column that must be set before this unit sees the row: a referral exists for its receiver only
    when it was sent. Several permissions may be given: any of them opens the row. `begins` is false for an owner that
    only joins rows which another one made: the key that opens a link makes no further links.
    """

    column: str
    view: Permission | tuple[Permission, ...]
    edit: Permission | tuple[Permission, ...] = ()
    once: str | None = None
    begins: bool = True


def owners_of(model: type[models.Model]) -> tuple[Owner, ...]:
    """Return the model's declared owners; AttributeError where it declares nothing, which a house rule reports."""
    owners: tuple[Owner, ...] = model.Privacy.owners  # type: ignore[attr-defined]
    return owners


def readers_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns with the accounts that alone may read a row; none where the unit is enough."""
    return tuple(_column_field(model, name).attname for name in getattr(model.Privacy, "readers", ()))  # type: ignore[attr-defined]


def about_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns that hold ids of other rows without being foreign keys."""
    return tuple(getattr(model.Privacy, "about", ()))  # type: ignore[attr-defined]


def _column_field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # an owner or reader is a column, never a reverse relation
    return field


def _several(permissions: Permission | tuple[Permission, ...]) -> tuple[Permission, ...]:
    return (permissions,) if isinstance(permissions, Permission) else permissions


def visible(model: type[M], actor: Actor) -> QuerySet[M]:
    """Return the rows that the actor may see, by literal unit ids, so that the planner can use its statistics."""
    allowed = Q(pk__in=[])
    for owner in owners_of(model):
        seeing = (*_several(owner.view), Permission.PURGE)
        units = {unit for permission in seeing for unit in actor.units(permission)}
        if not units:
            continue
        one = len(units) == 1
        mine = Q(**{owner.column: units.pop()}) if one else Q(**{f"{owner.column}__in": sorted(units)})
        if owner.once:
            mine &= Q(**{f"{owner.once}__isnull": False})
        allowed = mine if allowed == Q(pk__in=[]) else allowed | mine
    return model._default_manager.filter(allowed & _read_by(model, actor) & _not_closed(model))


def _read_by(model: type[models.Model], actor: Actor) -> Q:
    """Only what was written for this account, where the model says so; the deletion reads no text."""
    readers = readers_of(model)
    if not readers or actor.units(Permission.PURGE):
        return Q()
    return Q(*(Q(**{column: actor.id}) for column in readers), _connector=Q.OR)


def _not_closed(model: type[models.Model]) -> Q:
    """Nothing of a closed file; no condition at all where nothing is closed."""
    closed = scope.closed()
    if not closed:
        return Q()
    rest = ~Q(pk__in=closed)
    for column in about_of(model):
        rest &= Q(**{column: None}) | ~Q(**{f"{column}__in": closed})
    return rest


def protected_models() -> Iterable[type[models.Model]]:
    """Yield every model of ours whose rows belong to units."""
    for model in apps.get_models():
        if hasattr(model, "Privacy") and owners_of(model):
            yield model


def policy_statements(model: type[models.Model]) -> list[str]:
    """Return the SQL that puts the table under row-level security as its model declares; may be run again.

    A row begins in the books of an owner who needs no `once`: a receiver cannot make a referral that somebody else
    is said to have sent. Owner columns never change: what crosses to another unit, crosses in an envelope.

    `is true` keeps the rule a filter: as a condition of an index it would stand beside the literal unit ids of the
    query, the planner would take both for independent, and read a whole unit where a few ids were asked for.
    """
    table = model._meta.db_table

    def column(name: str) -> str:
        return f'"{_column_field(model, name).column}"'

    def scoped(
        owner: Owner, permissions: Permission | tuple[Permission, ...], *, with_once: bool = True
    ) -> str:
        names = ", ".join(f"'{permission}'" for permission in _several(permissions))
        rule = f"{column(owner.column)} = any((select app_units({names}))::uuid[])" if names else "false"
        return f"({rule} and {column(owner.once)} is not null)" if owner.once and with_once else rule

    owners = owners_of(model)
    beginners = [owner for owner in owners if owner.begins and not owner.once] or owners
    see = " or ".join(scoped(owner, (*_several(owner.view), Permission.PURGE)) for owner in owners)
    write = " or ".join(scoped(owner, owner.edit) for owner in owners)
    create = " or ".join(scoped(owner, owner.edit, with_once=False) for owner in beginners)
    if getattr(model, "APPEND_ONLY", False):
        write = "false"
        if not any(owner.edit for owner in owners):
            create = "true"  # the log: whoever acts writes it, in the books of every unit that is concerned
    policies = {
        "see": f"for select using (({see}) is true)",
        "create": f"for insert with check ({create})",
        "change": f"for update using (({write}) is true) with check ({write})",
        "remove": f"for delete using (({write}) is true)",
    }
    statements = [f'alter table "{table}" enable row level security']
    statements += _narrowing(model)
    for name, rule in policies.items():
        statements.append(f'drop policy if exists "{name}" on "{table}"')
        statements.append(f'create policy "{name}" on "{table}" {rule}')
    columns = [column(owner.column) for owner in owners]
    moved = " or ".join(f"old.{name} is distinct from new.{name}" for name in columns)
    statements.append(f'drop trigger if exists app_keep_owner on "{table}"')
    statements.append(
        f'create trigger app_keep_owner before update of {", ".join(columns)} on "{table}" '
        f"for each row when ({moved}) execute function app_keep_owner()"
    )
    if getattr(model, "APPEND_ONLY", False):
        statements.append(f'revoke update, delete, truncate on "{table}" from {APP_ROLE}')
    return statements


def _narrowing(model: type[models.Model]) -> list[str]:
    """Policies that take away: rows of closed files, and rows that are written for other accounts."""
    table = model._meta.db_table
    closed = "(select app_closed())::uuid[]"
    rules = [f"{model._meta.pk.column} <> all({closed})"]
    for name in about_of(model):
        rules.append(f'("{name}" is null or "{name}" <> all({closed}))')
    narrow = {"closed": " and ".join(rules)}
    readers = readers_of(model)
    if readers:
        named = [f'"{name}" = (select app_actor())' for name in readers]
        narrow["readers"] = " or ".join([*named, "cardinality((select app_units('purge'))) > 0"])
    way = (
        "for select" if getattr(model, "APPEND_ONLY", False) else "for all"
    )  # the log also tells of closed files
    statements = []
    for name, rule in narrow.items():
        statements.append(f'drop policy if exists "{name}" on "{table}"')
        statements.append(
            f'create policy "{name}" on "{table}" as restrictive {way} using (({rule}) is true)'
        )
    return statements


def install(*, using: str = "owner") -> None:
    """Grant the running role what it needs and put every declared table under its policies; run by the owner.

    In one transaction: a program that runs meanwhile never meets a table without its policies, nor the log open.
    Raises django.db.Error when the owner may neither find nor create the role `stafette_app`.
    """
    from stafette.kernel import closing  # asks this module in turn

    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            f"do $$ begin if not exists (select from pg_roles where rolname = '{APP_ROLE}') "
            f"then create role {APP_ROLE} nologin nosuperuser nobypassrls; end if; end $$"
        )
        cursor.execute(
            f"do $$ begin if not pg_has_role(current_user, '{APP_ROLE}', 'member') "
            f"then execute format('grant {APP_ROLE} to %I', current_user); end if; end $$"
        )
        cursor.execute(f"grant usage on schema public to {APP_ROLE}")
        cursor.execute(
            "do $$ begin if pg_has_role((select nspowner from pg_namespace where nspname = 'public'), 'usage') "
            "then revoke create on schema public from public; end if; end $$"
        )
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {APP_ROLE}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {APP_ROLE}")
        cursor.execute(f"grant execute on all functions in schema public to {APP_ROLE}")
        cursor.execute(f"revoke insert, update, delete on django_migrations from {APP_ROLE}")
        for table in hidden_tables():
            cursor.execute(f'revoke all on "{table}" from {APP_ROLE}')
        for model in protected_models():
            for statement in policy_statements(model):
                cursor.execute(statement)
        cursor.execute(closing.function_statement())


def hidden_tables() -> list[str]:
    """Return the tables that only definer functions and triggers may touch (models with HIDDEN = True)."""
    return [model._meta.db_table for model in apps.get_models() if getattr(model, "HIDDEN", False)]


def installed_policies(*, using: str = "default") -> dict[str, Any]:
    """Return per table whether row-level security is on and which policies it has, for checks and tests."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select c.relname, c.relrowsecurity, coalesce(array_agg(p.polname::text order by p.polname) "
            "filter (where p.polname is not null), '{}') from pg_class c left join pg_policy p on p.polrelid = c.oid "
            "where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1, 2"
        )
        return {table: (secured, policies) for table, secured, policies in cursor.fetchall()}
