"""A mail server for the kill test: it takes every mail, writes its Message-ID down, and may then keep us waiting."""

import os
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend

FOLDER = Path(os.environ.get("STAFETTE_TEST_MAILS", "."))


class EmailBackend(BaseEmailBackend):
    """Says "accepted" only when nobody wants it to hang."""

    def send_messages(self, messages):
        with (FOLDER / "accepted").open("a") as file:
            file.writelines(f"{message.message()['Message-ID']}\n" for message in messages)
        while (FOLDER / "hang").exists():
            time.sleep(0.1)
        return len(messages)
