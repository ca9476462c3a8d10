"""What all records share."""

from typing import Any, ClassVar

from django.db import models

from stafette.kernel.clock import now
from stafette.kernel.errors import MoveNotAllowed
from stafette.kernel.ids import new_id
from stafette.kernel.texts import Text


class BaseModel(models.Model):
    """A record with an identifier of our own: never a number that another register gave."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class Stateful(BaseModel):
    """A record whose life is one table, MOVES: {move: ({from states}, to state)}.

    PEN says for each state which side must act next; NAMES gives each move its German word.
    """

    State: ClassVar[Any]
    state: Any
    MOVES: ClassVar[dict[str, tuple[set[Any], Any]]] = {}
    PEN: ClassVar[dict[Any, str]] = {}
    NAMES: ClassVar[dict[str, Text]] = {}

    class Meta:
        abstract = True

    @property
    def state_word(self) -> str:
        """The German word of the state; get_state_display() costs ten times more, which lists feel."""
        return str(self.State(self.state).label)

    def can(self, move: str) -> bool:
        """Tell whether the table has this move from the present state."""
        return self.state in self.MOVES[move][0]

    def move(self, move: str) -> None:
        """Go to the state that the table names, or raise MoveNotAllowed; saves nothing."""
        if not self.can(move):
            state = str(self.State(self.state).label)
            name = self.NAMES.get(move, move)
            raise MoveNotAllowed(
                f"„{name}“ ist im Stand „{state}“ nicht möglich. Bitte laden Sie die Seite neu."
            )
        self.state = self.MOVES[move][1]
