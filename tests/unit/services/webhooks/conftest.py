"""An instance with both kinds of database, another system, and what sends to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call
from hotline.domain.people import Actor, Role
from hotline.domain.webhooks.webhook import DeliveryState, Webhook
from hotline.services.calls.ledger import record
from hotline.services.webhooks.administration import WantedHook, add_hook
from hotline.services.webhooks.gathering import gather
from hotline.services.webhooks.sending import Sending
from hotline.storage.transaction import Storage
from hotline.storage.webhooks.deliveries import WebhookDeliveryStore
from hotline.storage.webhooks.store import WebhookStore
from tests.support.hook_receiver import HERE, Received, received
from tests.support.instance import an_instance, at, clock_of
from tests.support.sms_gateway import FakeGateway, a_gateway

#: Before the calls of tests.support.sample_calls begin.
MADE = at("2026-11-16 09:00:00")
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "Admin")
ALL_OF_CALLS = ("call.started", "call.answered", "call.ended")


@dataclass
class Hooks:
    hotline: Hotline
    receiver: FakeGateway
    sending: Sending
    secrets: dict[int, str] = field(default_factory=dict)

    @property
    def storage(self) -> Storage:
        return self.hotline.storage

    @property
    def now(self) -> datetime:
        return self.hotline.clock()

    def advance(self, **length: float) -> None:
        clock_of(self.hotline).advance(**length)

    def add(self, *events: str, whole_numbers: bool = False, path: str = "") -> Webhook:
        wanted = WantedHook(self.receiver.url + path, events or ALL_OF_CALLS, "CRM", whole_numbers)
        root = self.hotline.secrets.webhook_root
        hook, secret = add_hook(self.storage, self.hotline.settings, root, wanted, ADMIN, self.now)
        self.secrets[hook.id] = secret
        return hook

    def happens(self, *calls: Call) -> None:
        record(self.storage, "node1", calls, [], lambda call: None, self.now)

    def run(self) -> int:
        """What the job does, in this thread; how many were sent."""
        gather(self.storage, self.now)
        sent = 0
        for each in self.sending.due(self.now):
            before = len(self.receiver.asked)
            while self.sending.send_next(each):
                pass
            sent += len(self.receiver.asked) - before
        return sent

    @property
    def got(self) -> list[Received]:
        return received(self.receiver)

    def states(self, hook: Webhook) -> list[DeliveryState]:
        """The oldest first."""
        with self.storage.reading() as tx:
            return [each.state for each in reversed(WebhookDeliveryStore(tx).latest(hook.id, 99))]

    def again(self, hook: Webhook) -> Webhook:
        with self.storage.reading() as tx:
            found = WebhookStore(tx).by_id(hook.id)
        assert found is not None
        return found


@pytest.fixture
def hooks(tmp_path: Path, storage: Storage) -> Iterator[Hooks]:
    with a_gateway() as receiver:
        hotline = an_instance(tmp_path, MADE, HERE, storage)
        sending = Sending(storage, lambda: hotline.settings, hotline.secrets.webhook_root, hotline.clock)
        yield Hooks(hotline, receiver, sending)
