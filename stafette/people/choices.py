"""The words a clerk chooses from, in one place that forms may import: they never hold a model."""

from stafette.people.languages import Level
from stafette.people.models.households import Relation
from stafette.people.models.persons import Channel, Sex, Source

__all__ = ["Channel", "Level", "Relation", "Sex", "Source"]
