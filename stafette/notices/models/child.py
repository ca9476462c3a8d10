"""The way of § 4 KKG: from weighty signs to the decision whether the youth office is told, and what it answers."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state

CHILD_OPEN = {"talk", "consult", "help", "decide", "sent"}
CHILD_CLOSED = {"answered", "no_notice"}


class ChildNotice(Baton):
    """Weighty signs that a child is in danger, and what the unit does about them, step by step (§ 4 KKG).

    The row holds states, dates and answers from lists; whatever is told about the family lies in ChildRecord, which
    only those open who may see child protection in this unit. In acute danger the youth office is told first and the
    steps follow: `is_acute`.
    """

    class State(models.TextChoices):
        TALK = "talk", _("Gespräch steht an")
        CONSULT = "consult", _("Fachberatung steht an")
        HELP = "help", _("Hilfe anbieten")
        DECIDE = "decide", _("Entscheidung steht an")
        SENT = "sent", _("dem Jugendamt mitgeteilt")
        ANSWERED = "answered", _("Rückmeldung erhalten")
        NO_NOTICE = "no_notice", _("ohne Mitteilung beendet")

    class Talk(models.TextChoices):
        HELD = "held", _("Ja, mit Kind oder Eltern")
        RISK = "risk", _("Nein, es würde den Schutz des Kindes gefährden")
        UNREACHED = "unreached", _("Nein, niemand war zu erreichen")

    class Consulted(models.TextChoices):
        CONFIRMED = "confirmed", _("Die Anhaltspunkte wiegen schwer")
        UNCLEAR = "unclear", _("Noch unklar, weiter beobachten")
        WEAKER = "weaker", _("Die Anhaltspunkte wiegen nicht schwer")
        NONE = "none", _("Keine Beratung")

    class Help(models.TextChoices):
        ACCEPTED = "accepted", _("Angeboten und angenommen")
        NOT_ENOUGH = "not_enough", _("Angeboten, reicht aber nicht")
        REFUSED = "refused", _("Angeboten und abgelehnt")
        NONE = "none", _("Nicht angeboten")

    class Told(models.TextChoices):
        BEFORE = "before", _("Ja, vor der Mitteilung")
        RISK = "risk", _("Nein, es würde den Schutz des Kindes gefährden")

    class Reply(models.TextChoices):
        YES = "yes", _("Ja")
        NO = "no", _("Nein")
        UNTOLD = "untold", _("Keine Angabe")

    MOVES: ClassVar = {
        "talk": ({State.TALK}, State.CONSULT),
        "consult": ({State.CONSULT}, State.HELP),
        "help": ({State.HELP}, State.DECIDE),
        "send": ({State.DECIDE}, State.SENT),
        "alarm": ({State.TALK, State.CONSULT, State.HELP, State.DECIDE}, State.SENT),
        "leave": ({State.DECIDE}, State.NO_NOTICE),
        "feedback": ({State.SENT}, State.ANSWERED),
    }
    PEN: ClassVar = {
        **dict.fromkeys((State.TALK, State.CONSULT, State.HELP, State.DECIDE, State.SENT), "unit"),
        **dict.fromkeys((State.ANSWERED, State.NO_NOTICE), ""),
    }
    NAMES: ClassVar = {
        "talk": _("Gespräch festhalten"),
        "consult": _("Fachberatung festhalten"),
        "help": _("Angebot festhalten"),
        "send": _("Dem Jugendamt mitteilen"),
        "alarm": _("Akute Gefahr: sofort mitteilen"),
        "leave": _("Ohne Mitteilung beenden"),
        "feedback": _("Rückmeldung festhalten"),
    }

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.TALK)
    is_acute = models.BooleanField(default=False)
    talk = models.CharField(max_length=10, choices=Talk.choices, blank=True)
    talked_on = models.DateField(null=True)
    consulted = models.CharField(max_length=10, choices=Consulted.choices, blank=True)
    consulted_on = models.DateField(null=True)
    help = models.CharField(max_length=10, choices=Help.choices, blank=True)
    family_told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    receiver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    receiver_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    confirmed = models.CharField(max_length=6, choices=Reply.choices, blank=True)
    acting = models.CharField(max_length=6, choices=Reply.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Baton.Meta):
        indexes = [
            models.Index(
                fields=["unit", "next_on", "id"], name="child_notice_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"], name="child_notice_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["next_on", "id"], name="child_notice_by_date", condition=Q(is_open=True)),
            models.Index(fields=["household"], name="child_notice_of_household"),
        ]
        constraints = [
            open_fits_state("child_notice", open_states=CHILD_OPEN, closed_states=CHILD_CLOSED),
            dates_in_order("child_notice"),
            models.CheckConstraint(name="child_notice_baton_stays", condition=Q(responsible_unit=F("unit"))),
            models.CheckConstraint(
                name="child_notice_sent_fits_state",
                condition=(Q(state__in=["sent", "answered"], sent_at__isnull=False) & ~Q(receiver_name=""))
                | (~Q(state__in=["sent", "answered"]) & Q(sent_at=None, receiver=None, receiver_name="")),
            ),
            models.CheckConstraint(
                name="child_notice_feedback_fits_state",
                condition=(Q(state="answered") & ~Q(confirmed="") & ~Q(acting=""))
                | (~Q(state="answered") & Q(confirmed="", acting="")),
            ),
            models.CheckConstraint(
                name="child_notice_steps_come_first",
                condition=Q(state__in=["talk", "consult", "help"])
                | Q(is_acute=True)
                | (~Q(talk="") & ~Q(consulted="") & ~Q(help="")),
            ),
            models.CheckConstraint(
                name="child_notice_ended_at_fits",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Kinderschutz: der Weg nach § 4 KKG und die Mitteilung an das Jugendamt"
        owners = (
            Owner(
                "unit",
                view=(Permission.CHILD_VIEW, Permission.DUTY_WATCH),
                edit=(Permission.CHILD_EDIT, Permission.DUTY_WATCH),
            ),
        )
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "state", "is_acute", "sent_at", "ended_at"),
            *("receiver", "receiver_name"),
        }
        personal = {"household", "person", "responsible_user", "talked_on", "consulted_on"}
        sensitive = {"talk", "consulted", "help", "family_told", "confirmed", "acting"}
        retention = "L17"
        starts = From("ended_at")

    @property
    def may_be_made_up(self) -> bool:
        """Tell whether steps are written down afterwards: the youth office was told first."""
        return self.is_acute and self.state == self.State.SENT

    def step(self, move: str) -> None:
        """Take a step of the way; after an acute notice it is made up without moving."""
        if not self.may_be_made_up:
            self.move(move)

    def send(self, move: str, *, at: datetime, receiver: Any, receiver_name: str, family_told: str) -> None:
        """Tell the youth office; an alarm skips the steps, which then follow."""
        self.move(move)
        self.is_acute = move == "alarm"
        self.sent_at, self.receiver, self.receiver_name = at, receiver, receiver_name
        self.family_told = family_told

    def end(self, move: str, *, at: datetime) -> None:
        """Close it by one of the moves that end it; nobody holds the baton any more."""
        self.move(move)
        self.is_open, self.ended_at = False, at
        self.version += 1


class ChildRecord(BaseModel):
    """What was observed, said and advised, in words; and the family's data as the letter took them along."""

    notice = models.OneToOneField(ChildNotice, on_delete=models.CASCADE, related_name="record")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    signs = ArrayField(models.CharField(max_length=20))
    observed = models.TextField()
    talk_note = models.TextField(blank=True)
    adviser = models.CharField(max_length=200, blank=True)
    advice = models.TextField(blank=True)
    help_note = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    told_note = models.TextField(blank=True)
    payload = models.JSONField(default=dict)

    class Privacy:
        purpose = "Kinderschutz: Beobachtungen, Einschätzung und Inhalt der Mitteilung"
        owners = (Owner("unit", view=Permission.CHILD_VIEW, edit=Permission.CHILD_EDIT),)
        plain = {"id", "created_at", "notice", "unit"}
        personal = {"adviser"}
        sensitive = {
            *("signs", "observed", "talk_note", "advice", "help_note", "reasons", "told_note", "payload"),
        }
        retention = "L17"
        starts = With("notice")
