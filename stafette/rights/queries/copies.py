"""The person's own copy for a request."""

from __future__ import annotations

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.people.access import visible_to as persons_visible_to
from stafette.rights.access import contents_visible_to
from stafette.rights.copying import Copy, own_copy
from stafette.rights.models import Kind, SubjectRequest


def copy_of(*, actor: Actor, request: SubjectRequest) -> tuple[Copy, str] | None:
    """Make the copy and say in which language its frame is; None where nobody was identified in the unit's books."""
    if not request.identity or request.person_id is None:
        return None
    person = persons_visible_to(actor).filter(pk=request.person_id).first()
    if person is None:
        return None
    unit = Unit.objects.select_related("authority").get(pk=request.unit_id)
    content = contents_visible_to(actor).filter(request=request.pk).first()
    copy = own_copy(actor=actor, unit=unit, person=person, only_consent=request.kind == Kind.PORTABILITY)
    return copy, content.language if content is not None else "de"
