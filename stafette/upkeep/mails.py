"""The mail to a provider: the public names of its entries and its link; no person, no case, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.accounts.models import Unit
from stafette.directory.books import books_of
from stafette.directory.models import Organization, Service
from stafette.kernel.actor import Actor
from stafette.outbox.posting import link, post
from stafette.upkeep.models import ConfirmationRound, EntryLink

KIND = "entry_round"
WISH = "entry_link"
LANGUAGES = ("de", "en")
MOST_NAMES = 12


def send_round(
    actor: Actor,
    round_: ConfirmationRound,
    services: Sequence[Service],
    made: EntryLink,
    token: str,
    address: str,
) -> None:
    """Ask, or ask again, whether these entries still hold; the key is the round and the number of the mail."""
    organization = round_.organization
    is_reminder = round_.state == ConfirmationRound.State.REMINDED
    with translation.override(_language(organization)):
        subject = (
            _("Erinnerung: Stimmen Ihre Angaben noch?") if is_reminder else _("Stimmen Ihre Angaben noch?")
        )
        body = _letter(organization, services, made, token)
    post(
        actor,
        unit_id=books_of(organization),
        address=address,
        kind=KIND,
        reference=organization.code[:60],
        subject=subject,
        body=body,
        key=f"{KIND}:{round_.pk}:{round_.mails}",
    )


def send_link(actor: Actor, organization: Organization, made: EntryLink, token: str, address: str) -> None:
    """Send a new link because the provider asked for one."""
    with translation.override(_language(organization)):
        subject = _("Ihr Link zu Ihren Einträgen")
        body = _paragraphs(
            _("Guten Tag,"),
            _("Sie haben einen neuen Link zu Ihren Einträgen im Verzeichnis der Angebote angefordert:"),
            link(reverse("upkeep:entries", args=[token])),
            _valid(made),
            _("Sobald Sie dort einen Knopf drücken, gelten ältere Links nicht mehr."),
            _sender(organization),
        )
    post(
        actor,
        unit_id=books_of(organization),
        address=address,
        kind=WISH,
        reference=organization.code[:60],
        subject=subject,
        body=body,
        key=f"{WISH}:{made.pk}",
    )


def _language(organization: Organization) -> str:
    return organization.language if organization.language in LANGUAGES else "de"


def _letter(organization: Organization, services: Sequence[Service], made: EntryLink, token: str) -> str:
    ask = ngettext(
        "dieser Eintrag von „{name}“ steht in unserem Verzeichnis der Angebote:",
        "diese {count} Einträge von „{name}“ stehen in unserem Verzeichnis der Angebote:",
        len(services),
    )
    return _paragraphs(
        _("Guten Tag,"),
        ask.format(count=len(services), name=organization.name),
        _names(services),
        _(
            "Stimmt noch alles? Dann genügt ein Klick auf dieser Seite. Änderungen können Sie dort auch eintragen:"
        ),
        link(reverse("upkeep:entries", args=[token])),
        _("Das dauert eine Minute. Sie brauchen dafür kein Konto."),
        _valid(made),
        _("Vielen Dank! Beratende und Ratsuchende verlassen sich auf diese Angaben."),
        _sender(organization),
    )


def _names(services: Sequence[Service]) -> str:
    lines = [f"- {' '.join(one.name.split())}" for one in services[:MOST_NAMES]]
    rest = len(services) - MOST_NAMES
    if rest > 0:
        lines.append("- " + ngettext("und ein weiterer", "und {count} weitere", rest).format(count=rest))
    return "\n".join(lines)


def _sender(organization: Organization) -> str:
    """Who asks: the office that keeps the directory, so that nobody takes the mail for a trick."""
    unit = Unit.objects.select_related("authority").filter(pk=books_of(organization)).first()
    if unit is None:
        return _("Mit freundlichen Grüßen")
    lines = [_("Mit freundlichen Grüßen"), unit.name, unit.authority.name]
    if unit.phone:
        lines.append(_("Fragen? Telefon: {phone}").format(phone=unit.phone))
    return "\n".join(lines)


def _valid(made: EntryLink) -> str:
    until = timezone.localtime(made.expires_at)
    return _(
        "Der Link gilt bis zum {day}. Danach können Sie auf der Seite einen neuen anfordern. "
        "Bitte geben Sie ihn nur in Ihrer Einrichtung weiter."
    ).format(day=f"{until:%d.%m.%Y}")


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
