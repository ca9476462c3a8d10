"""A quarter in a synthetic town: who arrived, where they live, what they said.

The marginals follow the published first quarter of the Weißenfels clearing desk (domain.md 15: 240 talks, 277 adults,
61 % of them men, 37 children; 55 % Romania, 31 % Bulgaria, 9 % Poland; 54 % food industry, 15 % without work; more
than 60 % in one quarter). Streets and people are invented.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stafette.demo.names import family_name, person_name
from stafette.people.birthdates import BirthDate
from stafette.people.data import AddressData, PersonData

TALKS, COUPLES, CHILDREN = 240, 37, 37
SHARES = {"ro": 55, "bg": 31, "pl": 9, "hu": 5}
KEYS = {"ro": "154", "bg": "125", "pl": "152", "hu": "165"}
SECTORS = {"food": 54, "services": 12, "logistics": 10, "other": 9, "none": 15}
DISTRICTS = {
    "Neustadt": ("Weberstraße", "Ringweg", "Neue Straße", "Bahnhofsgasse", "Färberweg", "Tulpenstraße"),
    "Altstadt": ("Marktgasse", "Klosterhof", "Brückenstraße", "Saalblick"),
    "Südring": ("Ahornweg", "Lerchenstraße", "Am Hang"),
}


@dataclass(frozen=True)
class Family:
    """One household that arrived: `said` holds what a talk brought to light, by question code of the demo."""

    language: str
    adults: tuple[PersonData, ...]
    children: tuple[PersonData, ...]
    address: AddressData
    moved_in: date
    talk_on: date
    said: dict[str, object] = field(default_factory=dict)

    @property
    def members(self) -> tuple[PersonData, ...]:
        """Adults first."""
        return self.adults + self.children


def quarter(until: date, *, talks: int = TALKS, seed: int = 2022) -> list[Family]:
    """Draw the families of the thirteen weeks before a day, in the order of their talks; same seed, same town."""
    rng = Random(seed)
    scale = talks / TALKS
    with_partner = set(rng.sample(range(talks), round(COUPLES * scale)))
    children = [0] * talks
    parents = rng.sample(
        sorted(with_partner) + rng.sample(range(talks), talks // 20), max(1, round(22 * scale))
    )
    for _child in range(round(CHILDREN * scale)):
        children[rng.choice(parents)] += 1
    families = [_family(rng, until, index in with_partner, children[index]) for index in range(talks)]
    return sorted(families, key=lambda family: family.talk_on)


def _family(rng: Random, until: date, couple: bool, children: int) -> Family:
    language = rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
    name, level = (
        family_name(rng, language),
        rng.choices(("A0", "A1", "A2", "B1"), weights=(50, 30, 15, 5))[0],
    )
    first_sex = "m" if rng.random() < (0.5 if couple else 0.64) else "w"
    sexes = (first_sex, "w" if first_sex == "m" else "m") if couple else (first_sex,)
    adults = tuple(_adult(rng, language, sex, name, level, until) for sex in sexes)
    kids = tuple(_child(rng, language, name, until) for _ in range(children))
    talk = until - timedelta(days=rng.randint(0, 90))
    while talk.weekday() > 4:
        talk -= timedelta(days=1)
    district = rng.choices(list(DISTRICTS), weights=(63, 22, 15))[0]
    address = AddressData(
        street=rng.choice(DISTRICTS[district]),
        house_number=f"{rng.randint(1, 60)}{rng.choice(('', '', '', 'a', 'b'))}",
        postal_code="06667",
        town="Weißenfels",
        district=district,
        locked=rng.random() < 0.01,
    )
    moved_in = talk - timedelta(days=rng.randint(1, 12))
    return Family(language, adults, kids, address, moved_in, talk, _said(rng, len(adults), children, level))


def _adult(rng: Random, language: str, sex: str, family: str, level: str, until: date) -> PersonData:
    name = person_name(rng, language, sex, family)
    born = until - timedelta(days=rng.randint(19 * 365, 58 * 365))
    birth = BirthDate(born.year) if rng.random() < 0.02 else BirthDate(born.year, born.month, born.day)
    channel = rng.choice(("messenger", "phone", "phone", "email", ""))
    number = f"+49 1512 {rng.randint(100_0000, 999_9999)}"
    value = {"email": f"{rng.randint(1000, 9999)}@post.example", "": ""}.get(channel, number)
    return PersonData(
        given_names=name.given,
        family_name=name.family,
        patronymic=name.patronymic,
        original_script=name.original,
        birth=birth,
        sex=sex,
        nationalities=(KEYS[language],),
        languages=((language, "mother"), ("de", level)),
        contact_channel=channel,
        contact_value=value,
        contact_language=language,
        relation="adult",
    )


def _child(rng: Random, language: str, family: str, until: date) -> PersonData:
    sex = rng.choice("mw")
    name = person_name(rng, language, sex, family)
    born = until - timedelta(days=rng.randint(60, 17 * 365))
    return PersonData(
        given_names=name.given,
        family_name=name.family,
        patronymic=name.patronymic,
        original_script=name.original,
        birth=BirthDate(born.year, born.month, born.day),
        sex=sex,
        nationalities=(KEYS[language],),
        languages=((language, "mother"),),
        relation="child",
    )


def _said(rng: Random, adults: int, children: int, level: str) -> dict[str, object]:
    people = adults + children
    crowded = rng.random() < 0.2
    return {
        "sector": rng.choices(list(SECTORS), weights=list(SECTORS.values()))[0],
        "rooms": rng.randint(1, 3),
        "area": people * 7 if crowded else people * 9 + rng.randint(2, 30),
        "people": people,
        "certificate": rng.choices(("yes", "no", "unclear"), weights=(80, 8, 12))[0],
        "insured": rng.choices(("yes", "no", "unclear"), weights=(78, 7, 15))[0],
        "training": rng.random() < 0.2,
        "course": level in ("A0", "A1") and rng.random() < 0.4,
        "stay": rng.choices(("likely", "short", "unknown"), weights=(40, 25, 35))[0],
        "support": children > 0 and rng.random() < 0.5,
        "school_place": rng.random() < 0.3,
    }
