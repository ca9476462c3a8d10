"""Services as a table that people open in a spreadsheet: one row each, German headings, both ways."""
