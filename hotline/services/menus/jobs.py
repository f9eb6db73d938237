"""What is done for drafts of the menus on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.services.job import Job, Jobs, Parts
from hotline.services.menus.trials import make_calls


def _all(parts: Parts) -> Iterator[Job]:
    def calls(now: datetime) -> str:
        begun = make_calls(parts.storage, parts.pbx, now)
        return f"{begun} calls begun that try menus" if begun else ""

    yield Job("menu_trials", 3, calls)


JOBS = Jobs(_all)
