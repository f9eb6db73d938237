"""What is reported, when, and to whom, as a page shows it; chosen as all settings are (decision 29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.scheduled_reports.report import NOBODY, MadeReport, RecipientState
from hotline.domain.scheduled_reports.schedule import OF_PERSONS, ReportKind, next_due
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.scheduled_reports.recipients import receivers
from hotline.services.scheduled_reports.schedules import chosen, schedule_of
from hotline.services.settings.in_force import SettingsInForce
from hotline.services.settings.settings import change_settings
from hotline.settings import Settings
from hotline.settings.reports import ReportSettings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class ChosenReport:
    """`next_at` None: not made, or no day comes. `gets`: names of those who would get it now, of one that is of all;
    `foreign`: of those whose mail domain is not allowed."""

    kind: ReportKind
    chosen: ReportSettings
    next_at: datetime | None
    gets: Sequence[str]
    foreign: Sequence[str]


@dataclass(frozen=True, slots=True)
class Choices:
    """`people`: who may be chosen, by id. `may_choose`: whoever looks changes settings."""

    reports: Sequence[ChosenReport]
    people: Mapping[int, str]
    may_choose: bool


def see_choices(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> Choices:
    """Raises Forbidden."""
    require_right(Act.SEE_REPORT_SCHEDULE, actor)
    with storage.reading() as tx:
        found = []
        for kind in ReportKind:
            one = chosen(settings, kind)
            sample = MadeReport(kind, NOBODY, now, now, now, {})
            told = [] if kind in OF_PERSONS else receivers(tx, settings, sample, now)
            gets = [each.person.name for each in told if each.state is RecipientState.TOLD]
            foreign = [each.person.name for each in told if each.state is RecipientState.FOREIGN]
            next_at = next_due(schedule_of(settings, kind), now) if one.enabled else None
            found.append(ChosenReport(kind, one, next_at, gets, foreign))
        people = {each.id or 0: each.name for each in StaffStore(tx).all()}
    note_look(storage, actor, now, "report.choices", "report_choices")
    return Choices(found, people, may(Act.CHANGE_SETTINGS, actor.roles))


def choose(in_force: SettingsInForce, kind: ReportKind, values: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """What differs from what is in force is decided. Raises Forbidden, WrongSettings."""
    require_right(Act.SEE_REPORT_SCHEDULE, actor)
    before = chosen(in_force(), kind).model_dump(mode="json")
    changes = {f"reports.{kind.value}.{key}": value for key, value in values.items() if before.get(key) != value}
    if changes:
        change_settings(in_force, actor, changes, now)
