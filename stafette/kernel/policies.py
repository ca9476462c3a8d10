"""The database's own wall: each declaration of `kernel/rows.py` as policies of PostgreSQL, set up by the owner.

The program runs as the restricted role `stafette_app`, which owns no table and so cannot step around a policy.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from stafette.kernel.closing import function_statement
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import (
    Owner,
    about_of,
    column_field,
    owners_of,
    protected_models,
    readers_of,
    several,
)

APP_ROLE = "stafette_app"


def policy_statements(model: type[models.Model]) -> list[str]:
    """Return the SQL that puts the table under row-level security as its model declares; may be run again.

    A row begins in the books of an owner who needs no `once`: a receiver cannot make a referral that somebody else
    is said to have sent. Owner columns never change: what crosses to another unit, crosses in an envelope.

    `is true` keeps the rule a filter: as a condition of an index it would stand beside the literal unit ids of the
    query, the planner would take both for independent, and read a whole unit where a few ids were asked for.
    """
    table = model._meta.db_table

    def column(name: str) -> str:
        return f'"{column_field(model, name).column}"'

    def scoped(
        owner: Owner, permissions: Permission | tuple[Permission, ...], *, with_once: bool = True
    ) -> str:
        names = ", ".join(f"'{permission}'" for permission in several(permissions))
        rule = f"{column(owner.column)} = any((select app_units({names}))::uuid[])" if names else "false"
        return f"({rule} and {column(owner.once)} is not null)" if owner.once and with_once else rule

    owners = owners_of(model)
    beginners = [owner for owner in owners if owner.begins and not owner.once] or owners
    see = " or ".join(scoped(owner, (*several(owner.view), Permission.PURGE)) for owner in owners)
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
        cursor.execute(function_statement())


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
