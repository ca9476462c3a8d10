"""When the period of a row begins, for those whose beginning no single column tells (kernel/keeping.Asked).

A question gets the rows that the deletion sees and the last day of an event whose period has run out; it returns the
rows whose event lies on or before that day and that nobody needs any more, each with its `event`. One statement each,
whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import DateField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Cast, Coalesce, Least, TruncDate

from stafette.kernel.keeping import Asked, From
from stafette.kernel.kin import children
from stafette.people.models import Household, HouseholdMember, Person
from stafette.referrals import batons
from stafette.referrals.models import Finding

Rows = Any  # a QuerySet of whatever model asks
Question = Callable[[Rows, date], Rows]
ZONE = ZoneInfo(settings.TIME_ZONE)
NO_ACTIVITY = {"retention.Activity", "people.DuplicateProposal"}  # made by the program, not by anybody's work
HALF_A_YEAR = 180  # days; with the half year of L2 a question is gone within a year of its day
CASE = (Finding.State.PREPARED, Finding.State.REFERRED, Finding.State.DONE)


def end_of(day: date) -> datetime:
    """The last moment of a day in the town."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE) - timedelta(microseconds=1)


def until(model: type[models.Model], column: str, day: date) -> Q:
    """Rows whose column lies on or before a day, be it a date or a time."""
    is_time = isinstance(model._meta.get_field(column), models.DateTimeField)
    return Q(**{f"{column}__lte": end_of(day) if is_time else day})


def file(rows: Rows, day: date) -> Rows:
    """Files in which nothing is open and nothing happened after that day; the year of the last activity counts."""
    rows = rows.filter(created_at__lte=end_of(day))
    for child, field in children(Household):
        busy = _busy(child, day)
        if busy is not None:
            rows = rows.exclude(
                Exists(child._default_manager.filter(busy, **{field.attname: OuterRef("pk")}))
            )
    for child, field in children(Person):
        busy = _busy(child, day) if _goes_with(field) and child is not HouseholdMember else None
        if busy is not None:
            mine = HouseholdMember.objects.filter(household=OuterRef(OuterRef("pk"))).values("person")
            rows = rows.exclude(Exists(child._default_manager.filter(busy, **{f"{field.attname}__in": mine})))
    rows = rows.exclude(
        Exists(_model("retention.Activity").filter(household=OuterRef("pk"), last_on__gt=day))
    )
    return rows.exclude(Exists(_model("audit.Event").filter(about_id=OuterRef("pk"), at__gt=end_of(day))))


def person(rows: Rows, day: date) -> Rows:
    """Persons who stand in no household any more, and of whom nothing is open or younger than that day."""
    members = HouseholdMember.objects.filter(person=OuterRef("pk"))
    rows = rows.filter(~Exists(members), created_at__lte=end_of(day), merged_into=None)
    for child, field in children(Person):
        busy = _busy(child, day) if _goes_with(field) else None
        if busy is not None and child is not Person:
            rows = rows.exclude(
                Exists(child._default_manager.filter(busy, **{field.attname: OuterRef("pk")}))
            )
    return rows


def talk(rows: Rows, day: date) -> Rows:
    """Talks that are over and that no case followed: what a case needs stays with its file."""
    return _without_case(rows.filter(finished_at__lte=end_of(day))).annotate(event=TruncDate("finished_at"))


def finding(rows: Rows, day: date) -> Rows:
    """Findings that led to no case."""
    rows = rows.filter(created_at__lte=end_of(day)).exclude(state__in=CASE)
    return _without_case(rows).annotate(event=TruncDate("created_at"))


def listed(rows: Rows, day: date) -> Rows:
    """Lists that were taken over, or that nobody took over since they came."""
    return rows.annotate(begun=Coalesce("applied_at", "created_at")).filter(begun__lte=end_of(day))


def consent(rows: Rows, day: date) -> Rows:
    """Consents that ran out or were withdrawn."""
    ended = Least(Coalesce(TruncDate("withdrawn_at"), F("expires_on")), F("expires_on"))
    return rows.annotate(event=ended).filter(event__lte=day)


def notice(rows: Rows, day: date) -> Rows:
    """Reminders of things that are no longer open: while one is, its reminders keep it from being told twice."""
    rows = rows.filter(due_on__lte=day)
    for kind in batons.kinds():
        still = kind.model._default_manager.filter(pk=OuterRef("thing_id"), is_open=True)
        rows = rows.exclude(Exists(still))
    return rows.annotate(event=F("due_on"))


def question(rows: Rows, day: date) -> Rows:
    """Questions of the counter: since they were settled, but never later than half a year after they were asked.

    An open one is a gap that editors should still close; after another half year (L2) it goes with its words.
    """
    waited = ExpressionWrapper(F("asked_on") + timedelta(days=HALF_A_YEAR), output_field=DateTimeField())
    latest = Cast(waited, DateField())
    return rows.annotate(event=Least(Coalesce(F("settled_on"), latest), latest)).filter(event__lte=day)


QUESTIONS: dict[str, Question] = {
    "file": file,
    "person": person,
    "talk": talk,
    "finding": finding,
    "list": lambda rows, day: listed(rows, day).annotate(event=TruncDate("begun")),
    "consent": consent,
    "notice": notice,
    "question": question,
}
CHAIN = "chain"  # the log is cut, not asked


def is_open(model: type[models.Model]) -> Q | None:
    """Tell which rows of a model somebody still works on: those whose end has no date yet."""
    starts = getattr(getattr(model, "Privacy", None), "starts", None)
    if isinstance(starts, From) and model._meta.get_field(starts.column).null:
        return Q(**{f"{starts.column}__isnull": True})
    return Q(finished_at=None) if starts == Asked("talk") else None


def _busy(model: type[models.Model], day: date) -> Q | None:
    """What keeps a file alive: rows that are open, or that began or ended after that day."""
    if model._meta.label in NO_ACTIVITY:
        return None
    starts = getattr(getattr(model, "Privacy", None), "starts", None)
    busy = ~until(model, "created_at", day) if _has(model, "created_at") else Q(pk__in=[])
    if isinstance(starts, From):
        busy |= ~until(model, starts.column, day) & Q(**{f"{starts.column}__isnull": False})
    if starts == Asked("consent"):
        busy |= Q(withdrawn_at=None, expires_on__gt=day) | Q(withdrawn_at__gt=end_of(day))
    still = is_open(model)
    return busy | still if still is not None else busy


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _goes_with(field: models.ForeignKey[Any, Any]) -> bool:
    return field.remote_field.on_delete is models.CASCADE


def _model(label: str) -> Rows:
    return apps.get_model(label)._default_manager.all()


def _without_case(rows: Rows) -> Rows:
    household = OuterRef("household")
    rows = rows.exclude(Exists(Finding.objects.filter(household=household, state__in=CASE)))
    for kind in batons.kinds():
        names = {field.name for field in kind.model._meta.concrete_fields}
        if "household" in names and kind.model._meta.app_label in {"referrals", "partners"}:
            things: Rows = kind.model._default_manager.all()
            rows = rows.exclude(Exists(things.filter(household=household)))
    return rows
