"""The tables of the coordination office: once as words for the page, once as numbers for the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stafette.steering import marks, words
from stafette.steering.queries import Lasting, Node, Picture, nodes

COUNT, PERCENT, DAYS, NUMBER, DAY = "0", "0 %", "#,##0", "0.0", "dd.mm.yyyy"
MEDIAN, SLOW = 0.5, 0.9
BAR = (
    '<svg class="st-bar-chart" width="100%" height="6" aria-hidden="true" focusable="false">'
    '<rect class="st-bar-chart__rest" width="100%" height="6"/>'
    '<rect class="st-bar-chart__part" width="{width}%" height="6"/></svg>'
)


@dataclass(frozen=True)
class Column:
    """Heading, what the page shows as text and the workbook as number, and the workbook's number format."""

    label: str
    format: str = ""
    bar: bool = False
    on_page: bool = True


@dataclass(frozen=True)
class Value:
    """What stands in a cell: a text for the page, a value for the workbook, a share for a bar (0 to 100)."""

    text: str
    number: Any = None
    bar: int | None = None
    url: str = ""

    @property
    def exported(self) -> Any:
        """What the workbook gets: the number, or the text where there is none."""
        return self.text if self.number is None else self.number


@dataclass(frozen=True)
class Table:
    """A table with its title and what it counts."""

    title: str
    counts: str
    columns: list[Column]
    rows: list[list[Value]]
    texts: int = 1  # how many columns at the left are words

    @property
    def headings(self) -> list[str]:
        """What stands over the columns of the page."""
        return [column.label for column in self.columns if column.on_page]

    @cached_property
    def body(self) -> SafeString:
        """The lines as HTML: a template would take ten times as long for a thousand cells."""
        labels = [escape(column.label) for column in self.columns]
        shown = [number for number, column in enumerate(self.columns) if column.on_page]
        lines = ("".join(self._cell(labels[n], n, row[n]) for n in shown) for row in self.rows)
        return mark_safe("".join(f'<tr class="kern-table__row">{line}</tr>' for line in lines))  # noqa: S308

    def _cell(self, label: str, number: int, value: Value) -> str:
        if number == 0:
            return f'<th scope="row" class="kern-table__cell" data-label="{label}">{escape(value.text)}</th>'
        if number < self.texts or self.columns[number].format == "":
            return f'<td class="kern-table__cell" data-label="{label}">{escape(value.text)}</td>'
        bar = "" if value.bar is None else BAR.format(width=value.bar)
        kind = "kern-table__cell kern-table__cell--numeric"
        return f'<td class="{kind}" data-label="{label}">{escape(value.text)}{bar}</td>'


def count(value: int | None) -> Value:
    """A number or the sign for a hidden one."""
    return Value(words.count(value), value)


def share(part: int | None, whole: int | None, *, bar: bool = False) -> Value:
    """A share with what it is a share of."""
    percent = words.percent(part, whole)
    return Value(
        words.share(part, whole), None if percent is None else percent / 100, percent if bar else None
    )


def figure_columns() -> list[Column]:
    """What is counted per receiver and per pair alike."""
    return [
        Column(_("gesendet"), COUNT),
        Column(_("rechtzeitig beantwortet"), PERCENT, bar=True),
        Column(_("verspätet beantwortet"), COUNT, on_page=False),
        Column(_("ohne Antwort und überfällig"), COUNT),
        Column(_("übernommen"), COUNT),
        Column(_("abgelehnt"), COUNT),
        Column(_("zurückgegeben"), COUNT),
        Column(_("in 28 Tagen erreicht"), PERCENT),
        Column(_("Tage bis Antwort: Median (9 von 10)"), DAYS),
        Column(_("Tage bis Antwort: 9 von 10"), DAYS, on_page=False),
        Column(_("Tage bis Erstkontakt: Median (9 von 10)"), DAYS),
        Column(_("Tage bis Erstkontakt: 9 von 10"), DAYS, on_page=False),
    ]


def figure_values(node: Node) -> list[Value]:
    """One row of figures, in the order of the columns."""
    return [
        count(node.whole("sent")),
        share(node.part("in_time", 0), node.whole("in_time"), bar=True),
        count(node.part("in_time", 1)),
        count(node.part("overdue", 0)),
        count(node.part("taken", 0)),
        *(count(node.part("back", number)) for number in range(2)),
        share(node.part("reached", 0), node.whole("reached")),
        *_days(node, marks.ANSWER_DAYS),
        *_days(node, marks.CONTACT_DAYS),
    ]


def _days(node: Node, first_mark: int) -> tuple[Value, Value]:
    """Median with the ninth of ten behind it; the workbook has both in columns of their own."""
    median, slow = node.days(first_mark, MEDIAN), node.days(first_mark, SLOW)
    return Value("–" if median is None else f"{median} ({slow})", median), Value(words.days(slow), slow)


def receivers(picture: Picture, url: str = "") -> Table:
    """One line per receiving unit, the whole last."""
    lines = sorted(
        picture.root.children, key=lambda node: (-(node.whole("sent") or 0), _unit(picture, node.path[0]))
    )
    rows = [[Value(_unit(picture, node.path[0])), *figure_values(node)] for node in lines]
    if len(lines) > 1:
        rows.append([Value(_("Alle zusammen")), *figure_values(picture.root)])
    return Table(_("Empfangende Stellen"), counted(picture), [Column(_("An")), *figure_columns()], rows)


def pairs(picture: Picture, chosen: dict[str, Any] | None = None) -> Table:
    """One line per pair of units and finding. A filter picks lines; it adds nothing up anew."""
    rows = [
        [*(Value(name) for name in _names(picture, node)), *figure_values(node)]
        for node in _chosen(picture, chosen)
    ]
    columns = [Column(_("Von")), Column(_("An")), Column(_("Feststellung")), *figure_columns()]
    return Table(_("Stellenpaare"), counted(picture), columns, rows, texts=3)


def reasons(picture: Picture, chosen: dict[str, Any] | None = None) -> Table:
    """Why units gave back what they were sent."""
    columns = [Column(words.reason_word(code), COUNT) for code in marks.REASONS]
    return _split(picture, chosen, _("Gründe"), "reasons", columns)


def outcomes(picture: Picture, chosen: dict[str, Any] | None = None) -> Table:
    """How it ended, as the receiver told the sender."""
    columns = [Column(words.outcome_word(code), COUNT) for code in marks.OUTCOMES]
    return _split(picture, chosen, _("Ergebnisse"), "outcomes", columns)


def _split(
    picture: Picture, chosen: dict[str, Any] | None, title: str, split: str, columns: list[Column]
) -> Table:
    found = [node for node in _chosen(picture, chosen) if any(node.cut(split)) and node.shows(split)]
    rows = [
        [*(Value(name) for name in _names(picture, node)), count(node.whole(split)),
         *(count(node.part(split, number)) for number in range(len(columns)))]
        for node in found
    ]  # fmt: skip
    if not chosen:
        root = picture.root
        numbers = [count(root.part(split, number)) for number in range(len(columns))]
        if any(root.cut(split)):
            rows.append([Value(_("Alle zusammen")), Value(""), Value(""), count(root.whole(split)), *numbers])
    heads = [Column(_("Von")), Column(_("An")), Column(_("Feststellung")), Column(_("zusammen"), COUNT)]
    return Table(title, counted(picture), [*heads, *columns], rows, texts=3)


def weeks(picture: Picture) -> Table:
    """Week by week."""
    rows = [
        [
            Value(_("KW {number} (ab {day})").format(number=week.label, day=f"{week.monday:%d.%m.}")),
            *(
                count(value)
                for value in (
                    *(week.sent, week.answered, week.in_time, week.late, week.declined, week.reached),
                    week.open_at_end,
                )
            ),
        ]
        for week in picture.weeks
    ]
    labels = (
        *(_("gesendet"), _("beantwortet"), _("davon rechtzeitig"), _("davon verspätet"), _("abgelehnt")),
        *(_("erreicht"), _("offen am Ende der Woche")),
    )
    columns = [Column(_("Woche")), *(Column(label, COUNT) for label in labels)]
    about = _(
        "Gezählt werden Übergaben, nicht Personen, in der Woche, in der etwas geschah: vom {since} bis {until}."
    ).format(since=words.day(picture.before_start), until=words.day(picture.end))
    return Table(_("Wochen"), about, columns, rows)


def loads(picture: Picture) -> Table:
    """What lies open now."""
    most = max((load.per_post or 0 for load in picture.loads), default=0)
    rows = [
        [
            Value(load.unit.name),
            count(load.open),
            count(load.late),
            Value(words.count(load.oldest_days), load.oldest_days),
            Value(words.decimal(load.unit.fte), load.unit.fte),
            Value(
                words.decimal(load.per_post),
                round(load.per_post, 1) if load.per_post is not None else None,
                round(100 * load.per_post / most) if load.per_post and most else None,
            ),
            Value(load.unit.phone or "–"),
        ]
        for load in picture.loads
    ]
    columns = [
        Column(_("Stelle")),
        Column(_("offen"), COUNT),
        Column(_("davon überfällig"), COUNT),
        Column(_("älteste, Tage seit Senden"), DAYS),
        Column(_("Vollzeitstellen"), NUMBER),
        Column(_("offen je Vollzeitstelle"), NUMBER, bar=True),
        Column(_("Telefon")),
    ]
    about = _(
        "Stand heute: gesendete Übergaben, bei denen die Stelle am Zug ist. Gezählt werden Übergaben, nicht Personen."
    )
    return Table(_("Auslastung"), about, columns, rows)


def gaps(picture: Picture) -> Table:
    """Lack of capacity and responsibility."""
    rows = [
        [
            Value(gap.unit.name),
            Value(gap.finding),
            Value(words.reason_word(gap.reason)),
            count(gap.count),
            share(gap.count, gap.sent),
            Value(_("in {count} Wochen").format(count=gap.weeks) if gap.weeks else "–", gap.weeks),
            *(Value(words.day(on) if on else "–", on) for on in (gap.first_week, gap.last_day)),
            count(gap.before),
        ]
        for gap in picture.gaps
    ]
    columns = [
        *(Column(_("Stelle")), Column(_("Feststellung")), Column(_("Grund")), Column(_("Anzahl"), COUNT)),
        *(Column(_("Anteil am Gesendeten"), PERCENT), Column(_("verteilt auf"), COUNT)),
        *(Column(_("erste Woche ab"), DAY), Column(_("letzte Woche bis"), DAY)),
        Column(_("Zeitraum davor"), COUNT),
    ]
    return Table(_("Lücken"), counted(picture), columns, rows, texts=3)


def lasting(picture: Picture, lines: list[Lasting]) -> Table:
    """Whether it lasted."""
    kinds = {
        "after_30": _("nach 30 Tagen"),
        "after_90": _("nach 90 Tagen"),
        "own": _("eigene Wiedervorlage"),
    }
    rows = [
        [
            *(Value(text) for text in (line.unit, line.finding, kinds[line.kind])),
            count(line.due),
            *(count(result) for result in line.results),
            count(line.open),
            Value(
                words.share_alone(line.share), None if line.share is None else line.share / 100, line.share
            ),
        ]
        for line in lines
    ]
    labels = (
        *(
            _("fällig"),
            _("besteht noch"),
            _("besteht zum Teil"),
            _("besteht nicht mehr"),
            _("nicht zu klären"),
        ),
        *(_("verzogen"), _("noch nicht beantwortet")),
    )
    columns = [
        *(Column(_("Federführende Stelle")), Column(_("Feststellung")), Column(_("gefragt"))),
        *(Column(label, COUNT) for label in labels),
        Column(_("besteht ganz oder zum Teil"), PERCENT, bar=True),
    ]
    about = _(
        "Gezählt werden Nachverfolgungen, die vom {since} bis {until} fällig wurden, nicht Personen. "
        "Der Anteil bezieht sich auf die beantworteten."
    ).format(since=words.day(picture.start), until=words.day(picture.end))
    return Table(_("Wirkung"), about, columns, rows, texts=3)


def counted(picture: Picture) -> str:
    """What is counted, and from when to when."""
    return _("Gezählt werden Übergaben, nicht Personen: gesendet vom {since} bis {until}.").format(
        since=words.day(picture.start), until=words.day(picture.end)
    )


def _unit(picture: Picture, pk: Any) -> str:
    unit = picture.units.get(pk)
    return unit.name if unit else "–"


def _names(picture: Picture, node: Node) -> tuple[str, str, str]:
    receiver, finding, sender = node.path
    return (
        _unit(picture, sender),
        _unit(picture, receiver),
        picture.findings.get(str(finding), str(finding)),
    )


def _chosen(picture: Picture, chosen: dict[str, Any] | None) -> Iterable[Node]:
    chosen = chosen or {}
    found = [
        node
        for node in nodes(picture.root, 3)
        if chosen.get("an") in (None, "", str(node.path[0]))
        and chosen.get("anlass") in (None, "", node.path[1])
        and chosen.get("von") in (None, "", str(node.path[2]))
    ]
    return sorted(found, key=lambda node: (-(node.whole("sent") or 0), _names(picture, node)))
