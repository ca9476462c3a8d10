"""Writes docs/regeln.md: the rules as a lawyer or an officer reads them, from the data that runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from stafette.kernel.rules.ages import age_rules
from stafette.kernel.rules.dated import ANY_LAND, LANDS, Dated, Source, Status
from stafette.kernel.rules.deadline_rules import (
    LimitUnit,
    RetentionClass,
    Situation,
    TargetUnit,
    notification_rules,
    portal_rules,
    registration_rules,
    retention_classes,
    target_rules,
)
from stafette.kernel.rules.occupancy_rules import AreaValue, OccupancyRule, occupancy_rules
from stafette.kernel.rules.school_rules import Begins, Newcomers, Until, school_rules
from stafette.kernel.rules.table import RULES
from stafette.kernel.workdays import YearlyDay, calendar_rules

PAGE = RULES.parent / "docs" / "regeln.md"
INTRO = """# Regeln, mit denen Stafette rechnet

Diese Seite entsteht aus den Dateien in [rules/](../rules/README.md); dort steht auch, wie man sie ändert.
Jedes Ergebnis speichert die Kennung der Regel, mit der es entstand.

**Status**: *gelesen* – Gesetzestext gelesen · *berichtet* – eine öffentliche Quelle nennt den Wert ·
*Fachwissen, zu prüfen* – ohne gelesene Quelle · *Vorschlag* – legt der Ort fest.
Was nicht „gelesen“ ist, gehört vor dem Einsatz von einer Juristin oder einem Juristen bestätigt."""
SITUATIONS = {
    Situation.FOR_GOOD: "auf Dauer eingezogen",
    Situation.ASSIGNED_ACCOMMODATION: "zugewiesene Unterkunft",
    Situation.TEMPORARY_FROM_ABROAD: "wohnt sonst im Ausland, vorübergehend hier",
    Situation.TEMPORARY_REGISTERED_ELSEWHERE: "in Deutschland gemeldet, vorübergehend hier",
}


def describe_rules() -> str:
    """The whole page; the same data give the same text."""
    parts = [
        INTRO,
        *_occupancy(),
        *_school(),
        *_ages(),
        *_registration(),
        *_deadlines(),
        *_targets(),
        *_retention(),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell or "–" for cell in line) + " |" for line in lines)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _valid(head: Dated) -> str:
    return (
        f"{_day(head.valid_from)} bis {_day(head.valid_to)}"
        if head.valid_to
        else f"ab {_day(head.valid_from)}"
    )


END = ["gilt", "Quelle", "Status", "Hinweis"]


def _end(head: Dated) -> list[str]:
    return [_valid(head), str(head.source), head.status.label, head.note]


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _doubt(status: Status, head_status: Status) -> str:
    return "" if status is head_status else f" ({status.label})"


def _area(value: AreaValue | None, head: Dated) -> str:
    return f"{_number(value.m2)} m²{_doubt(value.status, head.status)}" if value else ""


def _sources(head: Dated, *others: Source) -> str:
    found = list(dict.fromkeys(str(source) for source in (head.source, *others)))
    return "; ".join(found)


def _occupancy_row(rule: OccupancyRule) -> list[str]:
    child = _area(rule.flat_child, rule.head)
    if child and rule.child_below:
        child += f" unter {rule.child_below} J."
    return [
        f"{LANDS[rule.land]} (`{rule.id}`)",
        _valid(rule.head),
        "Gesetz" if rule.is_binding else "nur Vergleich",
        _area(rule.flat_adult, rule.head),
        child,
        _area(rule.room_adult, rule.head),
        _area(rule.largest_room, rule.head),
        str(rule.head.source),
        rule.head.status.label,
        rule.head.note,
    ]


def _occupancy() -> Iterator[str]:
    rules = occupancy_rules()
    yield "## Wohnfläche je Person"
    heads = [
        "Land",
        "gilt",
        "Art",
        "Wohnung",
        "Kind",
        "Einzelraum",
        "ein Raum ab",
        "Quelle",
        "Status",
        "Hinweis",
    ]
    yield _table(heads, map(_occupancy_row, rules.rules))
    labels, area = rules.labels, rules.area
    yield (
        f"Verhältnis vorhandene zu nötiger Fläche: unter {_number(labels.tight_below)} „knapp“, unter "
        f"{_number(labels.overcrowded_below)} „überbelegt“ ({labels.head.status.label}; rechtlich zählt "
        "jeder Wert "
        "unter 1). Entscheidet der Balkon oder ein unvollständiges Geburtsdatum: „grenzwertig“. "
        "Ist die Regel für einzelne Räume nicht bekannt: „zu prüfen“."
    )
    yield (
        f"Anrechnung ({area.head.source}, {area.head.status.label}): ab {_number(area.full_from_height)} m "
        "Höhe ganz, "
        f"ab {_number(area.half_from_height)} m mit {_number(area.half * 100)} %, darunter nicht; "
        "unbeheizter "
        f"Wintergarten {_number(area.unheated_winter_garden * 100)} %; Balkon und Terrasse in der Regel "
        f"{_number(area.balcony_usual * 100)} %, höchstens {_number(area.balcony_most * 100)} %. Nicht: "
        "Keller, "
        "Abstellraum außerhalb, Waschküche, Boden, Heizungsraum, Garage, Geschäftsräume und Räume, die dem "
        "Bauordnungsrecht nicht entsprechen."
    )


def _newcomers(rules: Newcomers) -> str:
    words = {
        Begins.AT_ONCE: "sofort",
        Begins.REGISTRATION: "mit der Anmeldung",
        Begins.ASSIGNMENT: "mit der Zuweisung an eine Gemeinde",
        Begins.MONTHS: f"{rules.months} Monate nach der Einreise",
    }
    right = ", Schulbesuch schon vorher" if rules.right_before else ""
    if rules.asylum is rules.begins:
        return words[rules.begins] + right
    return f"{words[rules.begins]}; Asyl und Duldung: {words[rules.asylum]}{right}"


def _school() -> Iterator[str]:
    rules = school_rules()
    yield "## Schulpflicht"
    rows = []
    for rule in rules.rules:
        vocational = (
            f"{rule.vocational_years} Jahre"
            if rule.vocational_until is Until.YEARS
            else "bis zum Ende des Schuljahrs des 18. Geburtstags"
        ) + _doubt(rule.vocational.status, rule.head.status)
        may = (
            f"geboren bis {rule.may.youngest_cutoff[1]:02}.{rule.may.youngest_cutoff[0]:02}."
            if rule.may
            else ""
        )
        if rule.may and rule.may.younger_by_years:
            may += f", {rule.may.younger_by_years} Jahr jünger"
        rows.append(
            [
                f"{LANDS[rule.land]} (`{rule.id}`)",
                f"{rule.full_time_years} Jahre",
                vocational,
                _newcomers(rule.newcomers),
                may,
                _sources(rule.head, rule.newcomers.part.source),
                rule.head.status.label,
                rule.head.note,
            ]
        )
    heads = [
        "Land",
        "Vollzeit",
        "Berufsschule",
        "von außen: beginnt",
        "auf Antrag",
        "Quelle",
        "Status",
        "Hinweis",
    ]
    yield _table(heads, rows)
    rows = []
    for entry in rules.cutoffs:
        years = f"{entry.first_school_year} bis {entry.last_school_year or 'heute'}"
        cells = [LANDS[entry.land], years, f"6 Jahre bis {entry.day[1]:02}.{entry.day[0]:02}."]
        rows.append([*cells, str(entry.source), entry.status.label])
    yield _table(["Land", "Schuljahre ab", "Stichtag", "Quelle", "Status"], rows)
    yield "Geburtszeiträume, die den Stichtagen vorgehen (Schuljahr: geboren von – bis):"
    by_land: dict[str, list[str]] = {}
    for (land, year), row in rules.birth_ranges.items():
        text = f"{year}/{(year + 1) % 100:02}: {_day(row.born_from)} – {_day(row.born_to)}"
        by_land.setdefault(land, []).append(text)
    yield "\n".join(f"- {LANDS[land]}: " + " · ".join(texts) for land, texts in by_land.items())
    measles = rules.measles
    yield (
        f"Masern ({measles.head.source}, {measles.head.status.label}): Betreuung ab {measles.from_years} "
        "Jahr nur mit "
        "Nachweis; schulpflichtige Kinder werden aufgenommen, das Gesundheitsamt erfährt vom fehlenden "
        "Nachweis."
    )


def _ages() -> Iterator[str]:
    rules = age_rules()
    yield "## Alter"
    rows = [["Neugeborenes", "", f"unter {rules.newborn_below_years} Jahr", *_end(rules.newborn)]]
    for entry in rules.kindergarten:
        start = (
            f"ab dem {entry.from_years}. Geburtstag bis zur Schulpflicht" if entry.from_years else "ab Geburt"
        )
        rows.append(["Anspruch auf Betreuung", LANDS[entry.land], start, *_end(entry.head)])
    yield _table(["was", "Land", "Alter", *END], rows)
    yield (
        "Ein Lebensjahr beginnt am Geburtstag um 0 Uhr (§ 187 Abs. 2, § 188 Abs. 2 BGB); wer am 29. "
        "Februar geboren ist, "
        "vollendet es mit Ablauf des 28. Februar. Aus unvollständigen Geburtsdaten wird eine Spanne."
    )


def _registration() -> Iterator[str]:
    yield "## Anmeldung nach dem Einzug"
    rows = []
    for rule in registration_rules():
        grace = f"nach {rule.grace_months} Monaten " if rule.grace_months else ""
        period = f"{grace}innerhalb von {rule.weeks} Wochen"
        rows.append([f"{SITUATIONS[rule.situation]} (`{rule.id}`)", period, *_end(rule.head)])
    yield _table(["Lage", "Frist", *END], rows)
    yield "Angezeigt als „voraussichtlich“ und mit der Annahme, auf der das Datum beruht."


def _yearly(day: YearlyDay) -> list[str]:
    when = (
        f"{day.month_day[1]:02}.{day.month_day[0]:02}." if day.month_day else f"{day.after} + {day.days} Tage"
    )
    land = "alle Länder" if day.land == ANY_LAND else LANDS[day.land]
    where = f"{land} (`{day.region}`)" if day.region else land
    return [day.name, where, when, *_end(day.head)]


def _deadlines() -> Iterator[str]:
    yield "## Fristen und Kalender"
    yield (
        "Der Tag des Ereignisses zählt nicht; Wochen enden am gleichen Wochentag, Monate an der gleichen "
        "Zahl oder am "
        "Monatsletzten; ein Ende an Samstag, Sonntag oder Feiertag des Landes rückt auf den nächsten "
        "Werktag (§ 31 "
        "VwVfG, §§ 187–193 BGB), ein bestimmt genannter Tag oder Termin nicht. Arbeitstage sind Montag bis "
        "Freitag ohne "
        "Feiertage und Schließtage; Schließtage verschieben keine gesetzliche Frist."
    )
    rows = []
    for rule in notification_rules():
        rows.append([f"Bekanntgabe am {rule.days}. Tag nach Absendung", *_end(rule.head)])
    for rule in portal_rules():
        rows.append([f"Abruf im Portal innerhalb von {rule.days} Tagen", *_end(rule.head)])
    yield _table(["Regel", *END], rows)
    rules = calendar_rules()
    yield "Feiertage der 16 Länder liefert die Bibliothek `holidays`. Dazu kommen:"
    days = [*rules.closing_days, *rules.regional_holidays]
    yield _table(["Tag", "Land (Region)", "wann", *END], map(_yearly, days))


def _targets() -> Iterator[str]:
    rules = target_rules()
    yield "## Eigene Zielzeiten"
    words = {TargetUnit.WORKING_DAYS: "Arbeitstage", TargetUnit.WEEKS: "Wochen"}
    rows = [
        [f"{target.label} (`{target.id}`)", f"{target.count} {words[target.unit]}", target.head.status.label]
        for target in rules.targets
    ]
    yield _table(["Ziel", "Zeit", "Status"], rows)
    shares = rules.escalation
    yield (
        f"Erinnerung bei {_number(shares.remind_at * 100)} % der Zeit, Leitung der Einheit bei "
        f"{_number(shares.head_at * 100)} %, Steuerung bei {_number(shares.steering_at * 100)} % "
        f"({shares.head.status.label})."
    )
    yield "Grenzen für das, was eine Stelle selbst verschieben darf:"
    counted = {
        LimitUnit.CALENDAR_DAYS: "Kalendertage",
        LimitUnit.WORKING_DAYS: "Arbeitstage",
        LimitUnit.TIMES: "Mal",
    }
    rows = [
        [f"{limit.label} (`{limit.id}`)", f"höchstens {limit.count} {counted[limit.unit]}", *_end(limit.head)]
        for limit in rules.limits
    ]
    yield _table(["was", "Grenze", *END], rows)


def _period(rule: RetentionClass) -> str:
    if rule.is_unlimited:
        return "ohne Frist"
    if rule.hours:
        return f"{rule.hours} Stunden"
    if rule.days:
        return f"{rule.days} Tage"
    years, months = divmod(rule.months, 12)
    return f"{years} Jahre" if not months and years > 1 else f"{rule.months} Monate"


def _held(rule: RetentionClass) -> str:
    return "ja" if rule.is_held_here else "nein"


def _retention() -> Iterator[str]:
    yield "## Löschklassen"
    rows = [
        [f"`{rule.code}`", rule.data, rule.start_event, _period(rule), _held(rule), *_end(rule.head)]
        for rule in retention_classes().values()
    ]
    yield _table(["Klasse", "Daten", "Beginn", "Frist", "in Stafette", *END], rows)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(describe_rules(), encoding="utf-8")
