"""Read opening hours as people write them in German."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from stafette.directory.data import ScheduleData
from stafette.directory.hours.days import CODES, code_of

_DAY = (
    r"\b(?:Mo(?:ntags?)?|Di(?:enstags?)?|Mi(?:ttwochs?)?|Do(?:nnerstags?)?|Fr(?:eitags?)?"
    r"|Sa(?:mstags?)?|Sonnabends?|So(?:nntags?)?)\b"
)
_JOINT = r"(?:–|-|—|bis|,|und|u\.|&|/)"
_DAYS = rf"(?:täglich|werktags|{_DAY}\.?(?:\s*{_JOINT}\s*{_DAY}\.?)*)"
_COUNT = r"(?:\d\.|erste[nr]?|zweite[nr]?|dritte[nr]?|vierte[nr]?|letzte[nr]?)"
_MONTHLY = (
    rf"(?:jeden?\s+|am\s+)?(?P<counts>{_COUNT}(?:\s*(?:,|und)\s*{_COUNT})*)"
    rf"\s+(?P<day>{_DAY})\.?\s*(?:im Monat|des Monats)"
)
_TIME = r"\d{1,2}(?:[:.]\d{2})?"
_SPAN = rf"(?:von\s+)?({_TIME})\s*(?:Uhr\s*)?(?:–|-|—|bis)\s*({_TIME})(?![\d.]*\.\d)"
_SPANS = rf"(?P<spans>(?:{_SPAN.replace('(' + _TIME, '(?:' + _TIME)}(?:\s*Uhr)?(?:\s*(?:,|und|u\.)\s*(?=\d|von))?)+)"
_HOW = (
    r"(?P<how>(?:\s*\(?\s*(?:nur )?(?:mit Termin(?:vereinbarung)?|nach (?:telefonischer )?(?:Vereinbarung|Anmeldung)"
    r"|ohne (?:Termin|Anmeldung)|telefonisch|am Telefon|online|im Netz)\s*\)?)?)"
)
_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}"
_WHEN = rf"(?P<when>(?:\s*\(\s*(?:ab {_DATE})?\s*(?:bis {_DATE})?\s*\))?)"
_RHYTHM = r"(?P<rhythm>(?:alle\s+(?:2|zwei|3|drei|4|vier)\s+Wochen\s+)?)"
_PART = re.compile(rf"{_RHYTHM}(?:{_MONTHLY}|(?P<days>{_DAYS}))\s*:?\s*{_SPANS}{_HOW}{_WHEN}", re.IGNORECASE)
_ON_CALL = re.compile(
    rf"(?P<days>{_DAYS})\s*:?\s*"
    r"(?P<words>(?:nur )?(?:nach|mit) [^,;\n]*(?:Vereinbarung|Termin|Anmeldung|Absprache)\w*)",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"(?:{_DAYS})\s*:?\s*geschlossen", re.IGNORECASE)
_APPOINTMENT = re.compile(r"termin|vereinbarung|anmeldung|absprache", re.IGNORECASE)
_WALK_IN = re.compile(r"ohne (termin|anmeldung)", re.IGNORECASE)
_ALWAYS = re.compile(r"^(?:rund um die Uhr|24 Stunden(?: täglich)?|24/7)$", re.IGNORECASE)
_ORDINALS = {"erst": "1", "zweit": "2", "dritt": "3", "viert": "4", "letzt": "-1"}
_NUMBERS = {"zwei": 2, "drei": 3, "vier": 4}


def parse_hours(text: str) -> tuple[ScheduleData, ...]:
    """Read German opening hours; what cannot be read becomes one schedule with the text as its description.

    „Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung“ gives three rules. „nach Vereinbarung“ and „mit Termin“ right after
    times hold for these, after a comma for all of them.
    """
    text = " ".join(text.replace("\n", ", ").split()).replace(" ,", ",")
    if not text:
        return ()
    if _ALWAYS.match(text):
        return (ScheduleData(byday=",".join(CODES), opens_at=time(0), closes_at=time(23, 59)),)
    rest = _rest(text)
    usual = "appointment" if _APPOINTMENT.search(rest) and not _WALK_IN.search(rest) else "walk_in"
    timed = [one for part in _PART.finditer(text) for one in _rules(part, usual)]
    on_call = [_on_call(part) for part in _ON_CALL.finditer(_PART.sub(" ", text))]
    if not timed and not on_call:
        return (ScheduleData(description=text[:300], attending=usual),)
    note = "" if rest.lower() in ("mit termin", "nur mit termin") else rest[:300]
    return (*(replace(one, description=note) for one in timed), *on_call)


def unread(text: str) -> str:
    """What of a text is kept as a note because it is neither days nor times; empty where all was understood."""
    text = " ".join(text.replace("\n", ", ").split())
    if _ALWAYS.match(text):
        return ""
    rest = _rest(text)
    return "" if _APPOINTMENT.fullmatch(rest.lower().removeprefix("nur ").removeprefix("mit ")) else rest


def _rest(text: str) -> str:
    for pattern in (_PART, _ON_CALL, _CLOSED):
        text = pattern.sub(" ", text)
    return re.sub(r"\s*[,;]\s*(?=[,;]|$)|^\s*[,;]\s*", "", " ".join(text.split())).strip(" ,;.")


def _rules(part: re.Match[str], usual: str) -> Iterator[ScheduleData]:
    how, when = part["how"] or "", part["when"] or ""
    begins, ends = (re.search(rf"{word} ({_DATE})", when) for word in ("ab", "bis"))
    rule = ScheduleData(
        freq="MONTHLY" if part["counts"] else "WEEKLY",
        interval=_interval(part["rhythm"]),
        byday=_monthly(part["counts"], part["day"]) if part["counts"] else ",".join(_days(part["days"])),
        valid_from=_date(begins[1]) if begins else None,
        valid_to=_date(ends[1]) if ends else None,
        attending=_attending(how, usual),
    )
    for opens, closes in _spans(part["spans"]):
        yield replace(rule, opens_at=opens, closes_at=closes)


def _on_call(part: re.Match[str]) -> ScheduleData:
    days = ",".join(_days(part["days"]))
    return ScheduleData(byday=days, attending="appointment", description=part["words"].strip()[:300])


def _attending(how: str, usual: str) -> str:
    if re.search(r"telefon", how, re.IGNORECASE) and "vereinbarung" not in how.lower():
        return "phone"
    if re.search(r"online|im netz", how, re.IGNORECASE):
        return "online"
    if _WALK_IN.search(how):
        return "walk_in"
    return "appointment" if _APPOINTMENT.search(how) else usual


def _interval(text: str) -> int:
    words = text.lower().split()
    return _NUMBERS.get(words[1], 0) or int(words[1]) if words else 1


def _monthly(counts: str, day: str) -> str:
    found = re.findall(_COUNT, counts, re.IGNORECASE)
    numbers = [
        one[0]
        if one[0].isdigit()
        else next(n for stem, n in _ORDINALS.items() if one.lower().startswith(stem))
        for one in found
    ]
    return ",".join(f"{number}{code_of(day)}" for number in numbers)


def _days(text: str) -> list[str]:
    if text.lower() in ("täglich", "werktags"):
        return list(CODES if text.lower() == "täglich" else CODES[:5])
    days: list[str] = []
    running = False
    for day, dash in re.findall(rf"({_DAY})|(–|-|—|\bbis\b)", text, re.IGNORECASE):
        if dash:
            running = True
            continue
        code = code_of(day)
        days += CODES[CODES.index(days[-1]) + 1 : CODES.index(code) + 1] if running and days else [code]
        running = False
    return list(dict.fromkeys(days))


def _spans(text: str) -> Iterator[tuple[time, time]]:
    for opens, closes in re.findall(_SPAN, text, re.IGNORECASE):
        first, last = read_time(opens), read_time(closes)
        if first is not None and last is not None and first < last:
            yield first, last


def read_time(text: str) -> time | None:
    """9, 9.30, 9:30, 24 (the last minute of the day); None where it is no time."""
    hour, _dot, minute = text.replace(".", ":").partition(":")
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    return time(23, 59) if int(hour) == 24 else time(int(hour), int(minute or 0))


def _date(text: str) -> date | None:
    day, month, year = map(int, text.split("."))
    try:
        return date(year, month, day)
    except ValueError:
        return None
