"""Mail servers in three moods."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend


class Good(BaseEmailBackend):
    def send_messages(self, messages):
        return len(messages)


class Away(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("away")


class Unknown(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"5.1.1 unknown")})
