"""Given and family names that are common in each country, put together by chance: nobody real is meant."""

from dataclasses import dataclass
from random import Random

from stafette.people.names.transliterate import transliterate


@dataclass(frozen=True)
class Name:
    """A name as it stands in the passport, and in the person's own script where that is another."""

    given: str
    family: str
    original: str = ""
    patronymic: str = ""


_GIVEN = {
    "ro": (
        "Maria Elena Ioana Andreea Mihaela Ștefania Doina Florica Viorica Roxana Bianca Nicoleta Raluca Mădălina",
        "Andrei Ion Ștefan Mihai Vasile Constantin Ionuț Florin Marian Bogdan Cătălin Dănuț Iurie Laurențiu Sorin",
    ),
    "bg": (
        "Мария Юлия Елена Иванка Христина Десислава Радка Цветелина Желязка Силвия Росица Гергана Милена Йорданка",
        "Георги Иван Димитър Николай Петър Христо Стоян Тодор Цветан Ангел Красимир Румен Живко Асен Калоян Първан",
    ),
    "pl": (
        "Anna Katarzyna Małgorzata Agnieszka Ewa Zofia Grażyna Bożena Joanna Łucja Magdalena Żaneta",
        "Łukasz Krzysztof Piotr Paweł Andrzej Stanisław Marcin Grzegorz Michał Sławomir Rafał Mateusz",
    ),
    "hu": ("Mária Katalin Éva Zsuzsanna Judit Tünde Enikő", "László István Zoltán Sándor Gábor Attila Zsolt"),
}
_FAMILY = {
    "ro": "Popescu Ionescu Dumitru Stan Gheorghiu Marin Lupu Ciobanu Rotaru Munteanu Păun Șerban Țurcanu Zamfir "
    "Cojocaru Nistor Oprea Preda Toma Vlad Neagu Moldovan Bălan Enache",
    "bg": "Георгиев Иванов Димитров Николов Петров Христов Стоянов Тодоров Щерев Цветков Василев Ангелов Желязков "
    "Първанов Кушев Млад Златев Хаджиев Топалов Янков Живков",
    "pl": "Kowalski Wiśniewski Wójcik Zieliński Szymański Dąbrowski Kozłowski Mazur Krawczyk Grabowski Jabłoński",
    "hu": "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Lakatos",
}


def family_name(rng: Random, language: str) -> str:
    """Draw a family name in the form that men bear, in the own script."""
    return rng.choice(_FAMILY[language].split())


def person_name(rng: Random, language: str, sex: str, family: str) -> Name:
    """Draw a given name and bend the family name to the person (Иванов, Иванова; Kowalski, Kowalska)."""
    given = rng.choice(_GIVEN[language][0 if sex == "w" else 1].split())
    if language == "pl" and sex == "w" and family.endswith("ki"):
        family = family[:-1] + "a"
    if language != "bg":
        return Name(given, family)
    ending = "а" if sex == "w" else ""
    father = rng.choice(_FAMILY["bg"].split()) + ending  # patronymics have the same form
    latin = [transliterate(part, "bulgarian") for part in (given, family + ending, father)]
    return Name(latin[0], latin[1], f"{family}{ending}, {given}", latin[2])
