"""All checks, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hotline.checks import data, machine, plan, services
from hotline.checks.certificates import check_certificate
from hotline.checks.result import CheckResult, failed, ok
from hotline.checks.store import check_store
from hotline.domain.reasons import Reason, because
from hotline.domain.time import Clock, system_clock
from hotline.services.calendar import work_calendar
from hotline.services.line import roster
from hotline.settings import Home, Settings, SettingsError, load_settings
from hotline.settings.secrets import load_or_create_secrets
from hotline.storage.engine import database_url, make_engine
from hotline.storage.transaction import Storage
from hotline.supervisor.lock import running_pid
from hotline.supervisor.ports import wanted_ports

#: How far back shifts are looked for, to tell "the roster has run out" from "none was ever kept".
LOOK_BACK = timedelta(days=366)


def run_checks(home: Home, offline: bool = False, clock: Clock = system_clock) -> Iterator[CheckResult]:
    """Every finding, as it is made. `offline`: only what can be known before the hotline is started."""
    try:
        settings = load_settings(home)
    except SettingsError as error:
        for problem in error.problems:
            yield failed("settings", because("checks.wrong_setting", place=problem.place), problem.expected)
        return
    yield ok("settings", _settings_of(home))
    try:
        home.create()
    except OSError as error:
        detail = because("checks.home_unusable", folder=str(home.root), why=error.strerror or str(error))
        yield failed("home", detail, because("checks.home_writable"))
        return
    yield from machine.check_programs()
    yield machine.check_asterisk(settings)
    yield machine.check_disk(settings, home)
    yield machine.check_private(home)
    yield from check_certificate(settings, clock())
    yield check_store(settings, home)
    yield from data.check_prompts(settings, home)
    yield from data.check_cards(home)
    yield plan.check_calendar(work_calendar(settings), clock(), settings.calendar.warn_days)
    database = data.check_database(settings, home)
    yield database
    if database.advice is None:
        yield from _stored(settings, home, clock)
    running = running_pid(home) is not None
    yield from machine.check_ports(wanted_ports(settings), running)
    if not offline:
        yield from services.check_pbx(settings, load_or_create_secrets(home))
        yield from services.check_services(settings)


def _settings_of(home: Home) -> Reason:
    if home.settings_file.exists():
        return because("checks.settings_of_file", file=str(home.settings_file))
    return because("checks.settings_default")


def _stored(settings: Settings, home: Home, clock: Clock) -> Iterator[CheckResult]:
    engine = make_engine(database_url(settings, home))
    try:
        storage = Storage(engine)
        yield _roster(storage, settings, clock)
        yield from data.check_alerts(storage)
    finally:
        engine.dispose()


def _roster(storage: Storage, settings: Settings, clock: Clock) -> CheckResult:
    now, days = clock(), settings.duty.gap_warn_days
    shifts = roster.list_shifts(storage, settings, now - LOOK_BACK, now + timedelta(days=days))
    return plan.check_roster(shifts, roster.always_on_duty(settings), work_calendar(settings), now, days)
