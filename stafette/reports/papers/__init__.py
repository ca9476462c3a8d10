"""The papers, each made from what is configured at the moment."""

from stafette.reports.papers.assessment import assessment
from stafette.reports.papers.contract import contract
from stafette.reports.papers.deletion import deletion
from stafette.reports.papers.information import information
from stafette.reports.papers.joint import essence, joint
from stafette.reports.papers.record import record_of_processing

__all__ = ["assessment", "contract", "deletion", "essence", "information", "joint", "record_of_processing"]
