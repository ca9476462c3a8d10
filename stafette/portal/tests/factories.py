"""Remarks for tests."""

import factory

from stafette.kernel.clock import today
from stafette.kernel.testing import OwnedFactory
from stafette.portal.models import PageRemark


class PageRemarkFactory(OwnedFactory[PageRemark]):
    class Meta:
        model = PageRemark

    page = factory.Sequence(lambda n: f"seite-{n}")
    language = "de"
    reason = "text"
    noted_on = factory.LazyFunction(today)
