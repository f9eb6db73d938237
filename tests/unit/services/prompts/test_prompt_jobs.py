"""Prompts follow the settings in force, once for each change."""

from __future__ import annotations

import importlib
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from greetings import BuildReport, Chosen
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.services.calendar import work_calendar
from hotline.services.job import Job, Parts
from hotline.services.prompts.jobs import JOBS
from hotline.services.settings.settings import change_settings
from hotline.settings import Home, Settings
from tests.support.instance import an_instance, clock_of
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
    run = jobs["prompts"].run
    assert (run(MORNING), run(MORNING)) == (because("prompts.made", n=1), None)
    change_settings(hotline.in_force, ADMIN, {"rules.hold_prompt.every_seconds": 45}, MORNING)
    assert (run(MORNING), run(MORNING)) == (because("prompts.made", n=1), None)
    assert built == [60, 45]


def test_a1_a2_a13_what_is_planned_is_enforced_from_its_date_on(tmp_path: Path, built: list[int]) -> None:
    """The prompt on hold, how long a duty mobile rings, and when the line is open."""
    hotline = an_instance(tmp_path, MORNING)
    run = {job.name: job for job in JOBS.make(cast(Parts, hotline))}["prompts"].run
    planned = {"hours.thu": ["13:00-17:30"], "duty.ring_seconds": 9, "rules.hold_prompt.every_seconds": 45}
    change_settings(hotline.in_force, ADMIN, planned, MORNING, from_at=MORNING + timedelta(days=1))
    thursday = MORNING + timedelta(days=1)

    def enforced() -> tuple[bool, int, int]:
        run(hotline.clock())
        settings = hotline.in_force()
        return work_calendar(settings).is_open(thursday), settings.duty.ring_seconds, built[-1]

    clock_of(hotline).advance(hours=23)
    assert enforced() == (True, 20, 60)
    clock_of(hotline).advance(hours=1)
    assert enforced() == (False, 9, 45)
