"""Plain forms of the evaluation: which period, which units, compared with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.evaluation import periods
from stafette.evaluation.periods import FREE, QUARTER, Period
from stafette.evaluation.queries import CountedUnit, last_publishable
from stafette.kernel.clock import today
from stafette.web.forms import DateField

MOST = {"monat": 24, "quartal": 12, "halbjahr": 6, "jahr": 4, "schuljahr": 4, "okt-sep": 4}
EARLIER, LAST_YEAR = "davor", "vorjahr"


class ChoiceForm(forms.Form):
    """A period by its name, or from a day to a day; and whose contacts."""

    hide_required = True
    zeitraum = forms.ChoiceField(label=gettext_lazy("Zeitraum"), required=False)
    von = DateField(label=gettext_lazy("Von (nur frei)"), required=False)
    bis = DateField(label=gettext_lazy("Bis (nur frei)"), required=False)
    stelle = forms.MultipleChoiceField(
        label=gettext_lazy("Stellen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, units: Sequence[CountedUnit]) -> None:
        super().__init__(data)
        self.units = units
        self.default = self._default()
        fields: Any = self.fields
        fields["zeitraum"].choices = self._choices()
        fields["stelle"].choices = [(str(unit.id), unit.name) for unit in units]
        self.initial["zeitraum"] = self.default.code
        if len(units) < 2:
            del self.fields["stelle"]

    def clean(self) -> dict[str, Any]:
        """A free period needs both days, in their order."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("zeitraum") == FREE:
            since, until = values.get("von"), values.get("bis")
            if not since or not until:
                self.add_error("von", _("Geben Sie für einen freien Zeitraum beide Tage an."))
            elif until < since:
                self.add_error("bis", _("Der letzte Tag liegt vor dem ersten. Tauschen Sie die beiden."))
        return values

    def period(self) -> Period:
        """The chosen period; the present quarter without a choice or with a wrong one."""
        values = self.cleaned_data if self.is_valid() else {}
        if values.get("zeitraum") == FREE:
            return Period(FREE, values["von"], values["bis"])
        return periods.read(values.get("zeitraum", "")) or self.default

    def chosen_units(self) -> list[CountedUnit]:
        """The ticked units; all that one may see where none is ticked."""
        ticked = {UUID(code) for code in self.cleaned_data.get("stelle", [])} if self.is_valid() else set()
        return [unit for unit in self.units if unit.id in ticked] or list(self.units)

    def query(self) -> dict[str, Any]:
        """What an address needs to show the same on another page or as a file."""
        period = self.period()
        free = (
            {"von": f"{period.since:%d.%m.%Y}", "bis": f"{period.until:%d.%m.%Y}"}
            if period.kind == FREE
            else {}
        )
        ticked = [str(unit.id) for unit in self.chosen_units()]
        return {
            "zeitraum": FREE if period.kind == FREE else period.code,
            **free,
            **({"stelle": ticked} if 0 < len(ticked) < len(self.units) else {}),
        }

    def _default(self) -> Period:
        return periods.starting(QUARTER, today())

    def _first(self) -> date:
        return min((unit.first_on for unit in self.units), default=today())

    def _choices(self) -> list[Any]:
        words = periods.kind_words()
        found: list[Any] = [
            (words[kind], [(one.code, periods.label(one)) for one in self._periods(kind)])
            for kind in self._kinds()
        ]
        return [*found, (FREE, _("frei: von – bis"))]

    def _kinds(self) -> list[str]:
        return list(MOST)

    def _periods(self, kind: str) -> list[Period]:
        return periods.to_choose(kind, first=self._first(), last=today(), most=MOST[kind])


class ComparisonForm(ChoiceForm):
    """The same, beside an earlier period."""

    field_order = ("zeitraum", "von", "bis", "mit", "stelle")
    mit = forms.ChoiceField(
        label=gettext_lazy("Verglichen mit"),
        required=False,
        choices=[
            (EARLIER, gettext_lazy("dem Zeitraum davor")),
            (LAST_YEAR, gettext_lazy("demselben Zeitraum im Vorjahr")),
        ],
    )

    def earlier(self) -> Period:
        """What the chosen period is compared with."""
        chosen = self.cleaned_data.get("mit") if self.is_valid() else ""
        period = self.period()
        return period.year_before() if chosen == LAST_YEAR else period.before()


class PublicForm(ChoiceForm):
    """Periods that may be published: whole quarters that have ended."""

    def __init__(self, data: Any, *, units: Sequence[CountedUnit]) -> None:
        super().__init__(data, units=units)
        del self.fields["von"], self.fields["bis"]

    def clean(self) -> dict[str, Any]:
        """No free period here."""
        return dict(self.cleaned_data)

    def _default(self) -> Period:
        return last_publishable()

    def _choices(self) -> list[Any]:
        return super()._choices()[:-1]

    def _kinds(self) -> list[str]:
        return ["quartal", "halbjahr", "jahr", "okt-sep"]

    def _periods(self, kind: str) -> list[Period]:
        last = last_publishable()
        found = periods.to_choose(kind, first=self._first(), last=last.until, most=MOST[kind])
        return [one for one in found if one.until <= last.until] or ([last] if kind == QUARTER else [])


class ReportForm(ChoiceForm):
    """From which quarter, how long, for whom: the council gets the numbers that may be published."""

    COUNCIL, HOUSE = "rat", "intern"
    field_order = ("zeitraum", "monate", "fassung", "stelle")
    monate = forms.ChoiceField(
        label=gettext_lazy("Dauer"),
        required=False,
        choices=[
            (str(number), format_lazy(gettext_lazy("{number} Monate"), number=number))
            for number in (18, 12, 6, 24)
        ],
    )
    fassung = forms.ChoiceField(
        label=gettext_lazy("Fassung"),
        required=False,
        choices=[
            (COUNCIL, gettext_lazy("für den Rat: kleine Zahlen geschützt")),
            (HOUSE, gettext_lazy("intern: genaue Zahlen")),
        ],
    )

    def __init__(self, data: Any, *, units: Sequence[CountedUnit]) -> None:
        super().__init__(data, units=units)
        del self.fields["von"], self.fields["bis"]
        self.fields["zeitraum"].label = _("Beginnt mit")

    def clean(self) -> dict[str, Any]:
        """No free period here."""
        return dict(self.cleaned_data)

    @property
    def is_for_council(self) -> bool:
        """Whether small numbers are protected; so unless one asks for the exact ones."""
        return not (self.is_valid() and self.cleaned_data.get("fassung") == self.HOUSE)

    def period(self) -> Period:
        """Whole quarters from the chosen one on, for the council only those that have ended."""
        first = super().period()
        months = int(self.cleaned_data.get("monate") or 18) if self.is_valid() else 18
        whole = Period(FREE, first.since, first.since + relativedelta(months=months) - periods.ONE_DAY)
        last = last_publishable().until if self.is_for_council else today()
        return whole.cut(max(last, first.until if self.is_for_council else first.since))

    def query(self) -> dict[str, Any]:
        """What an address needs to print the same report."""
        values = self.cleaned_data if self.is_valid() else {}
        ticked = {name: one for name, one in super().query().items() if name == "stelle"}
        return {
            "zeitraum": super().period().code,
            "monate": values.get("monate") or "18",
            "fassung": values.get("fassung") or self.COUNCIL,
            **ticked,
        }

    def _default(self) -> Period:
        return periods.starting(QUARTER, min(self._first(), last_publishable().since))

    def _choices(self) -> list[Any]:
        return [(one.code, periods.label(one)) for one in self._periods(QUARTER)]

    def _periods(self, kind: str) -> list[Period]:
        last = last_publishable()
        found = periods.to_choose(kind, first=self._first(), last=last.until, most=MOST[kind])
        return found or [last]
