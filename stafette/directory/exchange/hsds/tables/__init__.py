"""The tabular form: one CSV per kind of object and a datapackage.json, packed as a zip; and back to nested objects.

What stands inside something in JSON stands here in a table of its own with a column that names where it belongs.
Fields that the standard does not know get a column too; datapackage.json says of each column what it holds, and what
is neither text, number nor yes/no stands in it as JSON.

People open such tables in a spreadsheet, and an entry may come from anywhere: texts that would run as a formula are
guarded by an apostrophe, but for plain numbers such as +49 341 123, which other programs should find as they are.
datapackage.json tells of it (`guarded`), and only then reading takes the apostrophe away: nothing is lost, neither
from our tables nor from those of others.
"""

from stafette.directory.exchange.hsds.tables.packing import pack
from stafette.directory.exchange.hsds.tables.unpacking import unpack

__all__ = ["pack", "unpack"]
