"""What a field cannot tell by itself: references, completeness, and whether the flow rules allow a route."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from stafette.blueprints.schema.bind import Reading, read
from stafette.blueprints.schema.fields import MAILBOX_OF_PERSON, Path, rules_of
from stafette.blueprints.schema.flows import check_flows
from stafette.blueprints.schema.partners import check_partners
from stafette.blueprints.schema.plan import Blueprint, RoutePlan, UnitPlan
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.kernel.workdays import calendar_rules

NAMES = {
    "unit": "eine Stelle",
    "authority": "eine Behörde",
    "topic": "ein Thema",
    "finding": "eine Feststellung",
    "service": "einen Dienst",
    "consent_text": "einen Wortlaut",
}
_ADDRESSED = re.compile(r"\b(?:Frau|Herrn?|Fr\.|Hr\.|Dr\.|Dipl\.[-\w.]*|Prof\.)\s+[A-ZÄÖÜ]")
_TWO_WORDS = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)? [A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
)
_FUNCTION = re.compile(
    r"arbeit|leitung|stelle|amt\b|koordination|betreuung|verwaltung|beratung|sekretariat|dienst|kontrolle|team|schul"
    r"|beauftrag|assistenz|administration|kraft|pflege|aufsicht|zentrum|büro|technik|referat|abteilung|vertretung",
    re.IGNORECASE,
)
_PLACEHOLDERS = {"receiver", "purpose", "categories"}


def check(text: str, *, folder: FilePath | None = None) -> Reading:
    """Read and check a blueprint; `folder` is where its forms lie."""
    reading = read(text)
    _codes_once(reading)
    _references(reading, Blueprint, reading.raw, ())
    blueprint = reading.blueprint
    if blueprint is not None:
        for rule in _CHECKS:
            rule(reading, blueprint)
        _forms(reading, blueprint, folder or FilePath(settings.BASE_DIR) / "blueprints")
    if reading.errors:
        reading.blueprint = None
    reading.problems.sort()
    return reading


def _entries(raw: Any, key: str) -> list[Any]:
    found = raw.get(key, []) if isinstance(raw, dict) else []
    return found if isinstance(found, list) else []


def _codes_once(reading: Reading) -> None:
    """The same code twice would let one entry overwrite the other."""
    lists: list[tuple[Path, list[Any]]] = [((key,), _entries(reading.raw, key)) for key in reading.raw]
    lists += [
        (("unit", i, "post"), _entries(unit, "post")) for i, unit in enumerate(_entries(reading.raw, "unit"))
    ]
    for path, entries in lists:
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            code = (entry.get("code") or entry.get("data")) if isinstance(entry, dict) else None
            if isinstance(code, str) and code in seen:
                reading.add(
                    (*path, index),
                    _("Den Code „{code}“ gibt es schon. Jeder Code darf nur einmal stehen.").format(
                        code=code
                    ),
                )
            seen.add(str(code))


def _references(reading: Reading, kind: type, content: Any, path: Path) -> None:
    """Every code that a field names must exist in the file."""
    if not isinstance(content, dict):
        return
    for key, one, rule in rules_of(kind):
        value = content.get(key)
        if rule.refers:
            for where, code in _named(value, (*path, key)):
                _known(reading, rule.refers, where, code)
        for inner in _inner(one.type):
            for index, entry in enumerate(value if isinstance(value, list) else []):
                _references(reading, inner, entry, (*path, key, index))
            _references(reading, inner, value, (*path, key))


def _inner(annotation: Any) -> Iterator[type]:
    """Return the table type that a field holds, if it holds one."""
    for candidate in (annotation, *getattr(annotation, "__args__", ())):
        if hasattr(candidate, "__dataclass_fields__"):
            yield candidate


def _named(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str) and value:
        yield path, value
    elif isinstance(value, list):
        yield from (((*path, index), one) for index, one in enumerate(value) if isinstance(one, str))


def _known(reading: Reading, kind: str, path: Path, code: str) -> None:
    codes = reading.codes(kind)
    if code in codes:
        return
    close = get_close_matches(code, sorted(codes), n=1)
    hint = _(" Meinten Sie „{close}“?").format(close=close[0]) if close else ""
    add = _(" Sonst legen Sie unter [[{kind}]] {name} mit diesem Code an.").format(
        kind=kind, name=NAMES[kind]
    )
    reading.add(path, _("„{code}“ ist nicht bekannt.").format(code=code) + hint + add)


def _units(reading: Reading, blueprint: Blueprint) -> None:
    """A unit that others hand over to must be reachable, also while someone is away."""
    receivers = {route.receiver for route in blueprint.route if route.receiver}
    for unit in blueprint.unit:
        duties = {post.duty for post in unit.post}
        if "contact" not in duties:
            reading.add(
                unit.at, _('Ohne Ansprechstelle. Ergänzen Sie ein [[unit.post]] mit duty = "contact".')
            )
        if unit.code in receivers and "deputy" not in duties:
            reading.add(
                unit.at,
                _(
                    'Empfängt Übergaben, hat aber keine Vertretung. Ergänzen Sie ein [[unit.post]] mit duty = "deputy".'
                ),
            )
        if unit.ends_on and not unit.successor:
            reading.add(
                (*unit.at, "ends_on"), _("Eine Stelle, die endet, braucht mit successor eine Nachfolgerin.")
            )
        if unit.successor == unit.code:
            reading.add((*unit.at, "successor"), _("Eine Stelle kann nicht ihre eigene Nachfolgerin sein."))
        _succession(reading, unit, {one.code: one for one in blueprint.unit})
        _people(reading, unit)
        _costs(reading, unit)


def _succession(reading: Reading, unit: UnitPlan, units: Mapping[str, UnitPlan]) -> None:
    """The books of a unit go to its successor: never in a circle, and never over the wall to those who control."""
    next_one = units.get(unit.successor)
    if next_one is None or not unit.ends_on:
        return
    if (next_one.mandate == "controlling") != (unit.mandate == "controlling"):
        reading.add(
            (*unit.at, "successor"),
            _(
                "„{code}“ kann die Akten nicht übernehmen: zwischen helfenden und kontrollierenden Stellen "
                "geht nichts über. Nennen Sie eine andere Nachfolgerin."
            ).format(code=unit.successor),
        )
    seen = {unit.code}
    while next_one is not None and next_one.ends_on and next_one.code not in seen:
        seen.add(next_one.code)
        next_one = units.get(next_one.successor)
    if next_one is not None and next_one.code in seen and len(seen) > 1:
        reading.add(
            (*unit.at, "successor"),
            _("Die Nachfolge führt im Kreis. Am Ende muss eine Stelle stehen, die bleibt."),
        )


def _people(reading: Reading, unit: UnitPlan) -> None:
    """Posts are functions: a name in this file would be personal data without a purpose."""
    for post in unit.post:
        names_someone = _ADDRESSED.search(post.title) or (
            _TWO_WORDS.fullmatch(post.title) and not _FUNCTION.search(post.title)
        )
        if names_someone:
            reading.add(
                (*post.at, "title"),
                _("„{title}“ sieht nach einem Namen aus. Schreiben Sie die Funktion.").format(
                    title=post.title
                ),
            )
        if MAILBOX_OF_PERSON.match(post.email):
            reading.add(
                (*post.at, "email"),
                _("Das sieht nach dem Postfach eines Menschen aus. Nehmen Sie ein Funktionspostfach."),
            )


def _costs(reading: Reading, unit: UnitPlan) -> None:
    names = [one.name for one in unit.equipment]
    for one in unit.equipment:
        if names.count(one.name) > 1:
            reading.add(one.at, _("„{name}“ steht bei dieser Stelle zweimal.").format(name=one.name))
        if one.cost_from is not None and one.cost_to is not None and one.cost_from > one.cost_to:
            reading.add(
                (*one.at, "cost_to"), _("cost_to ist kleiner als cost_from. Vertauschen Sie die Werte.")
            )
        if one.cost_from is not None and one.rhythm == "none":
            reading.add(one.at, _('Kosten ohne Rhythmus. Ergänzen Sie rhythm = "once" oder "yearly".'))


def _steering(reading: Reading, blueprint: Blueprint) -> None:
    """Escalation ends at a unit that steers; an installation needs one that runs it and one that oversees."""
    steering = {unit.code for unit in blueprint.unit if unit.mandate == "steering"}
    if blueprint.town.coordination not in steering:
        reading.add(
            ("town", "coordination"), _('Die Koordination muss eine Stelle mit mandate = "steering" sein.')
        )
    for kind, name in (("IT", _("technischen Betrieb")), ("DSB", _("Datenschutz"))):
        if not any(unit.kind == kind for unit in blueprint.unit):
            reading.add(
                ("unit",),
                _('Es fehlt eine Stelle für {name} (kind = "{kind}").').format(name=name, kind=kind),
            )


def _routes(reading: Reading, blueprint: Blueprint) -> None:
    """A route leads to exactly one place, and every finding has one."""
    ended = {unit.code for unit in blueprint.unit if unit.ends_on}
    for route in blueprint.route:
        if bool(route.receiver) == bool(route.signpost):
            reading.add(
                route.at, _("Ein Weg braucht entweder to (Stelle, die antwortet) oder signpost (Dienste).")
            )
        if not route.senders:
            reading.add((*route.at, "from"), _("Nennen Sie mindestens eine Stelle, die übergibt."))
        if route.receiver in route.senders:
            reading.add((*route.at, "to"), _("Eine Stelle übergibt nicht an sich selbst."))
        if route.receiver and not route.categories:
            reading.add(route.at, _("Nennen Sie mit categories, welche Angaben höchstens mitgehen."))
        for code in {*route.senders, route.receiver} & ended:
            reading.add(
                route.at, _("Die Stelle „{code}“ endet. Nennen Sie ihre Nachfolgerin.").format(code=code)
            )
    leading = {route.finding for route in blueprint.route}
    for finding in blueprint.finding:
        if finding.code not in leading:
            reading.add(
                finding.at,
                _(
                    'Diese Feststellung führt nirgendwohin. Ergänzen Sie ein [[route]] mit finding = "{code}".'
                ).format(code=finding.code),
            )


def _periods(reading: Reading, blueprint: Blueprint) -> None:
    """Without a period for all, a referral could be left without a due date."""
    pairs = [(period.sender, period.receiver, period.finding) for period in blueprint.period]
    if ("", "", "") not in pairs:
        reading.add(("period",), _("Es fehlt die Frist für alle: ein [[period]] ohne from, to und finding."))
    for index, period in enumerate(blueprint.period):
        if pairs[index] in pairs[:index]:
            reading.add(
                period.at,
                _(
                    "Für dieses Paar und diese Feststellung gibt es schon eine Frist. Streichen Sie eine davon."
                ),
            )
        if period.receipt_days > period.answer_days:
            reading.add(
                (*period.at, "receipt_days"),
                _("Gelesen wird vor der Antwort: receipt_days darf nicht größer sein als answer_days."),
            )
    answering = {route.receiver for route in blueprint.route if route.receiver}
    handed_over = {
        (route.finding, receiver)
        for route in blueprint.route
        if route.receiver
        for receiver in (route.receiver, "")
    }
    for period in blueprint.period:
        if period.receiver and period.receiver not in answering:
            reading.add(
                period.at,
                _("An diese Stelle führt kein Weg; die Frist wird nicht gebraucht."),
                is_notice=True,
            )
        elif period.finding and (period.finding, period.receiver) not in handed_over:
            reading.add(
                (*period.at, "finding"),
                _("Mit dieser Feststellung führt kein Weg dorthin; die Frist wird nicht gebraucht."),
                is_notice=True,
            )


def _authorities(reading: Reading, blueprint: Blueprint) -> None:
    """A region's holidays belong to one Land."""
    regions = calendar_rules().regions
    for authority in blueprint.authority:
        land = regions.get(authority.region, authority.land)
        if land != authority.land:
            reading.add(
                (*authority.at, "region"),
                _("Diese Gemeinden liegen in {land}. Prüfen Sie land oder streichen Sie region.").format(
                    land=land
                ),
            )


def _consents(reading: Reading, blueprint: Blueprint) -> None:
    """The words of a consent must say who gets what and why, in German at least."""
    for consent in blueprint.consent_text:
        if "de" not in consent.texts:
            reading.add((*consent.at, "texts"), _("Der deutsche Text (de) fehlt."))
        for language, text in consent.texts.items():
            found = set(re.findall(r"{(\w*)}", text))
            for missing in sorted(_PLACEHOLDERS - found):
                reading.add(
                    (*consent.at, "texts", language), _("Im Text fehlt {{{name}}}.").format(name=missing)
                )
            for foreign in sorted(found - _PLACEHOLDERS):
                reading.add(
                    (*consent.at, "texts", language),
                    _(
                        "{{{name}}} kennt das Programm nicht. Möglich sind {{receiver}}, {{purpose}}, {{categories}}."
                    ).format(name=foreign),
                )


def _joint(reading: Reading, blueprint: Blueprint) -> None:
    for joint in blueprint.joint_processing:
        if len(joint.units) < 2:
            reading.add((*joint.at, "units"), _("Gemeinsam heißt: mindestens zwei Stellen."))


def _retention(reading: Reading, blueprint: Blueprint) -> None:
    classes = retention_classes()
    for entry in blueprint.retention:
        if entry.retention not in classes:
            known = ", ".join(classes)
            reading.add(
                (*entry.at, "class"),
                _(
                    "Die Löschklasse „{code}“ steht nicht in rules/retention.toml. Möglich sind: {known}."
                ).format(code=entry.retention, known=known),
            )


def _closing(reading: Reading, blueprint: Blueprint) -> None:
    for closing in blueprint.closing:
        if closing.ends_on < closing.starts_on:
            reading.add(
                (*closing.at, "to"), _("Der letzte Tag liegt vor dem ersten. Vertauschen Sie die Tage.")
            )


def _forms(reading: Reading, blueprint: Blueprint, folder: FilePath) -> None:
    """A form that is not there yet does not hinder: it may be installed with the next version of the program."""
    for form in blueprint.form:
        file = (folder / form.file).resolve()
        if not file.is_relative_to(folder.resolve()):
            reading.add((*form.at, "file"), _("Die Datei muss im Ordner der Blaupause liegen."))
        elif not file.exists():
            reading.add(
                (*form.at, "file"),
                _("Die Datei „{file}“ gibt es nicht.").format(file=form.file),
                is_notice=True,
            )


def _flows(reading: Reading, blueprint: Blueprint) -> None:
    def add(route: RoutePlan, message: str, is_notice: bool) -> None:
        reading.add(route.at, message, is_notice=is_notice)

    check_flows(blueprint, add)


_CHECKS: tuple[Callable[[Reading, Blueprint], None], ...] = (
    _authorities, _units, _steering, _routes, _periods, _consents, _joint, _retention, _closing,
    check_partners, _flows,
)  # fmt: skip
