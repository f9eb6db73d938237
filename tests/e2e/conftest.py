"""The running hotline that the end-to-end tests share; one a test process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.support.console_rig import ConsoleRig
from tests.support.dialling_rig import DiallingRig
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


@pytest.fixture(scope="session")
def dialling_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiallingRig]:
    """A hotline with a callback trunk, without a worker."""
    running = DiallingRig(tmp_path_factory.mktemp("dials"))
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


@pytest.fixture
def dials(dialling_site: DiallingRig, request: pytest.FixtureRequest) -> Iterator[DiallingRig]:
    """On a Monday at ten."""
    dialling_site.test = re.sub(r"[^\w-]", "-", request.node.name)
    dialling_site.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    try:
        yield dialling_site
    finally:
        dialling_site.clear()
