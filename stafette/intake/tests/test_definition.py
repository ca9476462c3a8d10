"""The form file is read whole or refused with every fault."""

import copy
import tomllib
from pathlib import Path

import pytest

from stafette.intake.definition import About, DefinitionError, Kind, read_form, read_topic_list

FORMS = Path(__file__).parents[3] / "blueprints" / "forms"


@pytest.fixture(scope="module")
def form_content():
    return tomllib.loads((FORMS / "ankunftsgespraech.toml").read_text("utf-8"))["form"][0]


@pytest.fixture(scope="module")
def topic_content():
    return tomllib.loads((FORMS / "ankunftsgespraech.toml").read_text("utf-8"))["topic_list"][0]


def test_shipped_form_has_all_blocks_in_five_languages(form_content):
    form = read_form(form_content)

    assert [block.code for block in form.blocks] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert len(form.materials) >= 5  # block I: what is handed out
    for question in form.questions():
        assert set(question.wording) == {"de", "en", "bg", "ro", "pl"} and all(question.wording.values())
        assert len(set(question.wording.values())) == 5, f"{question.code}: a wording stands in two languages"
        assert question.purpose and question.scope and question.retention == "L2"


def test_shipped_form_asks_nothing_special(form_content):
    """No field for ethnicity, religion, health (Art. 9 GDPR); the coarse status has six values and is off."""
    form = read_form(form_content)

    text = str([question.code for question in form.questions()])
    assert not any(word in text for word in ("ethnic", "religion", "health", "disease", "roma"))
    status = form.by_code["residence_status"]
    assert len(status.options) == 6 and not status.by_default
    assert all(question.by_default for question in form.questions() if question is not status)


def test_lists_fill_languages_and_topics(form_content):
    form = read_form(form_content)

    assert form.by_code["mother_tongue"].options_from == "languages"
    assert form.by_code["advice_topics"].options_from == "topics"
    assert form.by_code["insured"].about is About.EVERYONE and form.by_code["insured"].kind is Kind.YES_NO


def test_every_fault_is_named_with_its_place(form_content):
    broken = copy.deepcopy(form_content)
    del broken["block"][0]["question"][0]["wording"]["bg"]
    broken["block"][1]["question"][0]["kind"] = "guess"
    broken["block"][2]["question"][1]["colour"] = "red"
    broken["block"][3]["question"][0]["code"] = "rooms"
    broken["block"][4]["question"][0]["scope"] = "ethnicity"

    with pytest.raises(DefinitionError) as caught:
        read_form(broken)

    places = [place for place, _ in caught.value.faults]
    assert "form.block[1].question[1].wording.bg" in places
    assert "form.block[2].question[1].kind" in places
    assert "form.block[3].question[2].colour" in places
    assert "form.block[5].question[1].scope" in places
    assert ("form.block.question", "„rooms“ steht hier zweimal.") in caught.value.faults


def test_choice_without_options_is_refused(form_content):
    broken = copy.deepcopy(form_content)
    del broken["block"][0]["question"][2]["options"]

    with pytest.raises(DefinitionError, match="braucht Antworten"):
        read_form(broken)


def test_topic_list_maps_only_to_topics_it_has(topic_content):
    assert len(read_topic_list(topic_content).topics) == 28

    with pytest.raises(DefinitionError, match="steht nicht in der Liste"):
        read_topic_list({**topic_content, "became": {"old": "nothing"}})
