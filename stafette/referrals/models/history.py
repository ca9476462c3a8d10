"""What is never overwritten: moved dates, corrections, notices, hand-overs of a whole desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit, User
from stafette.kernel.keeping import Asked, With
from stafette.kernel.models import BaseModel
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner
from stafette.referrals.models.referral import WATCHED, Referral

WRITTEN = (Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER)


class DateChange(BaseModel):
    """A date that was moved: who, why, from when to when (§ 31(7) VwVfG is the model: a record, never overwritten)."""

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        SUSPENSION = "suspension", _("Aussetzung")
        RESUMED = "resumed", _("Ende der Aussetzung")
        EXTENSION = "extension", _("Verlängerung")
        PAUSE = "pause", _("Pause der Erinnerungen")

    class Reason(models.TextChoices):
        FAMILY_AWAY = "family_away", _("Familie ist verreist")
        WAITING_DOCUMENT = "waiting_document", _("Unterlagen fehlen noch")
        WAITING_AUTHORITY = "waiting_authority", _("andere Behörde muss erst entscheiden")
        ILLNESS = "illness", _("Erkrankung in der Familie")
        INTERPRETER = "interpreter", _("keine Sprachmittlung verfügbar")
        AGREED = "agreed", _("mit der anderen Stelle abgesprochen")
        STAFFING = "staffing", _("Personalausfall in der Stelle")
        OVER = "over", _("Grund ist entfallen")

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="date_changes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    before_on = models.DateField()
    after_on = models.DateField()
    days_left = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]

    class Privacy:
        purpose = "Aussetzung, Verlängerung und Pause mit Grund"
        owners = (Owner("unit", view=Permission.REFERRAL_VIEW, edit=WRITTEN),)
        plain = {"id", "created_at", "referral", "unit", "kind", "before_on", "after_on", "days_left"}
        personal = {"reason", "changed_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")


class Correction(BaseModel):
    """A value of a referral that was wrong: the old one stays, with source and date."""

    APPEND_ONLY = True

    class Source(models.TextChoices):
        TYPING = "typing", _("Eingabefehler")
        FAMILY = "family", _("Angabe der Familie")
        DOCUMENT = "document", _("Unterlage")
        OTHER_UNIT = "other_unit", _("Hinweis einer anderen Stelle")
        REOPENED = "reopened", _("Vorgang wieder geöffnet")

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="corrections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    old_value = models.CharField(max_length=60)
    new_value = models.CharField(max_length=60)
    source = models.CharField(max_length=10, choices=Source.choices)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]

    class Privacy:
        purpose = "Berichtigungen mit altem Wert, Quelle und Datum"
        owners = (Owner("unit", view=Permission.REFERRAL_VIEW, edit=WRITTEN),)
        plain = {"id", "created_at", "referral", "unit", "field", "source"}
        personal = {"old_value", "new_value", "corrected_by"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = With("referral")


class Notice(BaseModel):
    """Somebody was told that an open thing is due or late: once per step, thing and date, whatever crashes."""

    APPEND_ONLY = True

    class Step(models.TextChoices):
        REMIND = "remind", _("Erinnerung")
        HEAD = "head", _("Leitung informiert")
        STEERING = "steering", _("Koordinationsstelle informiert")

    thing = models.CharField(max_length=20)
    thing_id = models.UUIDField()
    number = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    told_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=8, choices=Step.choices)
    due_on = models.DateField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["thing_id"], name="notice_of_thing")]
        constraints = [
            models.UniqueConstraint(fields=["thing_id", "step", "due_on"], name="notice_once_per_step")
        ]

    class Privacy:
        purpose = "Erinnerung und Eskalation, ohne Angaben zum Fall"
        owners = (Owner("unit", view=WATCHED, edit=Permission.DUTY_WATCH),)
        plain = {
            *("id", "created_at", "thing", "thing_id", "number", "unit", "told_unit", "step", "due_on"),
        }
        personal = {"holder"}
        sensitive: set[str] = set()
        retention = "L3"
        starts = Asked("notice")
