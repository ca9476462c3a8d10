"""What can go wrong, each with a German sentence that says what to do; the middleware turns it into a page."""


class StafetteError(Exception):
    """A rule of the house was not met; `message` is shown to the user as it stands."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class RuleBroken(StafetteError):
    """The record is not in the condition that this step asks for."""


class MoveNotAllowed(RuleBroken):
    """The state table has no such move from the present state."""


class NotAllowed(StafetteError):
    """The actor lacks the permission in that unit."""

    status = 403


class BadInput(StafetteError):
    """What was handed in cannot be read or used; nothing was changed."""

    status = 422
