"""The search finds the right service, says why, and hides nothing but what is no more."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command

from stafette.directory.indexing import reindex
from stafette.directory.models import Accessibility, Schedule, SearchRow, SearchWord, ServiceText, Signal
from stafette.directory.search import Query, find, suggest
from stafette.directory.search.asking import Found
from stafette.directory.search.dictionary import LANGUAGES, MARKS, dictionary, topic_of
from stafette.directory.search.reasons import say
from stafette.directory.search.weights import weights
from stafette.directory.tasks import complete_index
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.clock import today

MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001


@pytest.fixture(autouse=True)
def _database(db):
    """Every test here asks the database."""


def service(code, name="", **values):
    values = {"topics": [], "languages": ["de"], "assured_at": today(), "organization__name": "Amt"} | values
    made = ServiceFactory(code=code, name=name or code, **values)
    reindex([made.pk])
    return made


def ask(words="", **values) -> Found:
    return find(Query(words, **values), moment=MONDAY)


def codes(words="", **values):
    return [hit.code for hit in ask(words, **values).hits]


def reasons(code, words="", **values):
    return next(hit.reasons for hit in ask(words, **values).hits if hit.code == code)


def test_what_was_typed_wrong_is_found_and_said():
    service("kasse", "Offene Sprechstunde", topics=["health_insurance"])
    service("caritas", "Sozialberatung der Caritas")
    found = ask("krankenkase")
    assert [hit.code for hit in found.hits] == ["kasse"]
    assert found.understood[0].label == "Krankenversicherung"
    assert found.corrected[0][0] == "krankenkase"
    assert codes("caritsa") == ["caritas"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Kitaplatz für meinen Sohn"),
        ("en", "place in a nursery"),
        ("bg", "място в детската градина"),
        ("ro", "loc la grădiniță"),
        ("ro", "loc la gradinita"),
        ("pl", "miejsce w przedszkolu"),
        ("uk", "дитячий садок"),
        ("ru", "записать ребёнка в садик"),
        ("tr", "kreş yeri"),
        ("ar", "أريد تسجيل طفلي في الروضة"),
    ],
)
def test_the_same_is_found_in_every_language(language, words):
    service("kita", "Kita-Platz finden", topics=["kindergarten"])
    service("arbeit", "Stellen finden", topics=["work"])
    assert codes(words, language=language)[0] == "kita"
    assert codes(words)[0] == "kita"  # also where nobody said in which language


@pytest.mark.parametrize(
    ("words", "need"),
    [
        ("Wo melde ich meine neue Wohnung an", "registration.address"),
        ("Krankenkassenbeitrag", "health_insurance.arrears"),
        ("Mein Chef zahlt den Lohn nicht", "work.rights"),
        ("Zwangsräumung", "housing.eviction"),
        ("Wohnungsgeberbestätigung", "registration.address"),
    ],
)
def test_german_words_are_understood_in_their_parts(words, need):
    assert need in [one.code for one in ask(words).understood]


def test_a_service_that_is_about_it_stands_before_one_that_does_everything():
    service("alles", "Beratung", topics=["residence", "debts", "work", "language", "housing"])
    service("schulden", "Schuldnerberatung", topics=["debts"])
    assert codes("Schulden") == ["schulden", "alles"]


def test_the_language_of_the_person_comes_first_and_nothing_is_left_out_for_it():
    service("a", "Schuldnerberatung A", topics=["debts"])
    service("b", "Schuldnerberatung B", topics=["debts"], languages=["de", "bg"])
    assert codes("дългове", language="bg") == ["b", "a"]
    assert "speaks:bg" in reasons("b", "дългове", language="bg")
    assert codes("дългове", language="bg", spoken=("bg",)) == ["b"]


def test_closed_full_and_doubtful_services_drop_and_say_why():
    topic = {"topics": ["debts"]}
    service("zu", "Schuldnerberatung", status="temporarily closed", **topic)
    service("voll", "Schuldnerberatung", room="full", **topic)
    service("liste", "Schuldnerberatung", room="waiting", **topic)
    service("alt", "Schuldnerberatung", assured_at=today() - timedelta(days=400), **topic)
    service("gut", "Schuldnerberatung", **topic)
    refused = service("nein", "Schuldnerberatung", **topic)
    for _time in range(2):
        Signal(service=refused, kind="at_capacity", noted_on=MONDAY.date()).save()
    assert codes("schulden") == ["gut", "alt", "liste", "nein", "voll", "zu"]
    said = {hit.code: [one.text for one in say(hit.reasons)] for hit in ask("schulden").hits}
    assert said["zu"] == ["vorübergehend geschlossen"]
    assert said["voll"] == ["nimmt zurzeit niemanden auf"]
    assert said["liste"] == ["Warteliste"]
    assert said["alt"] == ["lange nicht bestätigt"]
    assert said["nein"] == ["hat zuletzt wegen Kapazität abgelehnt"]
    assert said["gut"] == []


def test_only_what_rests_or_is_no_more_is_hidden():
    for status in ("inactive", "defunct", "active"):
        service(status, "Schuldnerberatung", status=status)
    assert codes("schuldnerberatung") == ["active"]
    assert codes() == ["active"]


def test_old_and_settled_signals_do_not_count():
    one = service("eins", "Schuldnerberatung")
    Signal(service=one, kind="link", noted_on=MONDAY.date() - timedelta(days=91)).save()
    Signal(service=one, kind="phone", noted_on=MONDAY.date(), settled_on=MONDAY.date()).save()
    assert not reasons("eins", "schuldnerberatung")
    Signal(service=one, kind="link", noted_on=MONDAY.date() - timedelta(days=89)).save()
    assert reasons("eins", "schuldnerberatung") == ("link",)


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({"topics": ("debts",)}, {"topics": ["debts"]}),
        ({"target_groups": ("women",)}, {"target_groups": ["women"]}),
        ({"status": 15}, {"statuses": [15, 14]}),
        ({"age": 16}, {"minimum_age": 12, "maximum_age": 27}),
        ({"free": True}, {"is_free": True}),
        ({"public_only": True}, {"is_public": True}),
    ],
)
def test_a_filter_leaves_out_what_does_not_fit(values, fits):
    other = {
        "topics": ["work"],
        "target_groups": ["men"],
        "statuses": [2],
        "minimum_age": 40,
        "maximum_age": 60,
        "is_free": False,
        "is_public": False,
    }
    service("ja", **fits)
    service(
        "nein", **{name: other[name] for name in fits} | {"maximum_age": 60} if "age" in values else other
    )
    assert codes(**values) == ["ja"]


def test_what_is_for_everybody_fits_every_group_and_status():
    service("alle", target_groups=["everybody"])
    service("frei")
    assert set(codes(target_groups=("women",), status=15)) == {"alle", "frei"}


def at(code, latitude, longitude, district="", access="", **values):
    made = service(code, **values)
    location = LocationFactory(latitude=latitude, longitude=longitude, district=district)
    ServiceAtLocationFactory(service=made, location=location)
    if access:
        Accessibility(location=location, kind=access).save()
    reindex([made.pk])
    return made


def test_what_is_near_comes_first_with_its_distance():
    at("fern", 51.40, 12.37)
    at("nah", 51.34, 12.37, district="Zentrum-Südost", access="step_free")
    hits = ask(near=(51.3405, 12.37)).hits
    assert [hit.code for hit in hits] == ["nah", "fern"]
    assert hits[0].distance == pytest.approx(56, abs=2)
    assert codes(district="zentrum-südost") == ["nah"]
    assert codes(accessible=True) == ["nah"]


def test_open_now_asks_the_hours_and_their_exceptions():
    for code, values in (
        ("offen", {"byday": "MO"}),
        ("spaeter", {"byday": "MO", "opens_at": time(12)}),
        ("termin", {"byday": "MO", "attending": "appointment"}),
        ("ferien", {"byday": "MO", "exceptions": [{"from": "2026-11-20", "to": "2026-11-30", "closed": True}]}),
        ("sonder", {"byday": "TU", "exceptions": [
            {"from": "2026-11-23", "to": "2026-11-23", "opens_at": "09:00", "closes_at": "11:00"}]}),
        ("abgelaufen", {"byday": "MO", "valid_to": date(2026, 1, 1)}),
    ):  # fmt: skip
        made = service(code)
        Schedule(**{"service": made, "opens_at": time(9), "closes_at": time(16)} | values).save()
        reindex([made.pk])
    assert sorted(codes(open_now=True)) == ["offen", "sonder"]
    assert sorted(hit.code for hit in ask().hits if "open_now" in hit.reasons) == ["offen", "sonder"]


def test_words_of_a_translation_are_found():
    made = service("x", "Beratung")
    text = ServiceText(service=made, language="bg", name="Кафене Родина", state="draft", made_for="x")
    text.save()
    reindex([made.pk])
    assert codes("родина") == [], "a draft tells nobody what it says"
    text.state, text.approved_on = "approved", today()
    text.save()
    reindex([made.pk])
    assert codes("родина") == ["x"]


def test_a_changed_and_a_deleted_entry_leave_no_trace():
    made = service("x", "Einzigwort")
    assert SearchWord.objects.get(word="einzigwort").services == 1
    made.name = "Anderswort"
    made.save()
    reindex([made.pk])
    reindex([made.pk])
    assert codes("einzigwort") == []
    assert codes("anderswort") == ["x"]
    assert SearchWord.objects.get(word="anderswort").services == 1
    assert SearchWord.objects.get(word="einzigwort").services == 0


def test_services_from_before_there_was_a_search_are_found_once_a_worker_runs():
    made, kept = service("x", "Schuldnerberatung"), service("y", "Kita")
    before = SearchRow.objects.get(service=kept).pk
    SearchRow.objects.filter(service=made).delete()
    assert codes("schuldnerberatung") == []
    complete_index()
    assert codes("schuldnerberatung") == ["x"]
    assert SearchRow.objects.get(service=kept).pk == before


def test_the_whole_index_can_be_made_anew(capsys):
    service("x", "Schuldnerberatung")
    SearchRow.objects.all().delete()
    assert codes("schuldnerberatung") == []
    SearchWord.objects.filter(word="schuldnerberatung").update(stem="anders", services=7)
    call_command("directory", "reindex")
    assert codes("schuldnerberatung") == ["x"]
    word = SearchWord.objects.get(word="schuldnerberatung")
    assert (word.stem, word.services) == ("schuldnerberat", 1)
    assert "1 Angeboten" in capsys.readouterr().out


def test_nothing_found_offers_topics():
    service("x", "Schuldnerberatung")
    found = ask("Schulplatz")
    assert not found.hits
    assert found.nearby[0].code == "school"
    assert ask("qqqqqq").hits == ()


@pytest.mark.parametrize(
    "words", ["'", "\\", "a & b | !c", "%", "(((", "'; drop table x", "\x00a", "١٢٣", "  "]
)
def test_odd_signs_do_no_harm(words):
    service("x", "Schuldnerberatung")
    ask(words)
    suggest(words)


def test_suggestions_begin_like_what_was_typed():
    service("kita-x", "Kita Sonnenschein")
    service("intern", "Kita intern", is_public=False)
    german = suggest("kinderg")
    assert [one.label for one in german][0] in ("Kindergeld", "Kindergarten")
    assert {"child_benefit.allowance", "kindergarten"} <= {one.code for one in german}
    assert "Детска градина" in [one.label for one in suggest("детск", language="bg")][:3]
    assert "kita-x" in [one.code for one in suggest("sonn")]
    assert "intern" in [one.code for one in suggest("kita int")]
    assert "intern" not in [one.code for one in suggest("kita int", public_only=True)]
    assert suggest("k") == []


def test_every_language_names_every_need():
    book = dictionary()
    needs = {need for need in book.names["de"] if topic_of(need) not in MARKS}
    for language in LANGUAGES:
        assert needs - {need for need, name in book.names[language].items() if name} == set(), language
        unknown = set(book.names[language]) - set(book.names["de"])
        assert not unknown, f"{language} names {unknown}, German does not"


def test_the_weights_are_all_there():
    assert weights().fits["need"] > weights().fits["language"] > 0
    assert weights().head.source.law
