"""What the codes of services and sheets are called."""

from __future__ import annotations

from collections.abc import Iterable

from stafette.directory.models import Service
from stafette.materials.models import SHOWN, SheetVersion


def service_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of services by their code, also of those that ended meanwhile."""
    return dict(Service.objects.filter(code__in=list(codes)).values_list("code", "name"))


def sheet_names(codes: Iterable[str]) -> dict[str, str]:
    """German titles of information sheets by their code, the newest wording that was ever shown."""
    shown = SheetVersion.objects.filter(
        sheet__code__in=list(codes), language="de", state__in=[*SHOWN, SheetVersion.State.REPLACED]
    )
    return dict(shown.order_by("number").values_list("sheet__code", "title"))
