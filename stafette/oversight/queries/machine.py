"""How the machine stands, for those who look after it: states, counts and times, never what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from stafette.kernel.clock import now
from stafette.outbox.queries import figures
from stafette.web import health, jobs

RUN_AFTER = timedelta(
    days=3, hours=12
)  # deadlines are watched daily; longer than a weekend with a holiday is a fault
MAIL_AFTER = timedelta(hours=1)
FINE, CARE, FAULT = "success", "warning", "danger"


@dataclass(frozen=True)
class Light:
    """One thing that is watched: `kind` is the look, `state` the word beside it, so that colour is never all."""

    label: str
    kind: str
    state: str
    value: str
    advice: str = ""


@dataclass(frozen=True)
class Machine:
    """The status page: lights, and what stands in the queue."""

    lights: list[Light]
    queues: list[jobs.Queue]
    failures: list[jobs.Failure]

    @property
    def worst(self) -> str:
        """The look of the whole."""
        kinds = {light.kind for light in self.lights}
        return next(kind for kind in (FAULT, CARE, FINE) if kind in kinds)


def machine() -> Machine:
    """Look at everything once."""
    found = health.look()
    failures = jobs.failures()
    lights = [_database(), _workers(found), _waiting(found), _failed(failures), _deadlines(), *_mails()]
    return Machine(lights, jobs.queues(), failures)


def _light(label: str, kind: str, value: str, advice: str = "") -> Light:
    words = {FINE: _("in Ordnung"), CARE: _("beobachten"), FAULT: _("handeln")}
    return Light(label, kind, words[kind], value, "" if kind == FINE else advice)


def _database() -> Light:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))"
        )
        version, size = cursor.fetchone()
    value = _("PostgreSQL {version}, {size} Daten").format(version=version.split()[0], size=size)
    return _light(_("Datenbank"), FINE, value)


def _workers(found: health.Health) -> Light:
    advice = _("Es läuft kein Worker. Starten Sie ihn: stafette worker")
    if found.worker_seconds is None:
        return _light(_("Hintergrundarbeit"), FAULT, _("kein Lebenszeichen"), advice)
    kind = FAULT if found.status == "stopped" else FINE
    value = _("letztes Lebenszeichen {time}").format(time=_ago(timedelta(seconds=found.worker_seconds)))
    return _light(_("Hintergrundarbeit"), kind, value, advice)


def _waiting(found: health.Health) -> Light:
    if found.oldest_job_seconds is None:
        return _light(_("Ältester wartender Auftrag"), FINE, _("keiner wartet"))
    age = timedelta(seconds=found.oldest_job_seconds)
    kind = FAULT if age > 4 * health.LATE_AFTER else CARE if age > health.LATE_AFTER else FINE
    value = _("wartet {time}").format(time=_length(age))
    return _light(_("Ältester wartender Auftrag"), kind, value, _("Starten Sie mehr Worker."))


def _failed(failures: list[jobs.Failure]) -> Light:
    number = sum(failure.number for failure in failures)
    advice = _("Die Gründe stehen im Log des Workers. Nach 30 Tagen verschwinden die Einträge von selbst.")
    return _light(_("Gescheiterte Aufträge"), CARE if number else FINE, str(number), advice)


def _deadlines() -> Light:
    with connection.cursor() as cursor:
        cursor.execute("select oversight_last_run()")
        (at,) = cursor.fetchone()
    label = _("Letzter Fristenlauf")
    if at is None:
        return _light(label, CARE, _("noch keiner"), _("Er läuft an jedem Tag, sobald ein Worker läuft."))
    kind = FAULT if now() - at > RUN_AFTER else FINE
    return _light(label, kind, _ago(now() - at), _("Prüfen Sie, ob ein Worker läuft."))


def _mails() -> list[Light]:
    found = figures()
    oldest: datetime | None = min(
        (pile.oldest for pile in (found["queued"], found["sending"]) if pile.oldest), default=None
    )
    waiting = found["queued"].number + found["sending"].number
    is_late = oldest is not None and now() - oldest > MAIL_AFTER
    value = _("{number}, älteste {time}").format(number=waiting, time=_ago(now() - oldest)) if oldest else "0"
    failed, bounced = found["failed"].number, found["bounced"].number
    return [
        _light(_("Wartende Mails"), CARE if is_late else FINE, value, _("Prüfen Sie den Mailserver.")),
        _light(
            _("Nicht gesendete Mails (30 Tage)"), CARE if failed else FINE, str(failed),
            _("Der Mailserver nahm sie nicht an. Die Stellen können sie unter „Post“ noch einmal senden."),
        ),
        _light(
            _("Zurückgekommene Mails (30 Tage)"), CARE if bounced else FINE, str(bounced),
            _("Die Stellen wissen davon. Adressen von Konten ändern Sie unter „Konten“."),
        ),
    ]  # fmt: skip


def _ago(age: timedelta) -> str:
    return _("vor {time}").format(time=_length(age))


def _length(age: timedelta) -> str:
    seconds = max(int(age.total_seconds()), 0)
    for size, word in ((86_400, _("Tagen")), (3_600, _("Stunden")), (60, _("Minuten"))):
        if seconds >= 2 * size:
            return f"{seconds // size} {word}"
    return f"{seconds} " + _("Sekunden")
