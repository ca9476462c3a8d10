"""What a partner's entry must keep to before links go to its address."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from stafette.blueprints.schema.bind import Reading
from stafette.blueprints.schema.fields import MAILBOX_OF_PERSON
from stafette.blueprints.schema.plan import Blueprint, PartnerPlan
from stafette.kernel.clock import today


def check_partners(reading: Reading, blueprint: Blueprint) -> None:
    """Links go to one address: it must be one, belong to a function, and to one partner of that name."""
    running = {unit.code for unit in blueprint.unit if not unit.ends_on}
    desks = [unit.code for unit in blueprint.unit if unit.kind == "CL"]
    seen: set[tuple[str, str]] = set()
    for partner in blueprint.partner:
        keeper = partner.keeper or next(iter(desks), "")
        if not keeper:
            reading.add(partner.at, _("Nennen Sie mit keeper die Stelle, die diesen Partner pflegt."))
        if partner.unit and partner.unit == keeper:
            reading.add(
                (*partner.at, "unit"),
                _("Wer den Eintrag pflegt, antwortet nicht selbst. Nennen Sie eine andere Stelle."),
            )
        for field, code in (("unit", partner.unit), ("keeper", partner.keeper)):
            if code in reading.codes("unit") - running:
                reading.add(
                    (*partner.at, field),
                    _("Die Stelle „{code}“ endet. Nennen Sie ihre Nachfolgerin.").format(code=code),
                )
        if (partner.name, partner.email) in seen:
            reading.add(partner.at, _("Einen Partner mit diesem Namen und dieser Adresse gibt es schon."))
        seen.add((partner.name, partner.email))
        _address(reading, partner)
        _bond(reading, partner)


def _address(reading: Reading, partner: PartnerPlan) -> None:
    path = (*partner.at, "email")
    try:
        validate_email(partner.email)
    except ValidationError:
        reading.add(
            path, _("Das ist keine E-Mail-Adresse. Schreiben Sie sie wie sekretariat@schule.example.org.")
        )
    if MAILBOX_OF_PERSON.match(partner.email):
        reading.add(
            path, _("Das sieht nach dem Postfach eines Menschen aus. Nehmen Sie ein Funktionspostfach.")
        )


def _bond(reading: Reading, partner: PartnerPlan) -> None:
    """Equal protection is promised in writing, before anything is told (§ 61(3) SGB VIII, § 78 SGB X)."""
    path = (*partner.at, "bound_on")
    if partner.bound_on is not None and partner.bound_on > today():
        reading.add(path, _("Dieses Datum liegt in der Zukunft. Tragen Sie den Tag der Unterschrift ein."))
    if partner.bound_on is None and not partner.is_public:
        reading.add(
            partner.at,
            _("Ohne bound_on bekommt diese Einrichtung keine Angaben zu Personen."),
            is_notice=True,
        )
