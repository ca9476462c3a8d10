"""What this room shows on the officer's desk; other rooms add theirs in config/wiring.py."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.oversight.queries.breaches import clock_of, running_breaches
from stafette.oversight.queries.fields import counted_since, idle_accounts, unused_fields
from stafette.oversight.queries.samples import months
from stafette.oversight.values import FIELD_PERCENT, IDLE, rule
from stafette.web.panels import Panel

SHOWN = 5


def breaches_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Breaches whose clock runs, the most urgent first."""
    if not actor.may(Permission.BREACH_VIEW):
        return None
    rows = [{"breach": one, "clock": clock_of(one)} for one in running_breaches(actor=actor)]
    return Panel(_("Datenpannen"), "oversight/partials/desk_breaches.html", {"rows": rows})


def samples_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Readings drawn for review, per month."""
    if not actor.may(Permission.READING_VIEW):
        return None
    found = months(actor=actor)
    context = {"months": found[:3], "open": sum(one.open for one in found)}
    return Panel(_("Lesezugriffe in der Stichprobe"), "oversight/partials/desk_samples.html", context)


def fields_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Voluntary fields that hardly anybody fills: to be dropped?"""
    if not actor.may(Permission.READING_VIEW):
        return None
    found = unused_fields(actor=actor)
    context = {
        "rows": found[:SHOWN], "count": len(found), "since": counted_since(), "rule": rule(FIELD_PERCENT),
    }  # fmt: skip
    return Panel(_("Kaum genutzte Felder"), "oversight/partials/desk_fields.html", context)


def accounts_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Accounts that nobody logs in with."""
    if not actor.may(Permission.READING_VIEW):
        return None
    found = list(idle_accounts(actor=actor)[:50])
    context = {"rows": found[:SHOWN], "count": len(found), "rule": rule(IDLE)}
    return Panel(_("Ungenutzte Konten"), "oversight/partials/desk_accounts.html", context)
