"""The register: anybody reports, the clock runs in real hours, the officer decides, nobody else sees it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.clock import now, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.oversight.commands import (
    assess_breach,
    close_breach,
    decide_telling,
    leave_breach,
    notify_authority,
    report_breach,
)
from stafette.oversight.models import Breach
from stafette.oversight.queries.breaches import clock_of
from stafette.oversight.tests.factories import BreachFactory, officer_for
from stafette.oversight.watching import watch_breaches
from stafette.referrals.tests.factories import staff

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 12, 4, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FACTS = {
    "units": [], "natures": ["seen"], "data_kinds": ["names"], "consequences": ["contacted"], "people_count": 12,
    "records_count": 12, "what": "Liste an falsche Adresse", "effects": "", "measures": "Mail zurückgerufen",
    "risk": "risk", "risk_reason": "Namen in fremden Händen",
}  # fmt: skip


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return officer_for(unit)


def events(kind):
    with as_owner():
        return list(Event.objects.filter(kind=kind))


def notes(kind):
    with as_owner():
        return list(Note.objects.filter(kind=kind))


def test_anybody_of_the_staff_reports_and_the_officer_knows_at_once(unit, officer):
    clerk = staff(unit)
    breach = report_breach(actor=clerk, unit_id=unit.pk, detected_at=now(), what="Zettel verloren")
    assert breach.due_at - breach.detected_at == timedelta(hours=72)
    (note,) = notes("breach_reported")
    assert (note.user_id, note.reference) == (officer.id, breach.number)
    assert "Zettel" not in note.path + note.reference
    (event,) = events("breach.reported")
    assert "Zettel" not in str(event.details)


def test_who_reports_does_not_see_the_register(unit, officer):
    clerk = staff(unit)
    breach = report_breach(actor=clerk, unit_id=unit.pk, detected_at=now(), what="Zettel verloren")
    with acting(clerk):
        assert not Breach.objects.exists()
    with acting(officer):
        assert Breach.objects.get() == breach


def test_nobody_reports_for_a_unit_in_which_one_has_nothing_to_do(unit):
    with pytest.raises(NotAllowed):
        report_breach(actor=staff(unit), unit_id=UnitFactory().pk, detected_at=now(), what="x")


@pytest.mark.parametrize("wrong", [{"what": "  "}, {"detected_at": now() + timedelta(days=1)}])
def test_a_report_without_words_or_from_the_future_is_refused(unit, wrong):
    facts = {"detected_at": now(), "what": "x"} | wrong
    with pytest.raises(BadInput):
        report_breach(actor=staff(unit), unit_id=unit.pk, **facts)


def test_the_whole_life_from_report_to_end(unit, officer):
    breach = report_breach(actor=staff(unit), unit_id=unit.pk, detected_at=now(), what="x")
    facts = FACTS | {"aware_at": breach.detected_at}
    assess_breach(actor=officer, breach_id=breach.pk, **facts)
    notify_authority(actor=officer, breach_id=breach.pk, at=now(), authority="LfD")
    with pytest.raises(BadInput, match="Entscheiden Sie zuerst"):
        close_breach(actor=officer, breach_id=breach.pk)
    decide_telling(actor=officer, breach_id=breach.pk, telling="not_needed")
    done = close_breach(actor=officer, breach_id=breach.pk)
    assert done.state == "closed"
    assert [len(events(f"breach.{kind}")) for kind in ("assessed", "notified", "told", "closed")] == [
        1,
        1,
        1,
        1,
    ]


def test_after_72_hours_the_delay_needs_reasons(unit, officer):
    breach = BreachFactory(unit=unit, state="assessed", risk="risk", detected_at=now() - timedelta(hours=80))
    with pytest.raises(BadInput, match="Begründen Sie die Verzögerung"):
        notify_authority(actor=officer, breach_id=breach.pk, at=now(), authority="LfD")
    told = notify_authority(
        actor=officer, breach_id=breach.pk, at=now(), authority="LfD", late_reason="Feiertage"
    )
    assert told.is_late(now())


def test_not_telling_the_authority_takes_no_risk_and_a_reason(unit, officer):
    risky = BreachFactory(unit=unit, state="assessed", risk="risk")
    with pytest.raises(BadInput, match="kein Risiko"):
        leave_breach(actor=officer, breach_id=risky.pk, reason="egal")
    harmless = BreachFactory(unit=unit, state="assessed", risk="none")
    with pytest.raises(BadInput, match="Begründen"):
        leave_breach(actor=officer, breach_id=harmless.pk, reason=" ")
    assert leave_breach(actor=officer, breach_id=harmless.pk, reason="verschlüsselt").state == "not_notified"


def test_high_risk_means_that_people_are_told(unit, officer):
    breach = BreachFactory(unit=unit, state="assessed", risk="high")
    with pytest.raises(BadInput, match="Art. 34"):
        decide_telling(actor=officer, breach_id=breach.pk, telling="not_needed")
    with pytest.raises(BadInput, match="wann"):
        decide_telling(actor=officer, breach_id=breach.pk, telling="told")


def test_what_is_not_assessed_is_not_notified(unit, officer):
    breach = BreachFactory(unit=unit)
    with pytest.raises(MoveNotAllowed):
        notify_authority(actor=officer, breach_id=breach.pk, at=now(), authority="LfD")


def test_the_officer_of_another_authority_can_do_nothing(unit):
    breach, stranger = BreachFactory(unit=unit), officer_for(UnitFactory())
    with pytest.raises(Breach.DoesNotExist):
        close_breach(actor=stranger, breach_id=breach.pk)


def test_a_head_sees_the_own_register_and_changes_nothing(unit):
    breach, head = BreachFactory(unit=unit), staff(unit, Role.HEAD)
    with acting(head), transaction.atomic():
        assert Breach.objects.filter(pk=breach.pk).update(risk="none") == 0
    with acting(head):
        assert Breach.objects.filter(pk=breach.pk).exists()


def told_after(hours, unit):
    breach = BreachFactory(unit=unit, detected_at=FRIDAY)
    with travel(FRIDAY + timedelta(hours=hours)):
        watch_breaches()
        watch_breaches()
    with as_owner():
        return {note.kind: note.user_id for note in Note.objects.filter(reference=breach.number)}


@pytest.mark.parametrize(
    ("hours", "kind"),
    [(1, None), (25, "breach_house"), (49, "breach_day"), (67, "breach_last"), (73, "breach_over")],
)
def test_the_clock_runs_through_the_weekend_and_is_told_once(unit, officer, hours, kind):
    assert set(told_after(hours, unit)) == ({kind} if kind else set())


def test_the_head_hears_of_it_at_the_end(unit, officer):
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    told_after(67, unit)
    assert {note.user_id for note in notes("breach_last")} == {officer.id, head.pk}


def test_the_clock_in_words(unit):
    breach = BreachFactory(unit=unit, detected_at=FRIDAY)
    assert clock_of(breach, FRIDAY + timedelta(hours=2)).text == "noch 70 Stunden"
    assert clock_of(breach, FRIDAY + timedelta(hours=70)).kind == "warning"
    assert clock_of(breach, FRIDAY + timedelta(hours=74)).text == "72 Stunden vorbei seit 2 Stunden"


def test_pages_of_report_and_register(logged_in, unit, officer):
    client = logged_in(Role.COUNTER, unit)
    data = {
        "unit_id": str(unit.pk), "detected_on": "21.11.2026", "detected_time": "9.30", "what": "Zettel verloren",
        "natures": ["lost"],
    }  # fmt: skip
    page = client.post(reverse("oversight:report"), data)
    with as_owner():
        breach = Breach.objects.get()
    assert breach.number in page.content.decode()
    assert client.get(reverse("oversight:breach", args=[breach.pk])).status_code == 403
    assert client.post(reverse("oversight:report"), data | {"detected_time": "viertel"}).status_code == 422
    from stafette.accounts.models import User

    client.force_login(
        User.objects.get(pk=officer.id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    shown = client.get(reverse("oversight:breach", args=[breach.pk]))
    assert "Landesbeauftragte für den Datenschutz Sachsen-Anhalt" in shown.content.decode()
    for name in ("notification", "assess", "find"):
        assert client.get(reverse(f"oversight:{name}", args=[breach.pk])).status_code == 200
    refused = client.post(reverse("oversight:notify", args=[breach.pk]), {"authority": "x"})
    assert refused.status_code == 422
