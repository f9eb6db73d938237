"""Prompts follow the settings in force, once for each change."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from greetings import BuildReport, Chosen
from hotline.domain.people import Actor, Role
from hotline.services.job import Job, Parts
from hotline.services.prompts.jobs import JOBS
from hotline.services.settings.settings import change_settings
from hotline.settings import Home, Settings
from tests.support.instance import an_instance
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many seconds of music the hold prompt was made, each time."""
    seconds: list[int] = []

    def note(settings: Settings, home: Home, chosen: Chosen, most_seconds: float) -> BuildReport:
        seconds.append(settings.rules.hold_prompt.every_seconds)
        return BuildReport(("hold",), 0, ())

    monkeypatch.setattr(importlib.import_module("greetings.build"), "build", note)
    return seconds


def test_prompts_are_made_anew_once_for_each_change(tmp_path: Path, built: list[int]) -> None:
    hotline = an_instance(tmp_path, MORNING)
    jobs: dict[str, Job] = {job.name: job for job in JOBS.make(cast(Parts, hotline))}
    run: Callable[..., str] = jobs["prompts"].run
    assert (run(MORNING), run(MORNING)) == ("1 prompts made", "")
    change_settings(hotline.in_force, ADMIN, {"rules.hold_prompt.every_seconds": 45}, MORNING)
    assert (run(MORNING), run(MORNING)) == ("1 prompts made", "")
    assert built == [60, 45]
