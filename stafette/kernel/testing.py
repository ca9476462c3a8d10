"""What tests need to arrange rows: factories write as the owner, everything else runs as the restricted role."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import factory
from django.db import connection, models, transaction

from stafette.kernel.policies import APP_ROLE

T = TypeVar("T", bound=models.Model)


@contextmanager
def as_owner() -> Iterator[None]:
    """Run a block as the owner of the tables, for whom row-level security does not hold."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_user = session_user")
        already = cursor.fetchone()[0]
        if not already:
            cursor.execute("reset role")
        yield
        if not already:
            cursor.execute(f"set role {APP_ROLE}")


class OwnedFactory(factory.django.DjangoModelFactory[T]):
    """A factory whose rows may belong to any unit."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[T], *args: Any, **kwargs: Any) -> T:
        with as_owner():
            return super()._create(model_class, *args, **kwargs)
