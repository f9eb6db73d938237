"""The steps of a site's first hour, done or open by what is so, not by what somebody clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.errors import NotFound
from hotline.services.calendar import work_calendar
from hotline.services.line.roster import read_unwatched
from hotline.settings import Settings
from hotline.settings.load import default_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.first_hour.store import MarkStore
from hotline.storage.transaction import Storage, Transaction


class Step(StrEnum):
    COMPANY = "company"
    NUMBER = "number"
    CARRIER = "carrier"
    HOURS = "hours"
    OPERATOR = "operator"
    DUTY = "duty"
    CALL = "call"


_CALLS = (Direction.INBOUND, Direction.TEST)

#: Marked, the assistant opens by itself no more.
DISMISSED = "all"


@dataclass(frozen=True, slots=True)
class StepShown:
    """`skipped`: somebody left it out; it is open all the same."""

    step: Step
    done: bool
    skipped: bool


@dataclass(frozen=True, slots=True)
class SetUp:
    """`last_in`: when the latest call came in; `dismissed`: it opens by itself no more."""

    steps: Sequence[StepShown]
    last_in: datetime | None
    dismissed: bool

    @property
    def is_over(self) -> bool:
        return self.dismissed or all(each.done or each.skipped for each in self.steps)

    @property
    def next_one(self) -> Step | None:
        return next((each.step for each in self.steps if not each.done and not each.skipped), None)


def set_up(storage: Storage, settings: Settings, now: datetime) -> SetUp:
    """Raises StorageError."""
    with storage.reading() as tx:
        marks = MarkStore(tx).all()
        steps = [StepShown(step, is_done(tx, settings, now), step in marks) for step, is_done in _DONE.items()]
        arrivals = [at for line in settings.lines if (at := CallStore(tx).last_arrival(line)) is not None]
    return SetUp(steps, max(arrivals, default=None), DISMISSED in marks)


def opens_by_itself(storage: Storage, settings: Settings, now: datetime) -> bool:
    """Whether who sets a site up begins here: nobody can answer yet, no call has come in, and nobody said no."""
    if settings.operators:
        return False
    found = set_up(storage, settings, now)
    return found.last_in is None and not found.is_over


def trial_calls(storage: Storage) -> Sequence[StoredCall]:
    """The latest by which somebody tried the line from the browser, newest first."""
    with storage.reading() as tx:
        return CallStore(tx).search(CallFilter(directions=(Direction.TEST,)), limit=3).calls


def skip(storage: Storage, step: str, by: str, now: datetime, skipped: bool = True) -> None:
    """Leave a step out, or (DISMISSED) the whole assistant; or take that back. Raises NotFound."""
    if step not in (*Step, DISMISSED):
        raise NotFound("first_hour.no_step", step=step[:20])
    with storage.writing() as tx:
        if skipped:
            MarkStore(tx).mark(step, by, now)
        else:
            MarkStore(tx).unmark(step)
        AuditLog(tx).add(now, by, "first_hour.skip" if skipped else "first_hour.again", f"first_hour:{step}")


def _company(tx: Transaction, settings: Settings, now: datetime) -> bool:
    return settings.site.company != default_settings().site.company


def _number(tx: Transaction, settings: Settings, now: datetime) -> bool:
    shipped = {line.number for line in default_settings().lines.values()}
    return all(line.number not in shipped for line in settings.lines.values())


def _carrier(tx: Transaction, settings: Settings, now: datetime) -> bool:
    return settings.trunk.host != default_settings().trunk.host


def _hours(tx: Transaction, settings: Settings, now: datetime) -> bool:
    """Ours in place of those that are shipped, and the holidays known; who wants the shipped hours leaves it out."""
    known = work_calendar(settings).coverage_warning(local_day(now), settings.calendar.warn_days) is None
    return known and settings.hours != default_settings().hours


def _operator(tx: Transaction, settings: Settings, now: datetime) -> bool:
    """Somebody with an account has a phone in the browser."""
    phones = {extension for extension, operator in settings.operators.items() if operator.phone == "webrtc"}
    return any(user.extension in phones for user in UserStore(tx).all())


def _duty(tx: Transaction, settings: Settings, now: datetime) -> bool:
    return not read_unwatched(tx, settings, now)


def _call(tx: Transaction, settings: Settings, now: datetime) -> bool:
    """Somebody of ours has ever answered a call."""
    answered = CallFilter(outcomes=(Outcome.ANSWERED, Outcome.FORWARDED_ANSWERED), directions=_CALLS)
    return bool(CallStore(tx).search(answered, limit=1).calls)


#: In the order in which they are shown.
_DONE: dict[Step, Callable[[Transaction, Settings, datetime], bool]] = {
    Step.COMPANY: _company,
    Step.NUMBER: _number,
    Step.CARRIER: _carrier,
    Step.HOURS: _hours,
    Step.OPERATOR: _operator,
    Step.DUTY: _duty,
    Step.CALL: _call,
}
