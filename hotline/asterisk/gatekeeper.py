"""Counts failed log-ins by SIP, raises alerts about them, and blocks an address for a time when it tries too often."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from time import monotonic

from hotline.asterisk.beside_listener import BesideListener
from hotline.asterisk.names import addresses_of
from hotline.domain.errors import HotlineError
from hotline.domain.time import Clock
from hotline.domain.ways_in.strangers import RefusalTally, Stranger
from hotline.services.pbx import Pbx
from hotline.services.ways_in import refused_invites, strangers, unknown_numbers
from hotline.services.ways_in.shutting_out import let_in_again, shut_out
from hotline.settings import Settings
from hotline.settings.sip import host_of
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)

#: Seconds. Strangers are told of together, so that a flood of them is a few writes; times that are over are looked for
#: now and then.
TELL_EVERY = 1.0
LOOK_EVERY = 10.0

#: Requests that wait to be counted. A flood beyond it is a flood all the same.
MOST_WAITING = 50_000

#: Of this machine: what stands before the browser phones' WebSocket talks to Asterisk from there.
OWN_ADDRESSES = frozenset({"127.0.0.1", "::1"})


class Gatekeeper(BesideListener):
    def __init__(
        self,
        storage: Storage,
        pbx: Pbx,
        settings: Callable[[], Settings],
        clock: Clock,
        died: Callable[[BaseException], None],
    ) -> None:
        super().__init__("gatekeeper", died)
        self._storage, self._pbx, self._settings, self._clock = storage, pbx, settings, clock
        rule = settings().shut_out
        self._tally = RefusalTally(rule.failures, timedelta(seconds=rule.within_seconds))
        self._waiting: list[Stranger] = []
        self._counted_by = (rule.failures, rule.within_seconds)
        self._untold: list[Stranger] = []
        self._out: list[Stranger] = []
        self._look_at = 0.0

    def hear(self, found: Iterable[Stranger]) -> None:
        with self._changed:
            self._waiting = [*self._waiting, *found][-MOST_WAITING:]
            self._changed.notify()

    def _until_next(self) -> None:
        self._changed.wait_for(lambda: self._stopping or self._waiting, LOOK_EVERY)
        self._changed.wait_for(lambda: self._stopping, TELL_EVERY)

    def step(self) -> None:
        """One look. What Asterisk or the database fails is tried again at a later one."""
        with self._changed:
            found, self._waiting = self._waiting, []
        self._untold = [*self._untold, *found][-MOST_WAITING:]
        self._follow_rule()
        try:
            for each in found:
                if self._tally.note(each.address, each.at):
                    self._too_often(each)
            self._tell()
            self._look()
        except HotlineError as error:
            logger.error("those who try to get in by SIP are not looked after: %s", error)

    def _follow_rule(self) -> None:
        """Under another rule everybody is counted anew."""
        rule = self._settings().shut_out
        if self._counted_by != (rule.failures, rule.within_seconds):
            self._counted_by = (rule.failures, rule.within_seconds)
            self._tally = RefusalTally(rule.failures, timedelta(seconds=rule.within_seconds))

    def _too_often(self, last: Stranger) -> None:
        if not self._settings().shut_out.enabled or self._is_ours(last.address):
            return
        shut_out(self._pbx, last.address, self._clock() + timedelta(minutes=self._settings().shut_out.minutes))
        logger.warning("%s is shut out: refused too often", last.address)
        self._out.append(last)

    def _is_ours(self, address: str) -> bool:
        """This machine, the carrier, where our phones are registered, and what the settings name."""
        parsed = ipaddress.ip_address(address)
        return (
            address in OWN_ADDRESSES
            or any(parsed in network for network in self._settings().shut_out.never)
            or any(carrier.calls_from(address) for carrier in self._settings().carriers)
            or address in self._named_addresses()
            or address in self._pbx.phone_addresses()
        )

    def _named_addresses(self) -> frozenset[str]:
        """What the names of carriers and of phones stand for at present."""
        contacts = (host_of(each.contact) for each in self._settings().operators.values())
        carriers = (name for carrier in self._settings().carriers for name in carrier.addresses)
        names = {*carriers, *contacts}
        return addresses_of(names)

    def _tell(self) -> None:
        if self._untold or self._out:
            with self._storage.writing() as tx:
                strangers.tell(tx, self._untold, self._out, self._clock())
            self._untold, self._out = [], []

    def _look(self) -> None:
        if monotonic() < self._look_at:
            return
        self._look_at = monotonic() + LOOK_EVERY
        for address in let_in_again(self._pbx, self._clock()):
            logger.info("%s is let in again", address)
        with self._storage.writing() as tx:
            strangers.calm(tx, self._clock())
            unknown_numbers.calm(tx, self._clock())
            refused_invites.calm(tx, self._clock())
