"""SIP over TLS and encrypted sound: what is set, what is refused at the start, what Asterisk is given."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.checks.certificates import check_certificate, judge_certificate
from hotline.domain.time import system_clock
from hotline.services.check import Level
from hotline.services.operators.operators import phone_account
from hotline.settings import Home, Settings, SettingsError, load_settings
from hotline.supervisor.ports import wanted_ports
from hotline.web.kit.refusals.registry import say
from tests.support.certificates import Authority, Pair
from tests.support.instance import at
from tests.support.rendered import SECRETS, rendered, sections_of
from tests.support.words import english

OPERATORS = """
[operators.1001]
name = "赵敏"
[operators.1002]
name = "钱伟"
phone = "webrtc"
"""


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "tls")


def site(pair: Pair, trunk: str = "tls", phones: str = "udp", more: str = "") -> str:
    return (
        f'{OPERATORS}[trunk]\nhost = "192.0.2.1"\nport = 5061\ntransport = "{trunk}"\n{more}\n'
        f'[phones]\ntransport = "{phones}"\n[tls]\ncertificate = "{pair.certificate}"\nkey = "{pair.key}"\n'
    )


def read(tmp_path: Path, text: str) -> Settings:
    home = Home(tmp_path / "home")
    home.create()
    home.settings_file.write_text(text, "utf-8")
    return load_settings(home, environment={})


def problems(tmp_path: Path, text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, text)
    return "\n".join(f"{each.place}: {say(each.expected, str)}" for each in refused.value.problems)


def test_trunk_and_phones_each_talk_as_they_are_set(tmp_path: Path, authority: Authority) -> None:
    pair = authority.issue("hotline")
    found = sections_of(rendered(tmp_path, site(pair, "tls", "tcp", 'media_encryption = "sdes"'))["pjsip.conf"])
    transports = found.of("transport")
    assert set(transports) == {"transport-tcp", "transport-tls", "transport-ws"}
    assert transports["transport-tls"]["bind"] == ["127.0.0.1:5061"]
    assert transports["transport-tls"]["cert_file"] == [str(pair.certificate)]
    assert transports["transport-tls"]["verify_server"] == ["yes"]
    ends = found.of("endpoint")
    assert {name: each.get("transport") for name, each in ends.items()} == {
        "trunk": ["transport-tls"],
        "1001": ["transport-tcp"],
        "1002": ["transport-ws"],
        "caller": ["transport-ws"],
        "refused": None,
    }
    assert ends["trunk"]["media_encryption"] == ["sdes"] and "media_encryption" not in ends["1001"]
    assert ends["1002"]["webrtc"] == ["yes"]
    assert found.of("aor")["trunk"]["contact"] == [r"sip:192.0.2.1:5061\;transport=tls"]


def test_without_tls_nothing_changes(tmp_path: Path) -> None:
    found = sections_of(rendered(tmp_path, OPERATORS)["pjsip.conf"])
    assert set(found.of("transport")) == {"transport-udp", "transport-ws"}
    assert found.of("aor")["trunk"]["contact"] == ["sip:127.0.0.2:5060"]


def test_the_phones_account_says_how_it_talks(tmp_path: Path, authority: Authority) -> None:
    text = site(authority.issue("hotline"), "udp", "tls") + 'authorities = ""\n'
    settings = read(tmp_path, text.replace('"tls"\n[tls]', '"tls"\nmedia_encryption = "sdes"\n[tls]'))
    account = phone_account(settings, SECRETS, "1001")
    assert (account.port, account.transport, account.encrypted) == (5061, "TLS", True)
    ports = {(port.key, port.port, port.udp) for port in wanted_ports(settings)}
    assert {("listen.sip_port", 5060, True), ("listen.sip_tls_port", 5061, False)} <= ports


def test_what_is_wrong_with_a_certificate_is_refused_at_the_start(tmp_path: Path, authority: Authority) -> None:
    good, other = authority.issue("hotline"), authority.issue("other")
    assert "tls.certificate: The path of a PEM file was expected" in problems(tmp_path, '[trunk]\ntransport = "tls"\n')
    gone = Pair(tmp_path / "gone.pem", good.key)
    assert "tls.certificate: A file that can be read was expected" in problems(tmp_path, site(gone))
    assert "tls.certificate: A certificate in PEM was expected" in problems(tmp_path, site(Pair(good.key, good.key)))
    swapped = Pair(good.certificate, good.certificate)
    assert "tls.key: A key in PEM was expected" in problems(tmp_path, site(swapped))
    foreign = Pair(good.certificate, other.key)
    assert f"tls.key: The key of {good.certificate} was expected" in problems(tmp_path, site(foreign))
    sealed = authority.issue("sealed", password=b"secret")
    assert "tls.key: A key without a password was expected" in problems(tmp_path, site(sealed))
    lost = site(good) + f'authorities = "{tmp_path}/lost.pem"\n'
    assert "tls.authorities: A file that can be read was expected" in problems(tmp_path, lost)
    assert read(tmp_path, site(good)).sip_transports == ("tls", "udp")


@pytest.mark.parametrize("table", ["trunk", "phones"])
def test_keys_of_the_sound_never_go_in_clear(tmp_path: Path, table: str) -> None:
    said = problems(tmp_path, f'[{table}]\nmedia_encryption = "sdes"\n')
    assert f'{table}: media_encryption = "sdes" needs transport = "tls"' in said


def test_its_end_is_told_ahead(tmp_path: Path, authority: Authority) -> None:
    now = at("2026-11-23 10:00")
    assert judge_certificate(now + timedelta(days=60), now).level is Level.OK
    assert judge_certificate(now + timedelta(days=20), now).level is Level.WARNING
    ended = judge_certificate(now - timedelta(days=1), now)
    assert ended.level is Level.FAILED and "2026-11-22" in english(ended.detail)
    assert check_certificate(read(tmp_path, OPERATORS), now) == []
    ends = authority.issue("old", days=-1)
    assert check_certificate(read(tmp_path, site(ends)), system_clock())[0].level is Level.FAILED
