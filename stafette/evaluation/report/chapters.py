"""The chapters of the evaluation (L11). Sentences only say what the numbers beside them say; people assess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.evaluation import charts, periods, tables, words
from stafette.evaluation.protecting import ALL_DAYS, Cell
from stafette.evaluation.queries import Directory, Picture, Sheets, Step
from stafette.evaluation.report.parts import (
    Chapter,
    Drawing,
    Part,
    Report,
    TableBlock,
    Writing,
)
from stafette.kernel.clock import today
from stafette.steering.tables import COUNT, Column, Table, Value
from stafette.web.sheets import Bullets, Text

BUSY, QUIET, LATE = 1.5, 0.25, 16  # times the average hour; contacts per week; o'clock


@dataclass(frozen=True)
class Evidence:
    """All that the report is written from."""

    picture: Picture
    steps: Sequence[Step]
    names: Mapping[str, str]
    directory: Directory
    sheets: Sheets
    questions: Mapping[str, int]
    agreements: Sequence[Sequence[str]]


def report(found: Evidence) -> Report:
    """Put the chapters together, always the same ones in the same order."""
    picture = found.picture
    about = {question.kind: question for question in tables.questions()}

    def answers(kind: str) -> list[Part]:
        one = tables.one_of(picture, about[kind], found.names)
        return [TableBlock(one.table, one.note)] if one.table.rows else [Text(_nothing())]

    chapters = [
        Chapter(_("Auftrag und Quellen"), _sources(picture)),
        Chapter(_("Zeitraum und Stellen"), _scope(picture)),
        Chapter(_("Kontakte und Entwicklung je Quartal"), _development(found)),
        Chapter(_("Themen"), [*_leading(picture, found.names), *answers("topic")]),
        Chapter(_("Sprachen"), answers("language")),
        Chapter(_("Wege"), answers("channel")),
        Chapter(_("Zielgruppen und Herkunft"), [*answers("target_group"), *answers("origin")]),
        Chapter(_("Belastung nach Wochentag und Stunde"), _load(picture)),
        Chapter(_("Ergebnisse und Verweise an Angebote"), [*answers("result"), *answers("service")]),
        Chapter(_("Nicht lösbare Anfragen"), [*_unsolved(found), *_unsolved_topics(picture, answers)]),
        Chapter(_("Stand des Verzeichnisses"), _directory(found.directory)),
        Chapter(
            _("Infoblätter nach Sprache"),
            [*_sheets(found.sheets), *answers("sheet"), *answers("sheet_language")],
        ),
        Chapter(_("Vereinbarungen mit Partnern"), _agreements(found.agreements)),
        Chapter(_("Was diese Zahlen nicht sagen"), [Bullets(_limits(picture))]),
        Chapter(_("Kurze Bewertung"), _assessment()),
    ]
    subtitle = _("{period}. Fassung: {version}").format(
        period=periods.span(picture.period),
        version=_("für den Rat, kleine Zahlen geschützt")
        if picture.is_published
        else _("intern, genaue Zahlen"),
    )
    sender = picture.units[0].name if len(picture.units) == 1 else _("Koordinationsstelle")
    return Report(
        _("Auswertung der Beratung"), subtitle, tables.facts(picture, None), chapters, today(), sender
    )


def _sources(picture: Picture) -> list[Part]:
    return [
        Text(
            _(
                "Dieser Bericht wertet die anonymen Kurzkontakte der Beratung aus. Er zeigt, was gefragt wurde, in "
                "welcher Sprache, wann, und was daraus wurde. Er enthält keine Angaben zu Personen."
            )
        ),
        Bullets(
            [
                _(
                    "Kurzkontakte: am Schalter, am Telefon, schriftlich und unterwegs gezählt, ohne Angaben zur Person."
                ),
                _("Verzeichnis der Angebote: Stand am Tag des Berichts."),
                _("Infoblätter: veröffentlichte Fassungen je Sprache am Tag des Berichts."),
                _("Kooperationsvereinbarungen: laufende Vereinbarungen am Tag des Berichts."),
            ]
        ),
    ]


def _scope(picture: Picture) -> list[Part]:
    first, last = picture.period.since, picture.period.until
    rows = [
        [
            Value(unit.name),
            Value(words.day(max(unit.first_on, first))),
            Value(words.day(min(unit.last_on, last))),
        ]
        for unit in picture.units
    ]
    columns = [Column(_("Stelle")), Column(_("zählt seit")), Column(_("letzter Kontakt"))]
    return [
        Text(
            _("Ausgewertet ist der Zeitraum {span}. Gezählt sind {contacts}.").format(
                span=periods.span(picture.period), contacts=_contacts(picture.counts.total)
            )
        ),
        TableBlock(Table(_("Stellen, die gezählt haben"), "", columns, rows, texts=3)),
    ]


def _development(found: Evidence) -> list[Part]:
    one = tables.development(found.steps, found.picture)
    said = _("Kontakte je Quartal. Die Zahlen stehen in der Tabelle darunter.")
    return (
        [Drawing(charts.development(found.steps), said), TableBlock(one.table)]
        if found.steps
        else [Text(_nothing())]
    )


def _leading(picture: Picture, names: Mapping[str, str]) -> list[Part]:
    cells = picture.counts.kinds.get("topic", {})
    first = sorted(((cell.count, code) for code, cell in cells.items() if cell.count), reverse=True)[:3]
    if not first:
        return []
    listed = ", ".join(
        f"{tables.label(picture, 'topic', code, names)} ({words.number(count)})" for count, code in first
    )
    return [Text(_("Am häufigsten gefragt: {topics}.").format(topics=listed))]


def _load(picture: Picture) -> list[Part]:
    """The table of the week, and what stands out in it for whoever sets the opening hours."""
    cells = picture.counts.hours
    one = tables.hours(picture)
    if not one.table.rows:
        return [Text(_nothing())]
    days, shown = tables.days_shown(cells), tables.hours_shown(cells)
    fields = [(picture.counts.at(day, hour), day, hour) for day in days for hour in shown]
    known = [(cell.count, day, hour) for cell, day, hour in fields if cell.count]
    average = sum(count for count, _day, _hour in known) / len(known) if known else 0
    weeks = max(1.0, picture.counted.weeks)
    busy = [
        (count, day, hour) for count, day, hour in sorted(known, reverse=True) if count >= BUSY * average
    ][:6]
    quiet = [(count, day, hour) for count, day, hour in known if count / weeks < QUIET]
    lines = [
        _("{day}, {hours}: {count} Kontakte, {weekly} je Woche").format(
            day=days[day], hours=words.hours(hour), count=words.number(count), weekly=_decimal(count / weeks)
        )
        for count, day, hour in busy
    ]
    parts: list[Part] = [TableBlock(one.table, one.note)]
    if lines:
        said = _(
            "Stunden mit mindestens anderthalbmal so vielen Kontakten wie im Durchschnitt; hier wird zuerst mehr "
            "Personal gebraucht:"
        )
        parts += [Text(said), Bullets(lines)]
    if quiet and not picture.is_published:
        said = ngettext(
            "In {count} Stunde der Woche kam seltener als alle vier Wochen jemand. Dort lässt sich Zeit "
            "umschichten.",
            "In {count} Stunden der Woche kam seltener als alle vier Wochen jemand. Dort lässt sich Zeit "
            "umschichten.",
            len(quiet),
        )
        parts.append(Text(said.format(count=len(quiet))))
    said = _(
        "Nach 16 Uhr sind {count} Kontakte gezählt. Wer außerhalb der Öffnungszeiten nicht kommen konnte, fehlt in "
        "diesen Zahlen."
    )
    late = [picture.counts.at(ALL_DAYS, hour) for hour in shown if hour >= LATE]
    parts.append(Text(said.format(count=words.count(sum(late, Cell(0))))))
    return parts


def _unsolved(found: Evidence) -> list[Part]:
    unsolved = found.picture.counts.of("result", "unsolved")
    if unsolved.count is not None:
        said = _("Nicht lösbar waren {contacts}, das sind {share}.")
    elif unsolved.least:
        said = _("Nicht lösbar waren {contacts}; ein Teil der Zahlen ist verdeckt.")
    else:
        said = _("Wie viele Anfragen nicht lösbar waren, ist hier verdeckt, weil es zu wenige sind.")
    share = words.share(unsolved, found.picture.counts.total)
    parts: list[Part] = [Text(said.format(contacts=_contacts(unsolved), share=share))]
    total = sum(found.questions.values())
    if total:
        parts.append(
            Text(
                _(
                    "Dazu hat der Schalter {total} Fragen notiert, auf die es keine Auskunft gab. Davon sind "
                    "{answered} inzwischen beantwortet und {open} noch offen."
                ).format(
                    total=total,
                    answered=found.questions.get("answered", 0),
                    open=found.questions.get("open", 0),
                )
            )
        )
    return parts


def _unsolved_topics(picture: Picture, answers: object) -> list[Part]:
    if picture.is_published:
        return [
            Text(
                _("Nach Themen sind nicht lösbare Anfragen hier nicht aufgeteilt: Die Zahlen wären zu klein.")
            )
        ]
    found: list[Part] = answers("unsolved_topic")  # type: ignore[operator]
    return found


def _directory(state: Directory) -> list[Part]:
    if not state.services:
        return [Text(_("Im Verzeichnis steht noch kein Angebot."))]
    whole = Cell(state.services)
    lines = [
        (_("in den letzten 90 Tagen von Menschen bestätigt"), state.fresh),
        (_("Bestätigung älter als 90 Tage"), state.older),
        (_("noch nie bestätigt"), state.never),
        (_("mit Warteliste oder voll"), state.full),
    ]
    rows = [[Value(name), _number(n), Value(words.share(Cell(n), whole))] for name, n in lines]
    columns = [Column(_("Angebote")), Column(_("Anzahl"), COUNT), Column(_("Anteil"), "0.0 %")]
    said = _("Im Verzeichnis stehen {services} Angebote von {organizations} Einrichtungen.").format(
        services=words.number(state.services), organizations=words.number(state.organizations)
    )
    texts = [
        _("{language}: {count} Angebote übersetzt").format(
            language=words.answer("language", code), count=count
        )
        for code, count in state.texts.items()
    ]
    table = TableBlock(
        Table(_("Stand der Einträge am {day}").format(day=words.day(today())), "", columns, rows)
    )
    return [Text(said), table, *([Bullets(texts)] if texts else [])]


def _sheets(state: Sheets) -> list[Part]:
    if not state.shown:
        return [Text(_("Veröffentlichte Infoblätter gibt es noch nicht."))]
    rows = [
        [Value(words.answer("sheet_language", code)), _number(count), _number(state.outdated.get(code, 0))]
        for code, count in state.shown.items()
    ]
    columns = [Column(_("Sprache")), Column(_("veröffentlicht"), COUNT), Column(_("davon veraltet"), COUNT)]
    title = _("Infoblätter nach Sprache am {day}").format(day=words.day(today()))
    said = _("Es gibt {count} Infoblätter.").format(count=state.sheets)
    return [Text(said), TableBlock(Table(title, "", columns, rows))]


def _agreements(lines: Sequence[Sequence[str]]) -> list[Part]:
    if not lines:
        return [Text(_("Zurzeit läuft keine Kooperationsvereinbarung."))]
    columns = [
        Column(_("Partner")),
        Column(_("seit")),
        Column(_("bis")),
        Column(_("im Haus")),
        Column(_("Antwort in")),
    ]
    rows = [[Value(text) for text in line] for line in lines]
    return [TableBlock(Table(_("Laufende Kooperationsvereinbarungen"), "", columns, rows, texts=5))]


def _limits(picture: Picture) -> list[str]:
    found = [
        _("Gezählt werden Kontakte, nicht Personen. Wer dreimal kommt, zählt dreimal."),
        _("Mehrere Themen je Kontakt sind möglich; die Anteile der Themen ergeben zusammen mehr als 100 %."),
        _("„keine Angabe“ heißt: nicht notiert. Es heißt nicht, dass etwas nicht zutraf."),
        _("Was als Gespräch weiterging, ist hier nicht gezählt."),
        _("Wer nicht kam, nicht durchkam oder wieder ging, fehlt."),
        _("Ob ein Verweis geholfen hat, ist aus anonymen Kontakten nicht zu sehen."),
        _("Die Sprache ist die des Gesprächs, nicht die Staatsangehörigkeit."),
        _(
            "Verzeichnis, Infoblätter und Vereinbarungen zeigen den Stand am Tag des Berichts, nicht den Verlauf."
        ),
    ]
    if len(picture.lists) > 1:
        found.append(
            _(
                "Die Themenliste hat sich im Zeitraum geändert. Zusammengelegte und geteilte Themen stehen zusammen."
            )
        )
    if picture.is_published:
        found.append(tables.small_numbers_rule())
    return found


def _assessment() -> list[Part]:
    return [
        Text(_("Dieses Kapitel schreiben Menschen. Das Programm bewertet nicht.")),
        Writing(_("Was hat sich bewährt?")),
        Writing(_("Was hat nicht geklappt, und woran lag es?")),
        Writing(_("Welche Angebote oder Sprachen fehlen?")),
        Writing(_("Was schlagen wir dem Rat vor?")),
    ]


def _contacts(cell: Cell) -> str:
    if cell.count is None:
        return _("mindestens {contacts}").format(contacts=words.contacts(cell.least))
    return words.contacts(cell.count)


def _number(count: int) -> Value:
    return Value(words.number(count), count)


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _nothing() -> str:
    return _("Dazu liegen keine Zahlen vor, die hier stehen dürfen.")
