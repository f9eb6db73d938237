"""Mail by SMTP, step by step, so that it is known whether the server has taken it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime

from hotline.domain.notifications.notification import TAKEN, Outcome, Text, Verdict
from hotline.domain.reasons import Reason, because
from hotline.domain.text import one_line
from hotline.domain.time import Clock
from hotline.services.unreachable import why_unreachable
from hotline.settings.notifications import Mail


class SmtpMail:
    """`trust`: whom to believe their certificates, None for the machine's own list."""

    def __init__(self, settings: Mail, name: str, clock: Clock, trust: ssl.SSLContext | None = None) -> None:
        self._settings, self._name, self._clock = settings, name, clock
        self._trust = trust

    def send(self, address: str, text: Text) -> Outcome:
        """Never raises."""
        try:
            message = self._message(address, text)
        except (MessageError, ValueError, IndexError, UnicodeError):
            return Outcome(Verdict.REFUSED, because("notifications.no_mail_address"))
        try:
            with self._connected() as server:
                return self._handed_over(server, address, message)
        except smtplib.SMTPAuthenticationError as error:
            return _failed(because("notifications.mail_sign_in", code=error.smtp_code))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return _failed(because("notifications.not_reached", why=why_unreachable(error)))

    def _message(self, address: str, text: Text) -> EmailMessage:
        """Raises ValueError for an address that is none; what stands in a header stands in one line."""
        message = EmailMessage(SMTP_POLICY)
        message["From"] = Address(one_line(self._name), addr_spec=self._settings.sender)
        message["To"] = Address(addr_spec=address)
        message["Subject"] = one_line(text.title)
        message["Date"] = format_datetime(self._clock())
        host = self._settings.sender.rpartition("@")[2]
        message["Message-ID"] = f"<{text.key or 'notification'}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text.body, charset="utf-8", cte="base64")
        for each in text.files:
            main, _slash, sub = each.type.partition("/")
            message.add_attachment(each.data, maintype=main, subtype=sub, filename=one_line(each.name))
        message.as_bytes()
        return message

    def _connected(self) -> smtplib.SMTP:
        """Raises OSError, SMTPException."""
        chosen = self._settings
        if chosen.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=chosen.timeout_seconds, context=self._context()
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=chosen.timeout_seconds)
        try:
            if chosen.security == "starttls":
                server.starttls(context=self._context())
            if chosen.user:
                server.login(chosen.user, chosen.password)
        except BaseException:
            server.close()
            raise
        return server

    def _context(self) -> ssl.SSLContext:
        return self._trust or ssl.create_default_context()

    def _handed_over(self, server: smtplib.SMTP, address: str, message: EmailMessage) -> Outcome:
        """Until the content is on its way it is surely not taken; from then on only the answer tells."""
        server.ehlo_or_helo_if_needed()
        for code, said in (server.mail(self._settings.sender), server.rcpt(address)):
            if code not in (250, 251):
                return _answered(code, said)
        code, said = server.docmd("data")
        if code != 354:
            return _answered(code, said)
        try:
            server.send(_dotted(message.as_bytes()))
            code, said = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Verdict.UNSURE, because("notifications.no_answer", why=why_unreachable(error)))
        if code != 250:
            return _answered(code, said)
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        return TAKEN


def _dotted(whole: bytes) -> bytes:
    """As SMTP sends it (RFC 5321, 4.5.2)."""
    lines = whole.split(b"\r\n")
    stuffed = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def _answered(code: int, said: bytes) -> Outcome:
    why = because("notifications.mail_said", code=code, said=said.decode("utf-8", "replace")[:200])
    return Outcome(Verdict.REFUSED if 500 <= code < 600 else Verdict.FAILED, why)


def _failed(why: Reason) -> Outcome:
    return Outcome(Verdict.FAILED, why)
