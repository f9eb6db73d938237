"""Sends what is due: claims it, hands it to its gateway, notes what became of it.

Claimed and noted in transactions of their own, so that nothing is held while a gateway is waited for. Whoever dies
between the two leaves what nobody knows of: it is shown as unsure, and not sent again by itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from hotline.domain.errors import StorageError
from hotline.domain.notifications.kind import pause_before
from hotline.domain.notifications.notification import (
    MAIL,
    Delivery,
    DeliveryState,
    Gateway,
    Notification,
    Outcome,
    Text,
    Verdict,
)
from hotline.domain.reasons import because
from hotline.domain.time import Clock
from hotline.services.alerts import set_alert
from hotline.services.gateways import Gateways, Wording
from hotline.services.notifications.addresses import url_of
from hotline.services.notifications.alert_kinds import GATEWAY_PAUSED
from hotline.services.notifications.mailed import files_of
from hotline.services.notifications.signed import signed_link
from hotline.services.notifications.texts import text_of
from hotline.settings import Settings
from hotline.storage.notifications.deliveries import DeliveryStore, GatewayStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

#: So many of one kind go out as one.
_MOST_AT_ONCE = 100

#: A conversation has so many steps, each with a timeout of its own. Whoever claimed longer ago is dead.
_STEPS = 15

#: What was sent must be noted, or it counts as unsure: so many seconds between the tries.
_NOTE_AGAIN = (0.5, 1, 2, 5)

_ENDS = {
    Verdict.TAKEN: DeliveryState.SENT,
    Verdict.REFUSED: DeliveryState.FAILED,
    Verdict.FAILED: DeliveryState.FAILED,
    Verdict.UNSURE: DeliveryState.UNSURE,
}


@dataclass(frozen=True)
class Claimed:
    claim: str
    deliveries: Sequence[Delivery]
    address: str
    text: Text
    told: Sequence[Notification]
    language: str


class Sending:
    """For any thread."""

    def __init__(
        self,
        storage: Storage,
        settings: Callable[[], Settings],
        gateways: Gateways,
        wording: Wording,
        clock: Clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._storage, self._settings, self._clock = storage, settings, clock
        self._gateways, self._wording, self._sleep = gateways, wording, sleep

    def due(self, now: datetime) -> Sequence[str]:
        """The gateways through which something is to go."""
        with self._storage.reading() as tx:
            return DeliveryStore(tx).due(now)

    def give_up_lost(self, now: datetime) -> int:
        """What was claimed and never noted; how many there were."""
        with self._storage.reading() as tx:
            if not DeliveryStore(tx).has_lost(now):
                return 0
        with self._storage.writing() as tx:
            return DeliveryStore(tx).give_up_lost(now, because("notifications.lost"))

    def send_next(self, gateway: str) -> bool:
        """Send what is next on this gateway; False when there is nothing, or the gateway is paused. Raises
        StorageError."""
        claimed = self._claim(gateway)
        if claimed is None:
            return False
        outcome = self._send(claimed)
        self._note_surely(gateway, claimed, outcome)
        return True

    def _claim(self, gateway: str) -> Claimed | None:
        now, settings = self._clock(), self._settings()
        wait = _STEPS * max(settings.notices.timeout_seconds, settings.mail.timeout_seconds)
        with self._storage.writing() as tx:
            paused_until = GatewayStore(tx).get(gateway).paused_until
            if paused_until is not None and paused_until > now:
                return None
            claim = uuid4().hex
            taken = DeliveryStore(tx).claim(gateway, claim, now, now + timedelta(seconds=wait), _MOST_AT_ONCE)
            if not taken:
                return None
            told, language = self._told(tx, taken), self._language(tx, settings, taken[0])
            text = self._text(tx, settings, taken, told, language)
            return Claimed(claim, taken, self._address(tx, settings, taken[0]), text, told, language)

    def _address(self, tx: Transaction, settings: Settings, first: Delivery) -> str:
        """As it is now; "" when there is none any more."""
        if first.way != MAIL:
            return url_of(tx, settings, first)
        person = StaffStore(tx).person(first.person_id)
        return person.email if person is not None and person.active and settings.mail.host else ""

    def _told(self, tx: Transaction, taken: Sequence[Delivery]) -> Sequence[Notification]:
        ids = [each.notification_id for each in taken]
        by_id = NotificationStore(tx).by_ids(ids)
        return [by_id[each] for each in ids if each in by_id]

    def _language(self, tx: Transaction, settings: Settings, first: Delivery) -> str:
        person = StaffStore(tx).person(first.person_id)
        return (person.language if person else "") or settings.site.language

    def _text(
        self,
        tx: Transaction,
        settings: Settings,
        taken: Sequence[Delivery],
        told: Sequence[Notification],
        language: str,
    ) -> Text:
        signed = partial(signed_link, tx, settings, now=self._clock())
        made = text_of(told, self._wording, language, settings.web.public_url, signed)
        return replace(made, key=f"notification-{settings.site.node}-{taken[0].id}")

    def _with_files(self, claimed: Claimed) -> Text:
        """Where they cannot be made the mail goes without: it leads to the page that has them."""
        try:
            files = files_of(self._storage, self._settings(), claimed.told, claimed.address, claimed.language)
        except Exception:  # whatever a feature's own code raises must not keep the mail back
            log.exception("what goes along with a mail could not be made")
            return claimed.text
        return replace(claimed.text, files=files)

    def _send(self, claimed: Claimed) -> Outcome:
        """A gateway that breaks its promise never to raise has left us in the dark."""
        if not claimed.address:
            return Outcome(Verdict.REFUSED, because("notifications.no_address"))
        try:
            if claimed.deliveries[0].way == MAIL:
                return self._gateways.mail(claimed.address, self._with_files(claimed))
            return self._gateways.post(claimed.address, claimed.text)
        except Exception as error:
            log.exception("a gateway failed")
            return Outcome(Verdict.UNSURE, because("notifications.no_answer", why=type(error).__name__))

    def _note_surely(self, gateway: str, claimed: Claimed, outcome: Outcome) -> None:
        for seconds in _NOTE_AGAIN:
            try:
                return self._note(gateway, claimed, outcome)
            except StorageError as error:
                log.warning("what became of a notification is to be noted again: %s", error)
                self._sleep(seconds)
        return self._note(gateway, claimed, outcome)

    def _note(self, gateway: str, claimed: Claimed, outcome: Outcome) -> None:
        now, notices = self._clock(), self._settings().notices
        tries = max(each.attempts for each in claimed.deliveries)
        again = outcome.verdict is Verdict.FAILED and tries < notices.attempts
        state = DeliveryState.WAITING if again else _ENDS[outcome.verdict]
        due_at = now + pause_before(tries, notices.retry_seconds) if again else None
        with self._storage.writing() as tx:
            DeliveryStore(tx).note(claimed.claim, state, outcome.why, now, due_at)
            if outcome.is_gateways_fault:
                _failed(tx, gateway, outcome, self._settings(), now)
            elif GatewayStore(tx).get(gateway).failures:
                GatewayStore(tx).forget(gateway)
                set_alert(tx, GATEWAY_PAUSED, gateway, None, now)
        if outcome.verdict is not Verdict.TAKEN:
            log.warning("a notification by %s: %s, %s", gateway, outcome.verdict, outcome.why)


def _failed(tx: Transaction, gateway: str, outcome: Outcome, settings: Settings, now: datetime) -> None:
    """After so many failures it is left alone for a while; the first try after that decides anew."""
    failures = GatewayStore(tx).get(gateway).failures + 1
    pauses = failures >= settings.notices.pause_after
    until = now + timedelta(minutes=settings.notices.pause_minutes) if pauses else None
    GatewayStore(tx).keep(Gateway(gateway, failures, until, outcome.why))
    if pauses:
        told = because("notifications.gateway_paused", failures=failures, until_at=until, why=outcome.why)
        set_alert(tx, GATEWAY_PAUSED, gateway, told, now)
