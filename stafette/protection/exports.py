"""Lists with people that leave as a file: called by web.exports, as config/wiring.py says."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.protection.commands.own import log_own
from stafette.protection.data import Channel


def list_was_exported(*, actor: Actor, name: str, title: str, counted: Mapping[UUID, int]) -> None:
    """One entry per unit whose rows are in the file, before the file goes; without it there is no file.

    Whoever may see a list may not yet write in the log: the proof is the program's, so it lends the right.
    """
    for unit, number in counted.items():
        log_own(
            actor=actor.with_grants((Permission.REFERRAL_VIEW, unit)),
            unit_id=unit,
            kind=Channel.EXPORT,
            reference=f"XLSX {name}",
            purpose=_("Liste „{title}“ als Datei").format(title=title),
            person_count=number,
        )
