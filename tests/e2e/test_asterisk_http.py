"""Asterisk's own HTTP server, which lets any page of any site open a WebSocket to it: the pages alone can reach it."""

from __future__ import annotations

import socket

import psutil
import pytest
import requests

from tests.support.rig import Rig, wait_until

pytestmark = pytest.mark.e2e

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": "sip",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Origin": "http://evil.example",
}


def test_it_is_found_neither_from_another_machine_nor_by_a_guess(tmp_path_factory: pytest.TempPathFactory) -> None:
    rig = Rig(tmp_path_factory.mktemp("http"), '[listen]\nhost = "0.0.0.0"\n')
    rig.prepare()
    port = rig.base + 88

    def status(path: str) -> int:
        with requests.get(f"http://127.0.0.1:{port}{path}", headers=HANDSHAKE, timeout=5, stream=True) as answer:
            return answer.status_code

    try:
        rig.start("pbx")
        known = f"/{rig.hotline.secrets.asterisk_http_prefix}/ws"
        wait_until(lambda: status(known) == 101, "the WebSocket")
        for path in ("/ws", "/", "/httpstatus", "/ari/asterisk/info", "/static/", f"{known.lower()[:-4]}x/ws"):
            assert status(path) in (403, 404), path
        addresses = [
            each.address
            for found in psutil.net_if_addrs().values()
            for each in found
            if each.family == socket.AF_INET and each.address != "127.0.0.1"
        ]
        for address in (*addresses, "127.0.0.2"):
            with pytest.raises(OSError):
                socket.create_connection((address, port), timeout=2)
    finally:
        rig.stop()
