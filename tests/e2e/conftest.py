"""The running hotline that the end-to-end tests share; one a test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
