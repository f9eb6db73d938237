"""The AMI session that receives events. It connects again whenever the connection is lost.

Its thread only splits the stream, leaves out what nobody uses, and puts the rest into the inbox. It never
waits for the writer: Asterisk cuts off a reader that does not read (at about 3.5 MB of backlog, in the middle
of an event). So a full inbox is a loss like any other: the connection is dropped, and what was missed comes
from the CEL database.
"""

from __future__ import annotations

import logging
import random
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic
from typing import NoReturn

from hotline.asterisk.ami.action import action_bytes
from hotline.asterisk.ami.inbox import Connected, Inbox, Lost
from hotline.asterisk.ami.parser import FRAME_LIMIT, Split, headers, split_frames, wanted_frames

logger = logging.getLogger(__name__)

_BANNER = b"Asterisk Call Manager/"
_LOGIN_ID = "hotline-login"
_RECEIVE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Peer:
    """Where Asterisk's manager listens and how to log in. With `tls` the certificate is checked against the
    system's authorities; SSL_CERT_FILE names another list."""

    host: str
    port: int
    username: str
    password: str
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A peer that has sent nothing for `ping` is pinged, and after another `ping` of silence it is
    dead. The wait before connecting again doubles from `first_wait` to `longest_wait`, with up to half as
    much again at random; a session that lasted `settled` starts it over. In the first `patient` seconds without a
    session the wait is `quick` at most: an Asterisk that starts anew is back within some seconds, and what is shown of
    operators and calls waits for it."""

    connect: float = 5.0
    ping: float = 10.0
    first_wait: float = 0.25
    longest_wait: float = 15.0
    settled: float = 5.0
    quick: float = 0.3
    patient: float = 120.0


DEFAULT_TIMING = Timing()


class SessionLost(Exception):
    """The session could not be begun or is over; the message says why."""


class EventSession:
    """`start` begins the thread; `stop` ends it. A refused login is logged and tried again: the settings of
    the other side may be mended."""

    def __init__(self, peer: Peer, wanted: frozenset[bytes], inbox: Inbox, timing: Timing = DEFAULT_TIMING) -> None:
        self._peer, self._wanted, self._inbox, self._timing = peer, wanted, inbox, timing
        self._stopping = Event()
        self._socket: socket.socket | None = None
        self._sending = Lock()
        self._thread = Thread(target=self._run, name="ami-events", daemon=True)
        self.oversized_frames = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        current = self._socket
        if current is not None:
            _shut(current)
        self._thread.join(self._timing.connect + 1)

    def ask(self, action: str) -> None:
        """Have Asterisk tell something as events in the stream, in order with all others. Not connected: it is asked
        again after the next connection."""
        with self._sending:
            current = self._socket
            if current is not None:
                with suppress(OSError):  # the reader finds out, and connects again
                    current.sendall(action_bytes(action, {}))

    def _run(self) -> None:
        try:
            self._stay_connected()
        except BaseException as error:  # handed on: the writer raises it, which ends the process
            self._inbox.fail(error)

    def _stay_connected(self) -> None:
        timing = self._timing
        wait, without_since, said = timing.first_wait, monotonic(), ""
        while not self._stopping.is_set():
            begun = monotonic()
            reason = self._one_session()
            if self._stopping.is_set():
                return
            if monotonic() - begun >= timing.settled:
                wait, without_since, said = timing.first_wait, monotonic(), ""
            if reason != said:
                logger.warning("AMI events: %s; connecting again", reason)
            said = reason
            patient = monotonic() - without_since < timing.patient
            self._stopping.wait(min(wait, timing.quick if patient else timing.longest_wait) * random.uniform(1, 1.5))
            wait = min(wait * 2, timing.longest_wait)

    def _one_session(self) -> str:
        """Connect, log in, read until it is over; why it is over."""
        connected = False
        try:
            with self._connection() as connection:
                split = log_in(connection, self._peer, self._timing.connect)
                connected = True
                self._inbox.announce(Connected())
                logger.info("AMI events: logged in as %s", self._peer.username)
                self._read(connection, split)
        except (SessionLost, OSError) as error:
            reason = str(error) or type(error).__name__
            if connected:
                self._inbox.announce(Lost(reason))
            return reason

    @contextmanager
    def _connection(self) -> Iterator[socket.socket]:
        with closing(open_connection(self._peer, self._timing.connect)) as connection:
            self._socket = connection
            try:
                if self._stopping.is_set():
                    raise SessionLost("stopped")
                yield connection
            finally:
                self._socket = None

    def _read(self, connection: socket.socket, split: Split) -> NoReturn:
        connection.settimeout(self._timing.ping)
        pinged = False
        while True:
            self._take(split)
            try:
                data = connection.recv(_RECEIVE_BYTES)
            except TimeoutError:
                if pinged:
                    raise SessionLost("Asterisk does not answer to Ping") from None
                with self._sending:
                    connection.sendall(action_bytes("Ping", {}))
                pinged, split = True, Split([], split.rest)
                continue
            if not data:
                raise SessionLost("Asterisk closed the connection")
            pinged = False
            split = split_frames(split.rest + data)

    def _take(self, split: Split) -> None:
        if split.oversized:
            self.oversized_frames += split.oversized
            logger.error("AMI events: %d frames were too long and left out", split.oversized)
        wanted = wanted_frames(split.frames, self._wanted)
        if wanted and not self._inbox.put(wanted):
            raise SessionLost("the writer is too far behind; what is missed now comes from the CEL database")


def open_connection(peer: Peer, timeout: float) -> socket.socket:
    """A connected socket, TLS already agreed if wanted. Raises OSError (ssl.SSLError is one)."""
    connection = socket.create_connection((peer.host, peer.port), timeout)
    if not peer.tls:
        return connection
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=peer.host)
    except BaseException:
        connection.close()
        raise


def log_in(connection: socket.socket, peer: Peer, timeout: float) -> Split:
    """Log in and read the answer; what came after it is given back. Raises SessionLost when the peer is not
    Asterisk, refuses, or stays silent."""
    deadline = monotonic() + timeout
    login = {"ActionID": _LOGIN_ID, "Username": peer.username, "Secret": peer.password, "Events": "on"}
    connection.sendall(action_bytes("Login", login))
    data = b""
    while len(data) <= FRAME_LIMIT and (left := deadline - monotonic()) > 0:
        connection.settimeout(left)
        try:
            received = connection.recv(_RECEIVE_BYTES)
        except TimeoutError:
            break
        if not received:
            raise SessionLost("the connection was closed during the login")
        data += received
        if not data.startswith(_BANNER[: len(data)]):
            raise SessionLost(f"{peer.host}:{peer.port} is not Asterisk's manager: it says {data[:40]!r}")
        split = split_frames(data)
        for position, frame in enumerate(split.frames):
            answer = headers(frame)
            if answer.get("ActionID") == _LOGIN_ID:
                _require_success(answer, peer)
                return Split(split.frames[position + 1 :], split.rest, split.oversized)
    raise SessionLost(f"no answer to the login within {timeout:g} s")


def _require_success(answer: dict[str, str], peer: Peer) -> None:
    if answer.get("Response") != "Success":
        raise SessionLost(f"login as {peer.username} was refused: {answer.get('Message', 'no reason given')}")


def _shut(connection: socket.socket) -> None:
    """Wake whoever reads it; the reader closes it."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already
