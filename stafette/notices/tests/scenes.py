"""A town, and the steps with which several tests begin."""

from dataclasses import dataclass
from datetime import date

from stafette.accounts.models import Unit, UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.actor import Actor
from stafette.notices import commands
from stafette.notices.models import ChildNotice, OutboundNotice
from stafette.people.models import Household, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.referrals.tests.factories import Town, make_town, staff

EMERGENCY = "Anruf der Klinik: Ein Kind ist verletzt, die Eltern sind unbekannt, niemand geht ans Telefon."
TALK = {
    "talk": "held",
    "talked_on": date(2026, 1, 5),
    "talk_note": "Mit der Mutter gesprochen, sie weiß Bescheid.",
}
ADVICE = {
    "consulted": "confirmed", "consulted_on": date(2026, 1, 5), "adviser": "Kinderschutzzentrum Musterland",
    "advice": "Zeitnah das Jugendamt einbeziehen.",
}  # fmt: skip
HELP = {"help": "refused", "help_note": "Die Familie möchte keine Begleitung."}
SEND = {
    "reasons": "Die Hilfe wurde abgelehnt, die Gefahr besteht fort.", "family_told": "before",
    "receiver_name": "Jugendamt Musterland",
}  # fmt: skip
ANSWERS = {
    "duty": "yes", "eu": "no", "eu_decisive": "no", "social": "no", "entrusted": "no", "secret": "no",
    "school": "no", "voluntary": "no",
}  # fmt: skip


@dataclass
class Scene:
    """The town, its youth office, and a family that the housing control knows."""

    town: Town
    youth_office: Unit
    head: Actor
    second_head: Actor
    household: Household
    tenant: Person

    def opened(self, **facts) -> ChildNotice:
        values = {
            "household_id": self.town.household.pk,
            "person_id": self.town.child.pk,
            "signs": ["alone", "care"],
            "observed": "Ivo war am Abend allein in der Wohnung.",
        }
        return commands.open_child_notice(actor=self.town.clerk, **values | facts)

    def decided(self) -> ChildNotice:
        """All steps but the decision."""
        notice = self.opened()
        commands.note_talk(actor=self.town.clerk, notice_id=notice.pk, **TALK)
        commands.note_consultation(actor=self.town.clerk, notice_id=notice.pk, **ADVICE)
        return commands.note_help(actor=self.town.clerk, notice_id=notice.pk, **HELP)

    def drafted(self, **facts) -> OutboundNotice:
        values = {
            "unit_id": self.town.housing.pk,
            "person_id": self.tenant.pk,
            "norm": "87_2_1",
            "answers": ANSWERS,
            "facts": "Bei der Kontrolle am 2. Juni ohne Aufenthaltstitel angetroffen.",
            "address": "Landkreis Musterland, Ausländerbehörde, Markt 1",
        }
        return commands.draft_outbound(actor=self.town.controller, **values | facts)

    def waiting(self, **facts) -> OutboundNotice:
        return commands.submit_outbound(actor=self.town.controller, notice_id=self.drafted(**facts).pk)


def make_scene() -> Scene:
    town = make_town()
    office = UnitFactory(
        kind=UnitKind.YOUTH_OFFICE, authority=town.outreach.authority, name="Jugendamt Musterland"
    )
    household = HouseholdFactory(unit=town.housing)
    tenant = PersonFactory(unit=town.housing)
    HouseholdMemberFactory(household=household, person=tenant)
    return Scene(
        town, office, staff(town.housing, Role.HEAD), staff(town.housing, Role.HEAD), household, tenant
    )
