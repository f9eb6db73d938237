"""A foreign Host header is refused and stands in no answer; the machine's own addresses need no setting."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.people import Role
from hotline.settings import Home, Settings, load_settings
from hotline.web.kit.hosts import host_of, is_known
from tests.support.sample_calls import duty_call
from tests.support.web import Web, a_web, post

SITE = """
[listen]
external_address = "203.0.113.5"
[web]
public_url = "https://hotline.example.com:8443"
hosts = ["callbox", "192.0.2.10", "2001:db8::1"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Home(tmp_path / "hosts")
    home.create()
    home.settings_file.write_text(SITE, "utf-8")
    return load_settings(home, environment={})


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8400",
        "localhost:8400",
        "LOCALHOST",
        "localhost.",
        "[::1]:8400",
        "127.0.0.53",
        "hotline.example.com",
        "callbox:80",
        "192.0.2.10",
        "[2001:db8::1]:8400",
        "203.0.113.5:8400",
        "192.168.7.7:8400",
        socket.gethostname(),
        f"{socket.gethostname().partition('.')[0]}.local" if "." not in socket.gethostname() else socket.gethostname(),
    ],
)
def test_known_hosts(settings: Settings, host: str) -> None:
    """192.168.7.7 is where the connection came in."""
    assert is_known(host_of(host), settings, "192.168.7.7")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8400",
        "192.168.7.8",
        "6.6.6.6:8400",
        "hotline.example.com.evil.example",
        "",
        "evil@localhost",
        "localhost/x",
        "local host",
        "localhost:x",
        "[::1",
        "::1:8400",
        "0.0.0.0",
        "localhost\n",
        f"{socket.gethostname()}.evil.example",
        "127.0.0.1.evil.example",
        "example.com",
    ],
)
def test_foreign_hosts(settings: Settings, host: str) -> None:
    assert not is_known(host_of(host), settings, "192.168.7.7")


def test_a_foreign_host_is_refused_in_words_and_stands_in_no_answer(web: Web) -> None:
    client = web.client()
    for path in ("/sign-in", "/", "/calls", "/api/v1/health", "/api/v1/calls", "/static/css/hotline.css", "/nowhere"):
        answer = client.get(path, headers={"Host": "evil.example:8400"})
        assert answer.status_code == 400, path
        assert "evil" not in answer.text + str(answer.headers), path
    assert "[web] hosts" in client.get("/sign-in", headers={"Host": "evil.example"}).text
    assert "[web] hosts" in client.get("/api/v1/health", headers={"Host": "evil.example"}).json["detail"]


def test_no_duty_link_is_made_under_a_foreign_host(tmp_path: Path) -> None:
    web = a_web(tmp_path, SITE)
    web.keep(duty_call())
    boss = web.signed_in(Role.SUPERVISOR)
    made = post(boss, "/forms/1/link", form_page="/forms/1")
    assert made.status_code == 200 and "https://hotline.example.com:8443/l/" in made.text
    refused = boss.post("/forms/1/link", headers={"Host": "evil.example"})
    assert refused.status_code == 400 and "/l/" not in refused.text


def test_what_a_proxy_says_is_believed_only_where_there_is_one(tmp_path: Path) -> None:
    alone = a_web(tmp_path / "alone")
    forged = alone.client().get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})
    assert forged.status_code == 200 and "evil" not in forged.text + str(forged.headers)
    behind = a_web(tmp_path / "behind", "[web]\nproxies = 1\n")
    assert behind.client().get("/sign-in", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400


def test_the_address_that_the_connection_came_in_at_is_known(web: Web) -> None:
    class Connection:
        def getsockname(self) -> tuple[str, int]:
            return ("::ffff:192.168.7.7", 8400)

    environ: dict[str, Any] = {"gunicorn.socket": Connection()}
    for host, status in (("192.168.7.7:8400", 200), ("192.168.7.8:8400", 400)):
        answer = web.client().get("/sign-in", headers={"Host": host}, environ_overrides=environ)
        assert answer.status_code == status
