from datetime import date

from stafette.demo.town import quarter

UNTIL = date(2026, 11, 20)


def test_the_quarter_follows_the_published_figures():
    families = quarter(UNTIL)
    adults = [person for family in families for person in family.adults]
    assert len(families) == 240
    assert len(adults) == 277
    assert sum(len(family.children) for family in families) == 37
    assert 0.54 <= sum(person.sex == "m" for person in adults) / len(adults) <= 0.68
    assert 0.48 <= sum(family.language == "ro" for family in families) / 240 <= 0.62
    assert sum(family.address.district == "Neustadt" for family in families) / 240 > 0.55


def test_the_same_seed_gives_the_same_town_and_another_one_does_not():
    assert quarter(UNTIL, talks=20) == quarter(UNTIL, talks=20)
    assert quarter(UNTIL, talks=20) != quarter(UNTIL, talks=20, seed=1)


def test_talks_fall_on_working_days_after_moving_in():
    for family in quarter(UNTIL, talks=60):
        assert family.talk_on.weekday() < 5
        assert family.moved_in < family.talk_on


def test_women_of_bulgarian_and_polish_families_bear_the_female_form():
    people = [
        (family.language, person)
        for family in quarter(UNTIL)
        for person in family.adults
        if person.sex == "w"
    ]
    bulgarian = [person.family_name for language, person in people if language == "bg"]
    assert bulgarian
    assert all(name.endswith("a") for name in bulgarian)
