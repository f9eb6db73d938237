"""An instance in a folder of its own, with a real database and a clock that stands where the test puts it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from hotline.bootstrap import Hotline
from hotline.cli import main
from hotline.domain.time import SHANGHAI
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home
from hotline.settings.load import read_layers
from hotline.settings.secrets import Secrets
from hotline.settings.secrets_file import SecretsFile
from hotline.storage.transaction import Storage
from tests.support.rows import a_storage


def at(text: str) -> datetime:
    """Wall clock of Asia/Shanghai, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


class StandingClock:
    """Shows `now` until the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **length: float) -> None:
        self.now += timedelta(**length)


def clock_of(hotline: Hotline) -> StandingClock:
    """Of an instance that was made here."""
    assert isinstance(hotline.clock, StandingClock)
    return hotline.clock


def an_instance(folder: Path, now: datetime, site: str = "", storage: Storage | None = None) -> Hotline:
    """An instance at `now`; `site` is its settings file; on an SQLite database of its own unless `storage` is given."""
    home = Home(folder / "home")
    home.create()
    home.settings_file.write_text(site, "utf-8")
    clock, storage = StandingClock(now), storage or a_storage(folder)
    in_force = SettingsInForce(read_layers(home, environment={}), storage, clock)
    return Hotline(home, in_force, Secrets("ami", "web", "phone", SecretsFile(home.secrets_file)), clock, storage)


def run(hotline: Hotline, *arguments: str) -> Result:
    """What the command line answers; it must not fail by an exception that nobody meant."""
    result = CliRunner().invoke(main, arguments, obj=hotline)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_json(hotline: Hotline, *arguments: str) -> Any:
    """What the command says with --json; it must succeed."""
    result = run(hotline, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
