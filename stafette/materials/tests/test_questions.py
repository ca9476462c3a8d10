"""What the counter could not answer: it reaches the editor, and nobody else's unit."""

import pytest
from django.db import connection

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed
from stafette.kernel.permissions import Permission as P
from stafette.kernel.scope import acting
from stafette.materials import commands, queries
from stafette.materials.panels import upkeep_panel
from stafette.materials.tests.factories import InfoSheetFactory, OpenQuestionFactory, WorkAidFactory

pytestmark = pytest.mark.django_db
ASK = {"topics": ["housing"], "language": "bg", "text": "Gibt es  eine\nMöbelbörse?"}


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def desk(actor_with, unit):
    return actor_with(P.UNIT_VIEW, P.CONTACT_COUNT, unit=unit)


@pytest.fixture
def editor(actor_with, unit):
    return actor_with(P.UNIT_VIEW, P.MATERIAL_EDIT, unit=unit)


def test_a_question_of_the_desk_stands_in_the_editors_list(desk, editor, unit):
    asked = commands.ask_question(actor=desk, unit_id=unit.pk, **ASK)
    with acting(editor):
        [found] = queries.questions(actor=editor)
        assert (found.pk, found.text) == (asked.pk, "Gibt es eine Möbelbörse?")
        assert queries.open_questions_by_topic(actor=editor) == [("housing", 1)]
        assert queries.oldest_open(actor=editor) == 0
        assert upkeep_panel(actor=editor, subject_id=unit.pk).context["questions"] == 1


def test_nobody_asks_for_another_unit_or_without_counting(desk, editor, unit):
    with pytest.raises(NotAllowed):
        commands.ask_question(actor=desk, unit_id=UnitFactory().pk, **ASK)
    with pytest.raises(NotAllowed):
        commands.ask_question(actor=editor, unit_id=unit.pk, **ASK)


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_a_question_is_one_sentence(desk, unit, text):
    with pytest.raises(BadInput):
        commands.ask_question(actor=desk, unit_id=unit.pk, topics=[], language="", text=text)


def test_it_is_answered_by_a_sheet_an_aid_a_service_or_words(desk, editor, unit):
    sheet, aid = InfoSheetFactory(), WorkAidFactory()
    for answer in (
        {"code": f"sheet:{sheet.code}"},
        {"code": f"aid:{aid.pk}"},
        {"code": "service:moebelboerse"},
        {"text": "Ja, am Hafen."},
    ):
        question = commands.ask_question(actor=desk, unit_id=unit.pk, **ASK)
        done = commands.answer_question(actor=editor, question_id=question.pk, **answer)
        assert done.state == "answered" and done.settled_by == editor.label


@pytest.mark.parametrize("code", ["sheet:fehlt", "aid:fehlt", "service:", "anders:x"])
def test_a_code_that_leads_nowhere_is_refused(desk, editor, unit, code):
    question = commands.ask_question(actor=desk, unit_id=unit.pk, **ASK)
    with pytest.raises(BadInput):
        commands.answer_question(actor=editor, question_id=question.pk, code=code)
    with pytest.raises(BadInput):
        commands.answer_question(actor=editor, question_id=question.pk)


def test_it_is_dropped_taken_up_again_and_not_settled_twice(desk, editor, unit):
    question = commands.ask_question(actor=desk, unit_id=unit.pk, **ASK)
    commands.drop_question(actor=editor, question_id=question.pk, text="Gehört zum Jobcenter.")
    with pytest.raises(MoveNotAllowed):
        commands.answer_question(actor=editor, question_id=question.pk, text="Doch.")
    again = commands.reopen_question(actor=editor, question_id=question.pk)
    assert (again.state, again.answer_text, again.settled_on) == ("open", "", None)


def test_the_desk_settles_nothing(desk, unit):
    question = commands.ask_question(actor=desk, unit_id=unit.pk, **ASK)
    for verb in (commands.answer_question, commands.drop_question, commands.reopen_question):
        with pytest.raises(NotAllowed):
            verb(actor=desk, question_id=question.pk)


def test_rows_of_another_unit_do_not_exist_for_the_database_either(actor_with, unit):
    OpenQuestionFactory(unit=unit)
    stranger = actor_with(P.CONTACT_COUNT, P.UNIT_VIEW, unit=UnitFactory())
    with acting(stranger):
        assert not queries.questions(actor=stranger).exists()
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from materials_openquestion")
            assert cursor.fetchone() == (0,)


def test_a_panel_only_for_those_who_edit(desk, unit):
    assert upkeep_panel(actor=desk, subject_id=unit.pk) is None


def test_the_watch_for_free_text_looks_at_the_answer(client, logged_in, unit):
    question = OpenQuestionFactory(unit=unit)
    logged_in(Role.EDITOR, unit)
    page = client.get(f"/blaetter/fragen/{question.pk}/").content.decode()
    assert 'data-watch="materials.AnswerForm:text"' in page
