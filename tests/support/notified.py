"""Persons who are told, and what sends to them: with real gateways, by a clock that the test sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from hotline.domain.notifications.notification import Delivery, DeliveryState, Notification, Outcome, Text, Way
from hotline.domain.staff.records import Person
from hotline.jobs.gateways.all import SiteGateways
from hotline.services.gateways import Gateways
from hotline.services.notifications.alerts_told import tell_alerts
from hotline.services.notifications.sending import Sending
from hotline.services.notifications.spreading import spread
from hotline.settings import Settings
from hotline.storage.notifications.choices import WayStore
from hotline.storage.notifications.deliveries import DeliveryStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.web.notifications.wording import CatalogueWording
from tests.support.gateways import MailServer, Robots
from tests.support.instance import StandingClock, an_instance, at

#: Monday, in working hours.
NOW = at("2026-11-16 10:30:00")


@dataclass
class Told:
    """`settings` may be changed: what sends asks each time."""

    storage: Storage
    settings: Settings
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOW))
    naps: list[float] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.clock()

    def change(self, **notices: Any) -> None:
        self.settings = self.settings.model_copy(update={"notices": self.settings.notices.model_copy(update=notices)})

    def robots_at(self, gateway: Robots) -> None:
        places = dict.fromkeys(("wecom", "dingtalk", "feishu"), gateway.url)
        # What is not about time is not to fail because the machine had no time for it.
        self.change(gateways=self.settings.notices.gateways.model_copy(update=places), timeout_seconds=120)

    def mail_at(self, server: MailServer) -> None:
        chosen = {"host": server.host, "port": server.port, "security": "none", "sender": "hotline@example.com"}
        mail = self.settings.mail.model_copy(update={**chosen, "timeout_seconds": 2})
        self.settings = self.settings.model_copy(update={"mail": mail})

    def person(self, name: str, *urls: str, email: str = "", **more: Any) -> int:
        """With these addresses of their own."""
        with self.storage.writing() as tx:
            added = StaffStore(tx).add_person(Person(name, email=email, **more))
            assert added.id is not None
            for url in urls:
                WayStore(tx).add(Way(added.id, url, self.now, "test"))
            return added.id

    def sending(self, gateways: Gateways | None = None) -> Sending:
        own = gateways or SiteGateways(lambda: self.settings, self.clock)
        return Sending(self.storage, lambda: self.settings, own, CatalogueWording(), self.clock, self.naps.append)

    def send(self, gateways: Gateways | None = None) -> None:
        """All that is due, as the job does it, but one gateway after another."""
        sending = self.sending(gateways)
        tell_alerts(self.storage, self.settings, self.now)
        spread(self.storage, self.settings, self.now)
        for gateway in sending.due(self.now):
            while sending.send_next(gateway):
                pass
        sending.give_up_lost(self.now)

    def deliveries(self) -> Sequence[Delivery]:
        """Oldest first."""
        with self.storage.reading() as tx:
            return list(reversed(DeliveryStore(tx).listed(limit=1000)))

    def states(self) -> list[DeliveryState]:
        return [each.state for each in self.deliveries()]

    def page_of(self, person_id: int) -> list[Notification]:
        """Oldest first."""
        with self.storage.reading() as tx:
            return list(reversed(NotificationStore(tx).of_person(person_id, limit=1000)))


class Scripted:
    """A gateway that does what it is told, and counts."""

    def __init__(self, does: Callable[[], Outcome]) -> None:
        self.does = does
        self.sent: list[tuple[str, Text]] = []

    def mail(self, address: str, text: Text) -> Outcome:
        self.sent.append((address, text))
        return self.does()

    def post(self, url: str, text: Text) -> Outcome:
        return self.mail(url, text)


def told_site(folder: Path, storage: Storage, site: str = "") -> Told:
    hotline = an_instance(folder, NOW, site, storage)
    notices = hotline.settings.notices.model_copy(update={"timeout_seconds": 1})
    return Told(storage, hotline.settings.model_copy(update={"notices": notices}))
