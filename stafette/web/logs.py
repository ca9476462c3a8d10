"""What the log may not hold: Django writes the path of each refused call, and the path of a link is its key."""

import logging
import re
from typing import Any

_TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")  # secrets.token_urlsafe(32)


class WithoutLinks(logging.Filter):
    """Writes dots in place of the secret of a link, so that nobody who reads the log can open it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through, without secrets."""
        if isinstance(record.args, tuple):
            record.args = tuple(_without(one) for one in record.args)
        record.msg = _without(record.msg)
        return True


def _without(value: Any) -> Any:
    return _TOKEN.sub("…", value) if isinstance(value, str) else value
