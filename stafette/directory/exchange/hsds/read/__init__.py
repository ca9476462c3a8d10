"""HSDS read: objects of a file gathered, then made into entries; what we have no field for is kept."""

from stafette.directory.exchange.hsds.read.entries import Entry, Reader
from stafette.directory.exchange.hsds.read.gathering import gather

__all__ = ["Entry", "Reader", "gather"]
