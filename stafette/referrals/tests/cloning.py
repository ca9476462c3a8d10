"""Many referrals in one statement per table, for tests and figures that need thousands of them."""

from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.referrals.models import Envelope, Finding, Referral


def clone(cursor, model, source_id, count, **changes):
    """Copy one row `count` times; `changes` are SQL expressions, in which n is the number of the copy."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = [
        changes.get(column, "gen_random_uuid()" if column == "id" else f's."{column}"') for column in columns
    ]
    cursor.execute(
        f'insert into "{model._meta.db_table}" ({", ".join(f"{chr(34)}{c}{chr(34)}" for c in columns)}) '
        f'select {", ".join(values)} from "{model._meta.db_table}" s, generate_series(1, %s) n where s.id = %s '
        "returning id",
        [count, source_id],
    )
    return [row[0] for row in cursor.fetchall()]


def clone_referral(referral, count, *, mark="K", with_finding=True):
    """Copy a referral with envelope and finding; each finding gets a household of its own, as the schema asks."""
    with as_owner():
        from django.db import connection

        with connection.cursor() as cursor:
            finding_id = None if with_finding else "null"
            if referral.finding_id and with_finding:
                homes = clone(cursor, Household, referral.household_id, count)
                cursor.execute("create temp table homes (n serial, id uuid) on commit drop")
                cursor.execute("insert into homes (id) select unnest(%s::uuid[])", [homes])
                findings = clone(
                    cursor, Finding, referral.finding_id, count,
                    household_id="(select id from homes where homes.n = n.n)",
                )  # fmt: skip
                cursor.execute("drop table homes")
                cursor.execute("create temp table wants (n serial, id uuid) on commit drop")
                cursor.execute("insert into wants (id) select unnest(%s::uuid[])", [findings])
                finding_id = "(select id from wants where wants.n = n.n)"
            made = clone(
                cursor, Referral, referral.pk, count,
                number=f"'{mark}-' || lpad(n::text, 6, '0')",
                **({"finding_id": finding_id} if finding_id else {}),
            )  # fmt: skip
            cursor.execute("drop table if exists wants")
            columns = [
                f.column for f in Envelope._meta.concrete_fields if f.column not in ("id", "referral_id")
            ]
            names = ", ".join(f'"{c}"' for c in columns)
            cursor.execute(
                f'insert into "{Envelope._meta.db_table}" (id, referral_id, {names}) '
                f'select gen_random_uuid(), new.id, {names} from "{Envelope._meta.db_table}", '
                "unnest(%s::uuid[]) as new(id) where referral_id = %s",
                [made, referral.pk],
            )
            return made
