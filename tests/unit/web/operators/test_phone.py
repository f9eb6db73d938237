"""The browser phone's account and the addresses that its page may connect to."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.settings import Home, Settings, load_settings
from hotline.settings.secrets import Secrets
from hotline.web.kit.phone_address import ws_url
from hotline.web.operators.phone import account, is_own_origin
from tests.support.web import a_web


def settings_of(folder: Path, site: str) -> Settings:
    home = Home(folder)
    home.create()
    home.settings_file.write_text(site, "utf-8")
    return load_settings(home, environment={})


PUBLIC = '[web]\npublic_url = "https://hotline.example.com"\n'


@pytest.mark.parametrize(
    ("site", "page", "expected"),
    [
        ("", "http://127.0.0.1:8400/", "ws://127.0.0.1:8400/ws"),
        ("", "http://localhost:8400/", "ws://localhost:8400/ws"),
        ("", "http://[fd00::2]:8400/", "ws://[fd00::2]:8400/ws"),
        ("", "https://hotline.lan/", "wss://hotline.lan/ws"),
        (PUBLIC, "http://127.0.0.1:8400/", "wss://hotline.example.com/ws"),
        (PUBLIC, "https://hotline.example.com:8443/", "wss://hotline.example.com:8443/ws"),
        ('[web]\npublic_url = "http://hotline.lan:8400"\n', "http://hotline.lan:8400/", "ws://hotline.lan:8400/ws"),
    ],
)
def test_the_websocket_is_where_the_page_is(tmp_path: Path, site: str, page: str, expected: str) -> None:
    assert ws_url(settings_of(tmp_path, site), page) == expected


@pytest.mark.parametrize(
    ("site", "page", "origin", "own"),
    [
        ("", "http://hotline.lan:8400/", "http://hotline.lan:8400", True),
        ("", "http://hotline.lan/", "http://HOTLINE.lan:80", True),
        (PUBLIC, "http://127.0.0.1:8400/", "https://hotline.example.com", True),
        ("", "http://hotline.lan:8400/", "http://hotline.lan", False),
        ("", "http://hotline.lan:8400/", "https://hotline.lan:8400", False),
        ("", "http://hotline.lan:8400/", "http://hotline.lan.evil.example:8400", False),
        (PUBLIC, "http://127.0.0.1:8400/", "https://example.com", False),
        *[
            ("", "http://hotline.lan:8400/", origin, False)
            for origin in ("", "null", "file://", "http://", "http://a:b")
        ],
    ],
)
def test_only_a_page_of_ours_is_of_this_site(tmp_path: Path, site: str, page: str, origin: str, own: bool) -> None:
    assert is_own_origin(origin, settings_of(tmp_path, site), page) is own


@pytest.mark.parametrize("host", ["a b", "a;script-src *", "a'b", "x y:1", ""])
def test_a_hostile_host_header_gets_no_place_in_the_policy(tmp_path: Path, host: str) -> None:
    settings = settings_of(tmp_path, "")
    assert ws_url(settings, f"http://{host}/") == "" == ws_url(settings, f"https://{host}/")


def test_pages_may_connect_to_the_phones_websocket_and_use_the_microphone(tmp_path: Path) -> None:
    headers = a_web(tmp_path).client().get("/sign-in").headers
    assert "connect-src 'self' ws://localhost/ws" in headers["Content-Security-Policy"]
    assert "microphone=(self)" in headers["Permissions-Policy"]


def test_an_account_is_one_operators_own(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '[listen]\nstun = "stun.example.com:3478"\n')
    secrets = Secrets("ami", "web", "phone")
    one, other = (account(settings, secrets, extension, "http://127.0.0.1:8400/") for extension in ("1001", "1002"))
    assert one["sip_uri"] == "sip:1001@hotline.invalid"
    assert one["password"] == secrets.phone_password("1001") != other["password"]
    assert one["ice_servers"] == [{"urls": "stun:stun.example.com:3478"}]
