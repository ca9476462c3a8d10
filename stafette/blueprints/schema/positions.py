"""Where each key of a TOML file stands, so that an error can name line and column.

No TOML library of the standard or among ours tells positions. This scanner walks a text that `tomllib` has already
accepted, so it may trust the syntax and only needs to know where keys and elements begin.
"""

from bisect import bisect_right

Path = tuple[str | int, ...]
_QUOTES = ('"""', "'''", '"', "'")


def positions(text: str) -> dict[Path, tuple[int, int]]:
    """Return line and column (both from 1) of every table, key and array element."""
    scanner = _Scanner(text)
    scanner.document()
    starts = [0, *(index + 1 for index, sign in enumerate(text) if sign == "\n")]

    def line_and_column(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return {path: line_and_column(offset) for path, offset in scanner.found.items()}


def nearest(places: dict[Path, tuple[int, int]], path: Path) -> tuple[int, int]:
    """Return the position of the path, or of the closest table around it."""
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return (1, 1)


class _Scanner:
    """One pass over the text; `found` maps paths to offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self.lengths: dict[Path, int] = {}

    def document(self) -> None:
        """Walk headers and key-value lines to the end."""
        table: Path = ()
        while self.skip_blank():
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def skip_blank(self) -> bool:
        """Go on to the next sign that is neither space, line end nor comment; False at the end."""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif sign in " \t\r\n":
                self.at += 1
            else:
                return True
        return False

    def header(self) -> Path:
        start, several = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        keys = self.keys("]")
        self.at += 2 if several else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self.last_of((*path, key))
        path = (*path, keys[-1])
        if several:
            self.lengths[path] = self.lengths.get(path, 0) + 1
            self.found.setdefault(path, start)
        path = self.last_of(path)
        self.found[path] = start
        return path

    def last_of(self, path: Path) -> Path:
        """Where tables of this name were listed, mean the latest."""
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def keys(self, stop: str) -> list[str]:
        """Read a dotted key up to the stop sign."""
        keys: list[str] = []
        while True:
            self.skip_blank()
            sign = self.text[self.at]
            if sign == stop:
                return keys
            if sign == ".":
                self.at += 1
            elif sign in "\"'":
                end = self.string_end()
                keys.append(self.text[self.at + 1 : end - 1])
                self.at = end
            else:
                end = self.at
                while self.text[end] not in f" \t.{stop}":
                    end += 1
                keys.append(self.text[self.at : end])
                self.at = end

    def pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self.keys("="))
        self.found[path] = start
        self.at += 1
        self.skip_blank()
        self.value(path)

    def value(self, path: Path) -> None:
        sign = self.text[self.at]
        if sign in "\"'":
            self.at = self.string_end()
        elif sign == "[":
            self.elements(path, "]")
        elif sign == "{":
            self.elements(path, "}")
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\r\n":
                self.at += 1

    def elements(self, path: Path, stop: str) -> None:
        """Walk an array or an inline table."""
        self.at += 1
        index = 0
        while self.skip_blank() and self.text[self.at] != stop:
            if self.text[self.at] == ",":
                self.at += 1
            elif stop == "}":
                self.pair(path)
            else:
                self.found[(*path, index)] = self.at
                self.value((*path, index))
                index += 1
        self.at += 1

    def string_end(self) -> int:
        """Return the offset behind the string that begins here."""
        quote = next(quote for quote in _QUOTES if self.text.startswith(quote, self.at))
        end = self.at + len(quote)
        while not self.text.startswith(quote, end):
            end += 2 if self.text[end] == "\\" and quote[0] == '"' else 1
        end += len(quote)
        while len(quote) == 3 and self.text.startswith(quote[0], end):
            end += 1
        return end
