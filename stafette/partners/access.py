"""Which questions, contents and links exist for whom."""

from uuid import UUID

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.partners.models import AnswerLink, PartnerContent, PartnerRequest

LINK_ID = UUID("00000000-0000-7000-8000-000000000002")  # the program, on behalf of whoever holds a link
LINK_LABEL = "Partner per Link"


def link_actor(request_id: UUID) -> Actor:
    """Who comes with a link: may see and answer this one question, and nothing else in the database."""
    return Actor(LINK_ID, LINK_LABEL, frozenset({(Permission.LINK_ANSWER, request_id)}))


def visible_to(actor: Actor) -> QuerySet[PartnerRequest]:
    """Questions that the actor's units asked, that were put to the actor's organisation, or the one of a link."""
    return rows.visible(PartnerRequest, actor)


def contents_visible_to(actor: Actor) -> QuerySet[PartnerContent]:
    """What went along with them, for those who may see people, and for who was asked."""
    return rows.visible(PartnerContent, actor)


def links_visible_to(actor: Actor) -> QuerySet[AnswerLink]:
    """The links that were sent for them; never the tokens."""
    return rows.visible(AnswerLink, actor)
