"""Whose rows they are: one declaration per model, from which query scope and database policy are both derived.

A model with data about people names its owning units in its inner class Privacy:

    class Privacy:
        purpose = "Ankunftsgespräch vorbereiten und führen"
        owners = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.PERSON_EDIT),)
        personal = {"family_name"}; sensitive = set(); plain = {"id", "created_at", "unit"}
        retention = "L2"

`visible(Model, actor)` starts every query with literal unit ids: the policy is the net under it, never the filter.
A model that tells nothing about people (catalogues, units) says so: `owners = ()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Q, QuerySet

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


def _several(permissions: Permission | tuple[Permission, ...]) -> tuple[Permission, ...]:
    return (permissions,) if isinstance(permissions, Permission) else permissions


def visible(model: type[M], actor: Actor) -> QuerySet[M]:
    """Return the rows that the actor may see, by literal unit ids, so that the planner can use its statistics."""
    scope = Q(pk__in=[])
    for owner in owners_of(model):
        units = {unit for permission in _several(owner.view) for unit in actor.units(permission)}
        if not units:
            continue
        one = len(units) == 1
        mine = Q(**{owner.column: units.pop()}) if one else Q(**{f"{owner.column}__in": sorted(units)})
        if owner.once:
            mine &= Q(**{f"{owner.once}__isnull": False})
        scope = mine if scope == Q(pk__in=[]) else scope | mine
    return model._default_manager.filter(scope)


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
        field = model._meta.get_field(name)
        assert isinstance(field, models.Field)  # an owner is a column, never a reverse relation
        return f'"{field.column}"'

    def scoped(
        owner: Owner, permissions: Permission | tuple[Permission, ...], *, with_once: bool = True
    ) -> str:
        names = ", ".join(f"'{permission}'" for permission in _several(permissions))
        rule = f"{column(owner.column)} = any((select app_units({names}))::uuid[])" if names else "false"
        return f"({rule} and {column(owner.once)} is not null)" if owner.once and with_once else rule

    owners = owners_of(model)
    beginners = [owner for owner in owners if owner.begins and not owner.once] or owners
    see = " or ".join(scoped(owner, owner.view) for owner in owners)
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


def install(*, using: str = "owner") -> None:
    """Grant the running role what it needs and put every declared table under its policies; run by the owner.

    In one transaction: a program that runs meanwhile never meets a table without its policies, nor the log open.
    Raises django.db.Error when the owner may neither find nor create the role `stafette_app`.
    """
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
