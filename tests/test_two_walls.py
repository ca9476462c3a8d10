"""Scope of the queries and policy of the database are derived from one declaration: here they are compared.

For every protected model stand rows of three units in all combinations, made from the fields alone. For many actors
the rows that `rows.visible` selects for the owner of the tables, whom no policy binds, are those that the policy
lets through for the running role without any filter, and those that the declaration promises.
"""

import datetime
import itertools
import uuid
from decimal import Decimal

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import ProgrammingError, connection, models, transaction

from stafette.accounts.roles import ROLES
from stafette.kernel import rows
from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner

UNITS = [uuid.UUID(int=number) for number in (11, 22, 33)]
MODELS = sorted(rows.protected_models(), key=lambda model: model._meta.label)
ALL = frozenset(Permission)


READER = uuid.UUID(int=7)


def actor(permissions, *units, id=None):
    return Actor(
        id=id or uuid.uuid4(), label="Probe", grants=frozenset(itertools.product(permissions, units))
    )


ACTORS = {
    "nobody": NOBODY,
    **{f"only {permission}": actor([permission], UNITS[0]) for permission in Permission},
    **{f"all but {permission}": actor(ALL - {permission}, UNITS[1]) for permission in Permission},
    **{f"role {role}": actor(card.permissions, UNITS[2]) for role, card in ROLES.items()},
    "two units": actor(ALL, *UNITS[:2]),
    "a named reader": actor(ALL - {Permission.PURGE}, *UNITS, id=READER),
    "a named reader elsewhere": actor(ALL - {Permission.PURGE}, uuid.UUID(int=99), id=READER),
    "every unit": actor(ALL, *UNITS),
    "a unit without rows": actor(ALL, uuid.UUID(int=99)),
    "different rights in two units": Actor(
        id=uuid.uuid4(),
        label="Probe",
        grants=frozenset({(Permission.PERSON_VIEW, UNITS[0]), (Permission.REFERRAL_VIEW, UNITS[1])}),
    ),
}


def sample(field):
    """A value that the column takes; what it means does not matter here."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    for kind, value in (
        (models.UUIDField, uuid.uuid4()),
        (models.DateTimeField, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
        (models.DateField, datetime.date(2026, 1, 1)),
        (models.BooleanField, False),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {}),
        (models.BinaryField, b""),
        (ArrayField, []),
        (models.TextField, uuid.uuid4().hex),
    ):
        if isinstance(target, kind):
            return value
    return uuid.uuid4().hex[: target.max_length]


def build(model, **values):
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return model(
        **{
            field.attname: values.get(field.name, values.get(field.attname, sample(field)))
            for field in fields
        }
    )


def combinations(model):
    """Every owning unit in every owner column, with and without the columns that open a row later."""
    owners = rows.owners_of(model)
    once = sorted({owner.once for owner in owners if owner.once})
    stamp = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    seen = set()
    for units in itertools.product(UNITS, repeat=len(owners)):
        for stamps in itertools.product([stamp, None], repeat=len(once)):
            columns = {
                model._meta.get_field(owner.column).attname: unit
                for owner, unit in zip(owners, units, strict=True)
            }
            values = _with_own_key(model, columns, seen) | dict(zip(once, stamps, strict=True))
            yield values
            for column in rows.readers_of(model):
                yield values | {column: READER}


def _with_own_key(model, columns, seen):
    """A row that its own key opens (a link's request) can carry each key only once; the others get their own."""
    key = model._meta.pk.attname
    if key in columns:
        columns[key] = (
            columns[key] if all(columns[key] == value for value in columns.values()) else uuid.uuid4()
        )
        columns[key] = uuid.uuid4() if columns[key] in seen else columns[key]
        seen.add(columns[key])
    return columns


def drop_constraints(model):
    """Rows made of nothing fit no constraint; constraints say nothing about who sees. The test's rollback undoes it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname from pg_constraint where conrelid = %s::regclass and contype in ('c', 'f', 'u', 'x')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'alter table "{table}" drop constraint "{name}" cascade')
        cursor.execute(
            "select indexrelid::regclass from pg_index where indrelid = %s::regclass and indisunique "
            "and not indisprimary",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"drop index {name}")


@pytest.fixture
def filled(db, request):
    """The model with its rows."""
    model = request.param
    with as_owner():
        drop_constraints(model)
        made = [build(model, **values) for values in combinations(model)]
        model._base_manager.bulk_create(made)
    return model, made


each_model = pytest.mark.parametrize("filled", MODELS, indirect=True, ids=lambda model: model._meta.label)


def promised(model, made, someone):
    def opens(row, owner):
        several = (owner.view,) if isinstance(owner.view, str) else owner.view
        unit = getattr(row, model._meta.get_field(owner.column).attname)
        is_time = owner.once is None or getattr(row, owner.once) is not None
        return is_time and any(
            (permission, unit) in someone.grants for permission in (*several, Permission.PURGE)
        )

    def reads(row):
        columns = rows.readers_of(model)
        deletes = bool(someone.units(Permission.PURGE))
        return not columns or deletes or someone.id in {getattr(row, column) for column in columns}

    return {
        row.pk for row in made if reads(row) and any(opens(row, owner) for owner in rows.owners_of(model))
    }


def test_there_is_something_to_protect():
    assert len(MODELS) >= 10


@each_model
def test_query_scope_and_policy_let_the_same_rows_through(filled):
    model, made = filled
    assert len(made) >= len(UNITS)
    for name, someone in ACTORS.items():
        with as_owner():
            by_query = set(rows.visible(model, someone).values_list("pk", flat=True))
        with acting(someone):
            by_policy = set(model._base_manager.values_list("pk", flat=True))
        assert by_query == by_policy == promised(model, made, someone), name


@each_model
def test_without_a_scope_nothing_is_visible(filled):
    model, _made = filled
    assert not model._base_manager.exists()


def refused(action):
    """Whether the database refuses: by an error, or by touching no row."""
    try:
        with transaction.atomic():
            return action() == 0
    except ProgrammingError:
        return True


def edits(model):
    return {
        permission
        for owner in rows.owners_of(model)
        for permission in ((owner.edit,) if isinstance(owner.edit, str) else owner.edit)
    }


@each_model
def test_nobody_writes_into_the_books_of_another_unit(filled):
    """Whoever may do everything in the first unit only makes no row that the second begins, and changes none."""
    model, _made = filled
    if not edits(model):
        pytest.skip("written by every unit in the course of its commands: the event log")
    beginner = rows.owners_of(model)[0]
    foreign = {model._meta.get_field(owner.column).attname: UNITS[0] for owner in rows.owners_of(model)}
    foreign[model._meta.get_field(beginner.column).attname] = UNITS[1]
    once = {
        owner.once: datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
        for owner in rows.owners_of(model)
        if owner.once
    }
    with acting(actor(ALL, UNITS[0])):
        assert refused(lambda: len(model._base_manager.bulk_create([build(model, **foreign, **once)])))
        columns = [model._meta.get_field(owner.column).attname for owner in rows.owners_of(model)]
        theirs = model._base_manager.filter(**dict.fromkeys(columns, UNITS[1]))
        assert refused(lambda: theirs.update(**{columns[0]: UNITS[0]}))
        assert refused(lambda: theirs._raw_delete("default"))


@each_model
def test_no_row_moves_into_the_books_of_another_unit(filled):
    """Also not by someone who may write in both: what crosses, crosses in an envelope."""
    model, _made = filled
    if not edits(model):
        pytest.skip("append only")
    with acting(actor(ALL, *UNITS[:2])):
        for owner in rows.owners_of(model):
            column = model._meta.get_field(owner.column).attname
            mine = model._base_manager.filter(**{column: UNITS[0]})
            assert refused(lambda mine=mine, column=column: mine.update(**{column: UNITS[1]})), column
            assert refused(lambda mine=mine, column=column: mine.update(**{column: UNITS[2]})), column
