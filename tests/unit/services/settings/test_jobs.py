"""What jobs do for settings."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from hotline.services.job import Parts
from hotline.services.settings.jobs import JOBS
from tests.support.instance import an_instance
from tests.support.rows import MORNING


def test_what_the_files_say_is_noted_when_the_jobs_begin(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING)
    jobs = {job.name: job for job in JOBS.make(cast(Parts, hotline))}
    assert str(jobs["settings"].run(MORNING)).startswith("settings.noted n=")
    assert jobs["settings"].run(MORNING) is None
