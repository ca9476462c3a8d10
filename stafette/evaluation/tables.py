"""The tables of short contacts. Each says what it counts, of whom, when, from what, by which definition (W-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stafette.evaluation import periods, words
from stafette.evaluation.protecting import ALL_DAYS, ALL_HOURS, Cell
from stafette.evaluation.queries import Comparison, Picture, Step
from stafette.evaluation.queries.pictures import DEFINITION
from stafette.kernel.clock import today
from stafette.steering.tables import COUNT, Column, Table, Value

SHARE = "0.0 %"


@dataclass(frozen=True)
class Question:
    """One table: which counts, its title, the heading over its answers, and what must be known to read it."""

    kind: str
    title: str
    heading: str
    several: bool = False
    note: str = ""


@dataclass(frozen=True)
class Counted:
    """A table with the sentences that it cannot be printed without."""

    code: str
    table: Table
    facts: list[tuple[str, str]]
    note: str = ""


def questions() -> list[Question]:
    """All tables with one line per answer, in their order."""
    several = _("Mehrere Themen je Kontakt sind möglich. Die Anteile ergeben zusammen mehr als 100 %.")
    given = _("Je Kontakt können mehrere mitgegeben sein, oder keines. Die Anteile ergeben nicht 100 %.")
    return [
        Question("topic", _("Themen"), _("Thema"), True, several),
        Question("language", _("Sprachen"), _("Sprache des Gesprächs")),
        Question("channel", _("Wege"), _("Weg")),
        Question("result", _("Ergebnisse"), _("Ergebnis")),
        Question("target_group", _("Zielgruppen"), _("Zielgruppe")),
        Question("origin", _("Herkunft"), _("Herkunft, nur grob")),
        Question("service", _("Verweise an Angebote"), _("Angebot"), True, given),
        Question("sheet", _("Mitgegebene Infoblätter"), _("Infoblatt"), True, given),
        Question(
            "sheet_language", _("Infoblätter nach Sprache"), _("Sprache des Blattes"), True,
            _("Gezählt werden Kontakte, in denen ein Infoblatt mitgegeben wurde."),
        ),
        Question(
            "unsolved_topic", _("Nicht lösbar, nach Thema"), _("Thema"), True,
            _("Nur Kontakte mit dem Ergebnis „nicht lösbar“. Mehrere Themen je Kontakt sind möglich."),
        ),
    ]  # fmt: skip


def all_of(picture: Picture, names: Mapping[str, str]) -> list[Counted]:
    """Every table of the picture that has something to show; `names` are those of services and sheets."""
    found = [one_of(picture, question, names) for question in questions()]
    return [one for one in (*found, hours(picture)) if one.table.rows]


def one_of(picture: Picture, question: Question, names: Mapping[str, str]) -> Counted:
    """One line per answer, the most frequent first; "keine Angabe" stays, and stands last."""
    cells = picture.counts.kinds.get(question.kind, {})
    base = base_of(picture, question.kind)
    lines = sorted(
        (not code, -cell.known, label(picture, question.kind, code, names), cell)
        for code, cell in cells.items()
    )  # fmt: skip
    rows = [[Value(text), _count(cell), _share(cell, base)] for _last, _order, text, cell in lines]
    columns = [
        Column(question.heading),
        Column(_("Kontakte"), COUNT),
        Column(_share_heading(base), SHARE, bar=True),
    ]
    if rows and not question.several:
        rows.append([Value(_("Alle Kontakte")), _count(base), _share(base, base, bar=False)])
    table = Table(question.title, _counts(base), columns, rows)
    return Counted(question.kind, table, facts(picture, question), question.note)


def base_of(picture: Picture, kind: str) -> Cell:
    """Of what the shares are shares: all contacts, or those that could not be solved."""
    return picture.counts.of("result", "unsolved") if kind == "unsolved_topic" else picture.counts.total


def label(picture: Picture, kind: str, code: str, names: Mapping[str, str]) -> str:
    """What an answer is called."""
    if kind in {"topic", "unsolved_topic"}:
        return picture.topics.get(code, code)
    return names.get(code) or words.answer(kind, code)


def hours(picture: Picture) -> Counted:
    """Weekday by hour, with sums at both ends, as numbers for a file; the page draws its own."""
    cells = picture.counts.hours
    shown = hours_shown(cells)
    columns = [
        Column(_("Wochentag")),
        *(Column(words.hours(hour), COUNT) for hour in shown),
        Column(_("zusammen"), COUNT),
    ]
    rows = [
        [Value(name), *(_short(picture.counts.at(day, hour)) for hour in (*shown, ALL_HOURS))]
        for day, name in (*days_shown(cells).items(), (ALL_DAYS, _("Alle Tage")))
    ]
    counts = _counts(picture.counts.total)
    table = Table(_("Wochentag und Stunde"), counts, columns, rows if cells else [])
    return Counted(
        "hour", table, facts(picture, None), _("Gezählt ist die Stunde, in der der Kontakt erfasst wurde.")
    )


def days_shown(cells: Mapping[tuple[int, int], Cell]) -> dict[int, str]:
    """Monday to Friday, and the days of the weekend on which anybody came."""
    used = {day for day, _hour in cells}
    return {day: name for day, name in words.weekdays().items() if day <= 5 or day in used}


def hours_shown(cells: Mapping[tuple[int, int], Cell]) -> list[int]:
    """From the first to the last hour in which anybody came, without a gap."""
    used = [hour for _day, hour in cells if hour != ALL_HOURS]
    return list(range(min(used), max(used) + 1)) if used else []


def development(steps: Iterable[Step], picture: Picture) -> Counted:
    """Contacts part by part of the period."""
    columns = [Column(_("Zeitraum")), Column(_("Kontakte"), COUNT), Column(_("je Woche"), "0.0")]
    rows = [[Value(_begun(step)), _count(step.total), _per_week(step)] for step in steps]
    table = Table(_("Verlauf"), _counts(picture.counts.total), columns, rows)
    return Counted("development", table, facts(picture, None))


def compared(found: Comparison) -> Counted:
    """Topics of two periods that both could count."""
    now, before = found.now, found.before
    columns = [
        Column(_("Thema")),
        Column(periods.label(before.period), COUNT), Column(_("Anteil davor"), SHARE),
        Column(periods.label(now.period), COUNT), Column(_("Anteil jetzt"), SHARE),
        Column(_("Unterschied"), COUNT),
    ]  # fmt: skip
    lines = [
        (group.label, before.counts.of("topic", group.key), now.counts.of("topic", group.key))
        for group in found.groups
        if group.is_comparable
    ]
    rows = [
        _beside(name, old, new, before, now)
        for name, old, new in sorted(lines, key=lambda line: -(line[2].count or 0))
    ]
    rows.append(_beside(_("Alle Kontakte"), before.counts.total, now.counts.total, before, now))
    table = Table(_("Themen im Vergleich"), _("Gezählt werden Kontakte, nicht Personen."), columns, rows)
    note = _(
        "Mehrere Themen je Kontakt sind möglich. Verglichen werden nur Themen, die es in beiden Zeiträumen gab."
    )
    return Counted("comparison", table, facts(now, None, before=before), note)


def facts(
    picture: Picture, question: Question | None, *, before: Picture | None = None
) -> list[tuple[str, str]]:
    """What stands with every table: definition, unit, period, cut-off date, source, version."""
    lists = ", ".join(one.name for one in picture.lists) or "–"
    what = _(
        "Kurzkontakt: eine Anfrage an die Beratung, ohne Angaben zur Person. Gezählt werden Kontakte, nicht Personen. "
        "Was als Gespräch weiterging, zählt dort."
    )
    version = _("Kurzkontakte {version}; Themenliste {lists}")
    found = [
        (_("Definition"), what),
        (_("Zähleinheit"), _("Kontakt")),
        (_("Stellen"), ", ".join(unit.name for unit in picture.units) or "–"),
        (_("Zeitraum"), named(picture.period)),
    ]
    if before is not None:
        found.append((_("Verglichen mit"), named(before.period)))
    found += [
        (_("Stand"), words.day(today())),
        (_("Datenquelle"), _("Stafette, anonyme Kurzkontakte")),
        (
            _("Fassung der Definition"),
            version.format(version=DEFINITION, lists=lists),
        ),
    ]
    if question is not None and question.note:
        found.append((_("Hinweis"), question.note))
    if picture.is_published:
        found.append((_("Kleine Zahlen"), small_numbers_rule()))
    return found


def small_numbers_rule() -> str:
    """How small numbers are protected in what is published."""
    return _(
        "Veröffentlicht wird je Stelle und Quartal nur 0 oder mindestens 5; auch was zum Ganzen fehlt, ist 0 oder "
        "mindestens 5. {sign} steht für eine verdeckte Zahl. Weitere Zahlen sind verdeckt, damit sich keine ausrechnen "
        "lässt. Längere Zeiträume und mehrere Stellen sind nur aus veröffentlichten Zahlen zusammengezählt; "
        "„mindestens“ und „≥“ heißen: ein Teil ist verdeckt."
    ).format(sign=words.HIDDEN)


def named(period: periods.Period) -> str:
    """The period by its name and its days; a free one has no other name."""
    name, days = periods.label(period), periods.span(period)
    return days if name == days else f"{name} ({days})"


def _beside(name: str, old: Cell, new: Cell, before: Picture, now: Picture) -> list[Value]:
    gap = (new.count or 0) - (old.count or 0)
    return [
        Value(name),
        _count(old), _share(old, before.counts.total, bar=False),
        _count(new), _share(new, now.counts.total, bar=False),
        Value(words.difference(new.count or 0, old.count or 0), gap),
    ]  # fmt: skip


def _count(cell: Cell) -> Value:
    return Value(words.count(cell), cell.count)


def _short(cell: Cell) -> Value:
    return Value(words.short(cell), cell.count)


def _share(part: Cell, whole: Cell, *, bar: bool = True) -> Value:
    value = words.percent(part, whole)
    text = words.share(part, whole)
    return Value(
        text,
        None if value is None else round(value / 100, 4),
        round(value) if bar and value is not None else None,
    )


def _share_heading(base: Cell) -> str:
    return _("Anteil an n = {base}").format(base=words.count(base))


def _counts(base: Cell) -> str:
    return _("Gezählt werden Kontakte, nicht Personen: n = {base}.").format(base=words.count(base))


def _begun(step: Step) -> str:
    """The name of the part; where counting began within it, since when: the first bar is short for that reason."""
    name = periods.label(step.period)
    if step.counted.since == step.period.since or not step.total.known:
        return name
    return _("{period} (gezählt ab {day})").format(period=name, day=words.day(step.counted.since))


def _per_week(step: Step) -> Value:
    if step.total.count is None:
        return Value(words.HIDDEN)
    value = step.total.count / max(1.0, step.counted.weeks)
    return Value(f"{value:.1f}".replace(".", ","), round(value, 1))
