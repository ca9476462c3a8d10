"""Folders: sets of sheets that are handed out together, as the arrival folder."""

from __future__ import annotations

from django.db import models

from stafette.accounts.models import Unit
from stafette.kernel.models import BaseModel
from stafette.materials.models.sheets import CATALOGUE, InfoSheet


class Folder(BaseModel):
    """An ordered set of sheets; `titles` holds its name by language, the German one always."""

    code = models.SlugField(unique=True, max_length=40)
    titles = models.JSONField(default=dict)
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]

    class Privacy:
        purpose = "Mappen aus Infoblättern"
        owners = ()
        plain = {"id", "created_at", "code", "titles", "keeper"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE

    def __str__(self) -> str:
        return str(self.titles.get("de", self.code))


class FolderSheet(BaseModel):
    """A sheet's place in a folder."""

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="places")
    sheet = models.ForeignKey(InfoSheet, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["folder", "sheet"], name="folder_sheet_once")]

    class Privacy:
        purpose = "Reihenfolge der Infoblätter in einer Mappe"
        owners = ()
        plain = {"id", "created_at", "folder", "sheet", "position"}
        personal: set[str] = set()
        sensitive: set[str] = set()
        retention = ""
        starts = CATALOGUE
