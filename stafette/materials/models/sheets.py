"""Information sheets for newcomers, and their versions: one life per language, led by the German text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Unit
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.keeping import Stays
from stafette.kernel.models import BaseModel, Stateful

CATALOGUE = Stays("Infoblätter und Arbeitshilfen, ohne Angaben zu Ratsuchenden")
RHYTHM_DAYS = 183  # [default] texts for newcomers every six months (domain.md 8.6)


class SheetKind(models.TextChoices):
    """What a sheet is for."""

    SHEET = "sheet", _("Infoblatt")
    CHECKLIST = "checklist", _("Was brauche ich für …")
    EMERGENCY = "emergency", _("Notfallblatt")


class InfoSheet(BaseModel):
    """A sheet that is handed out or published; its words stand in its versions.

    `code` is the same as the code of the material in the arrival talk where both mean the same thing.
    `assured_on` is when somebody last looked whether it still holds, `confirm_days` how long that is good for.
    """

    code = models.SlugField(unique=True, max_length=40)
    kind = models.CharField(max_length=9, choices=SheetKind.choices, default=SheetKind.SHEET)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    target_groups = ArrayField(models.CharField(max_length=40), default=list)
    statuses = ArrayField(models.PositiveSmallIntegerField(), default=list)
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=100)
    is_public = models.BooleanField(default=True)
    confirm_days = models.PositiveSmallIntegerField(default=RHYTHM_DAYS)
    assured_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "code"]

    class Privacy:
        purpose = "Infoblätter für Neuzugewanderte"
        owners = ()
        plain = {
            *("id", "created_at", "code", "kind", "topics", "target_groups", "statuses", "keeper"),
            *("position", "is_public", "confirm_days", "assured_on"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return self.code

    @property
    def confirm_on(self) -> date:
        """The day on which somebody should look again; today where nobody ever did."""
        return self.assured_on + timedelta(days=self.confirm_days) if self.assured_on else today()

    @property
    def is_stale(self) -> bool:
        """Whether nobody looked for longer than the rhythm allows."""
        return self.assured_on is None or self.confirm_on < today()


class SheetVersion(Stateful):
    """The words of a sheet in one language: written by one person, released by another, then shown to people.

    At most one version of a language is worked on, and at most one is shown. A published translation is `outdated`
    as soon as a newer German text is published; it stays visible with a mark. `made_for` is the German version that
    a translation was made from. `is_reviewed` says that somebody who speaks the language checked it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        REVIEW = "review", _("zur Prüfung")
        RELEASED = "released", _("freigegeben")
        PUBLISHED = "published", _("veröffentlicht")
        OUTDATED = "outdated", _("veraltet")
        REPLACED = "replaced", _("ersetzt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    MOVES: ClassVar = {
        "submit": ({State.DRAFT}, State.REVIEW),
        "return": ({State.REVIEW, State.RELEASED}, State.DRAFT),
        "release": ({State.REVIEW}, State.RELEASED),
        "publish": ({State.RELEASED}, State.PUBLISHED),
        "outdate": ({State.PUBLISHED}, State.OUTDATED),
        "keep": ({State.OUTDATED}, State.PUBLISHED),
        "replace": ({State.PUBLISHED, State.OUTDATED}, State.REPLACED),
        "withdraw": (
            {State.DRAFT, State.REVIEW, State.RELEASED, State.PUBLISHED, State.OUTDATED},
            State.WITHDRAWN,
        ),
    }
    NAMES: ClassVar = {
        "submit": _("Zur Prüfung geben"),
        "return": _("Zurück an den Entwurf"),
        "release": _("Freigeben"),
        "publish": _("Veröffentlichen"),
        "outdate": _("Als veraltet kennzeichnen"),
        "keep": _("Übersetzung stimmt weiterhin"),
        "replace": _("Ersetzen"),
        "withdraw": _("Zurückziehen"),
    }
    PEN: ClassVar = {
        State.DRAFT: "author",
        State.REVIEW: "releaser",
        State.RELEASED: "editor",
        State.OUTDATED: "translator",
    }

    sheet = models.ForeignKey(InfoSheet, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    made_for = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="translations")
    is_reviewed = models.BooleanField(default=False)
    author_id = models.UUIDField()
    author_label = models.CharField(max_length=200)
    writers = ArrayField(models.UUIDField(), default=list)
    released_by_id = models.UUIDField(null=True)
    released_by_label = models.CharField(max_length=200, blank=True)
    released_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["sheet", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "language", "number"], name="sheet_version_number_once"),
            models.UniqueConstraint(
                fields=["sheet", "language"],
                condition=Q(state__in=["draft", "review", "released"]),
                name="sheet_version_one_in_work",
            ),
            models.UniqueConstraint(
                fields=["sheet", "language"],
                condition=Q(state__in=["published", "outdated"]),
                name="sheet_version_one_shown",
            ),
            models.CheckConstraint(
                name="sheet_version_four_eyes",
                condition=Q(released_by_id=None) | ~Q(released_by_id=F("author_id")),
            ),
            models.CheckConstraint(
                name="sheet_version_released_fits",
                condition=Q(state__in=["draft", "review"], released_by_id=None, released_on=None)
                | Q(state="withdrawn")
                | Q(
                    state__in=["released", "published", "outdated", "replaced"],
                    released_by_id__isnull=False,
                    released_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="sheet_version_published_fits",
                condition=Q(state__in=["draft", "review", "released"], published_on=None, ended_on=None)
                | Q(state__in=["published", "outdated"], published_on__isnull=False, ended_on=None)
                | Q(state="replaced", published_on__isnull=False, ended_on__isnull=False)
                | Q(state="withdrawn", ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_version_german_leads",
                condition=Q(language="de", made_for=None) & ~Q(state="outdated") | ~Q(language="de"),
            ),
        ]

    class Privacy:
        purpose = "Texte der Infoblätter mit Stand je Sprache"
        owners = ()
        plain = {
            *("id", "created_at", "sheet", "language", "number", "title", "body", "state", "made_for"),
            *("is_reviewed", "author_id", "author_label", "writers", "released_by_id", "released_by_label"),
            *("released_on", "published_on", "ended_on", "changed_at"),
        }
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    @property
    def is_shown(self) -> bool:
        """Whether people get to see it."""
        return self.state in SHOWN

    def write(self, *, title: str, body: str, by_id: UUID, by_label: str) -> None:
        """Change the words; only a draft may be written on, and whoever writes on it is one of its authors."""
        if self.state != self.State.DRAFT:
            raise RuleBroken(
                str(
                    _(
                        "Nur ein Entwurf lässt sich ändern. Geben Sie die Fassung zuerst an den Entwurf zurück."
                    )
                )
            )
        self.title, self.body = title, body
        self.author_id, self.author_label = by_id, by_label
        self.writers = sorted({*self.writers, by_id})

    def release(self, *, by_id: UUID, by_label: str, on: date) -> None:
        """Answer for the text as a second person: nobody releases what they wrote."""
        if by_id == self.author_id or by_id in self.writers:
            raise NotAllowed(
                str(_("Diesen Text haben Sie selbst geschrieben. Eine andere Person muss ihn freigeben."))
            )
        self.move("release")
        self.released_by_id, self.released_by_label, self.released_on = by_id, by_label, on

    def send_back(self) -> None:
        """Open it for changes again; a release does not outlive a change."""
        self.move("return")
        self.released_by_id, self.released_by_label, self.released_on = None, "", None

    def publish(self, *, on: date) -> None:
        """Show it to people from that day."""
        self.move("publish")
        self.published_on = on

    def end(self, move: str, *, on: date) -> None:
        """Take it off, as replaced or as withdrawn."""
        self.move(move)
        self.ended_on = on


WORKING = (SheetVersion.State.DRAFT, SheetVersion.State.REVIEW, SheetVersion.State.RELEASED)
SHOWN = (SheetVersion.State.PUBLISHED, SheetVersion.State.OUTDATED)
