"""Receives the copies of SIP messages from our private Asterisk, and reports the carrier's INVITEs that became no
call."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread
from time import monotonic

from hotline.asterisk.names import addresses_of
from hotline.asterisk.sip_copies import InviteWatch, read_copy
from hotline.domain.errors import HotlineError
from hotline.domain.time import Clock
from hotline.domain.ways_in.refused_invites import RefusedInvite
from hotline.services.ways_in import refused_invites
from hotline.settings import Settings
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)

#: Asterisk and the listener are on one machine, and nobody else is to hear it.
EAR_HOST = "127.0.0.1"

#: Seconds. Refusals are told of together; a socket that could not be opened is tried again; names are looked up anew.
TELL_EVERY = 1.0
OPEN_EVERY = 10.0
NAMES_EVERY = 60.0

#: Seconds that a copy waits for others: a call has a dozen, and nobody waits for what they tell. Bytes that the kernel
#: is asked to keep meanwhile: some hundreds of copies, and as a rule it grants half.
GATHER = 0.05
KEPT_BYTES = 1 << 20

#: Copies a second. A flood of strangers' requests must not take the time that calls need: more are left unread.
MOST_A_SECOND = 3_000

#: Refusals that wait to be told of while the database is away.
MOST_UNTOLD = 10_000


class SipEar:
    """A thread of its own. What is lost while it is away is not told of."""

    def __init__(
        self, storage: Storage, settings: Settings, password: str, clock: Clock, died: Callable[[BaseException], None]
    ) -> None:
        self._storage, self._settings, self._password = storage, settings, password
        self._clock, self._died = clock, died
        self._watch = InviteWatch()
        self._untold: list[RefusedInvite] = []
        self._stopping = Event()
        self._named: tuple[float, frozenset[str]] = (0.0, frozenset())
        self._thread = Thread(target=self._run, name="sip ear", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(1)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as ear:
                        ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KEPT_BYTES)
                        ear.bind((EAR_HOST, self._settings.listen.agi_port))
                        self._listen(ear)
                except OSError as error:
                    logger.error("listen.agi_port (UDP): INVITEs that become no call are not told of: %s", error)
                    self._stopping.wait(OPEN_EVERY)
        except BaseException as error:  # handed on: the listener raises it, which ends the process
            self._died(error)

    def _listen(self, ear: socket.socket) -> None:
        while not self._stopping.is_set():
            ends_at = monotonic() + TELL_EVERY
            left = MOST_A_SECOND
            while left and (seconds := ends_at - monotonic()) > 0 and not self._stopping.is_set():
                ear.settimeout(min(seconds, 0.5))
                try:
                    self.hear(ear.recv(65535))
                except TimeoutError:
                    continue
                left -= 1
                self._stopping.wait(GATHER)
                left -= self.hear_waiting(ear, left)
            self._stopping.wait(max(0.0, ends_at - monotonic()))
            self.tell()

    def hear_waiting(self, ear: socket.socket, most: int) -> int:
        """Those that have come already, at most so many; how many they were."""
        ear.settimeout(0)
        for heard in range(most):
            try:
                self.hear(ear.recv(65535))
            except BlockingIOError:
                return heard
        return most

    def hear(self, datagram: bytes) -> None:
        copy = read_copy(datagram, self._password)
        refused = self._watch.note(copy) if copy else None
        if refused and self._is_the_carrier(refused.address):
            self._untold = [*self._untold, refused][-MOST_UNTOLD:]

    def tell(self) -> None:
        """What the database fails is tried again."""
        if not self._untold:
            return
        try:
            with self._storage.writing() as tx:
                refused_invites.tell(tx, self._untold, self._settings.trunk, self._clock())
            self._untold = []
        except HotlineError as error:
            logger.error("INVITEs that became no call are not told of yet: %s", error)

    def _is_the_carrier(self, address: str) -> bool:
        known = any(carrier.calls_from(address) for carrier in self._settings.carriers)
        return known or address in self._carriers_addresses()

    def _carriers_addresses(self) -> frozenset[str]:
        """What the carrier's names stand for at present."""
        looked_at, found = self._named
        if not looked_at or monotonic() - looked_at > NAMES_EVERY:
            found = addresses_of(name for carrier in self._settings.carriers for name in carrier.addresses)
            self._named = (monotonic(), found)
        return found
