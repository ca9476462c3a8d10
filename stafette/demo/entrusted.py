"""What families of the sample town entrusted to two members of the staff: sealed like any real note."""

from collections.abc import Mapping

from stafette.casework.commands import name_deputy, write_note
from stafette.casework.queries import deputies_for, units_without_key
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.access import households_visible_to

NOTES = (
    (
        "entrusted",
        "Sorge um die Wohnung",
        "Die Mutter möchte nicht, dass der Vermieter von der Trennung erfährt.",
    ),
    (
        "secret",
        "Gespräch unter vier Augen",
        "Will erst selbst mit dem Sohn reden; nächste Woche noch einmal fragen.",
    ),
)


def entrust_something(actors: Mapping[str, Actor]) -> None:
    """Let outreach and the centre keep a note or two each; the second one has a deputy."""
    without = set(units_without_key())
    for code in ("aufsuchend", "stadtteil"):
        actor = actors[code]
        units = actor.units(Permission.SEALED_EDIT) - without
        with acting(actor):
            homes = households_visible_to(actor).filter(unit__in=units).order_by("created_at")[: len(NOTES)]
            for home, (ground, title, body) in zip(homes, NOTES, strict=False):
                note = write_note(actor=actor, household_id=home.pk, ground=ground, title=title, body=body)
            if len(homes) == len(NOTES):
                deputy = deputies_for(note, actor=actor).first()
                if deputy is not None:
                    name_deputy(actor=actor, note_id=note.pk, deputy_id=deputy.pk, consent_on=today())
