"""The running hotline that the end-to-end tests share; one a test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.console_rig import ConsoleRig
from tests.support.rig import Rig


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("rig"))
    running.prepare()
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def console_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleRig]:
    """The same with operators at browsers; its ports, Asterisk and processes are its own."""
    running = ConsoleRig(tmp_path_factory.mktemp("console"))
    running.prepare()
    try:
        running.start()
        yield running
    finally:
        running.stop()
