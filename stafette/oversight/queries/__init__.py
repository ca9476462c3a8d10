"""Questions of those who oversee: numbers, dates, codes and counts, never the content of a case."""
