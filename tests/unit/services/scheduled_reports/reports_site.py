"""A site whose reports are made by a clock that the test sets, on each kind of database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.calls.call import Call
from hotline.domain.people import Role
from hotline.domain.scheduled_reports.report import MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.scheduled_reports.making import make_due
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.store import StaffStore
from tests.support.instance import at
from tests.support.notified import Told
from tests.support.our_people import somebody

#: Monday morning.
BEGAN = at("2026-11-16 09:00:00")
DUE = at("2026-11-16 17:30:00")


@dataclass
class Site:
    """A supervisor, and two operators at 1001 and 1002. `told`: what goes out by mail."""

    told: Told

    def __post_init__(self) -> None:
        self.storage = self.told.storage
        self.boss, self.boss_id = somebody(self.storage, "boss", "周主管", BEGAN, Role.SUPERVISOR)
        self.zhao, self.zhao_id = somebody(self.storage, "zhao", "赵敏", BEGAN, extension="1001")
        self.qian, self.qian_id = somebody(self.storage, "qian", "钱伟", BEGAN, extension="1002")

    def mail_of(self, person_id: int, address: str) -> None:
        from dataclasses import replace

        with self.storage.writing() as tx:
            person = StaffStore(tx).person(person_id)
            assert person is not None
            assert StaffStore(tx).update_person(replace(person, email=address), person.version)

    def choose(self, kind: ReportKind, **values: Any) -> None:
        """In place of what the settings say of this kind."""
        reports = self.told.settings.reports
        one = getattr(reports, kind.value).model_copy(update=values)
        self.told.settings = self.told.settings.model_copy(
            update={"reports": reports.model_copy(update={kind.value: one})}
        )

    def only(self, *kinds: ReportKind) -> None:
        for kind in set(ReportKind) - set(kinds):
            self.choose(kind, enabled=False)

    def keep(self, *calls: Call) -> None:
        record(
            self.storage, "node1", calls, [], lambda call: None, self.told.now, also=consequences(self.told.settings)
        )

    def run(self, now: datetime) -> int:
        """As the job does."""
        self.told.clock.now = now
        return make_due(self.storage, self.told.settings, now)

    def made(self, *kinds: ReportKind) -> list[MadeReport]:
        """The oldest first."""
        with self.storage.reading() as tx:
            found = ScheduledReportStore(tx).listed(kinds or list(ReportKind), None, None, 1000)
        return sorted(found, key=lambda each: each.id or 0)
