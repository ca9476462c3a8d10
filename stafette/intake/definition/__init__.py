"""What a talk asks: read from a town's file, stored as one version, turned into a form."""

from stafette.intake.definition.reading import DefinitionError, read_form, read_topic_list
from stafette.intake.definition.schema import (
    About,
    Block,
    FormDefinition,
    Kind,
    Option,
    Question,
    TopicListDefinition,
)

__all__ = [
    "About",
    "Block",
    "DefinitionError",
    "FormDefinition",
    "Kind",
    "Option",
    "Question",
    "TopicListDefinition",
    "read_form",
    "read_topic_list",
]
