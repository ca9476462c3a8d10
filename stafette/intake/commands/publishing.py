"""Publish the form of a unit; the blueprint calls it when it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.intake.definition import DefinitionError, read_form, read_topic_list
from stafette.intake.models import FormVersion, TopicList
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission


@command
def publish_form(*, actor: Actor, unit_id: UUID, content: Mapping[str, Any]) -> FormVersion:
    """Store the form of a unit as one version; running talks keep theirs.

    `content` is the file as TOML gives it: one `[[form]]` and, where the form asks for topics, one `[[topic_list]]`.
    The same content twice changes nothing; other content under the same version is refused, because answers given
    to one wording must not stand under another.
    """
    actor.require(Permission.BLUEPRINT_EDIT, unit=unit_id)
    form_content, topics = _form_table(content), _topics(content)
    form = _read(form_content)
    existing = FormVersion.objects.filter(unit=unit_id, code=form.code, version=form.version).first()
    if existing is not None:
        _require_same(existing.content, form_content, form.code, form.version)
        return existing
    version = FormVersion(
        unit_id=unit_id, code=form.code, version=form.version, content=form_content, topics=topics
    )
    version.save(force_insert=True)
    record(actor, "form.published", version, unit=unit_id, code=form.code, version=form.version)
    return version


@command
def publish_topics(*, actor: Actor, unit_id: UUID, content: Mapping[str, Any]) -> TopicList:
    """Store a list of topics for a town whose counters count without holding talks; `content` is its file."""
    actor.require(Permission.BLUEPRINT_EDIT, unit=unit_id)
    topics = _topics(content)
    if topics is None:
        raise BadInput(_("Die Datei enthält weder ein Formular noch eine Themenliste."))
    record(actor, "topics.published", topics, unit=unit_id, code=topics.code, version=topics.version)
    return topics


def _form_table(content: Mapping[str, Any]) -> dict[str, Any]:
    forms = content.get("form", [])
    if not isinstance(forms, list) or len(forms) != 1:
        raise BadInput(_("Die Datei muss genau ein Formular enthalten: [[form]]."))
    return dict(forms[0])


def _read(content: Mapping[str, Any]) -> Any:
    try:
        return read_form(content)
    except DefinitionError as error:
        raise BadInput(_("Das Formular ist fehlerhaft: {faults}").format(faults=error)) from error


def _topics(content: Mapping[str, Any]) -> TopicList | None:
    lists = content.get("topic_list", [])
    if not lists:
        return None
    try:
        topics = read_topic_list(lists[0])
    except DefinitionError as error:
        raise BadInput(_("Die Themenliste ist fehlerhaft: {faults}").format(faults=error)) from error
    found, is_new = TopicList.objects.get_or_create(
        code=topics.code, version=topics.version, defaults={"content": lists[0]}
    )
    if not is_new:
        _require_same(found.content, lists[0], topics.code, topics.version)
    return found


def _require_same(stored: Any, given: Any, code: str, version: int) -> None:
    if stored != given:
        raise RuleBroken(
            _(
                "„{code}“ in Fassung {version} gibt es schon mit anderem Inhalt. Erhöhen Sie die Fassung."
            ).format(code=code, version=version)
        )
