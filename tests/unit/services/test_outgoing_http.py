"""Requests to others' servers reach the open internet and what was allowed, and end in time."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator

import pytest

from hotline.services.outgoing_http import MOST_BYTES, NotAnswered, NotReached, may_reach, post
from tests.support.sms_gateway import FakeGateway, a_gateway

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def gateway() -> Iterator[FakeGateway]:
    with a_gateway() as fake:
        yield fake


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_what_is_not_of_the_open_internet_is_not_reached(address: str) -> None:
    assert not may_reach(ipaddress.ip_address(address), ())


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"])
def test_the_open_internet_is(address: str) -> None:
    assert may_reach(ipaddress.ip_address(address), ())


def test_a_network_that_was_allowed_is_reached_and_no_other() -> None:
    allowed = (ipaddress.ip_network("10.0.5.0/24"),)
    assert may_reach(ipaddress.ip_address("10.0.5.7"), allowed)
    assert may_reach(ipaddress.ip_address("::ffff:10.0.5.7"), allowed)
    assert not may_reach(ipaddress.ip_address("10.0.6.7"), allowed)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_no_spelling_leads_to_this_machine(gateway: FakeGateway, host: str) -> None:
    with pytest.raises(NotReached):
        post(gateway.url.replace("127.0.0.1", host), b"{}", {})
    assert gateway.asked == []


def test_a_name_that_has_one_private_address_is_not_reached(
    gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: both)
    with pytest.raises(NotReached, match="private"):
        post("http://rebound.example.com/", b"{}", {}, LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.com/", "file:///etc/passwd", "http://", "http://a@example.com/", "http://example.com:99999/"),
        *("x", "http://[::1", "http://a..example/", f"http://{'a' * 70}.example/", "http://example.com\0.test/"),
    ],
)
def test_addresses_of_another_kind_are_none(url: str) -> None:
    with pytest.raises(NotReached, match="address"):
        post(url, b"", {})


def test_what_was_allowed_is_asked_and_its_answer_read(gateway: FakeGateway) -> None:
    gateway.answers = [(201, "你好")]
    answer = post(gateway.url, b'{"id": "1"}', {"X-Mine": "yes"}, LOOPBACK)
    assert (answer.status, answer.body.decode()) == (201, "你好")
    [(headers, body)] = gateway.asked
    assert headers["X-Mine"] == "yes" and headers["Host"] == gateway.url.split("/")[2] and body == b'{"id": "1"}'


@pytest.mark.parametrize("path", ["路", "a b", "a\x7f"])
def test_what_no_request_can_ask_for_is_known_to_be_not_sent(gateway: FakeGateway, path: str) -> None:
    with pytest.raises(NotReached, match="address"):
        post(f"{gateway.url}/{path}", b"{}", {}, LOOPBACK)
    assert gateway.asked == []


def test_no_redirect_is_followed(gateway: FakeGateway) -> None:
    gateway.answers = [(302, gateway.url)]
    assert post(gateway.url, b"{}", {}, LOOPBACK).status == 302
    assert len(gateway.asked) == 1


def test_nobody_there_is_not_reached() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NotReached, match="not_connected"):
            post(f"http://127.0.0.1:{taken.getsockname()[1]}/", b"{}", {}, LOOPBACK)


def test_a_server_that_hangs_is_cut_off(gateway: FakeGateway) -> None:
    gateway.answers = [(200, None)]
    with pytest.raises(NotAnswered):
        post(gateway.url, b"{}", {}, LOOPBACK, seconds=0.3)


def test_a_server_that_says_a_byte_now_and_then_is_cut_off() -> None:
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            with pytest.raises(NotAnswered):
                post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, LOOPBACK, seconds=0.5)
        finally:
            over.set()
            thread.join(10)


@pytest.mark.parametrize("answer", [(200, ""), (200, "x" * (MOST_BYTES + 1))])
def test_an_answer_that_breaks_off_or_never_ends_is_none(gateway: FakeGateway, answer: tuple[int, str]) -> None:
    gateway.answers = [answer]
    with pytest.raises(NotAnswered):
        post(gateway.url, b"{}", {}, LOOPBACK)


def test_a_server_that_speaks_no_tls_is_not_reached(gateway: FakeGateway) -> None:
    with pytest.raises(NotReached):
        post(gateway.url.replace("http:", "https:"), b"{}", {}, LOOPBACK, seconds=5)
    assert gateway.asked == []
