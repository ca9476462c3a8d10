"""Questions about sealed notes. `read_note` is the only place where one is opened, and it checks again who asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.accounts.models import User
from stafette.accounts.queries import staff_of
from stafette.accounts.queries.handing import rights_in
from stafette.casework.access import notes_visible_to
from stafette.casework.models import SealedNote
from stafette.casework.queries.keys import secret_of
from stafette.casework.texts import NoteText, unpacked
from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.sealing import unseal

_HEAVY = ("ciphertext", "wrapped")


def own_notes(*, actor: Actor) -> QuerySet[SealedNote]:
    """Notes that the actor may open, the newest first, without their envelopes."""
    return notes_visible_to(actor).defer(*_HEAVY).order_by("-created_at", "-id")


def notes_of_household(*, actor: Actor, household_id: UUID) -> QuerySet[SealedNote]:
    """Those about one household."""
    return own_notes(actor=actor).filter(household=household_id)


@dataclass(frozen=True, repr=False)
class OpenNote:
    """A note with its text in clear, for one page and one moment."""

    note: SealedNote
    text: NoteText


@sensitive_variables()
def read_note(*, actor: Actor, note_id: UUID) -> OpenNote:
    """Open a note for its author or the named deputy.

    Policy and query let nobody else find it; whoever comes here with a wider look, because a grant was given by
    mistake or in an emergency, is refused before the key is fetched. No break-glass opens it.
    """
    note = notes_visible_to(actor).select_related("key").filter(pk=note_id).first()
    if note is None or actor.id not in (note.author_id, note.deputy_id):
        raise NotAllowed(_("Dieser Vermerk ist für Sie nicht da."))
    actor.require(Permission.SEALED_VIEW, unit=note.unit_id)
    return OpenNote(note, unpacked(unseal(note.sealed, note.place, secret_of(note.key))))


def deputies_for(note: SealedNote, *, actor: Actor) -> QuerySet[User]:
    """Colleagues of the unit who may hold sealed notes there themselves."""
    staff = staff_of(note.unit_id).exclude(pk__in=[actor.id, note.author_id])
    rights = rights_in(note.unit_id, list(staff.values_list("pk", flat=True)))
    return staff.filter(pk__in=[user for user, held in rights.items() if Permission.SEALED_EDIT in held])


@dataclass(frozen=True)
class WithoutDeputy:
    """One's own notes that nobody stands in for, each with whether it asks for consent, and who could."""

    notes: list[tuple[UUID, str, bool]]
    deputies: list[tuple[UUID, str]]


def without_deputy(*, actor: Actor) -> WithoutDeputy:
    """Put the choices together; a deputy who left is none."""
    nobody = Q(deputy=None) | Q(deputy__left_on__isnull=False)
    notes = list(own_notes(actor=actor).filter(nobody, author=actor.id))
    first = {note.unit_id: note for note in notes}
    people: dict[UUID, str] = {}
    for note in first.values():
        people.update(deputies_for(note, actor=actor).values_list("pk", "label"))
    rows = [
        (
            note.pk,
            f"{timezone.localtime(note.created_at):%d.%m.%Y} · {note.household.label} · {note.get_ground_display()}",
            note.ground == SealedNote.Ground.ENTRUSTED,
        )
        for note in notes
    ]
    return WithoutDeputy(rows, sorted(people.items(), key=lambda one: one[1]))
