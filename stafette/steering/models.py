"""Counts that are kept while people work, so that the coordination page never reads a referral.

Nobody but the database's own functions touches these tables (migration 0002): the running role can neither read nor
write them. No row leads back to a referral or a person.
"""

from django.db import models

from stafette.kernel.keeping import Stays


class Change(models.Model):
    """What a referral looked like before (sign -1) and after (sign 1) a step: raw material of the tallies.

    A trigger appends it in the step's own transaction, so that a step that is rolled back leaves nothing. No row is
    ever updated: those who write at the same time do not wait for each other.
    """

    HIDDEN = True

    id = models.BigAutoField(primary_key=True)
    sign = models.SmallIntegerField()
    from_unit = models.UUIDField()
    to_unit = models.UUIDField()
    holder = models.UUIDField()
    finding_code = models.CharField(max_length=60)
    state = models.CharField(max_length=12)
    decline_reason = models.CharField(max_length=20)
    feedback = models.CharField(max_length=20)
    is_open = models.BooleanField()
    was_taken = models.BooleanField()
    next_on = models.DateField()
    answer_due_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        purpose = "Zahlen für die Koordinationsstelle, ohne Bezug zu einer Übergabe"
        owners = ()
        plain = {
            *("id", "sign", "from_unit", "to_unit", "holder", "finding_code", "state", "decline_reason"),
            *("feedback", "is_open", "was_taken", "next_on", "answer_due_on", "sent_at", "answered_at"),
            *("contacted_at", "ended_at"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L1"
        starts = Stays("Zahlen ohne Bezug zu einer Übergabe; werden beim nächsten Zählen verbraucht")


class Tally(models.Model):
    """How often: per kind, period, pair of units and finding one number per mark (stafette/steering/marks.py)."""

    HIDDEN = True

    pk = models.CompositePrimaryKey("kind", "period", "to_unit", "finding_code", "from_unit", "mark")
    kind = models.SmallIntegerField()
    period = models.DateField()
    to_unit = models.UUIDField()
    finding_code = models.CharField(max_length=60)
    from_unit = models.UUIDField()
    mark = models.SmallIntegerField()
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind"], name="tally_empty", condition=models.Q(count=0))]

    class Privacy:
        purpose = "Zahlen für die Koordinationsstelle, ohne Bezug zu einer Übergabe"
        owners = ()
        plain = {"kind", "period", "to_unit", "finding_code", "from_unit", "mark", "count"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = Stays("Zahlen ohne Bezug zu einer Übergabe")


class OtherUnit(models.Model):
    """The other unit of a follow-up whose referral is gone: the figures ask for it until the follow-up goes too."""

    HIDDEN = True

    follow_up_id = models.UUIDField(primary_key=True)
    unit = models.UUIDField()

    class Privacy:
        purpose = "Zahlen zur Nachhaltigkeit, wenn die Übergabe gelöscht ist"
        owners = ()
        plain = {"follow_up_id", "unit"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L3"
        starts = Stays("ohne Angaben zu Personen; geht im selben Schritt wie die Nachverfolgung")


class Lasted(models.Model):
    """How often a deleted follow-up was planned and answered: sums by unit, finding and day, no row of anybody."""

    HIDDEN = True

    pk = models.CompositePrimaryKey(
        *("lead_unit", "other_unit", "finding_code", "kind", "state", "result", "next_on")
    )
    lead_unit = models.UUIDField()
    other_unit = models.UUIDField()
    finding_code = models.CharField(max_length=60)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=8)
    result = models.CharField(max_length=12)
    next_on = models.DateField()
    count = models.IntegerField()

    class Privacy:
        purpose = "Zahlen zur Nachhaltigkeit, ohne Bezug zu einer Übergabe"
        owners = ()
        plain = {
            *("lead_unit", "other_unit", "finding_code", "kind", "state", "result", "next_on", "count"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = "L16"
        starts = Stays("Zahlen ohne Bezug zu einer Übergabe")
