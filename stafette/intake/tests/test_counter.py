"""The counter: what fits, what is given along and printed, what is counted of it, and who may do that."""

import io
import re

import pypdf
import pytest

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.directory.indexing import reindex
from stafette.directory.tests.factories import ServiceAtLocationFactory, ServiceFactory
from stafette.intake import commands, printing, queries
from stafette.intake.models import Handout, ShortContact
from stafette.intake.tests.factories import FormVersionFactory, InterviewFactory, TopicListFactory
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.materials.tests.factories import FolderFactory, InfoSheetFactory, SheetVersionFactory

PAGE = "/gespraeche/kurzkontakt/"
SENT = {"topics": ["language"], "result": "answered", "channel": "counter", "language": "bg"}


@pytest.fixture
def unit(db):
    return FormVersionFactory().unit


@pytest.fixture
def desk(logged_in, unit):
    return logged_in(Role.DESK, unit)


@pytest.fixture
def course(db):
    service = ServiceFactory(
        code="kurs", name="Haus der Deutschkurse", topics=["language"], assured_at=today()
    )
    ServiceAtLocationFactory(service=service)
    with as_owner():
        reindex([service.pk])
    return service


@pytest.fixture
def sheet(db):
    """A sheet on learning German in German and Bulgarian, and the arrival folder that holds it."""
    sheet = InfoSheetFactory(code="language_sheet", topics=["language"])
    SheetVersionFactory(sheet=sheet, title="Deutsch lernen", published=True)
    SheetVersionFactory(sheet=sheet, language="bg", title="Да учим немски", published=True)
    folder = FolderFactory(code="arrival_folder", titles={"de": "Ankunftsmappe", "bg": "Папка"})
    with as_owner():
        folder.places.create(sheet=sheet, position=1)
    return sheet


def only_contact():
    with as_owner():
        return ShortContact.objects.get()


def counted(actor, unit, **more):
    return commands.count_contact(
        actor=actor, unit_id=unit.pk, topics=["language"], result="answered", **more
    )


def test_what_is_given_along_is_counted_with_its_language(actor_with, unit, course, sheet):
    actor = actor_with(Permission.CONTACT_COUNT, unit=unit)

    contact = counted(
        actor, unit, services=["kurs", "gibt-es-nicht", "kurs"], sheets=["language_sheet", "arrival_folder", "x"],
        given_language="bg", target_group="families", origin="eu",
    )  # fmt: skip

    assert contact.services == ["kurs"] and contact.sheets == ["language_sheet", "arrival_folder"]
    assert (contact.given_language, contact.target_group, contact.origin) == ("bg", "families", "eu")
    with as_owner():
        details = Event.objects.get(kind="contact.counted").details
    assert details["services"] == ["kurs"] and details["sheets"] == ["language_sheet", "arrival_folder"]


def test_nothing_given_along_keeps_no_language(actor_with, unit):
    contact = counted(actor_with(Permission.CONTACT_COUNT, unit=unit), unit, given_language="bg")

    assert (contact.services, contact.sheets, contact.given_language) == ([], [], "")


@pytest.mark.parametrize("wrong", [{"target_group": "neighbours"}, {"origin": "125"}, {"result": "unclear"}])
def test_codes_that_are_not_in_the_lists_are_refused(actor_with, unit, wrong):
    actor = actor_with(Permission.CONTACT_COUNT, unit=unit)

    with pytest.raises(BadInput):
        commands.count_contact(
            actor=actor, unit_id=unit.pk, **{"topics": ["language"], "result": "answered"} | wrong
        )


@pytest.mark.parametrize("result", ["appointment", "interpreter", "referred", "signposted"])
def test_every_way_out_of_the_counter_can_be_counted(actor_with, unit, result):
    actor = actor_with(Permission.CONTACT_COUNT, unit=unit)

    contact = commands.count_contact(actor=actor, unit_id=unit.pk, topics=["work"], result=result)

    assert contact.result == result


def test_question_without_answer_goes_to_the_editors_and_counts_as_unsolved(actor_with, unit):
    contact = counted(
        actor_with(Permission.CONTACT_COUNT, unit=unit), unit, language="bg", question=" Wo gibt es Schwimmkurse? "
    )  # fmt: skip

    with as_owner():
        question = OpenQuestion.objects.get()
    assert contact.result == "unsolved"
    assert (question.text, question.language, question.topics) == (
        "Wo gibt es Schwimmkurse?",
        "bg",
        ["language"],
    )


def test_who_may_not_count_counts_nothing(actor_with, unit):
    with pytest.raises(NotAllowed):
        counted(actor_with(Permission.UNIT_VIEW, unit=unit), unit, question="Wo gibt es Schwimmkurse?")

    with as_owner():
        assert not ShortContact.objects.exists() and not OpenQuestion.objects.exists()


def test_answer_shows_services_sheets_and_keeps_what_is_ticked(desk, course, sheet):
    ServiceFactory(code="anderer", name="Anderer Dienst", topics=["work"])
    sent = {**SENT, "step": "show", "services": ["anderer"], "paper": ""}

    answer = desk.post(PAGE, sent, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in html and html.count('id="antwort"') == 1
    assert "Haus der Deutschkurse" in html and "Да учим немски" in html and "Папка" in html
    assert re.search(r'value="anderer" id="angebot-anderer" checked', html)
    assert not re.search(r'value="kurs"[^>]* checked', html)
    with as_owner():
        assert not ShortContact.objects.exists()


def test_without_script_the_whole_page_shows_what_fits(desk, course):
    page = desk.post(PAGE, {**SENT, "step": "show"})

    html = page.content.decode()
    assert page.status_code == 200 and "<html" in html and "Haus der Deutschkurse" in html
    assert "mindestens ein Thema" not in html
    assert re.search(r'name="topics" value="language"[^>]* checked', html)


def test_way_to_the_answers_stands_before_the_topics_with_and_without_script(desk, course, sheet):
    way = r'<p id="treffer"[^>]*>%s'
    page = desk.get(PAGE).content.decode()
    assert re.search(way % "</p>", page), "nothing is asked yet"

    shown = desk.post(PAGE, {**SENT, "step": "show"}).content.decode()
    assert re.search(way % '<a [^>]*href="#antwort">.*2 Antworten ansehen', shown)
    assert shown.index('id="treffer"') < shown.index('name="topics"') and shown.count('id="treffer"') == 1

    swapped = desk.post(PAGE, {**SENT, "step": "show"}, headers={"HX-Request": "true"}).content.decode()
    assert re.search(
        r'<p id="treffer"[^>]* hx-swap-oob="true"><a [^>]*href="#antwort">.*2 Antworten', swapped
    )
    assert "hx-swap-oob" not in shown and re.search(r'id="antwort"[^>]*tabindex="-1"', shown)


@pytest.mark.parametrize(
    ("language", "paper", "said"), [("", "", True), ("fa", "", True), ("bg", "", False), ("", "bg", False)]
)
def test_sheets_in_english_say_why(desk, sheet, language, paper, said):
    page = desk.post(PAGE, {**SENT, "language": language, "paper": paper, "step": "show"}).content.decode()

    assert ("Auf Englisch, weil die Sprache der Person nicht bekannt ist" in page) is said
    assert "wie die Sprache der Person" in page


def test_search_words_are_neither_kept_nor_in_an_address(desk, course):
    page = desk.post(PAGE, {"step": "show", "words": "Deutschkurs"}, headers={"HX-Request": "true"})

    assert "Haus der Deutschkurse" in page.content.decode()
    with as_owner():
        assert not Event.objects.filter(details__icontains="Deutschkurs").exists()


def test_counting_and_printing_leads_to_the_paper(desk, course, sheet):
    sent = {**SENT, "step": "print", "services": ["kurs"], "sheets": ["language_sheet"]}

    answer = desk.post(PAGE, sent)

    assert answer.status_code == 302
    assert answer.url == f"{PAGE}druck/?sprache=bg&angebot=kurs&blatt=language_sheet"
    paper = desk.get(answer.url)
    assert paper["Content-Type"] == "application/pdf" and paper["Content-Disposition"].startswith("inline")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages)
    assert "Haus der Deutschkurse (на немски)" in text and "Да учим немски" in text
    assert only_contact().given_language == "bg"


def test_language_without_paper_gets_english_and_another_can_be_chosen(desk, sheet):
    for paper, expected in (("", "en"), ("ls", "ls")):
        sent = {**SENT, "language": "fa", "paper": paper, "step": "print", "sheets": ["language_sheet"]}
        assert f"sprache={expected}&" in desk.post(PAGE, sent).url


def test_nothing_ticked_is_counted_without_paper(desk):
    answer = desk.post(PAGE, {**SENT, "step": "print"}, follow=True)

    assert (
        "Zum Drucken war nichts angekreuzt." in answer.content.decode()
        and only_contact().result == "answered"
    )


def test_paper_of_nothing_is_not_found(desk):
    assert desk.get(f"{PAGE}druck/?sprache=bg&angebot=gibt-es-nicht").status_code == 404
    assert desk.get(f"{PAGE}handy/?sprache=bg&blatt=gibt_es_nicht").status_code == 404


def test_code_leads_to_the_public_page_with_codes_only(desk, course, sheet):
    page = desk.get(f"{PAGE}handy/?sprache=ar&angebot=kurs&blatt=arrival_folder")

    html = page.content.decode()
    assert "/wegweiser/ar/zettel/?angebot=kurs&amp;blatt=language_sheet" in html and "<svg" in html
    assert " style=" not in html


def test_folder_is_printed_whole(unit, sheet):
    sheets = printing.slip_sheets([], ["arrival_folder"], "bg", queries.sender_of(unit.pk))

    assert [one.title for one in sheets] == ["Папка", "Да учим немски"]


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.HEAD, Role.EDITOR, Role.COORDINATION, Role.PARTNER])
def test_who_does_not_work_at_the_counter_gets_no_page_of_it(logged_in, unit, sheet, role):
    browser = logged_in(role, unit)

    for address in (PAGE, f"{PAGE}druck/?blatt=language_sheet", f"{PAGE}handy/?blatt=language_sheet"):
        assert browser.get(address).status_code == 403, address


def test_desk_sees_no_way_to_files_and_the_clerk_may_carry_on(logged_in, unit, sheet):
    pages = {}
    for role in (Role.DESK, Role.CLERK):
        browser = logged_in(role, unit)
        pages[role] = browser.post(PAGE, {**SENT, "sheets": ["language_sheet"]}, follow=True).content.decode()

    assert "Letzten zurücknehmen" in pages[Role.DESK] and "Letztes drucken" in pages[Role.DESK]
    assert "Daraus wird ein Gespräch" in pages[Role.CLERK]
    for kept_from in (
        "Daraus wird ein Gespräch",
        "/personen/",
        "/uebergaben/",
        "/zuzuege/",
        "/gespraeche/neu/",
    ):
        assert kept_from not in pages[Role.DESK], kept_from


def test_talk_offers_published_sheets_and_records_them(logged_in, unit, sheet):
    interview = InterviewFactory(unit=unit)
    clerk = logged_in(Role.CLERK, unit)
    html = clerk.get(f"/gespraeche/{interview.pk}/").content.decode()
    assert "Папка" in html and "Да учим немски" in html and html.count('value="arrival_folder"') == 1

    sent = {
        "frame_language": "bg", "frame_interpreting": "device", "frame_document_check": "not_done",
        "handouts": ["arrival_folder", "language_sheet"], "handout_language": "bg", "step": "print",
    }  # fmt: skip
    answer = clerk.post(f"/gespraeche/{interview.pk}/", sent)

    assert answer.url == f"{PAGE}druck/?sprache=bg&blatt=arrival_folder&blatt=language_sheet"
    assert str(interview.pk) not in answer.url
    with as_owner():
        given = list(Handout.objects.order_by("material").values_list("material", "language", "handed_on"))
    assert given == [("arrival_folder", "bg", today()), ("language_sheet", "bg", today())]


def test_sheet_that_was_withdrawn_stays_recorded_in_the_talk(actor_with, unit, sheet):
    interview = InterviewFactory(unit=unit)
    actor = actor_with(Permission.INTERVIEW_VIEW, Permission.INTERVIEW_EDIT, unit=unit)
    commands.hand_out(actor=actor, interview_id=interview.pk, materials={"language_sheet": "ls"})
    with as_owner():
        sheet.versions.update(state="withdrawn", ended_on=today())

    assert commands.hand_out(actor=actor, interview_id=interview.pk, materials={"language_sheet": "ls"}) == 0
    with pytest.raises(BadInput):
        commands.hand_out(actor=actor, interview_id=interview.pk, materials={"unknown_sheet": "bg"})


def test_counter_of_a_unit_without_a_form_of_its_own_works(logged_in):
    TopicListFactory()

    assert logged_in(Role.DESK, UnitFactory()).get(PAGE).status_code == 200
