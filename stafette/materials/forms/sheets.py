"""What editors fill in about sheets, their texts, and folders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stafette.kernel.errors import BadInput
from stafette.materials.choices import STATUSES, TARGET_GROUPS
from stafette.materials.notation import LONGEST_TEXT, blocks_of
from stafette.web.sheets import LANGUAGES

KINDS = [
    ("sheet", _("Infoblatt")),
    ("checklist", _("Was brauche ich für …")),
    ("emergency", _("Notfallblatt")),
]


class SheetForm(forms.Form):
    """What a sheet is about and for whom; nothing ticked means for everybody."""

    kind = forms.ChoiceField(label=_("Art"), choices=KINDS)
    topics = forms.MultipleChoiceField(label=_("Themen"), required=False, widget=forms.CheckboxSelectMultiple)
    target_groups = forms.MultipleChoiceField(
        label=_("Zielgruppen"),
        required=False,
        choices=list(TARGET_GROUPS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nichts angekreuzt: für alle."),
    )
    statuses = forms.TypedMultipleChoiceField(
        label=_("Nur für Menschen mit diesem Aufenthalt"),
        required=False,
        coerce=int,
        choices=list(STATUSES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nichts angekreuzt: für alle."),
    )
    is_public = forms.BooleanField(
        label=_("Auch auf den öffentlichen Seiten zeigen"), required=False, initial=True
    )
    position = forms.IntegerField(label=_("Platz in der Liste"), min_value=1, max_value=999, initial=100)
    confirm_days = forms.IntegerField(
        label=_("Durchsehen nach Tagen"), min_value=7, max_value=1000, initial=183
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topics"]
        field.choices = topics


class NewSheetForm(SheetForm):
    """A new sheet has a code besides, which never changes."""

    code = forms.SlugField(
        label=_("Kürzel"),
        max_length=40,
        help_text=_(
            "Kleine Buchstaben und Striche, zum Beispiel „fuehrerschein“. Es ändert sich nie wieder."
        ),
    )
    field_order = ("code",)

    def given(self) -> tuple[str, dict[str, Any]]:
        """The code, and what the sheet is about."""
        data = dict(self.cleaned_data)
        return data.pop("code"), data


class TextForm(forms.Form):
    """Title and text in the small notation; a line that cannot be read is named."""

    title = forms.CharField(label=_("Titel"), max_length=160)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    is_reviewed = forms.BooleanField(
        label=_("Jemand, der die Sprache spricht, hat den Text geprüft"), required=False
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = "de" if language == "ls" else language
        for name in ("title", "body"):
            self.fields[name].widget.attrs |= {"lang": tag, "dir": "rtl" if language == "ar" else "ltr"}
        if language == "de":
            del self.fields["is_reviewed"]

    def clean_body(self) -> str:
        """Read the notation now, so that the mistake stands beside the field."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        try:
            blocks_of(body)
        except BadInput as error:
            raise forms.ValidationError(error.message) from error
        return body


class ReleaseForm(forms.Form):
    """Whether a speaker checked the translation."""

    is_reviewed = forms.BooleanField(required=False)


class FolderForm(forms.Form):
    """Names of a folder by language, and its sheets: a number gives the place, empty leaves the sheet out."""

    def __init__(self, *args: Any, sheets: list[tuple[str, str]], new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        if new:
            self.fields["code"] = forms.SlugField(label=_("Kürzel"), max_length=40)
        for code, name in LANGUAGES.items():
            self.fields[f"title_{code}"] = forms.CharField(label=name, max_length=120, required=code == "de")
        for code, title in sheets:
            self.fields[f"place_{code}"] = forms.IntegerField(
                label=title, min_value=1, max_value=99, required=False
            )

    def folder(self) -> dict[str, Any]:
        """Names and codes in the order of the places."""
        data = self.cleaned_data
        titles = {code: data[f"title_{code}"] for code in LANGUAGES if data.get(f"title_{code}")}
        placed = [(data[f"place_{code}"], at, code) for at, (code, _t) in enumerate(self.sheets)
                  if data.get(f"place_{code}")]  # fmt: skip
        return {"titles": titles, "sheets": [code for _place, _at, code in sorted(placed)]}

    @property
    def names(self) -> list[Any]:
        """The fields of the names, the code first where there is one."""
        return [self[name] for name in self.fields if not name.startswith("place_")]

    @property
    def places(self) -> list[Any]:
        """The fields of the places."""
        return [self[name] for name in self.fields if name.startswith("place_")]
