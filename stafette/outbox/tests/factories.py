"""Mails and notes for tests."""

import factory

from stafette.accounts.tests.factories import UnitFactory, UserFactory
from stafette.kernel.testing import OwnedFactory
from stafette.outbox.models import Message, Note


class MessageFactory(OwnedFactory[Message]):
    class Meta:
        model = Message

    unit = factory.SubFactory(UnitFactory)
    address = factory.Sequence(lambda n: f"konto{n}@musterstadt.example")
    kind = "referral_arrived"
    reference = factory.Sequence(lambda n: f"2026-{n:06}")
    subject = factory.LazyAttribute(lambda one: f"Stafette: {one.reference}")
    body = "Guten Tag,\n\neine Übergabe ist eingegangen.\n"
    key = factory.Sequence(lambda n: f"schluessel-{n}")
    message_id = factory.Sequence(lambda n: f"<{n}@stafette.example>")


class NoteFactory(OwnedFactory[Note]):
    class Meta:
        model = Note

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    kind = "referral_arrived"
    reference = factory.Sequence(lambda n: f"2026-{n:06}")
    path = "/uebergaben/"
    key = factory.Sequence(lambda n: f"anlass-{n}")
