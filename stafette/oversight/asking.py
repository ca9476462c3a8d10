"""Which files are so quiet that whoever opens one is asked why, and what may be answered.

A file is quiet when it is not new, nothing of it is open and nothing happened in it for so many days
(rules/oversight.toml). Whoever
has something open with it is never asked: then it is not quiet.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.audit.reading import Quiet
from stafette.kernel.clock import now
from stafette.oversight.values import QUIET, number
from stafette.people.models import Household
from stafette.referrals import batons


class Reason(models.TextChoices):
    """Why somebody opens a file in which nothing is going on."""

    BACK = "back", _("Die Familie meldet sich wieder")
    CALL = "call", _("Anruf oder Nachricht zu dieser Familie")
    REQUEST = "request", _("Anfrage einer anderen Stelle oder Antrag der Person")
    COVER = "cover", _("Vertretung oder Einarbeitung")
    CHECK = "check", _("Prüfung: Angaben, Dubletten, Löschfrist")
    OTHER = "other", _("anderer Grund")


def quiet_files() -> Quiet:
    """The condition in SQL: the program asks it with each opening of a file, in the same statement as the reading."""
    since = now() - timedelta(days=number(QUIET))
    return Quiet(_condition(), [since, since])


@cache
def _condition() -> str:
    parts = [
        "not exists (select from people_household h where h.id = {about} and h.created_at >= %s)",
        "not exists (select from audit_event e where e.about_id = {about} and e.at >= %s)",
        *(
            f'not exists (select from "{model._meta.db_table}" b where b."{column}" = {{about}} and b.is_open)'
            for model, column in _open_things()
        ),
    ]
    return " and ".join(parts)


def _open_things() -> list[tuple[type[models.Model], str]]:
    """Every kind of open thing that names a household; rooms enter theirs in config/wiring.py."""
    return [
        (kind.model, field.column)
        for kind in batons.kinds()
        for field in kind.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Household
    ]
