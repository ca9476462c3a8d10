"""The mark of the only kind of function that may write."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction

from stafette.kernel.actor import Actor
from stafette.kernel.scope import acting, current

P = ParamSpec("P")
R = TypeVar("R")
_running: ContextVar[bool] = ContextVar("a command is running", default=False)


def command(func: Callable[P, R]) -> Callable[P, R]:
    """Let a function write: it runs whole or not at all, in the rows of the `actor` that it is called with.

    A command that another one calls for the same actor is a part of that one: it sets no savepoint of its own, and
    when it fails the outer one fails with it, even if somebody caught the error. A savepoint would cost two round
    trips each time, and half of what a clerk asked for is never what she wants.
    """

    @wraps(func)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _running.set(True)
        try:
            with _whole(cast(Actor, kwargs["actor"]), inside=token.old_value is True):
                return func(*args, **kwargs)
        finally:
            _running.reset(token)

    run.is_command = True  # type: ignore[attr-defined]
    return run


def _whole(actor: Actor, *, inside: bool) -> AbstractContextManager[Any]:
    return transaction.atomic(savepoint=False) if inside and current() is actor else acting(actor)
