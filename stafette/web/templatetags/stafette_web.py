"""Tags and filters for every page: German dates, due dates, states, changed GET parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.kernel.clock import today
from stafette.web import cells

register = template.Library()

HTMX_CONFIG: dict[str, Any] = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "attributesToSettle": ["class", "width", "height"],  # without "style": a strict policy refuses it
    "scrollBehavior": "auto",
    "responseHandling": [  # a broken rule or a wrong input is an answer too and is shown
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "403|404|409|422|429|500|503", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config() -> SafeString:
    """Return htmx's settings: no inline code, nothing kept in the browser's storage."""
    return mark_safe(json.dumps(HTMX_CONFIG))  # noqa: S308 - constant


@register.simple_tag
def script_texts() -> str:
    """Return what stafette.js says to people, so that it is translated with everything else."""
    texts = {
        "offline": _(
            "Keine Verbindung zum Server. Ihre Eingaben stehen noch hier. Versuchen Sie es gleich noch einmal."
        ),
        "slow": _("Der Server antwortet nicht. Bitte versuchen Sie es gleich noch einmal."),
        "unsaved": _("Noch nicht gespeichert"),
        "saved": _("Entwurf gespeichert um {time} Uhr"),
        "failed": _("Der Entwurf konnte nicht gespeichert werden. Wir versuchen es weiter."),
        "copied": _("Kopiert"),
        "ended": _(
            "Ihre Sitzung ist beendet. Melden Sie sich neu an; was nicht gespeichert war, geht verloren."
        ),
        "by_hand": _("Bitte von Hand kopieren"),
    }
    return json.dumps(texts, ensure_ascii=False)


@register.simple_tag(takes_context=True)
def query_set(context: Context, **changes: Any) -> str:
    """Return the page's query string with these parameters changed; None or "" removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """Return the item at a position, or nothing: a table's column for a cell."""
    return items[index] if index < len(items) else None


register.filter("date_de", cells.date_de)
register.filter("moment_de", cells.moment_de)


@register.filter
def ago_de(value: date | datetime | None) -> str:
    """Heute, gestern, vor 12 Tagen; from 60 days on the date itself."""
    if value is None:
        return "–"
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days = (today() - day).days
    if days == 0:
        return _("heute")
    if days == 1:
        return _("gestern")
    if 1 < days < 60:
        return ngettext("vor %(days)d Tag", "vor %(days)d Tagen", days) % {"days": days}
    return cells.date_de(day)


@register.filter
def birth_de(person: Any) -> str:
    """A date of birth as the registers print it: 00.00.1985 when only the year is known."""
    year, month, day = (getattr(person, f"birth_{part}", None) for part in ("year", "month", "day"))
    return f"{day or 0:02d}.{month or 0:02d}.{year or 0:04d}" if year else _("unbekannt")


@register.simple_tag
def due_badge(due_on: date | datetime | None, done: bool = False) -> SafeString:
    """Date with what it means today; a finished matter shows the date alone."""
    return cells.due(due_on, done=done)


@register.simple_tag
def state_badge(record: Any, kind: str = "") -> SafeString:
    """Badge of a record's state, or of a plain text with its kind."""
    state = getattr(record, "state", None)
    text = getattr(record, "state_word", "") or (record.get_state_display() if state is not None else record)
    return cells.badge(text, kind or cells.STATE_KINDS.get(str(state), "neutral"))


@register.simple_tag
def list_body(rows: Sequence[Sequence[cells.CellLike]]) -> SafeString:
    """The rows of a list (web/lists.py)."""
    return cells.body(rows)


@register.inclusion_tag("web/components/filters.html", takes_context=True)
def filter_bar(context: Context, form: forms.Form, target: str = "", submit: str = "") -> dict[str, Any]:
    """Filter form over a list; what is set shows as chips that take it away again."""
    request = context["request"]
    return {
        "form": form,
        "target": target,
        "submit": submit or _("Anwenden"),
        "action": request.path,
        "chips": list(_chips(context, form)),
        "kept": [(name, request.GET[name]) for name in ("sort",) if name in request.GET],
    }


def _chips(context: Context, form: forms.Form) -> Iterable[dict[str, str]]:
    """One chip per filter that is set: the form's label and the chosen option's text."""
    for bound in form:
        value = bound.value()
        if not form.is_bound or value in (None, "", [], False) or bound.is_hidden:
            continue
        chosen = {str(item) for item in (value if isinstance(value, list | tuple) else [value])}
        choices = getattr(bound.field, "choices", ())
        texts = [str(label) for key, label in choices if str(key) in chosen] if choices else sorted(chosen)
        text = "" if isinstance(bound.field, forms.BooleanField) else ", ".join(texts)
        yield {
            "label": str(bound.label),
            "text": text,
            "url": query_set(context, **{bound.html_name: None, "after": None, "before": None}),
        }
