"""The flow rules for everybody, and for the officer which rule every disclosure of a period used."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from stafette.kernel.permissions import Permission
from stafette.protection import usage_book, words
from stafette.protection.data import Category, Channel
from stafette.protection.flow import FlowRule
from stafette.protection.forms.rules import PeriodForm, RuleFilter
from stafette.protection.queries.matrix import rules_on
from stafette.protection.queries.used import Usage, usage
from stafette.web import xlsx
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

LABELS = dict(Category.choices)


@needs(Permission.UNIT_VIEW)
def rules(request: StaffRequest) -> HttpResponse:
    """Show the rules of today or of another day, with norm and reason: the law is no secret of the house."""
    form = RuleFilter(request.GET or None)
    facts = form.facts()
    shown = [_row(rule) for rule in rules_on(**facts)]
    context: dict[str, Any] = {"rules": shown, "form": form, "day": facts["tag"]}
    if request.actor.may(Permission.DISCLOSURE_VIEW):
        context["used_url"] = reverse("protection:used")
    return render(request, "protection/rules.html", context)


def _row(rule: FlowRule) -> dict[str, Any]:
    return {
        "rule": rule,
        "senders": words.party_words(rule.senders),
        "receivers": words.party_words(rule.receivers),
        "free": words.category_words(rule.categories),
        "consented": words.category_words(rule.consent_categories),
        "conditions": words.condition_words(rule),
        "colour": words.mode_colour(rule.mode),
    }


@needs(Permission.DISCLOSURE_VIEW)
def used(request: StaffRequest) -> HttpResponse:
    """Show for a period which rules were used how often, which never, and what rests on a rule that has ended."""
    form = PeriodForm(request.GET or None)
    found = _usage(request, form)
    query = urlencode({"von": f"{found.since:%d.%m.%Y}", "bis": f"{found.until:%d.%m.%Y}"})
    context = {
        "form": form,
        "found": found,
        "uses": [_use(use, found) for use in found.uses],
        "pairs": [(pair, Channel(pair.kind).label) for pair in found.pairs],
        "unused": [_row(rule) for rule in found.unused],
        "export_url": f"{reverse('protection:used_export')}?{query}",
    }
    return render(request, "protection/used.html", context, status=422 if form.errors else 200)


@needs(Permission.DISCLOSURE_VIEW)
def used_export(request: StaffRequest) -> HttpResponse:
    """Hand out the same as a workbook: codes and counts, no names."""
    found = _usage(request, PeriodForm(request.GET or None))
    name = f"flussregeln-{found.since:%Y-%m-%d}-{found.until:%Y-%m-%d}.xlsx"
    return file_response(usage_book.workbook(found), name=name, kind=xlsx.KIND)


def _usage(request: StaffRequest, form: PeriodForm) -> Usage:
    since, until = form.days()
    return usage(actor=request.actor, since=since, until=until)


def _use(use: Any, found: Usage) -> dict[str, Any]:
    query = urlencode(
        {"rule": use.code, "since": f"{found.since:%d.%m.%Y}", "until": f"{found.until:%d.%m.%Y}"}
    )
    return {
        "use": use,
        "colour": words.mode_colour(use.rule.mode) if use.rule else "danger",
        "url": f"{reverse('protection:disclosures')}?{query}",
    }
