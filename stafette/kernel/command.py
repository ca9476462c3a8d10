"""The mark of the only kind of function that may write."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from stafette.kernel.actor import Actor
from stafette.kernel.scope import acting

P = ParamSpec("P")
R = TypeVar("R")


def command(func: Callable[P, R]) -> Callable[P, R]:
    """Let a function write: it runs whole or not at all, in the rows of the `actor` that it is called with."""

    @wraps(func)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting(cast(Actor, kwargs["actor"])):
            return func(*args, **kwargs)

    run.is_command = True  # type: ignore[attr-defined]
    return run
