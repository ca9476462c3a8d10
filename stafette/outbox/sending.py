"""Handing one mail to the mail server, and what its answer means."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage

from stafette.outbox.models import Message

PAUSES = [
    timedelta(minutes=number) for number in (1, 5, 15, 60, 240, 720, 1440)
]  # 8 tries in less than 2 days
TRIES = len(PAUSES) + 1
_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class Verdict(Enum):
    """What becomes of the mail."""

    ACCEPTED = "accepted"
    LATER = "later"
    NO_SUCH_ADDRESS = "no such address"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """The mail server's answer; `code` never holds its words, in which the address may stand."""

    verdict: Verdict
    code: str = ""

    @property
    def is_down(self) -> bool:
        """Whether it was no answer at all, or "I am closing": then the next mail need not ask as well."""
        return self.verdict is Verdict.LATER and (not self.code[:1].isdigit() or self.code.startswith("421"))


def hand_to_server(message: Message) -> Answer:
    """Send it. The envelope names the address for bounces, the letter's head names who writes."""
    try:
        email_of(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        number, words = next(iter(error.recipients.values()))
        return Answer(_judge(number, Verdict.NO_SUCH_ADDRESS), _code(number, words))
    except smtplib.SMTPAuthenticationError as error:  # our login: somebody will put it right
        return Answer(Verdict.LATER, _code(error.smtp_code, error.smtp_error))
    except smtplib.SMTPResponseException as error:
        return Answer(_judge(error.smtp_code, Verdict.REFUSED), _code(error.smtp_code, error.smtp_error))
    except Exception as error:  # no connection, a broken one, or a fault of ours: another try never hurts
        return Answer(Verdict.LATER, type(error).__name__)
    return Answer(Verdict.ACCEPTED)


def email_of(message: Message) -> EmailMessage:
    """Build what goes out: the stored text to the letter, plain text only, no answer wanted from a robot."""
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.MAIL_BOUNCES_TO,
        to=[message.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
    )


def _judge(number: int, refusal: Verdict) -> Verdict:
    return refusal if number >= 500 else Verdict.LATER


def _code(number: int, words: bytes | str) -> str:
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    return " ".join([str(number), *_CODE.findall(text)[:1]])
