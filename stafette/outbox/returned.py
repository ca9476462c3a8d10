"""Reading what a mail server sends back (RFC 3464): which mail, and is it lost or only late?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Part

_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Report:
    """What a report says; `message_ids` are the mails that it names, `addresses` for whom they were."""

    message_ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    code: str = ""
    is_lost: bool = False


def read_report(content: bytes) -> Report:
    """Take a report apart; whatever it is, no error: what cannot be read names no mail.

    Only what the report itself and the returned head say counts. Its free text is never searched: anybody may have
    written it.
    """
    mail = message_from_bytes(content[:LARGEST], policy=policy.compat32)
    statuses = [block for part in mail.walk() for block in _blocks(part, "message/delivery-status")]
    recipients = [block for block in statuses if block.get("Action")]
    lost = [block for block in recipients if str(block["Action"]).strip().lower() == "failed"]
    codes = [found for block in lost or recipients for found in _STATUS.findall(str(block.get("Status", "")))]
    return Report(
        message_ids=tuple(dict.fromkeys(_message_ids(mail))),
        addresses=tuple(dict.fromkeys(_addresses(lost or recipients))),
        code=codes[0] if codes else "",
        is_lost=bool(lost),
    )


def _message_ids(mail: Part) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            payload = part.get_payload()
            heads = payload if isinstance(payload, list) else []
        elif part.get_content_type() == "text/rfc822-headers":
            heads = [message_from_bytes(part.get_payload(decode=True) or b"")]  # type: ignore[arg-type]
        else:
            heads = []
        for head in heads:
            yield from _ID.findall(str(head.get("Message-ID", "")))  # type: ignore[union-attr]


def _addresses(blocks: list[Part]) -> Iterator[str]:
    for block in blocks:
        for name in ("Original-Recipient", "Final-Recipient"):
            address = str(block.get(name, "")).partition(";")[2].strip().strip("<>").lower()
            if "@" in address:
                yield address


def _blocks(part: Part, kind: str) -> list[Part]:
    payload = part.get_payload() if part.get_content_type() == kind else []
    return [block for block in payload if isinstance(block, Part)] if isinstance(payload, list) else []
