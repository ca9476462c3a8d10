"""The officer's desk: what those see who oversee, and never the content of a case."""
