"""A short contact at the counter: counted, nobody stored."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.intake.codes import Channel, Origin, Result, TargetGroup
from stafette.intake.models.forms import TopicList
from stafette.kernel.keeping import Stays
from stafette.kernel.models import Stateful
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import Owner


class ShortContact(Stateful):
    """What somebody asked at the counter, without who it was (W-70).

    A contact that became a talk is counted there and no longer here; it does not say which talk, so that
    the counter's anonymity is not lifted afterwards. `services` and `sheets` are the codes of what was given along,
    `given_language` the language in which it was; each service named there is one signpost.
    """

    class State(models.TextChoices):
        COUNTED = "counted", _("gezählt")
        UNDONE = "undone", _("zurückgenommen")
        CONVERTED = "converted", _("als Gespräch weitergeführt")

    Channel = Channel
    Result = Result

    MOVES: ClassVar = {
        "undo": ({State.COUNTED}, State.UNDONE),
        "convert": ({State.COUNTED}, State.CONVERTED),
    }
    NAMES: ClassVar = {"undo": _("Zurücknehmen"), "convert": _("Gespräch beginnen")}

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counted_on = models.DateField()
    hour = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=3, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.COUNTER)
    topics = ArrayField(models.CharField(max_length=40))
    topic_list = models.ForeignKey(TopicList, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=11, choices=Result.choices)
    target_group = models.CharField(max_length=40, blank=True, choices=TargetGroup.choices)
    origin = models.CharField(max_length=9, blank=True, choices=Origin.choices)
    services = ArrayField(models.CharField(max_length=80), default=list)
    sheets = ArrayField(models.CharField(max_length=80), default=list)
    given_language = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.COUNTED)
    ended_at = models.DateTimeField(null=True)
    once = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "counted_on"], name="contact_of_day", condition=Q(state="counted")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "once"], name="contact_sent_once"),
            models.CheckConstraint(name="contact_has_topics", condition=Q(topics__len__gte=1)),
            models.CheckConstraint(name="contact_hour", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="contact_ended_fits_state",
                condition=(Q(state="counted") & Q(ended_at=None))
                | (~Q(state="counted") & Q(ended_at__isnull=False)),
            ),
        ]

    class Privacy:
        purpose = "Kurzkontakte zählen, ohne Angaben zur Person"
        owners = (Owner("unit", view=Permission.CONTACT_COUNT, edit=Permission.CONTACT_COUNT),)
        plain = {
            *(
                "id",
                "created_at",
                "unit",
                "counted_on",
                "hour",
                "language",
                "channel",
                "topics",
                "topic_list",
            ),
            *("result", "target_group", "origin", "services", "sheets", "given_language"),
            *("state", "ended_at", "once"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L16"
        starts = Stays("gezählt ohne Angaben zur Person")

    def end(self, move: str, *, at: datetime) -> None:
        """Take it out of the count: it was a mistake, or it became a talk."""
        self.move(move)
        self.ended_at = at
