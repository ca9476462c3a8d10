"""From what a family of the demo said to the answers of the arrival talk."""

from collections.abc import Mapping
from random import Random
from typing import Any
from uuid import UUID

from stafette.demo.town import Family
from stafette.intake.data import Said

ANSWERED, DECLINED = "answered", "declined"
Role = Mapping[UUID, str]


def answers_of(family: Family, adults: list[UUID], children: list[UUID], seed: int) -> list[Said]:
    """Return what was said in this family's talk; a few questions stay unasked, a few are declined."""
    rng = Random(seed)
    said = family.said
    household: dict[str, Any] = {
        "arrived_on": family.moved_in.isoformat(),
        "came_from": {"ro": "Rumänien", "bg": "Bulgarien", "pl": "Polen", "hu": "Ungarn"}[family.language],
        "came_with": "family" if len(family.members) > 1 else "alone",
        "landlord_kind": rng.choice(["private", "private", "company", "employer", "agency", "tenant"]),
        "area_m2": said["area"],
        "rooms": said["rooms"],
        "people_in_dwelling": said["people"],
        "rent_eur": 180 + 90 * len(family.members) + rng.randint(0, 120),
        "rent_contract": rng.choices(["yes", "no", "unclear"], weights=[75, 15, 10])[0],
        "landlord_certificate": said["certificate"],
    }
    if said["support"]:
        household["family_support"] = "yes"
    if rng.random() < 0.25:
        household["advice_topics"] = rng.sample(["language", "work", "child_benefit", "tenancy", "debts"], 2)
    found = [Said(code, None, ANSWERED, value) for code, value in household.items()]
    for person in adults:
        found += [Said(code, person, ANSWERED, value) for code, value in _adult(family, rng).items()]
        if rng.random() < 0.08:
            found.append(Said("school_years", person, DECLINED))
    for person in children:
        found.append(Said("school_place", person, ANSWERED, "yes" if said["school_place"] else "no"))
        found.append(Said("insured", person, ANSWERED, said["insured"]))
    return found


def _adult(family: Family, rng: Random) -> dict[str, Any]:
    said = family.said
    works = said["sector"] != "none"
    level = dict(family.adults[0].languages)["de"]
    answers: dict[str, Any] = {
        "reason": ["work"] if works or rng.random() < 0.5 else ["family"],
        "stay_wish": {"likely": "long", "short": "months", "unknown": "open"}[str(said["stay"])],
        "work_status": "employed" if works else "seeking",
        "mother_tongue": family.language,
        "german_level": level,
        "course_wanted": "yes" if said["course"] else "no",
        "vocational": "vocational" if said["training"] else "none",
        "insured": said["insured"],
    }
    if works:
        answers["work_sector"] = said["sector"]
        answers["work_contract"] = rng.choice(["permanent", "fixed_term", "fixed_term", "agency"])
    return answers
