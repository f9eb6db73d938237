"""Mail to a real SMTP server: what is told of each try is true, and headers hold what they should."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.notifications.notification import Text, Verdict
from hotline.jobs.gateways.mail import SmtpMail
from hotline.settings import Settings
from hotline.settings.notifications import Mail
from tests.support.certificates import Authority
from tests.support.gateways import MailServer, mail_server
from tests.support.instance import StandingClock, an_instance, at
from tests.support.rig import free_port

NOW = at("2026-11-16 10:30:00")
TEXT = Text("告警：线路不通 · main", "线路不通\n.\nhttps://h.example/notifications/7", "notification-node1-7")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return an_instance(tmp_path_factory.mktemp("mail"), NOW).settings


def _mail(settings: Settings, server: MailServer, **more: Any) -> Mail:
    chosen = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "sender": "hotline@example.com",
        "timeout_seconds": 2,
    }
    return settings.mail.model_copy(update={**chosen, **more})


def _smtp(mail: Mail, trust: ssl.SSLContext | None = None) -> SmtpMail:
    return SmtpMail(mail, "某某公司", StandingClock(NOW), trust)


def test_what_arrives_reads_as_it_was_written(settings: Settings) -> None:
    with mail_server() as server:
        assert _smtp(_mail(settings, server)).send("anna@example.com", TEXT).verdict is Verdict.TAKEN
    [(receivers, message)] = server.got
    assert receivers == ["anna@example.com"]
    assert message["Subject"] == TEXT.title
    assert message["From"].addresses[0].display_name == "某某公司"
    assert message["To"] == "anna@example.com"
    assert message["Message-ID"] == "<notification-node1-7@example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert message.get_content().splitlines() == TEXT.body.splitlines()


@pytest.mark.parametrize("title", ["one\r\nBcc: all@example.com", "one\nBcc: all@example.com", "一\u2028Bcc: x@y.z"])
def test_no_header_is_smuggled_in_by_a_title(settings: Settings, title: str) -> None:
    with mail_server() as server:
        assert _smtp(_mail(settings, server)).send("anna@example.com", Text(title, "b")).verdict is Verdict.TAKEN
    [(receivers, message)] = server.got
    assert receivers == ["anna@example.com"] and message["Bcc"] is None


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@example.com\r\nBcc: x@example.com", "a@b, c@d", "安娜@example.com>"]
)
def test_what_is_no_address_gets_no_mail(settings: Settings, address: str) -> None:
    with mail_server() as server:
        assert _smtp(_mail(settings, server)).send(address, TEXT).verdict is Verdict.REFUSED
    assert not server.got


@pytest.mark.parametrize(
    ("at_rcpt", "at_data", "verdict"),
    [
        ("550 no such user", "", Verdict.REFUSED),
        ("451 greylisted, come again", "", Verdict.FAILED),
        ("", "451 disk full", Verdict.FAILED),
        ("", "554 spam", Verdict.REFUSED),
        ("", "drop", Verdict.UNSURE),
    ],
)
def test_a_server_that_does_not_take_it(settings: Settings, at_rcpt: str, at_data: str, verdict: Verdict) -> None:
    with mail_server() as server:
        server.at_rcpt, server.at_data = at_rcpt, at_data
        assert _smtp(_mail(settings, server)).send("anna@example.com", TEXT).verdict is verdict


def test_a_server_that_is_not_there_has_surely_not_taken_it(settings: Settings) -> None:
    nobody = MailServer(port=free_port())
    assert _smtp(_mail(settings, nobody)).send("anna@example.com", TEXT).verdict is Verdict.FAILED


def test_starttls_with_a_certificate_that_nobody_vouches_for_ends_before_anything_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "tls")
    pair = authority.issue("mail")
    with mail_server("secret", (str(pair.certificate), str(pair.key))) as server:
        mail = _mail(settings, server, security="starttls", user="hotline", password="secret")
        assert _smtp(mail).send("anna@example.com", TEXT).verdict is Verdict.FAILED
        assert not server.got
        trust = ssl.create_default_context(cafile=str(authority.certificate))
        assert _smtp(mail, trust).send("anna@example.com", TEXT).verdict is Verdict.TAKEN
        wrong = mail.model_copy(update={"password": "wrong"})
        outcome = _smtp(wrong, trust).send("anna@example.com", TEXT)
        assert outcome.verdict is Verdict.FAILED and outcome.why is not None
        assert outcome.why.code == "notifications.mail_sign_in"
