"""Counts and times for the coordination office: from functions of the database's owner, never from rows."""

from stafette.steering.queries.figures import Node, nodes, quarter_tree
from stafette.steering.queries.gaps import Gap, gaps_of
from stafette.steering.queries.lasting import Lasting, lasting
from stafette.steering.queries.load import UnitLoad, loads_of
from stafette.steering.queries.names import UnitName, unit_names
from stafette.steering.queries.overview import Picture, picture, quarters_to_choose
from stafette.steering.queries.reading import Sums, read
from stafette.steering.queries.weeks import Week, weeks_of

__all__ = [
    "Gap",
    "Lasting",
    "Node",
    "Picture",
    "Sums",
    "UnitLoad",
    "UnitName",
    "Week",
    "gaps_of",
    "lasting",
    "loads_of",
    "nodes",
    "picture",
    "quarter_tree",
    "quarters_to_choose",
    "read",
    "unit_names",
    "weeks_of",
]
