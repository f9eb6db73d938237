"""All checks, in the order in which one thing needs another: ours of the machine and of what runs, and those that
features tell of (`hotline.services.check`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotline.checks import data, machine, services
from hotline.checks.certificates import check_certificate
from hotline.checks.store import check_store
from hotline.discovery import gathered
from hotline.domain.reasons import Reason, because
from hotline.domain.time import Clock, system_clock
from hotline.services.check import CheckResult, Checks, failed, ok
from hotline.services.settings.in_force import read_in_force
from hotline.settings import Home, Settings, SettingsError
from hotline.settings.secrets import load_or_create_secrets
from hotline.storage.engine import database_url, make_engine
from hotline.storage.transaction import Storage
from hotline.supervisor.lock import running_pid
from hotline.supervisor.ports import wanted_ports


def run_checks(home: Home, offline: bool = False, clock: Clock = system_clock) -> Iterator[CheckResult]:
    """Every finding, as it is made. `offline`: only what can be known before the hotline is started."""
    try:
        settings = read_in_force(home, clock)
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
    features = gathered("hotline.services", "checks", "CHECKS", Checks)
    for feature in features:
        yield from feature.files(settings, home, clock())
    database = data.check_database(settings, home)
    yield database
    if database.advice is None:
        yield from _stored(settings, home, features, clock)
    running = running_pid(home) is not None
    yield from machine.check_ports(wanted_ports(settings), running)
    if not offline:
        yield from services.check_pbx(settings, load_or_create_secrets(home))
        yield from services.check_services(settings)


def _settings_of(home: Home) -> Reason:
    if home.settings_file.exists():
        return because("checks.settings_of_file", file=str(home.settings_file))
    return because("checks.settings_default")


def _stored(settings: Settings, home: Home, features: Sequence[Checks], clock: Clock) -> Iterator[CheckResult]:
    engine = make_engine(database_url(settings, home))
    try:
        storage = Storage(engine)
        for feature in features:
            yield from feature.stored(settings, storage, clock())
        yield from data.check_alerts(storage)
    finally:
        engine.dispose()
