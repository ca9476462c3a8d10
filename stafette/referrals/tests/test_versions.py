"""Two people at the same referral: whoever comes second with an older page changes nothing, whatever the step."""

from datetime import timedelta

import pytest
from django import forms
from django.urls import reverse

from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import (
    close_referral,
    decline_referral,
    note_first_contact,
    suspend_referral,
)
from stafette.referrals.models import Referral
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import accepted, again, checked, consented, done, drafted, sent, tried
from stafette.referrals.views.cards import STEPS


def agreed(town):
    referral = drafted(town)
    consented(town, town.outreach)
    return referral


def attempted(town):
    referral = accepted(town)
    tried(town, referral)
    return referral


def reached(town):
    return note_first_contact(actor=town.worker, referral_id=accepted(town).pk)


def suspended(town):
    until = today() + timedelta(days=10)
    return suspend_referral(
        actor=town.worker, referral_id=accepted(town).pk, until=until, reason="family_away"
    )


def closed(town):
    return close_referral(actor=town.worker, referral_id=accepted(town).pk, outcome="helped")


def declined(town):
    return decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="no_capacity")


SCENES = {
    "check": agreed,
    "send": checked,
    "revise": checked,
    "withdraw": sent,
    "settle": declined,
    "receive": sent,
    "accept": sent,
    "decline": sent,
    "reach": accepted,
    "attempt": accepted,
    "miss": attempted,
    "close": accepted,
    "answer": closed,
    "forward": accepted,
    "return": accepted,
    "reopen": done,
    "correct_outcome": done,
    "correct_reason": declined,
    "correct_contact": reached,
    "take_over": sent,
    "resume": suspended,
    "suspend": accepted,
    "extend": accepted,
    "pause": accepted,
    "offer_lead": accepted,
}
BY_SENDER = {"check", "send", "revise", "withdraw", "settle", "offer_lead"}


def filled(name, version):
    """What somebody would send who fills this step's form in without looking."""
    values = {"version": version}
    for field, kind in STEPS[name].form().fields.items():
        if isinstance(kind, forms.MultipleChoiceField):
            values[field] = [code for code, _label in kind.choices][:1]
        elif isinstance(kind, forms.ChoiceField):
            values[field] = [code for code, _label in kind.choices if code][0]
        elif isinstance(kind, forms.DateField):
            values[field] = f"{today() + timedelta(days=1):%d.%m.%Y}"
    return values


def state_of(referral):
    with as_owner():
        return Referral.objects.filter(pk=referral.pk).values().get(), Event.objects.count()


@pytest.mark.parametrize("name", STEPS)
def test_a_step_from_an_older_page_is_409_and_changes_nothing(town, browse, name):
    assert name in SCENES, "a new step: say in SCENES in which state it is offered"
    referral = SCENES[name](town)
    actor = town.clerk if name in BY_SENDER else town.worker
    if name == "take_over":
        actor = staff(town.outreach)
    browser, before = browse(actor), state_of(referral)
    page = browser.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert f"/{STEPS[name].path}/" in page, "the scene does not offer this step"
    version = again(referral, actor).version
    answer = browser.post(reverse(f"referrals:{name}", args=[referral.pk]), filled(name, version - 1))
    assert answer.status_code == 409, answer.content.decode()[:500]
    assert "Inzwischen hat jemand anderes" in answer.content.decode()
    assert state_of(referral) == before


@pytest.mark.parametrize("name", ["accept", "attempt", "extend", "pause", "correct_outcome"])
def test_a_step_makes_every_other_open_page_old(town, browse, name):
    referral = SCENES[name](town)
    version = again(referral, town.worker).version
    values = filled(name, version)
    if name == "correct_outcome":
        values["value"] = "ongoing"
    if name == "extend":
        values["until"] = f"{again(referral, town.worker).next_on + timedelta(days=5):%d.%m.%Y}"
    browser = browse(town.worker)
    answer = browser.post(reverse(f"referrals:{name}", args=[referral.pk]), values)
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert again(referral, town.worker).version > version
    assert browser.post(reverse(f"referrals:{name}", args=[referral.pk]), values).status_code == 409
