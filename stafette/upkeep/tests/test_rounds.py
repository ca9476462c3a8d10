"""Asking providers: one mail each, a reminder, then the telephone; and never anything twice."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from stafette.accounts.queries import watch_actor
from stafette.audit.models import Event
from stafette.directory.commands import confirm_service
from stafette.directory.models import Service
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.commands import note_bounce
from stafette.upkeep import commands, watching
from stafette.upkeep.access import link_actor
from stafette.upkeep.models import ConfirmationRound
from stafette.upkeep.queries.due import services_due
from stafette.upkeep.tests.scenes import asked, links, mails, provider, round_of
from stafette.upkeep.watching import plan_rounds, run_rounds

pytestmark = pytest.mark.django_db
State = ConfirmationRound.State


def later(days):
    return travel(now() + timedelta(days=days))


def confirm_all(organization):
    for one in Service.objects.filter(organization=organization):
        confirm_service(actor=link_actor(organization.pk), service_id=one.pk, by="Träger")


def test_all_entries_that_are_due_go_into_one_mail_to_the_published_address():
    organization, path = asked(services=3)

    (mail,) = mails()
    assert mail.address == "info@caritas.example" and mail.user_id is None
    assert all(f"- Beratung {number}" in mail.body for number in (1, 2, 3)) and path in mail.body
    assert round_of(organization).state == State.ASKED


def test_the_mail_holds_nothing_but_public_names_and_the_link():
    organization = provider()
    with as_owner():
        organization.contacts.create(name="Petra Persönlich", email="petra@caritas.example")
        organization.services.update(description="intern", alert="Frau Kummer ist krank")
    run_rounds()

    (mail,) = mails()
    for secret in ("Petra", "Kummer", "intern", "krank"):
        assert secret not in mail.body + mail.subject + mail.address
    assert not any(link.digest in mail.body for link in links())
    assert mail.body.count("http") == 1
    assert organization.keeper.name in mail.body  # who asks


def test_what_was_confirmed_lately_is_left_alone():
    provider(days=10)
    assert run_rounds() == {} and mails() == []


def test_what_is_due_soon_is_asked_along_so_that_nobody_gets_two_mails():
    organization = provider(services=1)
    with as_owner():
        from stafette.directory.tests.factories import ServiceFactory

        ServiceFactory(organization=organization, name="Bald", assured_at=today() - timedelta(days=70))
        ServiceFactory(organization=organization, name="Frisch", assured_at=today())
    run_rounds()
    assert "- Bald" in mails()[0].body and "Frisch" not in mails()[0].body


def test_a_run_may_be_repeated():
    provider()
    assert run_rounds() == {"asked": 1}
    assert run_rounds() == {} and run_rounds() == {}
    assert len(mails()) == 1


def test_a_run_that_dies_goes_on_where_it_ended(monkeypatch):
    for number in range(3):
        provider(f"Träger {number}", email=f"info{number}@traeger.example")
    ask, count = commands.ask_organization, 0

    def dying(**facts):
        nonlocal count
        count += 1
        if count == 3:
            raise SystemExit
        return ask(**facts)

    monkeypatch.setattr(watching, "ask_organization", dying)
    with pytest.raises(SystemExit):
        run_rounds()
    monkeypatch.undo()
    run_rounds()
    assert sorted(mail.address for mail in mails()) == [
        f"info{number}@traeger.example" for number in range(3)
    ]


def test_after_14_days_a_reminder_with_what_is_left_then_the_telephone():
    organization, _path = asked()
    first = Service.objects.filter(organization=organization).order_by("name").first()
    confirm_service(actor=link_actor(organization.pk), service_id=first.pk, by="Träger")
    with later(13):
        assert run_rounds() == {}
    with later(14):
        assert run_rounds() == {"reminded": 1} and run_rounds() == {}
    assert len(mails()) == 2
    assert "Erinnerung" in mails()[1].subject
    assert "Beratung 2" in mails()[1].body and "Beratung 1" not in mails()[1].body
    with later(28):
        assert run_rounds() == {"to call": 1} and run_rounds() == {}
    assert round_of(organization).state == State.CALL and len(mails()) == 2


def test_the_link_of_the_first_mail_holds_after_the_reminder():
    asked()
    with later(14):
        run_rounds()
    assert links().count() == 2 and not links().exclude(revoked_at=None).exists()


def test_the_last_confirmation_ends_the_round_at_once():
    organization, _path = asked()
    confirm_all(organization)
    assert round_of(organization).state == State.DONE
    with later(40):
        assert run_rounds() == {}
    with later(85):
        assert run_rounds() == {"asked": 1}


def test_without_an_address_somebody_calls():
    organization = provider(email="")
    assert run_rounds() == {"to call": 1} and mails() == []
    assert round_of(organization).mails == 0


def test_the_address_of_a_service_helps_out():
    organization = provider(email="")
    with as_owner():
        organization.services.filter(name="Beratung 2").update(email="beratung@caritas.example")
    run_rounds()
    assert [mail.address for mail in mails()] == ["beratung@caritas.example"]


@pytest.mark.parametrize("facts", [{"is_active": False}, {"services": 0}])
def test_nobody_is_asked_about_nothing(facts):
    provider(**facts)
    assert run_rounds() == {} and mails() == []


def test_services_that_rest_are_not_asked_about():
    organization = provider()
    with as_owner():
        organization.services.update(status="defunct")
    assert run_rounds() == {}


def test_a_bounced_mail_is_for_the_editors(actor_with):
    organization, _path = asked()
    watcher = watch_actor()
    with acting(watcher):
        message = mails()[0]
        with as_owner():
            message.state, message.sent_at = "sent", now()
            message.save()
        note_bounce(actor=watcher, message_id=message.pk, code="5.1.1")
    assert round_of(organization).state == State.BOUNCED
    with later(20):
        assert run_rounds() == {}
    editor = actor_with(Permission.DIRECTORY_EDIT, unit=organization.keeper)
    commands.ask_again(actor=editor, round_id=round_of(organization).pk)
    assert round_of(organization).state == State.ASKED and len(mails()) == 2


def test_only_editors_ask_again_and_only_with_an_address(actor_with):
    organization = provider(email="")
    run_rounds()
    round_id = round_of(organization).pk
    with pytest.raises(NotAllowed):
        commands.ask_again(
            actor=actor_with(Permission.UNIT_VIEW, unit=organization.keeper), round_id=round_id
        )
    with pytest.raises(BadInput):
        commands.ask_again(
            actor=actor_with(Permission.DIRECTORY_EDIT, unit=organization.keeper), round_id=round_id
        )


@pytest.mark.parametrize("step", [commands.ask_organization, commands.settle_rounds, commands.renew_link])
def test_nobody_but_the_program_begins_and_ends_rounds(step, actor_with):
    organization = provider()
    facts = {"day": today()} if step is commands.ask_organization else {}
    with pytest.raises(NotAllowed):
        step(
            actor=actor_with(Permission.DIRECTORY_EDIT, unit=organization.keeper),
            organization_id=organization.pk,
            **facts,
        )


def test_every_step_is_recorded_without_words():
    organization, _path = asked()
    with later(14):
        run_rounds()
    confirm_all(organization)
    with as_owner():
        kinds = list(
            Event.objects.filter(kind__startswith="entry_round").order_by("pk").values_list("kind", flat=True)
        )
        details = Event.objects.filter(kind="entry_round.asked").get().details
    assert sorted(kinds) == ["entry_round.asked", "entry_round.ended", "entry_round.reminded"]
    assert details == {"code": organization.code, "mails": 1}


def test_at_most_fifty_a_day(monkeypatch):
    monkeypatch.setattr(watching, "count_of", lambda name, on: 2)
    for number in range(3):
        provider(f"Träger {number}", email=f"info{number}@traeger.example")
    assert run_rounds() == {"asked": 2}
    assert run_rounds() == {"asked": 1}


def test_a_dry_run_tells_and_does_nothing(capsys):
    provider()
    assert plan_rounds() == {"asked": 1}
    assert mails() == [] and not ConfirmationRound.objects.exists()
    call_command("upkeep", "due", "--dry-run")
    assert capsys.readouterr().out.strip() == "asked: 1"
    call_command("upkeep", "due")
    assert len(mails()) == 1


def test_an_answered_service_waits_for_the_editors_and_is_not_asked_again():
    from stafette.directory.commands import propose_entry
    from stafette.upkeep.proposing import changed_entry
    from stafette.upkeep.queries import whole_entry

    organization, _path = asked(services=1)
    service = organization.services.get()
    data, note = changed_entry(whole_entry(service.pk), {"fees": "frei"})
    propose_entry(
        actor=link_actor(organization.pk),
        organization_id=organization.pk,
        service_id=service.pk,
        data=data,
        note=note,
    )
    assert not services_due(today()).exists()
    assert round_of(organization).state == State.DONE
