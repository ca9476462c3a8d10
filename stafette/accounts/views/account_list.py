"""The list of accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.accounts.forms import AccountFilter
from stafette.kernel.clock import now
from stafette.web.lists import Column, ListSpec

IDLE_DAYS = 90


def _apply(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    if text := values["q"]:
        rows = rows.filter(Q(label__icontains=text) | Q(email__icontains=text))
    long_ago = now() - timedelta(days=IDLE_DAYS)
    conditions = {
        "active": Q(is_active=True),
        "locked": Q(is_active=False, left_on=None),
        "left": Q(left_on__isnull=False),
        "idle": Q(is_active=True, created_at__lt=long_ago)
        & (Q(last_login=None) | Q(last_login__lt=long_ago)),
    }
    return rows.filter(conditions[values["state"]]) if values["state"] else rows


def _state(row: Any) -> Any:
    if row.left_on:
        return _("verabschiedet")
    return _("aktiv") if row.is_active else _("gesperrt")


def accounts_list(marks: Mapping[UUID, Sequence[Any]]) -> ListSpec:
    """The list with what other rooms say about single accounts, for example that mail does not get through."""

    def state(row: Any) -> str:
        return ", ".join(str(word) for word in (_state(row), *marks.get(row.pk, ())))

    def badge(row: Any) -> str:
        return "warning" if marks.get(row.pk) and not row.left_on else _badge(row)

    columns = [
        replace(column, text=state, badge=badge) if column.key == "state" else column
        for column in ACCOUNTS.columns
    ]
    return replace(ACCOUNTS, columns=columns)


def _badge(row: Any) -> str:
    return "neutral" if row.left_on else "success" if row.is_active else "warning"


def _last_login(row: Any) -> Any:
    return f"{timezone.localtime(row.last_login):%d.%m.%Y}" if row.last_login else _("noch nie")


ACCOUNTS = ListSpec(
    name="konten",
    title=_("Konten"),
    about_people=False,
    columns=(
        Column(
            "label", _("Anzeigename"), lambda row: row.label, sort="label",
            link=lambda row: reverse("accounts:account", args=[row.pk]),
        ),
        Column("email", _("E-Mail-Adresse"), lambda row: row.email, sort="email"),
        Column("units", _("Stellen"), lambda row: ", ".join(sorted({one.unit.short_name for one in row.running}))),
        Column("last_login", _("Letzte Anmeldung"), _last_login),
        Column("state", _("Stand"), _state, badge=_badge),
    ),
    order="label",
    filters=AccountFilter,
    apply=_apply,
    empty=_("Kein Konto passt zu diesem Filter."),
    page="accounts/accounts.html",
)  # fmt: skip
