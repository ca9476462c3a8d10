"""A synthetic crowd in mixed scripts, and the ways its names and dates get dirty.

Names are put together from parts that are common in each language; nobody real is meant. The dirt is
written without looking at the search keys: typing errors, other systems of transliteration, other
script, dropped diacritics, lost given names, swapped, slipped or lost birth dates.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from anyascii import anyascii

from stafette.people.birthdates import BirthDate
from stafette.people.names.transliterate import transliterate

SHARES = {"de": 28, "ro": 15, "bg": 15, "pl": 14, "uk": 12, "ar": 10, "hu": 6}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One synthetic person; `original` is the spelling in the own script, where there is one."""

    language: str
    sex: str
    given: str
    family: str
    original: str
    birth: BirthDate


GIVEN = {
    "de": ("Anna Lena Sabine Ursula Monika Petra Claudia Julia Katharina Jördis Käthe Heike Birgit Antje Grit "
           "Ines Kerstin Silke Ulrike Frauke Wiebke Greta Emma Mia Lotte Marlene Franziska Friederike Ännchen",
           "Hans Peter Jürgen Wolfgang Klaus Uwe Jörg Günther Bernd Steffen Torsten Heiko Lukas Jonas Felix Paul "
           "Emil Karl Otto Götz Sören Björn Rüdiger Detlef Enrico Maik Ronny Volker Joachim Matthias"),
    "ro": ("Maria Elena Ioana Ana Andreea Mihaela Gabriela Ștefania Crina Lucreția Doina Florica Ileana Viorica "
           "Roxana Alexandra Bianca Denisa Georgiana Lavinia Nicoleta Raluca Simona Țintea Violeta Zamfira Mădălina",
           "Andrei Ion Ștefan Mihai Gheorghe Vasile Constantin Ionuț Florin Marian Bogdan Cătălin Cristian Dănuț "
           "Dumitru Fănel Gabriel Grigore Iurie Laurențiu Liviu Mircea Nicolae Octavian Petru Răzvan Sorin Toma Vlad"),
    "bg": ("Мария Юлия Елена Георги́на Иванка Христина Десислава Радка Стоянка Цветелина Ваня Желязка Снежана "
           "Силвия Дамяна Оливера Росица Невена Виолета Гергана Катерина Любка Милена Йорданка Щеряна Зюмбюл",
           "Георги Иван Димитър Николай Петър Христо Стоян Тодор Щерьо Цветан Васил Ангел Борис Красимир Пламен "
           "Румен Живко Йордан Явор Асен Боян Калоян Любомир Орлин Симеон Янко Юлиян Гешо Първан Мустафа"),
    "pl": ("Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Zofia Jadwiga Grażyna Bożena Aurelia "
           "Danuta Halina Iwona Joanna Kinga Łucja Magdalena Natalia Renata Sylwia Urszula Weronika Żaneta",
           "Łukasz Krzysztof Piotr Paweł Andrzej Jan Stanisław Tomasz Marcin Grzegorz Michał Zbigniew Jerzy "
           "Wojciech Sławomir Mirosław Rafał Jacek Dariusz Mateusz Przemysław Radosław Szymon Wiesław Zdzisław"),
    "uk": ("Олена Наталія Оксана Ірина Тетяна Юлія Людмила Ганна Світлана Ярослава Катерина Вікторія Галина "
           "Надія Любов Валентина Єлизавета Жанна Зоряна Марія Дарина Соломія Христина Уляна Лариса",
           "Володимир Сергій Олександр Андрій Микола Юрій Дмитро Іван Петро Тарас Богдан Євген Олег Віктор "
           "Роман Ярослав Василь Григорій Михайло Ігор Максим Назар Остап Степан Щасний Гнат Захар"),
    "hu": ("Mária Erzsébet Katalin Ilona Éva Anna Zsuzsanna Margit Judit Ágnes Andrea Tünde Gyöngyi Csilla Enikő "
           "Réka Boglárka Dorottya Eszter Hajnalka Ildikó Kinga Lívia Noémi Orsolya Piroska Sára",
           "László István József János Zoltán Sándor Ferenc Gábor Attila Péter Tamás Zsolt György Csaba Imre "
           "Ákos Balázs Dániel Ernő Géza Győző Jenő Kálmán Lőrinc Mátyás Ödön Szabolcs Vilmos"),
}  # fmt: skip
ARABIC_GIVEN = (
    ("فاطمة Fatima", "عائشة Aisha", "مريم Maryam", "زينب Zainab", "ليلى Layla", "نور Nour", "هدى Huda", "سلمى Salma",
     "رنا Rana", "هالة Hala", "سعاد Suad", "خديجة Khadija", "أمل Amal", "ياسمين Yasmin", "رشا Rasha", "دعاء Duaa"),
    ("محمد Mohammed", "أحمد Ahmad", "علي Ali", "حسن Hassan", "حسين Hussein", "خالد Khaled", "عمر Omar", "يوسف Yousef",
     "إبراهيم Ibrahim", "مصطفى Mustafa", "محمود Mahmoud", "سامر Samer", "طارق Tarek", "بشار Bashar", "وليد Walid",
     "عبدالله Abdullah", "نبيل Nabil", "كريم Karim", "زياد Ziad", "هشام Hisham", "جمال Jamal", "فراس Firas"),
)  # fmt: skip
ARABIC_FAMILY = [
    "الشمري Al-Shammari",
    "الحلبي Al-Halabi",
    "الحسين Al-Hussein",
    "العلي Al-Ali",
    "الأحمد Al-Ahmad",
    "الخطيب Al-Khatib",
    "المصري Al-Masri",
    "النجار Al-Najjar",
    "الحداد Al-Haddad",
    "السيد Al-Sayed",
    "القاسم Al-Qasim",
    "الراوي Al-Rawi",
    "الجبوري Al-Jubouri",
    "الدوري Al-Douri",
    "التكريتي Al-Tikriti",
    "البغدادي Al-Baghdadi",
    "الموصلي Al-Mosuli",
    "الشامي Al-Shami",
    "درويش Darwish",
    "حمدان Hamdan",
    "سليمان Suleiman",
    "عثمان Othman",
    "منصور Mansour",
    "صالح Saleh",
    "عيسى Issa",
    "داود Daoud",
    "رشيد Rashid",
    "قدور Kaddour",
    "شاهين Shahin",
    "بركات Barakat",
    "حداد Haddad",
    "خليل Khalil",
    "ناصر Nasser",
    "فارس Fares",
    "زيدان Zidan",
    "غانم Ghanem",
    "جابر Jaber",
    "مراد Murad",
    "عباس Abbas",
    "كامل Kamel",
    "سالم Salem",
    "ياسين Yassin",
    "طه Taha",
    "بكر Bakr",
    "نصر Nasr",
    "حجازي Hijazi",
    "عوض Awad",
    "شعبان Shaaban",
    "رمضان Ramadan",
    "جمعة Jumaa",
]
_STEMS = {
    "de": "Müll Schmid Web Beck Hof Berg Stein Schön Groß Klein Wolf Hirsch Fuchs Lind Eich Buch Birk Rosen Gold "
          "Silb Kühn Brandt Krüg Köhl Jäg Fisch Vog Schäf Zimm Schulz Kais Herz Winkl Sommer Wint Neu Alt Ober Nied "
          "Mitt Stadt Dorf Feld Wald Busch Grün Weiß Schwarz Roth Braun Lehm Sand Kies Mühl Back Brau Bött Gerb",
    "ro": "Pop Ion Dumitr Gheorgh Stan Vasil Marin Constantin Radu Toma Flor Munt Ardel Câmp Lup Urs Vulp Cioban "
          "Moraru Rot Cojocar Blăn Țăran Păun Șerb Grigor Petr Nicol Mihăil Zamfir Crist Băl Dobr Drăg Ene Fil Ghiț "
          "Iord Lăcăt Măr Neagu Olt Pușc Rusu Săcel Tud Ungur Vlad Zăv Bârs Cerc",
    "bg": "Георги Иван Димитр Никол Петр Христ Стоян Тодор Щер Цветан Васил Ангел Борис Красимир Пламен Румен Жив "
          "Йордан Явор Асен Боян Калоян Любомир Симеон Янк Желязк Първан Кушев Зенгин Плют Чавдар Хаджи Кара Топал "
          "Бояджи Касап Терзи Дойчин Млад Чолак Узун Златар Гайдар Върбан Дъбов Шишман Цон Юрук Гърк",
    "pl": "Kowal Nowak Wiśniew Wójc Lewandow Zieliń Szymań Woźn Dąbrow Kozłow Jankow Mazur Krawcz Piotrow Grabow "
          "Pawłow Michal Król Wieczor Jabłoń Wróbl Majew Olszew Stępn Malinow Jawor Adamcz Dud Nowic Paw Sikor Witk "
          "Walcz Bar Pietrz Szczepań Protas Chmiel Sobcz Rutkow Czarn Żak Źrebi Łukasz Ślus Ćwik",
    "uk": "Шевч Коваль Бондар Ткач Мельни Кравч Олій Поліщ Мороз Лис Марч Савч Руд Гнат Петр Василь Іван Клим Хмельн "
          "Гончар Сидор Павл Гаврил Юрч Яков Жук Захар Щерб Цимбал Чорн Білоус Гриц Дорош Зінч Кост Левч Назар Оста "
          "Пономар Романю Степан Терещ Федор Харч Яцен Козач",
    "hu": "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Lakatos Takács Juhász Mészáros "
          "Oláh Simon Rácz Fekete Szilágyi Török Fehér Balázs Gál Kis Szűcs Orsós Kocsis Fodor Pintér Szalai Sipos "
          "Magyar Lukács Gulyás Bíró Király Katona László Jakab Bogdán Balog Sándor Boros Fazekas Kelemen",
}  # fmt: skip
_ENDS = {
    "de": "er mann bach berg hoff meier feld ke ing stein hauer baum wald thal burg haus huber ler ner müller",
    "ro": "escu eanu aru u oiu an ache ică aș ean",
    "bg": "ов ев ински овски ев ев ов ов иев чев",
    "pl": "ski ska cki wicz czyk ak ek iak ik owicz",
    "uk": "енко чук ук ський ак ик ів юк ишин",
    "hu": " fi né házi falvi  ",
}
_DE_MIDDLE = "el en ig lich in ich hard wig ert old " + " ".join(["_"] * 6)
_MINUS = str.maketrans("ăâîșțäöüßłżźćńśąęóéáíúőű", "aaistaousl" + "zzcnsaeoeaiuou")


def _cumulated(n: int, power: float) -> list[float]:
    return list(accumulate(1 / (i + 3) ** power for i in range(n)))


class Crowd:
    """Draws newcomers; the same seed draws the same crowd."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = random.Random(seed)
        self._given = {
            (lang, sex): [unicodedata.normalize("NFC", n).replace("\u0301", "") for n in both[i].split()]
            for lang, both in GIVEN.items()
            for i, sex in enumerate("wm")
        }
        self._family = {lang: self._families(lang) for lang in _STEMS}
        self._weights: dict[tuple[int, float], list[float]] = {}

    def _families(self, lang: str) -> list[str]:
        stems, ends = _STEMS[lang].split(), _ENDS[lang].split(" ")
        middles = [""] if lang in ("bg", "hu") else ["", "", "el", "en", "ol", "ar", "in"]
        if lang == "de":
            middles = ["" if m == "_" else m for m in _DE_MIDDLE.split()]
        if lang in ("uk", "bg"):
            middles = ["", "", "ан", "ин", "ол", "ар", "ен", "ил"]
        names = [s + m + e for s in stems for m in dict.fromkeys(middles) for e in dict.fromkeys(ends)]
        names += [a + b.lower() for a in stems for b in stems if a != b] if lang in ("de", "hu") else []
        self.rng.shuffle(names)
        return names

    def _pick(self, pool: list[str], power: float) -> str:
        key = (len(pool), power)
        if key not in self._weights:
            self._weights[key] = _cumulated(*key)
        return self.rng.choices(pool, cum_weights=self._weights[key])[0]

    def people(self, n: int) -> Iterator[Newcomer]:
        """Draw n newcomers in the shares of SHARES."""
        languages = self.rng.choices(list(SHARES), weights=list(SHARES.values()), k=n)
        for language in languages:
            yield self.newcomer(language)

    def newcomer(self, language: str) -> Newcomer:
        """One person of a language, named after the customs of that language."""
        rng, sex = self.rng, self.rng.choice("wm")
        birth = self.birth()
        if language == "ar":
            return self._arab(sex, birth)
        given = self._pick(self._given[language, sex], 0.8)
        if rng.random() < 0.25:
            given += self.rng.choice((" ", " ", "-")) + self._pick(self._given[language, sex], 0.4)
        family = self._pick(self._family[language], 0.85)
        if language == "bg":
            if sex == "w":
                family = family[:-1] + "а" if family.endswith("и") else family + "а"
            if rng.random() < 0.5:
                father = self._pick(self._given["bg", "m"], 0.6)
                given += " " + father + ("ова" if sex == "w" else "ов")
        if language in ("pl", "uk") and sex == "w":
            family = family[:-1] + "a" if family.endswith("ki") else family
            family = family[:-2] + "а" if family.endswith("ський") else family
        if rng.random() < 0.05:
            family += "-" + self._pick(self._family[language], 0.3)
        if language in ("bg", "uk"):
            system = "bulgarian" if language == "bg" else "ukrainian"
            original = f"{family}, {given}" if rng.random() < 0.5 else ""
            return Newcomer(
                language, sex, transliterate(given, system), transliterate(family, system), original, birth
            )
        return Newcomer(language, sex, given, family, "", birth)

    def _arab(self, sex: str, birth: BirthDate) -> Newcomer:
        rng = self.rng
        firsts = [rng.choice(ARABIC_GIVEN[0 if sex == "w" else 1])]
        firsts += [rng.choice(ARABIC_GIVEN[1]) for _ in range(rng.choice((0, 1, 1, 2)))]
        family = rng.choice(ARABIC_FAMILY)
        script = [x.split()[0] for x in firsts]
        latin = [x.split()[1] for x in firsts]
        original = f"{family.split()[0]}, {' '.join(script)}" if rng.random() < 0.5 else ""
        return Newcomer("ar", sex, " ".join(latin), family.split()[1], original, birth)

    def birth(self) -> BirthDate:
        """Young more often than old; one in fifty is known by its year only."""
        rng = self.rng
        year = 2023 - min(int(abs(rng.gauss(28, 19))), 95)
        if rng.random() < 0.02:
            return BirthDate(year, 1, 1) if rng.random() < 0.6 else BirthDate(year)
        return BirthDate(year, rng.randint(1, 12), rng.randint(1, 28))


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types when that person stands at the desk again."""

    kind: str
    dates: str
    text: str
    given: str
    family: str
    birth: BirthDate


def dirty(person: Newcomer, rng: random.Random) -> Query:
    """One way in which this person comes back: a dirty name and a dirty date, drawn apart."""
    kind, given, family = _dirty_name(person, rng)
    dates, birth = _dirty_birth(person.birth, rng)
    text = f"{family} {given}" if rng.random() < 0.5 else f"{given} {family}"
    return Query(kind, dates, text, given, family, birth)


def _dirty_name(p: Newcomer, rng: random.Random) -> tuple[str, str, str]:
    given, family = p.given, p.family
    kinds = ["exact", "1 typo", "2 typos", "given name missing", "diacritics dropped"]
    if p.language in ("bg", "uk", "ar"):
        kinds += ["other spelling", "own script", "other spelling, 1 typo"] * 2
    kind = rng.choice(kinds)
    if kind == "1 typo":
        given, family = (typo(given, rng), family) if rng.random() < 0.4 else (given, typo(family, rng))
    elif kind == "2 typos":
        given, family = typo(given, rng), typo(family, rng)
    elif kind == "given name missing":
        given = given.replace("-", " ").split()[0]
    elif kind == "diacritics dropped":
        plain = (given + "|" + family).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        plain = plain if rng.random() < 0.5 else given + "|" + family
        given, family = anyascii(plain).split("|")
    elif kind.startswith("other spelling"):
        given, family = _other_spelling(p, rng)
        if kind.endswith("typo"):
            family = typo(family, rng)
    elif kind == "own script":
        given, family = _own_script(p)
    return kind, given, family


_VOWELS = [("ou", "u"), ("oo", "u"), ("ei", "ai"), ("ee", "i"), ("mm", "m"), ("ss", "s"), ("kh", "ch"), ("y", "j"),
           ("sh", "sch"), ("q", "k"), ("th", "t"), ("e", "i"), ("o", "u"), ("a", "e"), ("i", "e"), ("u", "o")]  # fmt: skip


def _other_spelling(p: Newcomer, rng: random.Random) -> tuple[str, str]:
    if p.language == "ar":
        given, family = p.given.lower(), p.family.lower()
        for old, new in rng.sample(_VOWELS, 3):
            given, family = given.replace(old, new, 1), family.replace(old, new, 1)
        if rng.random() < 0.4:
            family = family.replace("al-", rng.choice(("al ", "el-", "al")))
        return given.title(), family.title()
    given, family = _own_script(p)
    systems = {
        "bg": ("iso9", "icao", "german_bulgarian", "english"),
        "uk": ("icao", "german_ukrainian", "iso9", "english"),
    }
    system = rng.choice(systems[p.language])
    return transliterate(given, system), transliterate(family, system)


def _own_script(p: Newcomer) -> tuple[str, str]:
    """The name in its script: as recorded, or put back letter by letter where it was not."""
    if p.original:
        family, _, given = p.original.partition(", ")
        return given, family
    if p.language == "ar":
        return _arabic(p.given), _arabic(p.family)
    return _cyrillic(p.given, p.language), _cyrillic(p.family, p.language)


def _arabic(latin: str) -> str:
    table = {x.split()[1]: x.split()[0] for x in (*ARABIC_GIVEN[0], *ARABIC_GIVEN[1], *ARABIC_FAMILY)}
    return " ".join(table[word] for word in latin.split(" "))


_BG_BACK = [
    ("sht", "щ"),
    ("zh", "ж"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("ia", "ия"),
]
_UK_BACK = [("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"),
            ("ye", "є"), ("yi", "ї"), ("skyi", "ський"), ("iu", "ю"), ("ia", "ія"), ("ie", "є"), ("y", "и"),
            ("i", "і"), ("h", "г")]  # fmt: skip
_LETTERS = dict(zip("abvgdeziyklmnoprstufh", "абвгдезийклмнопрстуфх", strict=True))


def _cyrillic(latin: str, language: str) -> str:
    text = latin.lower()
    for old, new in _BG_BACK if language == "bg" else _UK_BACK:
        text = text.replace(old, new)
    return "".join(_LETTERS.get(c, c) for c in text).title()


_NEAR = {"a": "sqe", "b": "vnp", "c": "xvk", "d": "sft", "e": "rwi", "g": "fhj", "h": "gj", "i": "uoe", "k": "jlc",
         "l": "kor", "m": "n", "n": "mb", "o": "ipu", "p": "ob", "r": "te", "s": "adz", "t": "rd", "u": "iyo",
         "v": "bcw", "w": "ev", "y": "tu", "z": "sx"}  # fmt: skip


def typo(name: str, rng: random.Random) -> str:
    """One slip of the fingers: a letter missing, doubled, exchanged with its neighbour or a near one."""
    if len(name) < 3:
        return name
    i = rng.randrange(0 if rng.random() < 0.15 else 1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:i] + name[i + 1 :]
    if kind == 1:
        return name[:i] + name[i] + name[i:]
    if kind == 2:
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    near = _NEAR.get(name[i].lower(), "aeinrst")
    return name[:i] + rng.choice(near) + name[i + 1 :]


def _dirty_birth(b: BirthDate, rng: random.Random) -> tuple[str, BirthDate]:
    chance = rng.random()
    if chance < 0.55 or not b.is_whole:
        return "right", b
    assert b.year and b.month and b.day
    if chance < 0.70:
        swapped = BirthDate(b.year, b.day, b.month) if b.day <= 12 else BirthDate(b.year, b.month, 1)
        return "swapped", swapped
    if chance < 0.80:
        part = rng.randrange(3)
        if part == 0:
            return "one part wrong", BirthDate(b.year + rng.choice((-10, -1, 1, 10)), b.month, b.day)
        if part == 1:
            return "one part wrong", BirthDate(b.year, rng.randint(1, 12), b.day)
        return "one part wrong", BirthDate(b.year, b.month, rng.randint(1, 28))
    if chance < 0.90:
        return "year only", BirthDate(b.year) if rng.random() < 0.5 else BirthDate(b.year, 1, 1)
    return "lost", BirthDate()
