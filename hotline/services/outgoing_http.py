"""Requests to other people's servers, by addresses that settings name: gateways of text messages, web hooks.

Whoever may write such an address must not reach by it what only this machine reaches (SSRF): the name is resolved once,
every address that it has must be one of the open internet or of a network that was allowed, the connection goes to that
very address, and no redirect is followed. No proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from hotline.domain.errors import HotlineError
from hotline.domain.reasons import Reason, because
from hotline.services.unreachable import why_unreachable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS = 15
MOST_BYTES = 1 << 16
_TRIED = 3

#: Ways in which an address of the internet leads to one of another kind (NAT64, 6to4, Teredo).
_TUNNELS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class NotReached(HotlineError):
    """Nothing was sent: the other server can't have done anything."""

    kind = "store"


class NotAnswered(HotlineError):
    """It was sent, at least in part, and no whole answer came: what the other server did is not known."""

    kind = "store"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


def post(
    url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network] = (), seconds: float = SECONDS
) -> Answer:
    """`allowed`: networks that are reached although they are private. It takes `seconds` at most, whatever the other
    side does. Raises NotReached, NotAnswered."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise NotReached("outgoing.address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise NotReached("outgoing.address")
    with _connect(parts.hostname, port, allowed, seconds) as connected:
        secure = parts.scheme == "https"
        used = _wrapped(connected, parts.hostname) if secure else connected
        with used, _cut_after(used, seconds) as was_cut:
            if secure:
                _shake_hands(used)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            answer = _asked(used, parts.netloc, target, body, headers)
            if was_cut.is_set():  # what looks like the end need not be it
                raise NotAnswered("outgoing.not_answered", why=because("unreachable.timeout"))
            return answer


def may_reach(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether it is one of the open internet, or of a network that was allowed."""
    plain = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped else address
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    tunnelled = any(plain in network for network in _TUNNELS if network.version == plain.version)
    return plain.is_global and not plain.is_multicast and not tunnelled


def _connect(host: str, port: int, allowed: Sequence[Network], seconds: float) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotReached("outgoing.no_address", why=why_unreachable(error)) from None
    except ValueError:  # parts of a name that no name can have
        raise NotReached("outgoing.address") from None
    addresses = [str(each[4][0]) for each in found]
    if not all(may_reach(ipaddress.ip_address(each.partition("%")[0]), allowed) for each in addresses):
        raise NotReached("outgoing.private")
    why: Reason | str = ""
    for each in addresses[:_TRIED]:
        try:
            return socket.create_connection((each, port), timeout=seconds)
        except OSError as error:
            why = why_unreachable(error)
    raise NotReached("outgoing.not_connected", why=why)


def _wrapped(connected: socket.socket, host: str) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    return context.wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)


def _shake_hands(used: socket.socket) -> None:
    """Before a byte of ours is sent."""
    assert isinstance(used, ssl.SSLSocket)
    try:
        used.do_handshake()
    except (OSError, ValueError) as error:
        raise NotReached("outgoing.not_connected", why=why_unreachable(error)) from None


def _asked(secured: socket.socket, host: str, target: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection = http.client.HTTPConnection(host)
    connection.sock = secured
    try:
        connection.request("POST", target, body, {"Host": host, "Connection": "close", **headers})
        response = connection.getresponse()
        read = response.read(MOST_BYTES + 1)
    except (UnicodeError, http.client.InvalidURL):  # found before a byte is sent
        raise NotReached("outgoing.address") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotAnswered("outgoing.not_answered", why=why_unreachable(error)) from None
    if len(read) > MOST_BYTES or response.length:  # the rest of what was announced
        raise NotAnswered("outgoing.not_answered", why=because("unreachable.broken_off"))
    return Answer(response.status, read)


@contextmanager
def _cut_after(used: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """A limit for each step alone would let a server hold us with a byte now and then."""
    was_cut = threading.Event()
    watchdog = threading.Timer(seconds, _cut, [used, was_cut])
    watchdog.daemon = True
    watchdog.start()
    try:
        yield was_cut
    finally:
        watchdog.cancel()


def _cut(used: socket.socket, was_cut: threading.Event) -> None:
    was_cut.set()
    with suppress(OSError):
        socket.socket.shutdown(used, socket.SHUT_RDWR)  # not TLS's own, which another thread is using
