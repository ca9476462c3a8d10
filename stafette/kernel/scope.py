"""The database's second wall: which rows this transaction may see and write.

One local setting per permission, `stafette.<permission>`, lists the units in which the actor holds it. The
policies (kernel/rows.py) compare the owning unit of each row with that list. Where nothing is set, nothing is
visible. The settings are local to the transaction, so that a connection pooler cannot carry them on.
`stafette.actor` names the account, `stafette.closed` the rows of files that are closed to it (kernel/closing.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.permissions import Permission

_SETTINGS = [f"stafette.{permission}" for permission in Permission]
_actors: WeakKeyDictionary[BaseDatabaseWrapper, Actor] = WeakKeyDictionary()
_closed: WeakKeyDictionary[BaseDatabaseWrapper, frozenset[UUID]] = WeakKeyDictionary()
_STATEMENT = (
    "select "
    + "set_config(%s, %s, true), " * (len(_SETTINGS) + 1)
    + "set_config('stafette.closed', app_closed_rows(%s, %s::uuid[]), true)"
)
# Who holds one of these in a unit works with its files; what is closed there is closed to them.
FILES = (
    Permission.PERSON_VIEW,
    Permission.ARRIVAL_VIEW,
    Permission.INTERVIEW_VIEW,
    Permission.FINDING_VIEW,
    Permission.CONSENT_VIEW,
    Permission.REFERRAL_VIEW,
    Permission.RIGHTS_VIEW,
    Permission.CHILD_VIEW,
    Permission.SEALED_VIEW,
)


def enter(actor: Actor, *, using: str = "default") -> None:
    """Open the rows of the actor's units until the transaction ends; asks for an open transaction."""
    values = [",".join(map(str, sorted(actor.units(permission)))) for permission in Permission]
    pairs = [*zip(_SETTINGS, values, strict=True), ("stafette.actor", str(actor.id))]
    files = sorted(frozenset().union(*(actor.units(permission) for permission in FILES)))
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [*(part for pair in pairs for part in pair), actor.id, files])
        closed = cursor.fetchone()[-1]
    _actors[connection] = actor
    _closed[connection] = frozenset(map(UUID, closed.split(","))) if closed else frozenset()


def current(*, using: str = "default") -> Actor:
    """Return the actor whose rows are open on this connection, or NOBODY."""
    return _actors.get(connections[using], NOBODY)


def closed(*, using: str = "default") -> frozenset[UUID]:
    """Return the rows of closed files that do not exist for whoever acts on this connection."""
    return _closed.get(connections[using], frozenset())


@contextmanager
def acting(actor: Actor, *, using: str = "default") -> Iterator[Actor]:
    """Open the rows of the actor's units for this block, and those of the one before again after it.

    Requests get it from the middleware, commands from @command; command line, jobs and tests call it themselves.
    Nothing needs to be set back where the transaction ends with the block, nor after an error: the settings go with
    the commit or the rollback.
    """
    connection = connections[using]
    before, closed_before = current(using=using), closed(using=using)
    ends_with_block = not connection.in_atomic_block
    try:
        with transaction.atomic(using=using):
            if actor is not before:
                enter(actor, using=using)
            yield actor
            if actor is not before and not ends_with_block:
                enter(before, using=using)
    finally:
        _actors[connection], _closed[connection] = before, closed_before


def leave(*, using: str = "default") -> None:
    """Forget who acted on this connection; the settings themselves end with the transaction."""
    _actors.pop(connections[using], None)
    _closed.pop(connections[using], None)
