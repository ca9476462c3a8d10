"""No officer reads the name of a class: every kind of record has a German word."""

from django.apps import apps
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.oversight.records import RECORDS, record_word

PARTS = {
    "accounts": "ClosingPeriod ConsentText Equipment FindingKind FormInUse JointProcessing Landmark Post ResponseRule "
    "RetentionChoice Route Topic",
    "arrivals": "ArrivalFile ArrivalRow",
    "directory": "Accessibility Contact CostOption Funding Phone RequiredDocument Schedule SearchGlance SearchRow "
    "SearchWord ServiceArea ServiceCapacity",
    "intake": "Answer InterviewParticipant",
    "materials": "FolderSheet",
    "notices": "ChildRecord OutboundContent",
    "partners": "PartnerContent",
    "people": "PersonChange PersonLanguage",
    "protection": "ConsentPerson DisclosurePerson",
    "referrals": "Correction DateChange Envelope Handling",
    "reports": "WatchCount",
    "retention": "Activity Fact Tombstone",
    "rights": "RequestContent",
    "steering": "Change Lasted OtherUnit Tally",
}  # parts, catalogues and counts: what happens to them is told of the record they belong to, or of a unit


def test_every_model_has_a_word_or_is_part_of_another():
    parts = {f"{room}.{name}" for room, names in PARTS.items() for name in names.split()}
    known = {model._meta.label for model in apps.get_models() if model.__module__.startswith("stafette.")}
    assert known - parts == {*RECORDS} and parts <= known


def test_an_unknown_kind_is_a_record_and_no_class():
    assert record_word("somewhere.SomeClass") == "Datensatz"


def test_the_log_names_the_kind_of_record_in_german(logged_in, db):
    unit = UnitFactory()
    question = OpenQuestion(pk=new_id())
    with as_owner():
        record(Actor(new_id(), "Redaktion 1", frozenset()), "open_question.asked", question, unit=unit.pk)
    page = logged_in(Role.DATA_PROTECTION, unit).get(reverse("oversight:events")).content.decode()
    assert f"offene Frage vom Schalter {str(question.pk)[-12:]}" in page and "OpenQuestion" not in page
