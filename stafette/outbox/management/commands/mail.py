"""Mails on the command line: take reports of lost mails in, send failed mails again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from stafette.accounts.queries import watch_actor
from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.outbox import commands
from stafette.outbox.models import Message
from stafette.outbox.returned import LARGEST, Report, read_report

RECENT = timedelta(days=3)


class Command(BaseCommand):
    """`stafette mail bounce < report.eml` from the mail server, `stafette mail status` for people."""

    help = (
        "bounce: take in a report of a lost mail (standard input). status: how many mails are in which state."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what is to be done."""
        parser.add_argument("what", choices=["bounce", "status"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it; a report that fits no mail is counted and thrown away, with exit code 0: it must not come back."""
        self.stdout.write(self.bounce(sys.stdin.buffer.read(LARGEST)) if what == "bounce" else self.status())

    def bounce(self, content: bytes) -> str:
        """Mark the mails that the report names; tell how many there were. Addresses are never printed."""
        report = read_report(content)
        if not report.is_lost:
            return "lost 0, unknown 0 (no report of a lost mail)"
        actor = watch_actor()
        with acting(actor):
            found = _known(report)
            for message_id in found:
                commands.note_bounce(actor=actor, message_id=message_id, code=report.code)
        return f"lost {len(found)}, unknown {0 if found else 1}"

    def status(self) -> str:
        """Count by state."""
        from stafette.outbox.queries import figures

        return "\n".join(f"{state}: {pile.number}" for state, pile in figures().items())


def _known(report: Report) -> list[UUID]:
    """Mails of ours that the report means: by Message-ID, which nobody can guess.

    A server that returns no head names the address only: then it is the one mail that went there lately, if it is one.
    """
    gone = Message.objects.filter(
        state__in=[Message.State.SENT, Message.State.SENDING, Message.State.BOUNCED]
    )
    found = gone.filter(message_id__in=report.message_ids)
    if not report.message_ids:
        found = gone.filter(address__in=report.addresses, sent_at__gte=now() - RECENT)
        if found.count() > 1:
            return []
    return list(found.values_list("pk", flat=True))
