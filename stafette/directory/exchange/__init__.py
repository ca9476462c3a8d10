"""The directory in the formats of others: HSDS, XZuFi, iCalendar. Values in, values out; nothing here writes rows."""
