"""A question to a partner: the open thing itself, and what travels with it."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import From, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.partners.models.catalogue import Partner
from stafette.people.models import Household, Person
from stafette.protection.data import Mode
from stafette.referrals.models import FollowUp, Referral
from stafette.referrals.models.baton import BATON_FIELDS, Baton, dates_in_order, open_fits_state

WATCHED = (Permission.REFERRAL_VIEW, Permission.DUTY_WATCH)
WORKED = (Permission.REFERRAL_SEND, Permission.DUTY_WATCH)
OPEN_STATES = {"draft", "sent", "bounced", "answered"}
CLOSED_STATES = {"closed", "unanswered", "withdrawn"}
UNANSWERED = ["draft", "sent", "bounced", "unanswered", "withdrawn"]
MOST_TRIES = 5


class PartnerRequest(Baton):
    """A question to a partner that is answered by link or by account; the baton stays with the unit that asks.

    The row holds states, dates and codes; what travels lies in PartnerContent. A link opens exactly this row
    (LINK_ANSWER is granted for its id), an account of the partner those of its own unit. It is over only when the
    answer was read, or the unit gave up on it: silence never ends it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        SENT = "sent", _("gefragt")
        BOUNCED = "bounced", _("Mail nicht zustellbar")
        ANSWERED = "answered", _("beantwortet, noch nicht gelesen")
        CLOSED = "closed", _("beantwortet")
        UNANSWERED = "unanswered", _("ohne Antwort beendet")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    MOVES: ClassVar = {
        "send": ({State.DRAFT}, State.SENT),
        "bounce": ({State.SENT}, State.BOUNCED),
        "renew": ({State.SENT, State.BOUNCED}, State.SENT),
        "answer": ({State.SENT, State.BOUNCED}, State.ANSWERED),
        "close": ({State.ANSWERED}, State.CLOSED),
        "give_up": ({State.SENT, State.BOUNCED}, State.UNANSWERED),
        "withdraw": ({State.DRAFT, State.SENT, State.BOUNCED}, State.WITHDRAWN),
    }
    PEN: ClassVar = {
        **dict.fromkeys((State.DRAFT, State.SENT, State.BOUNCED, State.ANSWERED), "unit"),
        **dict.fromkeys((State.CLOSED, State.UNANSWERED, State.WITHDRAWN), ""),
    }
    NAMES: ClassVar = {
        "send": _("Anfrage senden"),
        "bounce": _("Mail kam zurück"),
        "renew": _("Neuen Link senden"),
        "answer": _("Antworten"),
        "close": _("Gelesen, abschließen"),
        "give_up": _("Ohne Antwort beenden"),
        "withdraw": _("Zurückziehen"),
    }

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="requests")
    partner_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.SlugField(max_length=40)
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    referral = models.ForeignKey(Referral, null=True, on_delete=models.SET_NULL, related_name="+")
    follow_up = models.ForeignKey(FollowUp, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    purpose = models.CharField(max_length=300)
    categories = ArrayField(models.CharField(max_length=20))
    flow_rule = models.CharField(max_length=12)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    norm = models.CharField(max_length=200)
    flow_sentence = models.CharField(max_length=500)

    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.SlugField(max_length=40, blank=True)
    answer_on = models.DateField(null=True)
    answer_due_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=128, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta(Baton.Meta):
        indexes = [
            models.Index(
                fields=["unit", "next_on", "id"], name="partner_request_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["responsible_user", "next_on"],
                name="partner_request_desk",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["next_on", "id"], name="partner_request_by_date", condition=Q(is_open=True)),
            models.Index(fields=["partner_unit", "answer_due_on"], name="partner_request_inbox"),
            models.Index(fields=["household"], name="partner_request_of_household"),
        ]
        constraints = [
            open_fits_state("partner_request", open_states=OPEN_STATES, closed_states=CLOSED_STATES),
            dates_in_order("partner_request"),
            models.CheckConstraint(
                name="partner_request_baton_stays", condition=Q(responsible_unit=F("unit"))
            ),
            models.CheckConstraint(
                name="partner_request_is_from_another",
                condition=Q(partner_unit=None) | ~Q(partner_unit=F("unit")),
            ),
            models.CheckConstraint(
                name="partner_request_sent_at_fits",
                condition=Q(state="draft", sent_at=None, answer_due_on=None)
                | Q(state="withdrawn")
                | (
                    ~Q(state__in=["draft", "withdrawn"])
                    & Q(sent_at__isnull=False, answer_due_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="partner_request_answer_fits_state",
                condition=(Q(state__in=["answered", "closed"], answered_at__isnull=False) & ~Q(answer=""))
                | Q(state__in=UNANSWERED, answered_at=None, answer="", answer_on=None),
            ),
            models.CheckConstraint(
                name="partner_request_ended_at_fits",
                condition=Q(is_open=True, ended_at=None) | Q(is_open=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(name="partner_request_few_tries", condition=Q(code_tries__lte=MOST_TRIES)),
        ]

    class Privacy:
        purpose = "Nachfrage bei einem Partner mit Frist und Antwort"
        owners = (
            Owner("unit", view=WATCHED, edit=WORKED),
            Owner(
                "partner_unit",
                view=Permission.PARTNER_ANSWER,
                edit=Permission.PARTNER_ANSWER,
                once="sent_at",
            ),
            Owner("id", view=Permission.LINK_ANSWER, edit=Permission.LINK_ANSWER, once="sent_at"),
        )
        plain = {
            *BATON_FIELDS,
            *("id", "created_at", "number", "unit", "partner", "partner_unit", "question", "state"),
            *("referral", "follow_up", "purpose", "categories", "flow_rule", "mode", "norm", "flow_sentence"),
            *("answer_due_on", "sent_at", "answered_at", "ended_at", "code_tries"),
        }
        personal = {"household", "person", "responsible_user", "asked_by", "answer", "answer_on"}
        sensitive = {"code_hash"}
        retention = "L3"
        starts = From("ended_at")

    @property
    def needs_code(self) -> bool:
        """Tell whether nothing is shown to a link before the code was given."""
        return self.partner.second_channel

    @property
    def is_locked(self) -> bool:
        """Tell whether the code was given wrongly so often that the unit must make a new one."""
        return self.code_tries >= MOST_TRIES

    def send(self, *, at: datetime, due_on: date) -> None:
        """Ask: from now on the partner may see and answer it."""
        self.move("send")
        self.sent_at, self.answer_due_on = at, due_on

    def give_answer(self, *, at: datetime, answer: str, answer_on: date | None) -> None:
        """Keep the answer; the unit that asked must read it."""
        self.move("answer")
        self.answered_at, self.answer, self.answer_on = at, answer, answer_on
        self.code_hash, self.code_tries = "", 0

    def end(self, move: str, *, at: datetime) -> None:
        """Close it by one of the moves that end it; nobody holds the baton any more."""
        self.move(move)
        self.is_open, self.ended_at, self.code_hash = False, at, ""
        self.version += 1


class PartnerContent(BaseModel):
    """What the partner gets to see, and what it adds: nothing but what rule and consent allow for this question."""

    request = models.OneToOneField(PartnerRequest, on_delete=models.CASCADE, related_name="content")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    partner_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    person_count = models.PositiveSmallIntegerField(default=0)
    own_number = models.CharField(max_length=40, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partner_content_destroyed_is_empty",
                condition=Q(destroyed_at=None) | Q(payload={}, label=""),
            )
        ]

    class Privacy:
        purpose = "Inhalt einer Anfrage an einen Partner und seine Bemerkung"
        owners = (
            Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.REFERRAL_SEND),
            Owner(
                "partner_unit",
                view=Permission.PARTNER_ANSWER,
                edit=Permission.PARTNER_ANSWER,
                once="sent_at",
            ),
            Owner("request", view=Permission.LINK_ANSWER, edit=Permission.LINK_ANSWER, once="sent_at"),
        )
        plain = {
            *("id", "created_at", "request", "unit", "partner_unit", "person_count", "sent_at"),
            "destroyed_at",
        }
        personal = {"label", "payload", "own_number", "remark"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("request")
