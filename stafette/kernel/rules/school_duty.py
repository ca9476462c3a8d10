"""Where a child stands on a day in a Land: day care, school duty, vocational branch, or past it.

Beginning school follows the birth ranges that the authorities announce. For somebody who went to school
abroad the years count as if begun here at the usual age; the result lists this as an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from stafette.kernel.deadlines import add_months
from stafette.kernel.rules.ages import AgeAnswer, Birth, birthday, day_care_entitlement, is_younger_than
from stafette.kernel.rules.dated import LANDS, Source
from stafette.kernel.rules.school_rules import (
    Begins,
    MayDates,
    Newcomers,
    SchoolRule,
    Until,
    birth_range,
    first_school_year,
    school_rule,
    school_rules,
)


class Stage(StrEnum):
    """`entitled`: may go to school already, must not yet (BW: the first six months after arrival)."""

    NOT_YET = "not_yet"
    KINDERGARTEN = "kindergarten"
    COMPULSORY = "compulsory"
    VOCATIONAL = "vocational"
    ENTITLED = "entitled"
    OVER = "over"

    @property
    def label(self) -> str:
        """The word that officers read."""
        return STAGE_WORDS[self]


STAGE_WORDS = {
    Stage.NOT_YET: "noch nicht",
    Stage.KINDERGARTEN: "Kindergartenalter",
    Stage.COMPULSORY: "schulpflichtig",
    Stage.VOCATIONAL: "berufsschulpflichtig",
    Stage.ENTITLED: "schulbesuchsberechtigt",
    Stage.OVER: "nicht mehr schulpflichtig",
}
# With an incomplete birth date the stage shown is the one that asks most of the office.
MOST_URGENT = (
    Stage.COMPULSORY,
    Stage.VOCATIONAL,
    Stage.ENTITLED,
    Stage.KINDERGARTEN,
    Stage.NOT_YET,
    Stage.OVER,
)


class Group(StrEnum):
    """Who comes; only asylum seekers and tolerated persons have waiting times in some Länder."""

    EU = "eu"
    ASYLUM = "asylum"
    OTHER = "other"


@dataclass(frozen=True)
class Newcomer:
    """What is known of an arrival from abroad; dates may be missing."""

    group: Group = Group.OTHER
    arrived_on: date | None = None
    registered_on: date | None = None
    assigned_on: date | None = None


@dataclass(frozen=True)
class SchoolStatus:
    """`duty_from` is the day the duty begins or began; `is_certain` is False if the birth date decides."""

    stage: Stage
    sentence: str
    source: Source
    rule: str
    duty_from: date | None = None
    duty_until: date | None = None
    may_be_admitted: bool = False
    is_certain: bool = True
    assumptions: tuple[str, ...] = ()

    @property
    def needs_school_place(self) -> bool:
        """The general school list: neither day care nor the vocational branch belongs on it."""
        return self.stage in (Stage.COMPULSORY, Stage.ENTITLED)


def school_status(
    birth: date | Birth,
    on: date,
    land: str,
    *,
    newcomer: Newcomer | None = None,
    registered_by_parents: bool = False,
    deferred: bool = False,
) -> SchoolStatus:
    """Say in which stage a child is.

    `registered_by_parents`: a child after the cut-off whom the parents have registered (SN, ST).
    `deferred`: school has put the beginning off by a year.
    """
    known = Birth.of(birth)
    either = [
        _status(born, on, land, newcomer, registered_by_parents, deferred)
        for born in (known.earliest, known.latest)
    ]
    if either[0].stage is either[1].stage:
        return (
            either[0] if known.is_complete else replace(either[0], assumptions=_incomplete(known, either[0]))
        )
    shown = min(either, key=lambda status: MOST_URGENT.index(status.stage))
    words = " oder ".join(f"„{status.stage.label}“" for status in either)
    said = f"Geburtsdatum unvollständig ({known}): {words}, bitte prüfen. {shown.sentence}"
    return replace(shown, sentence=said, is_certain=False, assumptions=_incomplete(known, shown))


def _incomplete(birth: Birth, status: SchoolStatus) -> tuple[str, ...]:
    return (f"Geboren zwischen {birth.earliest:%d.%m.%Y} und {birth.latest:%d.%m.%Y}.", *status.assumptions)


@dataclass(frozen=True)
class _Course:
    """The school life of one child: begin, end of full-time school, end of duty."""

    begins_on: date
    full_time_until: date
    duty_until: date


def _school_year_of(day: date) -> int:
    return day.year - ((day.month, day.day) < school_rules().starts)


def _end_of_school_year(school_year: int) -> date:
    return date.fromordinal(date(school_year + 1, *school_rules().starts).toordinal() - 1)


def _course(born: date, first_year: int, rule: SchoolRule) -> _Course:
    full_time_until = _end_of_school_year(first_year + rule.full_time_years - 1)
    if rule.vocational_until is Until.YEARS:
        duty_until = _end_of_school_year(first_year + rule.full_time_years + rule.vocational_years - 1)
    else:
        duty_until = max(full_time_until, _end_of_school_year(_school_year_of(birthday(born, 18))))
    return _Course(date(first_year, *school_rules().starts), full_time_until, duty_until)


def _may_begin(born: date, on: date, land: str, may: MayDates | None) -> int | None:
    """The earlier school year in which the parents may register this child, if there is one."""
    if may is None:
        return None
    earliest = first_school_year(born, land) - 1
    youngest = date(earliest - 6 + may.younger_by_years, *may.youngest_cutoff)
    return earliest if birth_range(land, earliest).born_to < born <= youngest else None


def _status(
    born: date, on: date, land: str, newcomer: Newcomer | None, registered_by_parents: bool, deferred: bool
) -> SchoolStatus:
    rule = school_rule(land, on)
    first_year = first_school_year(born, land)
    may_year = _may_begin(born, on, land, rule.may)
    if registered_by_parents and may_year and rule.may and rule.may.compulsory_once_admitted:
        first_year = may_year
    first_year += deferred
    course = _course(born, first_year, rule)
    if on < course.begins_on:
        may = may_year is not None and on >= date(may_year, *school_rules().starts)
        return _before_school(born, on, land, rule, course, may)
    if on > course.duty_until:
        said = f"Die Schulpflicht in {LANDS[land]} endete voraussichtlich am {course.duty_until:%d.%m.%Y}"
        return _result(
            Stage.OVER, f"{said} ({rule.vocational.source}).", rule.vocational.source, rule, course
        )
    if on > course.full_time_until:
        said = (
            f"Die Vollzeitschulpflicht endete am {course.full_time_until:%d.%m.%Y}; Berufsschulpflicht "
            f"bis voraussichtlich {course.duty_until:%d.%m.%Y} ({rule.vocational.source})."
        )
        return _result(Stage.VOCATIONAL, said, rule.vocational.source, rule, course)
    said = (
        f"Schulpflichtig in {LANDS[land]} seit dem Schuljahr {_year_name(first_year)} ({rule.head.source})."
    )
    result = _result(Stage.COMPULSORY, said, rule.head.source, rule, course)
    return _after_arrival(result, on, rule.newcomers, newcomer) if newcomer else result


def _year_name(school_year: int) -> str:
    return f"{school_year}/{(school_year + 1) % 100:02}"


def _result(stage: Stage, said: str, source: Source, rule: SchoolRule, course: _Course) -> SchoolStatus:
    assumptions: tuple[str, ...] = ()
    if stage in (Stage.VOCATIONAL, Stage.OVER):
        assumptions = ("Schulbesuch ab dem üblichen Alter; Jahre im Ausland zählen mit.",)
    return SchoolStatus(
        stage, said, source, rule.id, course.begins_on, course.duty_until, assumptions=assumptions
    )


def _before_school(
    born: date, on: date, land: str, rule: SchoolRule, course: _Course, may: bool
) -> SchoolStatus:
    care: AgeAnswer = day_care_entitlement(born, on, land)
    stage = Stage.KINDERGARTEN if care.holds and born <= on else Stage.NOT_YET
    range_source = birth_range(land, course.begins_on.year).source
    begins = _year_name(course.begins_on.year)
    said = f"{care.sentence} Schulpflichtig ab dem Schuljahr {begins} ({range_source})."
    if may and rule.may:
        said += f" Auf Antrag der Eltern kann das Kind schon jetzt zur Schule gehen ({rule.may.part.source})."
    source = care.source if stage is Stage.KINDERGARTEN else range_source
    return replace(_result(stage, said, source, rule, course), may_be_admitted=may)


def _after_arrival(status: SchoolStatus, on: date, rules: Newcomers, newcomer: Newcomer) -> SchoolStatus:
    """Put the duty off where the law of the Land waits after an arrival from abroad."""
    begins = rules.asylum if newcomer.group is Group.ASYLUM else rules.begins
    waits_for = {
        Begins.AT_ONCE: newcomer.arrived_on,
        Begins.REGISTRATION: newcomer.registered_on,
        Begins.ASSIGNMENT: newcomer.assigned_on,
        Begins.MONTHS: newcomer.arrived_on and add_months(newcomer.arrived_on, rules.months),
    }[begins]
    source = rules.part.source
    if waits_for is None:
        if begins is Begins.AT_ONCE:
            return status
        if begins is Begins.ASSIGNMENT:
            said = f"Die Schulpflicht beginnt mit der Zuweisung an eine Gemeinde ({source})."
            return replace(status, stage=_waiting(rules), sentence=said, source=source, duty_from=None)
        missing = "Einreise" if begins is Begins.MONTHS else "Anmeldung"
        said = f"Tag der {missing} unbekannt: angenommen, die Schulpflicht hat begonnen ({source})."
        return replace(status, assumptions=(*status.assumptions, said))
    duty_from = max(waits_for, status.duty_from or waits_for)
    if on >= duty_from:
        if duty_from == status.duty_from:
            return status
        said = f"Schulpflichtig seit dem {duty_from:%d.%m.%Y} ({status.source})."
        return replace(status, sentence=said, duty_from=duty_from)
    right = " Das Kind darf schon vorher zur Schule gehen." if rules.right_before else ""
    said = f"Die Schulpflicht beginnt am {duty_from:%d.%m.%Y} ({source}).{right}"
    return replace(status, stage=_waiting(rules), sentence=said, source=source, duty_from=duty_from)


def _waiting(rules: Newcomers) -> Stage:
    return Stage.ENTITLED if rules.right_before else Stage.NOT_YET


@dataclass(frozen=True)
class MeaslesAnswer:
    """Whether a child without proof is admitted, and whom the institution must tell."""

    is_admitted: bool
    health_office_task: bool
    sentence: str
    source: Source


def measles_admission(
    birth: date | Birth, on: date, *, has_proof: bool, is_subject_to_school_duty: bool
) -> MeaslesAnswer:
    """School duty goes before the missing proof; day care from age one does not (§ 20 (8) ff. IfSG)."""
    rule = school_rules().measles
    source = rule.head.source
    if has_proof:
        return MeaslesAnswer(True, False, f"Masernnachweis liegt vor ({source}).", source)
    if is_subject_to_school_duty:
        said = f"Aufnahme trotz fehlendem Masernnachweis; Meldung an das Gesundheitsamt ({source})."
        return MeaslesAnswer(True, True, said, source)
    if is_younger_than(birth, rule.from_years, on):
        said = f"Unter {rule.from_years} Jahr ist kein Masernnachweis nötig ({source})."
        return MeaslesAnswer(True, False, said, source)
    said = f"Keine Aufnahme ohne Masernnachweis ab {rule.from_years} Jahr ({source})."
    return MeaslesAnswer(False, False, said, source)
