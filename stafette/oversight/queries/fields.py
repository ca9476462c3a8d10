"""Which voluntary fields nobody needs, and which accounts nobody uses: counts for the officer, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from stafette.accounts.models import Membership, User
from stafette.accounts.queries import running_on
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.deadlines import add_months
from stafette.kernel.permissions import Permission
from stafette.oversight.values import FIELD_MONTHS, FIELD_PERCENT, IDLE, number

FEWEST = 10  # below that a share says nothing, and too much about single people
USE = """
select u.short_name, f.room, f.field, f.filled, f.total, coalesce(jsonb_path_query_first(
  form.content, '$.block[*].question[*] ? (@.code == $code).wording.de', jsonb_build_object('code', f.field)
) #>> '{}', '')
from oversight_field_use(%s) f join accounts_unit u on u.id = f.unit_id
left join lateral (
  select v.content from intake_formversion v where v.unit_id = f.unit_id and f.room = 'talk'
  order by v.created_at desc, v.version desc limit 1
) form on true
"""


@dataclass(frozen=True)
class FieldUse:
    """How often a voluntary field is filled in a unit."""

    unit: str
    room: str
    field: str
    filled: int
    total: int
    wording: str = ""

    @property
    def percent(self) -> int:
        """The share in per cent, rounded down."""
        return self.filled * 100 // self.total if self.total else 0

    @property
    def label(self) -> str:
        """The field in words: as the form calls it, or the question that is asked."""
        return self.wording or str(person_fields().get(self.field, self.field))

    @property
    def room_word(self) -> str:
        """Where the field stands."""
        return _("Person") if self.room == "person" else _("Ankunftsgespräch")


def person_fields() -> dict[str, str]:
    """The voluntary fields of a person, as the form calls them."""
    return {
        "former_names": _("Frühere und andere Namen"),
        "patronymic": _("Vatersname"),
        "original_script": _("In eigener Schrift"),
        "sex": _("Geschlecht"),
        "nationalities": _("Staatsangehörigkeiten"),
        "contact_channel": _("Erreichbar über"),
        "contact_value": _("Nummer oder Adresse"),
        "contact_language": _("Sprache"),
        "safe_contact_note": _("Hinweis zur sicheren Erreichbarkeit"),
    }


def counted_since() -> date:
    """The first day of the months over which fields are counted."""
    return add_months(today(), -number(FIELD_MONTHS))


def unused_fields(*, actor: Actor) -> list[FieldUse]:
    """Fields below the share from which on they are proposed to be dropped, the least used first.

    The function in the database looks into the units alone in which the one who asks oversees the readings. It reads
    half a year of records, so its counts are kept for an hour.
    """
    units = frozenset(actor.units(Permission.READING_VIEW))
    return list(_rare(units, counted_since(), now().hour)) if units else []


@lru_cache(maxsize=32)
def _rare(units: frozenset[UUID], since: date, hour: int) -> tuple[FieldUse, ...]:
    start = timezone.make_aware(datetime.combine(since, time.min))
    with connection.cursor() as cursor:
        cursor.execute(USE, [start])
        found = [FieldUse(*row) for row in cursor.fetchall()]
    least = number(FIELD_PERCENT)
    rare = [use for use in found if use.total >= FEWEST and use.filled * 100 < least * use.total]
    return tuple(sorted(rare, key=lambda use: (use.percent, use.unit, use.room, use.field)))


def idle_accounts(*, actor: Actor) -> QuerySet[User]:
    """Accounts of the units overseen that can log in and have not for so many days; the longest unused first."""
    mine: set[UUID] = set(actor.units(Permission.READING_VIEW))
    since = now() - timedelta(days=number(IDLE))
    unused = Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since)
    works = Membership.objects.filter(running_on(today()), unit__in=mine, user=OuterRef("pk"))
    unit = works.order_by("starts_on").values("unit__short_name")[:1]
    found = User.objects.filter(unused, Exists(works), is_active=True).annotate(unit=Subquery(unit))
    return found.order_by(F("last_login").asc(nulls_first=True), "label")
