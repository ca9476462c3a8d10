"""What a person asks of a unit about the own data, with the clock of Art. 12(3) GDPR."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.clock import today
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.people.models import Household, Person
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state

SEEN = (Permission.RIGHTS_VIEW, Permission.RIGHTS_WATCH, Permission.DUTY_WATCH)
WORKED = (Permission.RIGHTS_EDIT, Permission.DUTY_WATCH)
CONTENT = (Owner("unit", view=Permission.RIGHTS_VIEW, edit=Permission.RIGHTS_EDIT),)
OPEN_STATES = {"received", "in_work"}
CLOSED_STATES = {"answered", "refused", "passed_on", "withdrawn"}


class Kind(models.TextChoices):
    """What may be asked for; each kind names its article."""

    ACCESS = "access", _("Auskunft (Art. 15)")
    CORRECTION = "correction", _("Berichtigung (Art. 16)")
    CONTESTED = "contested", _("Angabe bestreiten (§ 84 Abs. 2 SGB X)")
    RESTRICTION = "restriction", _("Einschränkung (Art. 18)")
    OBJECTION = "objection", _("Widerspruch (Art. 21)")
    ERASURE = "erasure", _("Löschung (Art. 17)")
    PORTABILITY = "portability", _("Daten mitnehmen (Art. 20)")


class Channel(models.TextChoices):
    """How the request came; no form is prescribed."""

    COUNTER = "counter", _("persönlich am Schalter")
    SPOKEN = "spoken", _("mündlich oder am Telefon")
    LETTER = "letter", _("Brief")
    MAIL = "mail", _("E-Mail")
    PASSED_ON = "passed_on", _("von einer anderen Stelle weitergeleitet")


class Identity(models.TextChoices):
    """How the unit made sure who asks (Art. 12(6) GDPR); no copy of a document is kept."""

    OPEN = "", _("noch nicht geprüft")
    DOCUMENT = "document", _("Ausweis oder Pass gesehen")
    KNOWN = "known", _("persönlich bekannt")
    GUARDIAN = "guardian", _("sorgeberechtigte Person, ausgewiesen")
    PROXY = "proxy", _("Vertretung mit Vollmacht, ausgewiesen")
    DETAILS = "details", _("Angaben abgefragt, die nur die Person weiß")


class Answer(models.TextChoices):
    """What came of it; the code is all that is kept of the answer itself."""

    FULL = "full", _("Auskunft gegeben")
    PARTLY = "partly", _("Auskunft zum Teil gegeben")
    NOTHING = "nothing", _("Zu dieser Person ist hier nichts gespeichert")
    CORRECTED = "corrected", _("berichtigt")
    MARKED = "marked", _("als bestritten vermerkt")
    RESTRICTED = "restricted", _("Verarbeitung eingeschränkt")
    STOPPED = "stopped", _("Verarbeitung beendet")
    ERASED = "erased", _("gelöscht")
    KEPT_RESTRICTED = "kept_restricted", _("eingeschränkt statt gelöscht")
    HANDED_OUT = "handed_out", _("Datei mitgegeben")


class SubjectRequest(Baton):
    """A request of a person to one unit, which answers for its own data only (§ 67(4) SGB X).

    The row holds dates and codes: officer and head watch the clock by it. Who asks and what stands in RequestContent.
    `counts_from` is the day from which the month runs; `first_due_on` its end before an extension.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("eingegangen")
        IN_WORK = "in_work", _("in Arbeit")
        ANSWERED = "answered", _("beantwortet")
        REFUSED = "refused", _("abgelehnt")
        PASSED_ON = "passed_on", _("weitergeleitet")
        WITHDRAWN = "withdrawn", _("zurückgenommen")

    MOVES: ClassVar = {
        "take": ({State.RECEIVED}, State.IN_WORK),
        "answer": ({State.IN_WORK}, State.ANSWERED),
        "refuse": ({State.IN_WORK}, State.REFUSED),
        "pass_on": ({State.RECEIVED, State.IN_WORK}, State.PASSED_ON),
        "withdraw": ({State.RECEIVED, State.IN_WORK}, State.WITHDRAWN),
    }
    PEN: ClassVar = {
        **dict.fromkeys((State.RECEIVED, State.IN_WORK), "unit"),
        **dict.fromkeys((State.ANSWERED, State.REFUSED, State.PASSED_ON, State.WITHDRAWN), ""),
    }
    NAMES: ClassVar = {
        "take": _("Bearbeitung beginnen"),
        "answer": _("Beantworten"),
        "refuse": _("Ablehnen"),
        "pass_on": _("Weiterleiten"),
        "withdraw": _("Zurücknehmen lassen"),
    }

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    identity = models.CharField(max_length=10, choices=Identity.choices, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    received_on = models.DateField()
    counts_from = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    due_rule = models.CharField(max_length=40)
    due_said = models.CharField(max_length=500)
    extended_on = models.DateField(null=True)
    extension_reason = models.SlugField(max_length=20, blank=True)
    told_on = models.DateField(null=True)
    answer = models.CharField(max_length=16, choices=Answer.choices, blank=True)
    reason = models.SlugField(max_length=20, blank=True)
    came_from = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    came_as = models.UUIDField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Baton.Meta):
        indexes = [
            models.Index(
                fields=["unit", "next_on", "id"], name="subject_request_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"], name="subject_request_desk", condition=Q(is_open=True)
            ),
            models.Index(fields=["next_on", "id"], name="subject_request_by_date", condition=Q(is_open=True)),
            models.Index(fields=["person"], name="subject_request_of_person"),
            models.Index(fields=["household"], name="subject_request_of_house"),
        ]
        constraints = [
            open_fits_state("subject_request", open_states=OPEN_STATES, closed_states=CLOSED_STATES),
            dates_in_order("subject_request"),
            models.CheckConstraint(name="subject_request_stays", condition=Q(responsible_unit=F("unit"))),
            models.CheckConstraint(
                name="subject_request_ended_at_fits",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="subject_request_answer_fits",
                condition=(Q(state="answered") & ~Q(answer="")) | (~Q(state="answered") & Q(answer="")),
            ),
            models.CheckConstraint(
                name="subject_request_refusal_has_reason",
                condition=(Q(state="refused") & ~Q(reason="")) | Q(state="answered") | Q(reason=""),
            ),
            models.CheckConstraint(
                name="subject_request_answer_needs_identity",
                condition=~Q(state="answered") | ~Q(identity=""),
            ),
            models.CheckConstraint(
                name="subject_request_extension_whole",
                condition=Q(extended_on=None, extension_reason="", told_on=None, due_on=F("first_due_on"))
                | (
                    Q(extended_on__isnull=False, told_on__lte=F("first_due_on"), due_on__gt=F("first_due_on"))
                    & ~Q(extension_reason="")
                ),
            ),
            models.CheckConstraint(
                name="subject_request_came_whole",
                condition=Q(came_from=None, came_as=None) | Q(came_from__isnull=False, came_as__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Anträge von Betroffenen fristgerecht beantworten"
        owners = (Owner("unit", view=SEEN, edit=WORKED),)
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "kind", "channel", "identity", "state", "received_on"),
            *("counts_from", "first_due_on", "due_on", "due_rule", "due_said", "extended_on"),
            *("extension_reason", "told_on", "answer", "reason", "came_from", "came_as", "ended_at"),
        }
        personal = {"person", "household", "responsible_user", "taken_by", "ended_by"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = From("ended_at")

    @property
    def is_late(self) -> bool:
        """Tell whether the answer came, or would come, after the period of the law."""
        day = self.ended_at.date() if self.ended_at else today()
        return day > self.due_on

    def extend(self, *, on: date, told_on: date, reason: str, due_on: date, said: str) -> None:
        """Move the end of the period once; the first end stays to be seen."""
        self.extended_on, self.told_on, self.extension_reason = on, told_on, reason
        self.due_on, self.due_said = due_on, said[:500]

    def end(self, move: str, *, at: datetime, by_id: UUID, answer: str = "", reason: str = "") -> None:
        """Close it by one of the moves that end it; nobody holds the baton any more."""
        self.move(move)
        self.answer, self.reason = answer, reason
        self.is_open, self.ended_at, self.ended_by_id = False, at, by_id
        self.version += 1


class RequestContent(BaseModel):
    """Who asks, how to reach that person, and the own words: opened to those who answer, never to who only watches."""

    request = models.OneToOneField(SubjectRequest, on_delete=models.CASCADE, related_name="content")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=200, blank=True)
    born = models.CharField(max_length=40, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, default="de")
    wish = models.CharField(max_length=1000, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_content_destroyed_is_empty",
                condition=Q(destroyed_at=None) | Q(asker="", born="", contact="", wish=""),
            )
        ]

    class Privacy:
        purpose = "Anträge von Betroffenen fristgerecht beantworten"
        owners = CONTENT
        plain = {"id", "created_at", "request", "unit", "destroyed_at"}
        personal = {"asker", "born", "contact", "language", "wish"}
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("request")


class Passing(BaseModel):
    """A request passed on to the unit where it belongs; the sender learns two dates and nothing else.

    Whether the other unit holds anything at all shows neither here nor in the answer's date.
    """

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="passings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    received_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "to_unit"], name="request_passed_once_per_unit"),
            models.CheckConstraint(
                name="passing_answered_after_received",
                condition=Q(answered_on=None) | Q(received_on__isnull=False),
            ),
        ]

    class Privacy:
        purpose = "Nachweis, wohin ein Antrag weitergeleitet wurde"
        owners = (
            Owner(
                "unit",
                view=(Permission.RIGHTS_VIEW, Permission.RIGHTS_WATCH),
                edit=Permission.RIGHTS_EDIT,
            ),
        )
        plain = {
            *("id", "created_at", "request", "unit", "to_unit", "number", "sent_at"),
            *("received_on", "answered_on"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L13"
        starts = With("request")
