"""The papers of this room: the sheet without names for the consultation, the letters to the two authorities."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.notices.letters import age_of, without_names
from stafette.notices.models import OutboundNotice
from stafette.notices.queries import ChildCard, OutboundCard
from stafette.notices.words import ADVICES
from stafette.web.sheets import Block, Boxes, Bullets, Fields, Section, Sheet, Signatures, Text, sheet_pdf


def consultation_pdf(actor: Actor, card: ChildCard) -> bytes:
    """A case without names for the experienced expert (§ 4(2) KKG, § 64(2a) SGB VIII)."""
    with override("de"):
        return sheet_pdf(_consultation(actor, card))


def _consultation(actor: Actor, card: ChildCard) -> Sheet:
    notice, record = card.notice, card.record

    def hidden(text: str) -> str:
        return without_names(actor, notice, text)

    sections = [
        Section(
            _("Das Kind"),
            [
                Fields(
                    [(_("Alter"), age_of(notice.person)), (_("Angelegt am"), f"{notice.created_at:%d.%m.%Y}")]
                )
            ],
        ),
        Section(_("Anhaltspunkte"), [Bullets(card.signs), Text(hidden(record.observed))]),
    ]
    if notice.talk:
        sections.append(
            Section(_("Gespräch"), [Text(str(notice.get_talk_display())), Text(hidden(record.talk_note))])
        )
    sections.append(
        Section(
            _("Ergebnis der Beratung"),
            [
                Boxes([str(label) for _code, label in _results()]),
                Fields([(_("Fachkraft"), ""), (_("Tag"), ""), (_("Empfehlung"), "")]),
            ],
        )
    )
    return Sheet(
        title=_("Beratungsbogen ohne Namen"),
        sender=notice.unit.name,
        lead=_(
            "Für die insoweit erfahrene Fachkraft nach § 4 Abs. 2 KKG. Namen und Anschrift stehen nicht darin. "
            "Bitte nennen Sie auch im Gespräch keine."
        ),
        sections=sections,
        mark=_("Beratungsbogen, Stand {day}").format(day=f"{today():%d.%m.%Y}"),
    )


def _results() -> list[tuple[str, object]]:
    return [(code, label) for code, label in ADVICES if code != "none"]


def letter_pdf(card: ChildCard) -> bytes:
    """The notice to the youth office, as it stood when it was sent."""
    with override("de"):
        return sheet_pdf(_letter(card))


def _letter(card: ChildCard) -> Sheet:
    notice, record = card.notice, card.record
    data = record.payload
    address = (
        _("Auskunftssperre, bitte rufen Sie uns an") if data.get("is_locked") else data.get("address", "")
    )
    family: list[Block] = [
        Fields(
            [
                (_("Kind"), data.get("child") or _("Name noch unbekannt")),
                (_("Anschrift"), address or _("unbekannt")),
                (_("Erreichbar"), ", ".join(data.get("contact", [])) or _("unbekannt")),
                (_("Sprachen"), ", ".join(data.get("languages", [])) or _("unbekannt")),
            ]
        )
    ]
    if data.get("family"):
        family.append(Bullets(data["family"]))
    done = [(_("Gespräch"), str(notice.get_talk_display() or _("noch nicht, akute Gefahr"))),
            (_("Fachberatung"), str(notice.get_consulted_display() or _("noch nicht, akute Gefahr"))),
            (_("Hilfe"), str(notice.get_help_display() or _("noch nicht, akute Gefahr")))]  # fmt: skip
    told: list[Block] = [Fields([(_("Weiß die Familie davon?"), str(notice.get_family_told_display()))])]
    if record.told_note:
        told.append(Text(record.told_note))
    at = timezone.localtime(notice.sent_at) if notice.sent_at else timezone.localtime()
    return Sheet(
        title=_("Mitteilung nach § 4 Abs. 3 KKG"),
        sender=_sender(notice.unit),
        lead=_("An: {receiver}. Datum: {day}. Zeichen: {number}.").format(
            receiver=notice.receiver_name, day=f"{at:%d.%m.%Y, %H:%M}", number=notice.number
        ),
        sections=[
            Section(_("Um wen es geht"), family),
            Section(_("Gewichtige Anhaltspunkte"), [Bullets(card.signs), Text(record.observed)]),
            Section(_("Was wir getan haben"), [Fields(done), *_notes(record.talk_note, record.help_note)]),
            Section(_("Warum wir mitteilen"), [Text(record.reasons)]),
            Section(_("Die Familie"), told),
            Section(
                _("Rückmeldung an uns"),
                [
                    Text(
                        _(
                            "Bitte sagen Sie uns nach § 4 Abs. 4 KKG und § 64 Abs. 4 SGB VIII nur diese beiden Dinge, "
                            "mehr dürfen wir nicht erfahren:"
                        )
                    ),
                    Fields([(_("Anhaltspunkte bestätigt?"), ""), (_("Jugendamt tätig?"), "")]),
                ],
            ),
            Section("", [Signatures([_("Datum, Unterschrift")])]),
        ],
        mark=notice.number,
    )


def _notes(*notes: str) -> list[Text]:
    return [Text(note) for note in notes if note]


def outbound_pdf(card: OutboundCard) -> bytes:
    """The letter to the foreigners' authority; only once a second person has agreed."""
    with override("de"):
        return sheet_pdf(_outbound(card))


def _outbound(card: OutboundCard) -> Sheet:
    notice, content = card.notice, card.content
    if content is None or notice.state != OutboundNotice.State.SENT:
        raise ValueError("a letter is printed only once a second person has agreed")
    at = timezone.localtime(notice.sent_at) if notice.sent_at else timezone.localtime()
    return Sheet(
        title=_("Mitteilung nach § 87 AufenthG"),
        sender=_sender(notice.unit),
        lead=_("An: {receiver}. Datum: {day}. Zeichen: {number}.").format(
            receiver=content.address, day=f"{at:%d.%m.%Y}", number=notice.number
        ),
        sections=[
            Section(_("Person"), [Text(content.subject)]),
            Section(_("Norm"), [Text(card.norm.label)]),
            Section(_("Tatsache"), [Text(content.facts)]),
            Section(
                _("Was geprüft ist"),
                [
                    Text(
                        _(
                            "§ 88 AufenthG, § 11 FreizügG/EU, § 35 SGB I, §§ 67 ff. SGB X, §§ 64, 65 SGB VIII und "
                            "§ 203 StGB stehen nicht entgegen. Zwei Personen haben das geprüft. Weitere Auskünfte "
                            "zu dieser Sache gibt die Stelle nur auf schriftliches Ersuchen."
                        )
                    )
                ],
            ),
            Section("", [Signatures([_("Datum, Unterschrift")])]),
        ],
        mark=notice.number,
    )


def _sender(unit: Unit) -> str:
    return ", ".join(part for part in (unit.authority.name, unit.name, unit.phone) if part)
