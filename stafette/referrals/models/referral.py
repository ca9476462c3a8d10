"""The referral: a case handed from one unit to another, to be answered by a date."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Route, Unit, User
from stafette.kernel.keeping import From
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household
from stafette.protection.data import Feedback, Mode
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state
from stafette.referrals.models.finding import Finding


class Subject(models.TextChoices):
    """What a referral is about: people, or a building without people (flow rule F08)."""

    PERSONS = "persons", _("Personen")
    BUILDING = "building", _("Gebäude")


class DeclineReason(models.TextChoices):
    """Why a unit does not take a referral (domain.md 9.5); the first two collect as structural gaps."""

    NO_CAPACITY = "no_capacity", _("keine freien Kapazitäten")
    NOT_RESPONSIBLE = "not_responsible", _("nicht zuständig")
    KNOWN = "already_known", _("wird dort schon betreut")
    INCOMPLETE = "incomplete", _("Angaben reichen nicht aus")
    NO_NEED = "no_need", _("kein Bedarf erkennbar")


class Outcome(models.TextChoices):
    """How it ended. What did not work has five names: what follows differs (practice.md W-02)."""

    HELPED = "helped", _("Anliegen erledigt")
    ONGOING = "ongoing", _("läuft als eigener Fall weiter")
    NO_ANSWER = "no_answer", _("keine Antwort")
    DECLINED = "declined_by_person", _("Familie lehnt ab")
    NOT_REACHABLE = "not_reachable", _("nicht erreichbar")
    NO_NEED = "came_no_need", _("gekommen, aber kein Bedarf")
    MOVED = "moved_away", _("verzogen")
    FORWARDED = "forwarded", _("an eine andere Stelle weitergegeben")
    CHECKED = "checked", _("geprüft")
    HANDLED = "handled", _("bearbeitet")


class State(models.TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", _("Entwurf")
    CHECKED = "checked", _("geprüft, sendebereit")
    SENT = "sent", _("gesendet")
    RECEIVED = "received", _("empfangen")
    ACCEPTED = "accepted", _("angenommen")
    REACHED = "reached", _("erreicht")
    NOT_REACHED = "not_reached", _("nicht erreicht")
    SUSPENDED = "suspended", _("ruht")
    RETURNED = "returned", _("zurückgegeben")
    CLOSED = "closed", _("abgeschlossen, Rückmeldung offen")
    DECLINED = "declined", _("abgelehnt")
    DONE = "done", _("abgeschlossen mit Rückmeldung")
    SETTLED = "settled", _("zur Kenntnis genommen")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


SENDER_HOLDS = {State.DRAFT, State.CHECKED, State.DECLINED, State.RETURNED}
RECEIVER_HOLDS = {
    *(State.SENT, State.RECEIVED, State.ACCEPTED, State.REACHED, State.NOT_REACHED, State.SUSPENDED),
    State.CLOSED,
}
OPEN_STATES = SENDER_HOLDS | RECEIVER_HOLDS
CLOSED_STATES = {State.DONE, State.SETTLED, State.WITHDRAWN}
WATCHED = (Permission.REFERRAL_VIEW, Permission.DUTY_WATCH)
BEFORE_SENDING = ["draft", "checked"]
UNANSWERED = ["draft", "checked", "sent", "received"]
RUNNING = ["accepted", "reached", "not_reached", "suspended"]
GIVEN_BACK = ["declined", "returned", "settled"]


def _dated(column: str, *, required: list[str], empty: list[str]) -> models.CheckConstraint:
    """Tie a date to the states that must have it and to those that must not."""
    isnull = {f"{column}__isnull": True}
    return models.CheckConstraint(
        name=f"referral_{column}_fits_state",
        condition=(~Q(state__in=required) | ~Q(**isnull)) & (~Q(state__in=empty) | Q(**isnull)),
    )


class Referral(Baton):
    """A case handed over. Both units see this row, so it holds states, dates and codes, never content.

    What travels lies in Envelope, what the receiver does in Handling; `finding` and `household` point into the
    sender's books, `received_household` and `received_hint_id` into the receiver's. At every moment while it is open
    exactly one unit and one person hold the baton, until one date, and one unit is told when that date passes.
    """

    State = State
    MOVES: ClassVar = {
        "check": ({State.DRAFT}, State.CHECKED),
        "revise": ({State.CHECKED}, State.DRAFT),
        "send": ({State.CHECKED}, State.SENT),
        "receive": ({State.SENT}, State.RECEIVED),
        "accept": ({State.SENT, State.RECEIVED}, State.ACCEPTED),
        "decline": ({State.SENT, State.RECEIVED}, State.DECLINED),
        "settle": ({State.DECLINED, State.RETURNED}, State.SETTLED),
        "reach": ({State.ACCEPTED, State.NOT_REACHED}, State.REACHED),
        "miss": ({State.ACCEPTED}, State.NOT_REACHED),
        "suspend": ({State.ACCEPTED, State.REACHED, State.NOT_REACHED}, State.SUSPENDED),
        "resume": ({State.SUSPENDED}, State.ACCEPTED),
        "resume_reached": ({State.SUSPENDED}, State.REACHED),
        "return": ({State.ACCEPTED, State.REACHED, State.NOT_REACHED, State.SUSPENDED}, State.RETURNED),
        "close": ({State.ACCEPTED, State.REACHED, State.NOT_REACHED, State.SUSPENDED}, State.CLOSED),
        "answer": ({State.CLOSED}, State.DONE),
        "reopen": ({State.DONE}, State.ACCEPTED),
        "withdraw": ({State.DRAFT, State.CHECKED, State.SENT, State.RECEIVED}, State.WITHDRAWN),
    }
    PEN: ClassVar = {
        **dict.fromkeys(SENDER_HOLDS, "from_unit"),
        **dict.fromkeys(RECEIVER_HOLDS, "to_unit"),
        **dict.fromkeys((State.DONE, State.SETTLED, State.WITHDRAWN), ""),
    }
    NAMES: ClassVar = {
        "check": _("Inhalt festlegen"),
        "revise": _("Inhalt ändern"),
        "send": _("Senden"),
        "receive": _("Empfang bestätigen"),
        "accept": _("Annehmen"),
        "decline": _("Ablehnen"),
        "settle": _("Zur Kenntnis nehmen"),
        "reach": _("Erstkontakt festhalten"),
        "miss": _("Nicht erreicht festhalten"),
        "suspend": _("Ruhen lassen"),
        "resume": _("Weiterführen"),
        "resume_reached": _("Weiterführen"),
        "return": _("Zurückgeben"),
        "close": _("Abschließen"),
        "answer": _("Rückmeldung geben"),
        "reopen": _("Wieder öffnen"),
        "withdraw": _("Zurückziehen"),
    }

    number = models.CharField(max_length=40, unique=True)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    route = models.ForeignKey(Route, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject.choices, default=Subject.PERSONS)
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="referrals")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    finding_code = models.SlugField(max_length=60)
    purpose = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)

    categories = ArrayField(models.CharField(max_length=20))
    flow_rule = models.CharField(max_length=12)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    norm = models.CharField(max_length=200)
    flow_sentence = models.CharField(max_length=500)
    feedback_scope = models.CharField(max_length=8, choices=Feedback.choices, default=Feedback.OUTCOME)

    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    forwarded_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="onward")
    sender_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    receiver_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    rule_version = models.CharField(max_length=80)
    receipt_days = models.PositiveSmallIntegerField(default=2)
    answer_days = models.PositiveSmallIntegerField(default=5)
    first_contact_days = models.PositiveSmallIntegerField(default=10)
    feedback_days = models.PositiveSmallIntegerField(default=5)
    answer_due_on = models.DateField(null=True)

    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    feedback = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    received_household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    received_hint_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["next_on", "id"]
        indexes = [
            models.Index(fields=["next_on", "id"], name="referral_open", condition=Q(is_open=True)),
            models.Index(fields=["next_on", "id"], name="referral_by_date"),
            models.Index(
                fields=["to_unit", "next_on", "id"], name="referral_in_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["from_unit", "next_on", "id"], name="referral_out_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"], name="referral_desk", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["sender_user", "next_on"], name="referral_waiting", condition=Q(is_open=True)
            ),
            models.Index(fields=["to_unit", "-created_at", "-id"], name="referral_in"),
            models.Index(fields=["from_unit", "-created_at", "-id"], name="referral_out"),
            models.Index(fields=["sent_at"], name="referral_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_goes_to_another_unit", condition=~Q(from_unit=F("to_unit"))
            ),
            open_fits_state("referral", open_states=OPEN_STATES, closed_states=CLOSED_STATES),
            models.CheckConstraint(
                name="referral_lead_is_one_of_both",
                condition=Q(lead_unit=F("from_unit")) | Q(lead_unit=F("to_unit")),
            ),
            models.CheckConstraint(
                name="referral_baton_fits_state",
                condition=Q(state__in=sorted(SENDER_HOLDS), responsible_unit=F("from_unit"))
                | Q(state__in=sorted(RECEIVER_HOLDS), responsible_unit=F("to_unit"))
                | Q(state__in=sorted(CLOSED_STATES)),
            ),
            dates_in_order("referral"),
            models.CheckConstraint(
                name="referral_decline_has_reason",
                condition=(Q(state__in=GIVEN_BACK) & ~Q(decline_reason=""))
                | (~Q(state__in=GIVEN_BACK) & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="referral_feedback_fits_state",
                condition=Q(state="done") | Q(feedback=""),
            ),
            models.CheckConstraint(
                name="referral_sent_has_receiver",
                condition=Q(state__in=[*BEFORE_SENDING, "withdrawn"]) | Q(receiver_user__isnull=False),
            ),
            _dated(
                "sent_at",
                required=[*sorted(RECEIVER_HOLDS), *GIVEN_BACK, "done"],
                empty=BEFORE_SENDING,
            ),
            _dated(
                "received_at",
                required=["received", *RUNNING, "closed", *GIVEN_BACK, "done"],
                empty=[*BEFORE_SENDING, "sent"],
            ),
            _dated(
                "answered_at",
                required=[*RUNNING, "closed", *GIVEN_BACK, "done"],
                empty=[*UNANSWERED, "withdrawn"],
            ),
            _dated("contacted_at", required=["reached"], empty=[*UNANSWERED, "accepted", "declined"]),
            _dated("closed_at", required=["closed", "done"], empty=[*UNANSWERED, *RUNNING, *GIVEN_BACK]),
            _dated("ended_at", required=sorted(CLOSED_STATES), empty=sorted(OPEN_STATES)),
        ]

    class Privacy:
        purpose = "Verbindliche Übergabe zwischen Stellen mit Frist und Antwort"
        owners = (
            Owner("from_unit", view=WATCHED, edit=(Permission.REFERRAL_SEND, Permission.DUTY_WATCH)),
            Owner(
                "to_unit",
                view=WATCHED,
                edit=(Permission.REFERRAL_ANSWER, Permission.DUTY_WATCH),
                once="sent_at",
            ),
        )
        plain = {
            *(
                "id",
                "created_at",
                "number",
                "from_unit",
                "to_unit",
                "route",
                "subject",
                "finding_code",
                "purpose",
            ),
            *BATON_FIELDS,
            *("state", "categories", "flow_rule", "mode", "norm", "flow_sentence", "feedback_scope"),
            *("lead_unit", "forwarded_from"),
            *(
                "rule_version",
                "receipt_days",
                "answer_days",
                "first_contact_days",
                "feedback_days",
                "answer_due_on",
            ),
            *(
                "sent_at",
                "received_at",
                "answered_at",
                "contacted_at",
                "closed_at",
                "ended_at",
                "decline_reason",
            ),
            "feedback",
        }
        personal = {
            *(
                "finding",
                "household",
                "responsible_user",
                "sender_user",
                "receiver_user",
                "received_household",
            ),
            "received_hint_id",
        }
        sensitive: set[str] = set()
        retention = "L3"
        starts = From("ended_at")

    @property
    def shown_label(self) -> str:
        """Whom or what it is about, as far as the reader may know: what travels, else the sender's own household."""
        content = getattr(self, "envelope", None)
        if content is not None and content.label:
            return str(content.label)
        return self.household.label if self.household is not None else ""

    @property
    def agreement(self) -> str:
        """Which version of the agreed periods holds for this referral; it stays when a newer one begins."""
        name, _space, number = self.rule_version.rpartition(" ")
        if name == "Kooperationsvereinbarung":
            return str(_("vereinbart in der Kooperationsvereinbarung vom {day}").format(day=number))
        word = _("Vorgabe") if name == "Vorgabe" else _("Vereinbarung, Fassung")
        return f"{word} {number}"

    def send(self, *, at: datetime, receiver_user_id: UUID, answer_due_on: date) -> None:
        """Hand the envelope over: from now on the receiver must act."""
        self.move("send")
        self.sent_at, self.answer_due_on = at, answer_due_on
        self.receiver_user_id = receiver_user_id

    def receive(self, *, at: datetime) -> None:
        """The receiver has read it."""
        self.move("receive")
        self.received_at = at

    def accept(self, *, at: datetime) -> None:
        """The receiver takes it over; reading is implied."""
        self.move("accept")
        self.received_at, self.answered_at = self.received_at or at, at

    def decline(self, *, at: datetime, reason: str) -> None:
        """The receiver gives it back with a coded reason; the sender must decide anew."""
        self.move("decline")
        self.received_at, self.answered_at, self.decline_reason = self.received_at or at, at, reason

    def return_to_sender(self, *, at: datetime, reason: str) -> None:
        """The receiver gives back what it had taken; the sender must decide anew."""
        self.move("return")
        self.decline_reason = reason

    def resume(self) -> None:
        """Go on where it stood: a family that was reached stays reached."""
        self.move("resume_reached" if self.contacted_at is not None else "resume")

    def reopen(self) -> None:
        """What was done is running again; what was told to the sender no longer holds."""
        self.move("reopen")
        self.is_open, self.closed_at, self.ended_at, self.contacted_at = True, None, None, None
        self.feedback = ""

    def reach(self, *, at: datetime) -> None:
        """The first contact took place."""
        self.move("reach")
        self.contacted_at = at

    def close(self, *, at: datetime) -> None:
        """The work is done; the sender still waits for feedback."""
        self.move("close")
        self.closed_at = at

    def end(self, move: str, *, at: datetime) -> None:
        """Take one of the moves after which nobody must act any more."""
        self.move(move)
        self.is_open, self.ended_at = False, at
        self.version += 1
