"""When a department works, where that is otherwise than at the site: its clocks of cases go by it (D8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from hotline.domain.both_changed import both_changed, touched
from hotline.domain.calendar_key import department_key
from hotline.domain.errors import NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import SettingChange
from hotline.services.access import require_right
from hotline.services.calendar import calendar_section
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.on_page import ChangedMeanwhile
from hotline.services.settings.settings import WrongSettings, change_settings
from hotline.services.settings.view import history_of
from hotline.settings.hours import WEEKDAYS, DepartmentSettings, HoursPeriod
from hotline.storage.settings.store import SettingChangeStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: Monday first, and the worked weekend day.
DAYS = (*WEEKDAYS, "makeup_day")

_MOST_SHOWN = 20

#: By day; None: as at the site; none: closed.
Week = Mapping[str, Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class DepartmentHours:
    """`own` and `usual` (the site's) by day, as people write periods. `marked`: how many days it has marked for itself.
    `changes`: who decided what of it, newest first."""

    name: str
    own: Week
    usual: Week
    marked: int
    changes: Sequence[SettingChange]


def department_hours(in_force: SettingsInForce, department_id: int, actor: Actor) -> DepartmentHours:
    """Raises Forbidden, NotFound."""
    require_right(Act.SEE_STAFF, actor)
    settings = in_force()
    with in_force.storage.reading() as tx:
        name, changes = _name(tx, department_id), SettingChangeStore(tx).all()
    kept = settings.departments.get(str(department_id), DepartmentSettings())
    days = kept.calendar
    own = {day: None if (periods := getattr(kept.hours, day)) is None else _written(periods) for day in DAYS}
    usual = {day: _written(getattr(settings.hours, day)) for day in DAYS}
    decided = history_of(changes, (f"departments.{department_id}",))
    return DepartmentHours(name, own, usual, len({*days.closed, *days.open, *days.makeup}), list(decided)[:_MOST_SHOWN])


def set_department_hours(
    in_force: SettingsInForce, department_id: int, week: Week, actor: Actor, now: datetime, shown: Week | None = None
) -> list[SettingChange]:
    """From now on; its open clocks are counted anew within a minute. A day of which None is given is as the file says,
    and so as at the site unless the file has it. Only what is otherwise than before is decided; of what a page had
    `shown` only what was touched.

    Raises Forbidden, NotFound, WrongSettings with its problems by day, and ChangedMeanwhile with the days that somebody
    else has changed since they were shown.
    """
    before = department_hours(in_force, department_id, actor).own
    above = f"{calendar_section(department_key(department_id))}hours."
    typed = {day: _plain(week[day]) for day in DAYS if day in week}
    seen = {day: _plain(periods) for day, periods in (before if shown is None else shown).items()}
    if both := both_changed(seen, typed, before):
        raise ChangedMeanwhile(tuple(both))
    changes = {f"{above}{day}": periods for day, periods in touched(seen, typed, before).items()}
    try:
        return change_settings(in_force, actor, changes, now) if changes else []
    except WrongSettings as error:
        raise WrongSettings({_day(key, above): reason for key, reason in error.problems.items()}) from error


def _name(tx: Transaction, department_id: int) -> str:
    found = StaffStore(tx).department(department_id) if is_id(department_id) else None
    if found is None:
        raise NotFound("staff.no_unit", id=department_id)
    return found.name


def _day(key: str, above: str) -> str:
    return key.removeprefix(above).partition(".")[0]


def _plain(periods: Sequence[str] | None) -> Sequence[str] | None:
    return None if periods is None else list(periods)


def _written(periods: Sequence[HoursPeriod]) -> list[str]:
    return [f"{each.start:%H:%M}-{_end(each)}" for each in periods]


def _end(period: HoursPeriod) -> str:
    return "24:00" if period.end == time.min else f"{period.end:%H:%M}"
